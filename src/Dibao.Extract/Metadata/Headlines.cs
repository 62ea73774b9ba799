using Dibao.Extract.Body;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>The heading by which the place of the article in its page is known.</summary>
internal static class Headlines
{
    /// <summary>The h1, else another heading, that says the title; else the only h1; -1 when there is none.</summary>
    public static int Find(PageMarks marks, string? title)
    {
        var print = MarkupText.Fingerprint(title);
        var first = marks.Headings.Where(h => h.Name == "h1").ToList();
        foreach (var (index, _, text) in first)
            if (Says(MarkupText.Fingerprint(text), print)) return index;
        foreach (var (index, _, text) in marks.Headings)
            if (print.Length > 0 && MarkupText.Fingerprint(text) == print) return index;
        return first.Count == 1 ? first[0].Index : -1;
    }

    /// <summary>The block of any name that says the title and nothing else: some templates write headlines in a div.</summary>
    public static int FindBlock(PageTree tree, PageWeights weights, PageMarks marks, string? title)
    {
        var print = MarkupText.Fingerprint(title);
        if (print.Length < 4) return -1;
        for (var i = 1; i < tree.Count; i++)
        {
            if (weights.Text[i] == 0 || weights.Text[i] > 3 * print.Length || marks.Elsewhere[i]) continue;
            if (MarkupText.Fingerprint(TextBlocks.OwnText(tree, i, 400)) == print) return i;
        }

        return -1;
    }

    private static bool Says(string shown, string print) =>
        shown.Length > 0 && (shown == print || (shown.Length > 8 && print.Contains(shown, StringComparison.Ordinal)) || (print.Length > 8 && shown.Contains(print, StringComparison.Ordinal)));
}
