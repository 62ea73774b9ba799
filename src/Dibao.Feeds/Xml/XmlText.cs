using System.Buffers;
using System.Text;

namespace Dibao.Feeds.Xml;

internal static class XmlText
{
    private static readonly SearchValues<char> Unclean =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code).Except(['\t', '\n'])]);

    /// <summary>Without the characters XML 1.0 §2.2 forbids; CR LF and CR become LF (§2.11).</summary>
    public static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAny(Unclean) < 0)
            return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\r')
                clean.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
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
