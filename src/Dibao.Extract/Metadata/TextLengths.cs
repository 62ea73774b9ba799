using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

internal static class TextLengths
{
    private const int WideToAWord = 2;
    private const int ThaiToAWord = 5;

    public static TextLength Of(string text)
    {
        var (words, characters, wide, thai, inWord) = (0, 0, 0, 0, false);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) { inWord = false; continue; }
            characters++;
            if (TextWeight.IsWide(c) && c is not (>= '\uac00' and <= '\ud7a3')) { wide++; inWord = false; continue; }
            if (c is >= '\u0e00' and <= '\u0eff') { thai++; inWord = false; continue; }
            if (char.IsLetterOrDigit(c) && !inWord) { words++; inWord = true; }
        }

        return new TextLength(words + (wide / WideToAWord) + (thai / ThaiToAWord), characters);
    }
}
