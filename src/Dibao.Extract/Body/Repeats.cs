using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Pull quotes: boxes that say again, larger, what a paragraph says.</summary>
internal static class Repeats
{
    private const int MinLength = 24;
    private const int MaxQuotes = 24;

    public static void Drop(PageTree tree, PageWeights weights, int container)
    {
        var (quotes, others) = (new List<(int Block, string Print)>(), new List<int>());
        foreach (var block in TextBlocks.In(tree, weights, container, tree.End(container)))
        {
            if (tree.Name(block) is "li" or "td" or "th" or "pre" or "dt" or "dd") continue;
            if (!IsQuote(tree, block, container)) others.Add(block);
            else if (PrintOf(tree, block) is { Length: >= MinLength } print) quotes.Add((block, print));
        }

        if (quotes.Count is 0 or > MaxQuotes) return;
        var text = string.Join(' ', others.Select(block => PrintOf(tree, block)));
        foreach (var (block, print) in quotes)
            if (text.Contains(print, StringComparison.Ordinal)) TextBlocks.DropOwn(tree, weights, block);
    }

    private static string PrintOf(PageTree tree, int block) => MarkupText.Fingerprint(TextBlocks.OwnText(tree, block));

    private static bool IsQuote(PageTree tree, int block, int container)
    {
        for (var at = block; at > container; at = tree.Parent(at))
            if (tree.Name(at) is "blockquote" or "aside" or "figure" or "q") return true;
        return false;
    }
}
