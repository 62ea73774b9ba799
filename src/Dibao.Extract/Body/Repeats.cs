using System.Text;
using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Pull quotes: boxes that say again, larger, what a paragraph says.</summary>
internal static class Repeats
{
    private const int MinLength = 24;
    private const int MaxQuotes = 24;

    public static void Drop(PageTree tree, PageWeights weights, int container)
    {
        var running = new StringBuilder();
        var quotes = new List<(int Block, string Print)>();
        foreach (var block in TextBlocks.In(tree, weights, container, tree.End(container)))
        {
            if (tree.Name(block) is "li" or "td" or "th" or "pre" or "dt" or "dd") continue;
            var print = MarkupText.Fingerprint(TextBlocks.OwnText(tree, block));
            if (print.Length < MinLength) continue;
            if (IsQuote(tree, block, container)) quotes.Add((block, print));
            else running.Append(print).Append(' ');
        }

        if (quotes.Count is 0 or > MaxQuotes) return;
        var text = running.ToString();
        foreach (var (block, print) in quotes)
            if (text.Contains(print, StringComparison.Ordinal)) TextBlocks.DropOwn(tree, weights, block);
    }

    private static bool IsQuote(PageTree tree, int block, int container)
    {
        for (var at = block; at > container; at = tree.Parent(at))
            if (tree.Name(at) is "blockquote" or "aside" or "figure" or "q") return true;
        return false;
    }
}
