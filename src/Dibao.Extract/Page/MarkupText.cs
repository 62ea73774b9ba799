using System.Net;
using System.Text;

namespace Dibao.Extract.Page;

internal static class MarkupText
{
    /// <summary>A short text without the tags and entities that some templates leave in metadata.</summary>
    public static string Plain(string text)
    {
        if (!text.AsSpan().ContainsAny('<', '&')) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '<' && i + 1 < text.Length && (char.IsAsciiLetter(text[i + 1]) || text[i + 1] == '/')
                && text.AsSpan(i, Math.Min(256, text.Length - i)).IndexOf('>') is > 0 and var end)
            {
                i += end;
                plain.Append(' ');
                continue;
            }

            plain.Append(text[i]);
        }

        return WebUtility.HtmlDecode(plain.ToString());
    }

    /// <summary>Letters and digits only, lower case: for telling whether two texts say the same.</summary>
    public static string Fingerprint(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var print = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) print.Append(char.ToLowerInvariant(c));
        return print.ToString();
    }
}
