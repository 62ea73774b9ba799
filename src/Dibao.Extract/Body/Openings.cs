using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Takes an article's opening back in: what the page's description begins with, where it was dropped for its place, its name or its length.</summary>
/// <remarks>Programs that write a description by themselves take the beginning of the text: a witness to where it begins.</remarks>
internal static class Openings
{
    // Letters and digits.
    private const int LeastSaid = 24;
    private const int LeastOfTwo = 6;
    private const int MaxShown = 3;

    // Of a description: the word that it was cut off in, or "read more".
    private const int MaxEnding = 12;

    /// <param name="container">The chosen element, trimmed.</param>
    /// <param name="headline">The h1 that is the article's title; -1 for none.</param>
    public static void Keep(PageTree tree, PageWeights weights, int container, int headline, PageHead head, string? description, string? language)
    {
        var said = MarkupText.Fingerprint(description);
        if (said.Length < LeastSaid) return;
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        if (blocks.Count == 0) return;
        var shown = blocks.Take(MaxShown).Select(b => MarkupText.Fingerprint(TextBlocks.OwnText(tree, b))).ToList();
        if (shown.Exists(print => IsBeginning(said, print, LeastSaid))) return;

        var first = TextBlocks.FirstText(tree, blocks[0]) ?? blocks[0];
        var start = headline >= 0 && headline < blocks[0] ? headline : container;
        var box = OutermostDropped(tree, start); // that is passed through
        var dropped = box < 0 ? 0 : tree.End(box);
        for (var i = start + 1; i < first; i++)
        {
            if (i >= dropped && tree.Dropped[i]) (box, dropped) = (i, tree.End(i));
            if (i >= dropped || tree.Role(i) is not (TagRole.Block or TagRole.Heading) || tree.Name(i) is "figcaption" or "li" or "td") continue;
            var text = TextBlocks.OwnText(tree, i);
            if (!Opens(said, MarkupText.Fingerprint(text), shown[0]) || IsForeign(tree, i, first)) continue;
            if (head.SaysTitle(text) || Labels.IsByline(text) || Labels.IsDateLine(text, language)) continue;
            tree.KeepAlone(box, i);
            weights.Measure();
            return;
        }
    }

    // The header with the headline in it may be.
    private static int OutermostDropped(PageTree tree, int i)
    {
        var box = -1;
        for (var at = i; at >= 0; at = tree.Parent(at))
            if (tree.Dropped[at]) box = at;
        return box;
    }

    // Alone, or with the paragraph that follows.
    private static bool Opens(string said, string print, string next) =>
        IsBeginning(said, print, LeastSaid) || (print.Length >= LeastOfTwo && said.StartsWith(print, StringComparison.Ordinal) && IsBeginning(said[print.Length..], next, LeastOfTwo));

    // One is the beginning of the other, or was cut off within a word.
    private static bool IsBeginning(string said, string print, int least)
    {
        var common = said.AsSpan().CommonPrefixLength(print);
        return common >= least && common >= Math.Min(said.Length - MaxEnding, print.Length);
    }

    // Of what stands around it and does not hold the text.
    private static bool IsForeign(PageTree tree, int i, int text)
    {
        for (var at = i; at >= 0 && !tree.IsInside(text, at); at = tree.Parent(at))
            if (tree.Element(at) is { } element && (element.LocalName is "nav" or "form" or "aside" || ClutterWords.NamesForeign(element) || Clutter.IsHidden(element))) return true;
        return false;
    }
}
