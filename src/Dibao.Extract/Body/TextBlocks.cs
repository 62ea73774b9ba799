using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>The blocks that hold text of their own, in reading order.</summary>
internal static class TextBlocks
{
    // Of elements between a label and what it is of.
    private const int MaxBetween = 12;

    public static List<int> In(PageTree tree, PageWeights weights, int from, int to)
    {
        var blocks = new List<int>();
        for (var i = from; i < to; i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (weights.Text[i] > 0) blocks.Add(i);
        }

        return blocks;
    }

    /// <summary>The next that holds text, if it follows closely; null for none.</summary>
    public static int? Behind(PageTree tree, PageWeights weights, int block)
    {
        for (var i = block + 1; i < Math.Min(tree.Count, block + MaxBetween); i++)
            if (weights.Text[i] > 0) return i;
        return null;
    }

    /// <summary>The block's own text, without that of blocks inside.</summary>
    /// <param name="apart"><see cref="FoldedText.Append"/>.</param>
    public static string OwnText(PageTree tree, int block, int limit = 2000, bool apart = false)
    {
        var text = new FoldedText(limit);
        for (var i = block + 1; i < tree.End(block) && !text.IsFull; i++)
        {
            if (tree.Dropped[i] || tree.Role(i) is TagRole.Block or TagRole.Heading) { i = tree.End(i) - 1; continue; }
            if (tree.Role(i) == TagRole.Text) text.Append(tree.TextOf(i), apart);
            else if (tree.Role(i) != TagRole.Inline) text.Append(" ");
        }

        return text.Take();
    }

    /// <summary>Whether the block's own text stands before that of the blocks inside: it may follow all of them.</summary>
    public static bool BeginsWithOwn(PageTree tree, PageWeights weights, int block)
    {
        if (weights.TextInside[block] == weights.Text[block]) return true;
        for (var i = block + 1; i < tree.End(block); i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (tree.Role(i) == TagRole.Text && FoldedText.FirstOf(tree.TextOf(i)) is not null) return weights.BlockOf(i) == block;
        }

        return true;
    }

    /// <summary>The first character of <see cref="OwnText"/>, without making it; null for no text.</summary>
    public static char? FirstOf(PageTree tree, int block) => FirstText(tree, block) is { } at ? FoldedText.FirstOf(tree.TextOf(at)) : null;

    /// <summary>The text that <see cref="OwnText"/> begins with, which may stand behind blocks inside; null for none.</summary>
    public static int? FirstText(PageTree tree, int block)
    {
        for (var i = block + 1; i < tree.End(block); i++)
        {
            if (tree.Dropped[i] || tree.Role(i) is TagRole.Block or TagRole.Heading) { i = tree.End(i) - 1; continue; }
            if (tree.Role(i) == TagRole.Text && FoldedText.FirstOf(tree.TextOf(i)) is not null) return i;
        }

        return null;
    }

    /// <summary>Drops the block's own text; blocks inside stay.</summary>
    public static void DropOwn(PageTree tree, PageWeights weights, int block)
    {
        if (weights.TextInside[block] == weights.Text[block] && block > 0) { tree.Dropped[block] = true; return; }
        for (var i = block + 1; i < tree.End(block); i++)
        {
            if (tree.Dropped[i] || tree.Role(i) is TagRole.Block or TagRole.Heading) { i = tree.End(i) - 1; continue; }
            if (tree.Role(i) == TagRole.Text) tree.Dropped[i] = true;
        }
    }
}
