using System.Text;

namespace Dibao.Extract.Markup;

/// <summary>Half a surrogate pair is no character, and some readers of text refuse all of it for one.</summary>
internal static class WellFormed
{
    /// <returns>The same text where it has none; else with U+FFFD for each.</returns>
    public static string Of(string text)
    {
        for (var at = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1])) { at++; continue; }
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text;
    }
}
