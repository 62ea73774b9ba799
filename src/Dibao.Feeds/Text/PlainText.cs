using System.Collections.Frozen;
using System.Text;

namespace Dibao.Feeds.Text;

/// <summary>HTML fragments as one line of text.</summary>
internal static class PlainText
{
    // Only these are taken for tags: a title such as "List<string> in C#" keeps its brackets.
    private static readonly FrozenSet<string> Tags = (
        "a abbr acronym address area article aside audio b base bdi bdo big blink blockquote body br button canvas caption center " +
        "cite code col data dd del details dfn dir div dl dt em embed fieldset figcaption figure font footer form frame h1 h2 h3 " +
        "h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter " +
        "nav nobr noscript object ol option p param picture pre q rb rp rt ruby s samp script section select small source span " +
        "strike strong style sub sup svg table tbody td textarea tfoot th thead time title tr tt u ul var video wbr xml")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsTag = Tags.GetAlternateLookup<ReadOnlySpan<char>>();

    // Tags between which readers see a gap; inline tags join what they stand between.
    private static readonly FrozenSet<string> Breaks = (
        "address article aside blockquote br caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol " +
        "option p pre section table tbody td tfoot th thead tr ul").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsBreak =
        Breaks.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Tags stripped, references decoded, white space folded.</summary>
    public static string FromHtml(string html) =>
        html.AsSpan().IndexOfAny('<', '&') < 0 ? Fold(html) : Fold(HtmlEntities.Decode(StripTags(Front(html))));

    // Titles and names only come here; whoever sends a megabyte as one is answered in bounded time.
    private const int MaxLength = 64 << 10;
    private const int MaxTagLength = 2 << 10;

    private static string Front(string html) => html.Length <= MaxLength ? html : html[..MaxLength];

    /// <summary>White space (no-break spaces too) folded to single spaces, ends trimmed.</summary>
    public static string Fold(string text)
    {
        if (!NeedsFolding(text))
            return text.Trim('\u3000');
        var folded = new StringBuilder(text.Length);
        foreach (var character in text)
            if (!IsSpace(character))
                folded.Append(character);
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        return folded.ToString().Trim(' ', '\u3000');
    }

    private static bool IsSpace(char character) => char.IsWhiteSpace(character) && character != '\u3000' || char.IsControl(character);

    private static bool NeedsFolding(string text)
    {
        var spaceBefore = true;
        foreach (var character in text)
        {
            var space = IsSpace(character);
            if (space && (spaceBefore || character != ' '))
                return true;
            spaceBefore = space;
        }

        return spaceBefore && text.Length > 0;
    }

    private static string StripTags(string html)
    {
        var text = new StringBuilder(html.Length);
        var noEndBefore = 0;
        for (var at = 0; at < html.Length;)
        {
            var open = html.IndexOf('<', at);
            if (open < 0)
                open = html.Length;
            text.Append(html, at, open - at);
            if (open == html.Length)
                break;
            at = SkipTag(html, open, text, ref noEndBefore);
        }

        return text.ToString();
    }

    /// <returns>Where reading goes on: after the tag, or after the bracket when it opens none.</returns>
    /// <param name="noEndBefore">Known to hold no closing bracket from here up to this index: it is not searched again.</param>
    private static int SkipTag(string html, int open, StringBuilder text, ref int noEndBefore)
    {
        var rest = html.AsSpan(open + 1, Math.Min(MaxTagLength, html.Length - open - 1));
        if (rest.StartsWith("!--") && rest.IndexOf("-->") is >= 0 and var comment)
            return open + 1 + comment + 3;
        var slash = rest.StartsWith("/") ? 1 : 0;
        var length = 0;
        while (slash + length < rest.Length && length < 12 && char.IsAsciiLetterOrDigit(rest[slash + length]))
            length++;
        var name = rest.Slice(slash, length);
        var end = IsTag.Contains(name) && HasEnd(html, open, ref noEndBefore) ? EndOfTag(rest[(slash + length)..]) : -1;
        if (end < 0)
        {
            text.Append('<');
            return open + 1;
        }

        if (IsBreak.Contains(name))
            text.Append(' ');
        return open + 1 + slash + length + end + 1;
    }

    private static bool HasEnd(string html, int open, ref int noEndBefore)
    {
        var limit = Math.Min(html.Length, open + MaxTagLength);
        var from = Math.Max(open, noEndBefore);
        if (from < limit && html.AsSpan(from, limit - from).Contains('>'))
            return true;
        noEndBefore = Math.Max(noEndBefore, limit);
        return false;
    }

    // A bracket inside a quoted value ends nothing, unless the quote is never closed.
    private static int EndOfTag(ReadOnlySpan<char> text)
    {
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
            if (quote != '\0')
                quote = text[i] == quote ? '\0' : quote;
            else if (text[i] == '>')
                return i;
            else if (text[i] is '"' or '\'' && i > 0 && text[i - 1] is '=' or ' ')
                quote = text[i];
        return text.IndexOf('>');
    }
}
