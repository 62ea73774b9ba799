using System.Globalization;

namespace Dibao.Feeds.Text;

/// <summary>How well bytes read in an encoding with one byte a character.</summary>
internal static class SingleByteProfile
{
    public static double Score(KnownEncoding encoding, ReadOnlySpan<byte> bytes)
    {
        var text = encoding.Encoding.GetString(bytes);
        var sum = 0.0;
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAscii(text[i]))
                continue;
            count++;
            sum += Weigh(text[i], i > 0 ? text[i - 1] : ' ', i + 1 < text.Length ? text[i + 1] : ' ');
        }

        return count == 0 ? 0 : sum / count;
    }

    private static double Weigh(char character, char before, char after)
    {
        if (character == '\uFFFD' || char.IsControl(character))
            return -2;
        if (!char.IsLetter(character))
            return char.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark ? 0.4 : Punctuation(character);
        // No language writes a capital after a small letter; an encoding mistaken for its neighbour does it all the time.
        if (char.IsUpper(character) && char.IsLower(before))
            return -1;
        if (character > '\u036F' && (char.IsAsciiLetter(before) || char.IsAsciiLetter(after)))
            return -0.5;
        return character switch
        {
            >= '\u0400' and < '\u0500' => IsCyrillic(before) || IsCyrillic(after) ? 0.75 : 0.1,
            >= '\u0370' and < '\u0400' => 0.5,
            >= '\u0590' and < '\u0600' => 0.8,
            >= '\u0600' and < '\u0700' => IsArabic(before) || IsArabic(after) ? 0.75 : 0.1,
            >= '\u0E00' and < '\u0E80' => 0.45,
            _ => Latin(before, after),
        };
    }

    // Accented letters stand among plain ones; in a row they are another script misread.
    private static double Latin(char before, char after) =>
        char.IsAsciiLetter(before) || char.IsAsciiLetter(after)
            ? char.IsAscii(before) && char.IsAscii(after) ? 0.75 : 0.2
            : char.IsAscii(before) && char.IsAscii(after) ? 0.2 : -0.4;

    private static double Punctuation(char character) => "‘’“”„–—…«»€°©®·•\u00A0‚‹›§№".Contains(character, StringComparison.Ordinal) ? 0.6 : -0.4;

    private static bool IsArabic(char character) => character is >= '\u0600' and < '\u0700';

    private static bool IsCyrillic(char character) => character is >= '\u0400' and < '\u0500';
}
