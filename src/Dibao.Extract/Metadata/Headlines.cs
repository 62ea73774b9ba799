using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>The headings of the first rank, by which the place of the article in its page is known.</summary>
internal static class Headlines
{
    private const int MaxHeadlines = 16;

    public static List<(int Index, string Text)> In(PageTree tree)
    {
        var found = new List<(int, string)>();
        for (var i = 0; i < tree.Count && found.Count < MaxHeadlines; i++)
            if (tree.Name(i) == "h1" && tree.FoldedText(i, 400) is { Length: > 0 } text) found.Add((i, text));
        return found;
    }

    /// <summary>-1 when no h1 says the title.</summary>
    public static int Find(List<(int Index, string Text)> headings, string? title)
    {
        var print = MarkupText.Fingerprint(title);
        foreach (var (index, text) in headings)
        {
            var shown = MarkupText.Fingerprint(text);
            if (shown.Length > 0 && (shown == print || (shown.Length > 8 && print.Contains(shown, StringComparison.Ordinal)) || (print.Length > 8 && shown.Contains(print, StringComparison.Ordinal))))
                return index;
        }

        return headings.Count == 1 ? headings[0].Index : -1;
    }
}
