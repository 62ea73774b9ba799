using System.Buffers;
using System.Text;
using Dibao.Feeds.Text;

namespace Dibao.Feeds.Xml;

internal static class XmlText
{
    private static readonly SearchValues<char> Unclean =
        SearchValues.Create([.. Enumerable.Range(0, 160).Select(code => (char)code).Where(char.IsControl).Except(['\t', '\n'])]);

    /// <summary>
    /// Without control characters, which XML 1.0 §2.2 forbids or discourages; CR LF and CR become LF (§2.11). Those above U+007F were
    /// quotes and dashes of Windows-1252 before somebody took that for ISO 8859-1.
    /// </summary>
    public static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAny(Unclean) < 0)
            return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\r')
                clean.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
            else if (text[i] is >= '\x80' and <= '\x9F')
                clean.Append(HtmlEntities.FromWindows1252(text[i]));
            else if (!Unclean.Contains(text[i]))
                clean.Append(text[i]);
        return clean.ToString();
    }

    /// <summary>Text as HTML text: the three characters that would be markup are escaped.</summary>
    public static string Escape(string text) =>
        text.AsSpan().IndexOfAny('&', '<', '>') < 0
            ? text
            : text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal);
}
