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
            if (tree.Role(i) == TagRole.Heading && weights.Text[i] > 0 && LeadsElsewhere(tree, weights, i, host)) found++;
        return found == LeastTitles;
    }

    // Of each kind, how many stand before each node.
    private static (int[] Titles, int[] Others, int[] Paragraphs) Count(PageTree tree, PageWeights weights, string? host)
    {
        var (titles, others, paragraphs) = (new int[tree.Count + 1], new int[tree.Count + 1], new int[tree.Count + 1]);
        for (var i = 0; i < tree.Count; i++)
        {
            var heading = tree.Role(i) == TagRole.Heading && weights.Text[i] > 0;
            var title = heading && LeadsElsewhere(tree, weights, i, host);
            titles[i + 1] = titles[i] + (title ? 1 : 0);
            others[i + 1] = others[i] + (heading && !title ? 1 : 0);
            paragraphs[i + 1] = paragraphs[i] + (weights.IsParagraph(i) ? 1 : 0);
        }

        return (titles, others, paragraphs);
    }

    private static int In(int[] before, PageTree tree, int i) => before[tree.End(i)] - before[i];

    private static bool LeadsElsewhere(PageTree tree, PageWeights weights, int heading, string? host)
    {
        if (weights.Link[heading] * 10 < weights.Text[heading] * 9) return false;
        for (var i = heading + 1; i < tree.End(heading); i++)
            if (tree.Name(i) == "a") return OwnLinks.LeadsTo(tree.Element(i)!.GetAttribute("href"), host);
        return tree.Around(heading, "a", 0) is >= 0 and var around && OwnLinks.LeadsTo(tree.Element(around)!.GetAttribute("href"), host);
    }
}
