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
        if (!HasTitles(tree, weights, host)) return;
        var (titles, others, paragraphs) = Count(tree, weights, host);
        var dropped = false;
        for (var i = tree.End(headline); i < tree.Count; i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (tree.Role(i) != TagRole.Block) continue;
            var (found, prose) = (In(titles, tree, i), weights.Prose[i]);
            if (prose == 0 || found < LeastTitles || In(others, tree, i) * 4 > found || In(paragraphs, tree, i) * 4 > found * 5 || prose > found * MaxEntry || weights.Prose[0] - prose < LeastText) continue;
            dropped = tree.Dropped[i] = true;
            i = tree.End(i) - 1;
        }

        if (dropped) weights.Measure();
    }

    private static bool HasTitles(PageTree tree, PageWeights weights, string? host)
    {
        var found = 0;
        for (var i = 0; i < tree.Count && found < LeastTitles; i++)
            if (IsTitle(tree, weights, i, host)) found++;
        return found == LeastTitles;
    }

    // Of each kind, how many stand before each node.
    private static (int[] Titles, int[] Others, int[] Paragraphs) Count(PageTree tree, PageWeights weights, string? host)
    {
        var (titles, others, paragraphs) = (new int[tree.Count + 1], new int[tree.Count + 1], new int[tree.Count + 1]);
        for (var i = 0; i < tree.Count; i++)
        {
            var title = IsTitle(tree, weights, i, host);
            titles[i + 1] = titles[i] + (title ? 1 : 0);
            others[i + 1] = others[i] + (IsHeading(tree, weights, i) && !title ? 1 : 0);
            paragraphs[i + 1] = paragraphs[i] + (weights.IsParagraph(i) ? 1 : 0);
        }

        return (titles, others, paragraphs);
    }

    private static int In(int[] before, PageTree tree, int i) => before[tree.End(i)] - before[i];

    private static bool IsTitle(PageTree tree, PageWeights weights, int i, string? host) =>
        (IsHeading(tree, weights, i) || IsLine(tree, weights, i)) && weights.Link[i] * 10 >= weights.Text[i] * 9 && LeadsElsewhere(tree, i, host);

    private static bool IsHeading(PageTree tree, PageWeights weights, int i) => tree.Role(i) == TagRole.Heading && weights.Text[i] > 0;

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
