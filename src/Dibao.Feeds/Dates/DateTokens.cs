using System.Globalization;

namespace Dibao.Feeds.Dates;

internal enum DateTokenKind
{
    Number,
    Word,
    Sign,
}

/// <param name="Text">Digits; a word in lower case; one character.</param>
/// <param name="SpaceBefore">White space stood before it.</param>
internal readonly record struct DateToken(DateTokenKind Kind, string Text, bool SpaceBefore, bool Upper)
{
    public int Value { get; } = Kind == DateTokenKind.Number && Text.Length <= 9 ? int.Parse(Text, CultureInfo.InvariantCulture) : -1;

    public bool IsSign(char sign) => Kind == DateTokenKind.Sign && Text[0] == sign;

    public bool IsNumber => Kind == DateTokenKind.Number;
}

/// <summary>A date cut into numbers, words and signs; what stands in parentheses is a comment (RFC 5322 §3.2.2).</summary>
internal static class DateTokens
{
    public static List<DateToken> Of(string text)
    {
        text = text.Replace("a.m.", "am", StringComparison.OrdinalIgnoreCase).Replace("p.m.", "pm", StringComparison.OrdinalIgnoreCase);
        var tokens = new List<DateToken>();
        var space = false;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '(')
            {
                var close = text.IndexOf(')', at);
                at = close < 0 ? text.Length : close + 1;
            }
            else if (char.IsWhiteSpace(text[at]))
            {
                at++;
                space = true;
            }
            else
            {
                var end = EndOf(text, at);
                tokens.Add(Token(text[at..end], space));
                at = end;
                space = false;
            }
        }

        return tokens;
    }

    private static int EndOf(string text, int start)
    {
        var end = start + 1;
        if (char.IsAsciiDigit(text[start]))
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
        else if (char.IsLetter(text[start]))
            while (end < text.Length && (char.IsLetter(text[end]) || text[end] is '\'' or '’' || IsMark(text[end])))
                end++;
        return end;
    }

    private static bool IsMark(char character) => char.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark;

    private static DateToken Token(string text, bool space)
    {
        var kind = char.IsAsciiDigit(text[0]) ? DateTokenKind.Number : char.IsLetter(text[0]) ? DateTokenKind.Word : DateTokenKind.Sign;
        // The true minus and the dashes are signs too.
        if (kind == DateTokenKind.Sign && text is "−" or "–" or "—")
            text = "-";
        return new(kind, kind == DateTokenKind.Word ? DateWords.Fold(text) : text, space, char.IsUpper(text[^1]));
    }
}
