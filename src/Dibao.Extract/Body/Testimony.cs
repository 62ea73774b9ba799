using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Takes out of the chosen element what the page's own statement of its text does not hold, where that statement is whole.</summary>
internal static class Testimony
{
    // A line is stated, or is not; between them lie lines that another hand has edited.
    private const double Stated = 0.5;
    private const double Foreign = 0.1;

    // Of the paragraph text: less is a statement cut short, or one of another text.
    private const double LeastStated = 0.7;

    public static void Heed(PageTree tree, PageWeights weights, int container, StatedText said)
    {
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        var prints = blocks.ConvertAll(b => MarkupText.Fingerprint(TextBlocks.OwnText(tree, b, 8000)));
        var shares = prints.ConvertAll(said.ShareOf);
        var last = prints.FindLastIndex(said.EndsIn);
        var first = shares.FindIndex(share => share > Stated);
        if (last < 0 || first < 0 || !IsWhole(weights, blocks, shares)) return;
        for (var at = last + 1; at < blocks.Count; at++) TextBlocks.DropOwn(tree, weights, blocks[at]);
        for (var at = 0; at < last; at++)
        {
            if (shares[at] > Foreign || (weights.Link[blocks[at]] * 2 < weights.Text[blocks[at]] && !IsLine(tree, blocks[at], container))) continue;
            if (at < first ? !weights.IsParagraph(blocks[at]) : shares[at] is not null) TextBlocks.DropOwn(tree, weights, blocks[at]);
        }
    }

    private static bool IsWhole(PageWeights weights, List<int> blocks, List<double?> shares)
    {
        var (stated, all) = (0, 0);
        for (var at = 0; at < blocks.Count; at++)
        {
            if (!weights.IsParagraph(blocks[at])) continue;
            all += weights.Text[blocks[at]];
            if (shares[at] > Stated) stated += weights.Text[blocks[at]];
        }

        return stated > all * LeastStated;
    }

    // Neither heading, list, table nor quotation: those are left out of statements.
    private static bool IsLine(PageTree tree, int block, int container)
    {
        for (var at = block; at > container; at = tree.Parent(at))
            if (tree.Role(at) == TagRole.Heading || tree.Name(at) is "li" or "table" or "blockquote" or "pre" or "dl" or "figure" or "details") return false;
        return true;
    }
}
