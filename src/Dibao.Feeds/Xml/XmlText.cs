using System.Buffers;
using Dibao.Feeds.Text;

namespace Dibao.Feeds.Xml;

/// <summary>From characters as they stand in the document to the text that they mean.</summary>
internal static class XmlText
{
    private static readonly char[] Controls =
        [.. Enumerable.Range(0, 160).Select(code => (char)code).Where(char.IsControl).Except(['\t', '\n']), '\uFFFE', '\uFFFF'];

    private static readonly SearchValues<char> Unclean = SearchValues.Create(Controls);
    private static readonly SearchValues<char> UncleanOrReference = SearchValues.Create([.. Controls, '&']);
    private static readonly SearchValues<char> Markup = SearchValues.Create("&<>");

    /// <summary>
    /// Without control characters, which XML 1.0 §2.2 forbids or discourages; CR LF and CR become LF (§2.11). Those above U+007F mean
    /// something else: <see cref="TwiceEncoded"/>.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Unclean))
            return text;
        var clean = new TextBuffer();
        Append(text, verbatim: true, EntityTable.None, clean);
        return clean.ToString();
    }

    /// <summary>The text that the characters mean, without white space around it.</summary>
    /// <param name="verbatim">From CDATA: references stay as they are.</param>
    public static string Decode(ReadOnlySpan<char> written, bool verbatim, EntityTable entities, TextBuffer scratch)
    {
        written = written.Trim();
        if (!written.ContainsAny(verbatim ? Unclean : UncleanOrReference))
            return written.ToString();
        scratch.Clear();
        Append(written, verbatim, entities, scratch);
        return scratch.ToTrimmedString();
    }

    public static void Append(ReadOnlySpan<char> written, bool verbatim, EntityTable entities, TextBuffer text)
    {
        var special = verbatim ? Unclean : UncleanOrReference;
        var start = text.Length;
        var hasControl = false;
        for (var at = written.IndexOfAny(special); at >= 0; at = written.IndexOfAny(special))
        {
            text.Append(written[..at]);
            hasControl |= written[at] is >= '\x80' or '&';
            var used = written[at] == '&' ? entities.AppendReference(written[at..], text) : AppendControl(written[at..], text);
            written = written[(at + used)..];
        }

        text.Append(written);
        if (hasControl)
            text.Length = start + TwiceEncoded.Settle(text.From(start));
    }

    private static int AppendControl(ReadOnlySpan<char> written, TextBuffer text)
    {
        if (written[0] == '\r' && (written.Length < 2 || written[1] != '\n'))
            text.Append('\n');
        else if (written[0] is >= '\x80' and <= '\x9F')
            text.Append(written[0]);
        return 1;
    }

    /// <summary>Text as HTML text: the three characters that would be markup are escaped.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Markup))
            return text;
        var html = new TextBuffer();
        AppendEscaped(text, html);
        return html.ToString();
    }

    public static void AppendEscaped(ReadOnlySpan<char> text, TextBuffer html)
    {
        for (var at = text.IndexOfAny(Markup); at >= 0; at = text.IndexOfAny(Markup))
        {
            html.Append(text[..at]).Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", _ => "&gt;" });
            text = text[(at + 1)..];
        }

        html.Append(text);
    }
}
