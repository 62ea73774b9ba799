using System.Globalization;

namespace Dibao.Extract.Dates;

/// <summary>A number, a word, one Han or hangul character, or one mark of a text that may be a date.</summary>
internal readonly record struct DateToken(char Mark, int Number, int Digits, string Word, bool SpaceBefore)
{
    private const int MaxChars = 240;

    public bool IsNumber => Digits > 0;

    public bool IsWord => Word.Length > 0;

    public static List<DateToken> Read(ReadOnlySpan<char> text)
    {
        var tokens = new List<DateToken>(16);
        if (text.Length > MaxChars) text = text[..MaxChars];
        var space = false;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c)) { space = true; i++; continue; }
            var length = 1;
            if (Digit(c) >= 0) tokens.Add(ReadNumber(text[i..], space, out length));
            else if (char.IsLetter(c)) tokens.Add(ReadWord(text[i..], space, out length));
            else tokens.Add(new DateToken(c == '：' ? ':' : c is '−' or '–' ? '-' : c, 0, 0, "", space));
            i += length;
            space = false;
        }

        return tokens;
    }

    private static DateToken ReadNumber(ReadOnlySpan<char> text, bool space, out int length)
    {
        var value = 0;
        for (length = 0; length < text.Length && Digit(text[length]) is >= 0 and var digit; length++)
            value = length < 9 ? (value * 10) + digit : int.MaxValue;
        return new DateToken('\0', value, length, "", space);
    }

    private static DateToken ReadWord(ReadOnlySpan<char> text, bool space, out int length)
    {
        length = 1;
        if (text[0] < 0x2e80)
            while (length < text.Length && text[length] < 0x2e80 && IsWordPart(text[length])) length++;
        return new DateToken('\0', 0, 0, text[..length].ToString().ToLowerInvariant(), space);
    }

    private static bool IsWordPart(char c) =>
        char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static int Digit(char c) =>
        char.IsAsciiDigit(c) ? c - '0' : c < 0x600 ? -1 : CharUnicodeInfo.GetDecimalDigitValue(c);
}
