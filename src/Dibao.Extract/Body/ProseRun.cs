using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>The stretch of a page, in reading order and whatever its elements, that holds most of paragraphs and least of links and labels.</summary>
internal readonly record struct ProseRun(int First, int Last)
{
    private const int Block = 30;
    private const double NoiseCost = 1.5;

    /// <summary>The best stretch: from the block where the sum of what stands for an article less what stands against it is highest.</summary>
    public static ProseRun Find(PageTree tree, PageWeights weights)
    {
        var (best, bestSum) = (new ProseRun(0, 0), 0.0);
        var (from, sum) = (0, 0.0);
        for (var i = 1; i < tree.Count; i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (weights.Text[i] == 0) continue;
            if (sum <= 0) (from, sum) = (i, 0);
            sum += Worth(tree, weights, i);
            if (sum > bestSum) (best, bestSum) = (new ProseRun(from, i), sum);
        }

        return best;
    }

    /// <summary>The smallest element that holds all of it.</summary>
    public int Container(PageTree tree)
    {
        var at = First;
        while (at > 0 && !tree.IsInside(Last, at)) at = tree.Parent(at);
        if (at == First && at == Last) at = tree.Parent(at);
        while (at > 0 && tree.Role(at) != TagRole.Block) at = tree.Parent(at);
        return Math.Max(at, 0);
    }

    private static double Worth(PageTree tree, PageWeights weights, int block)
    {
        var (text, link) = (weights.Text[block], weights.Link[block]);
        if (weights.IsParagraph(block)) return text - (2 * link);
        if (tree.Role(block) == TagRole.Heading) return link > 0 ? -text : 0;
        if (link * 2 >= text) return -Block - (NoiseCost * text);
        return tree.Name(block) is "p" or "li" or "blockquote" or "pre" or "td" or "dd" ? text / 4.0 : -Block;
    }
}
