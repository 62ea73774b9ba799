using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Drops lists of other articles, however much of a page they hold: titles that lead elsewhere on the outlet's own site, with an excerpt each.</summary>
/// <remarks>Beside a short article they are most of the page, so neither their names nor how much they say tells them from it.</remarks>
internal static class Listings
{
    private const int LeastTitles = 4;

    // Letters without links: of a text beside the list, and at the most of an entry of it.
    private const int LeastText = 400;
    private const int MaxEntry = 400;

    // The same of a title that is a link in a box of its own, and no heading.
    private const int LeastLine = 25;

    /// <param name="headline">The h1 that is the article's title; -1 for none.</param>
    /// <param name="host">The page's own; null when it is not known.</param>
    public static void Drop(PageTree tree, PageWeights weights, int headline, string? host)
    {
        if (headline < 0) return;
        var titles = Titles(tree, weights, host);
        if (titles.Count < LeastTitles) return;
        var (others, paragraphs) = Others(tree, weights, host);
        var dropped = false;
        for (var i = tree.End(headline); i < tree.Count; i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            var prose = weights.Prose[i];
            if (prose == 0 || tree.Role(i) != TagRole.Block || In(titles, tree, i) is not (>= LeastTitles and var found)) continue;
            if (prose > found * MaxEntry || weights.Prose[0] - prose < LeastText || In(others, tree, i) * 4 > found || In(paragraphs, tree, i) * 4 > found * 5) continue;
            dropped = tree.Dropped[i] = true;
            i = tree.End(i) - 1;
        }

        if (dropped) weights.Measure();
    }

    private static List<int> Titles(PageTree tree, PageWeights weights, string? host)
    {
        var titles = new List<int>();
        for (var i = 1; i < tree.Count; i++)
            if (weights.Text[i] > 0 && IsTitle(tree, weights, i, host)) titles.Add(i);
        return titles;
    }

    // Headings that are no titles, and paragraphs.
    private static (List<int> Headings, List<int> Paragraphs) Others(PageTree tree, PageWeights weights, string? host)
    {
        var (headings, paragraphs) = (new List<int>(), new List<int>());
        for (var i = 1; i < tree.Count; i++)
        {
            if (weights.Text[i] == 0) continue;
            if (tree.Role(i) == TagRole.Heading && !IsTitle(tree, weights, i, host)) headings.Add(i);
            if (weights.IsParagraph(i)) paragraphs.Add(i);
        }

        return (headings, paragraphs);
    }

    // Of places in the order of the page.
    private static int In(List<int> places, PageTree tree, int i) => Before(places, tree.End(i)) - Before(places, i);

    private static int Before(List<int> places, int end) => places.BinarySearch(end) is var at && at < 0 ? ~at : at;

    private static bool IsTitle(PageTree tree, PageWeights weights, int i, string? host) =>
        (tree.Role(i) == TagRole.Heading || IsLine(tree, weights, i)) && weights.Link[i] * 10 >= weights.Text[i] * 9 && LeadsElsewhere(tree, i, host);

    // <div><a href="/ferry">The ferry sails</a></div>; in a paragraph or a list's item it is the article's own.
    private static bool IsLine(PageTree tree, PageWeights weights, int i) =>
        weights.Text[i] >= LeastLine && tree.Role(i) == TagRole.Block && tree.Name(i) is "a" or "div";

    private static bool LeadsElsewhere(PageTree tree, int title, string? host)
    {
        for (var i = title; i < tree.End(title); i++)
            if (tree.Name(i) == "a") return OwnLinks.LeadsTo(tree.Element(i)!.GetAttribute("href"), host);
        return tree.Around(title, "a", 0) is >= 0 and var around && OwnLinks.LeadsTo(tree.Element(around)!.GetAttribute("href"), host);
    }
}
