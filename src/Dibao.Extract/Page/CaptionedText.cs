namespace Dibao.Extract.Page;

/// <summary>Figures whose caption is text: an entry with its picture, as lists of them and magazines' templates write it.</summary>
/// <remarks>A caption of several paragraphs is one with its credit, unless two of them are sentences.</remarks>
internal static class CaptionedText
{
    private const int LeastSentences = 2;

    // Letters of a sentence; a credit is shorter or ends without a stop.
    private const int LeastLetters = 30;

    /// <summary>From here on such a figure is a part of the text.</summary>
    public static void Mark(PageTree tree, List<int> captions)
    {
        foreach (var i in captions)
        {
            if (!IsText(tree, i)) continue;
            tree.Rename(i, "div");
            if (tree.Name(tree.Parent(i)) == "figure") tree.Rename(tree.Parent(i), "div");
        }
    }

    private static bool IsText(PageTree tree, int caption)
    {
        var sentences = 0;
        for (var i = caption + 1; i < tree.End(caption) && sentences < LeastSentences; i++)
            if (tree.Name(i) == "p" && IsSentence(tree, i)) sentences++;
        return sentences == LeastSentences;
    }

    private static bool IsSentence(PageTree tree, int paragraph)
    {
        if (TextWeight.Of(tree, paragraph) < LeastLetters) return false;
        for (var i = tree.End(paragraph) - 1; i > paragraph; i--)
            if (tree.TextOf(i).AsSpan().TrimEnd(" \t\r\n\u00a0'\"”’»」』)").ToString() is { Length: > 0 } text) return text[^1] is '.' or '!' or '?' or '…' or '。' or '！' or '？';
        return false;
    }
}
