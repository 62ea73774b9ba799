using System.Globalization;

namespace Dibao.Find.Folding;

internal static class CharKinds
{
    private static readonly CharKind[] Kinds = [.. Enumerable.Range(0, 0x10000).Select(code => Of(code))];

    public static CharKind Of(char folded) => Kinds[folded];

    /// <param name="text">Folded text.</param>
    /// <param name="at">Where the character starts.</param>
    /// <param name="length">1, or 2 for a surrogate pair.</param>
    public static CharKind At(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        var kind = Kinds[text[at]];
        if (kind != CharKind.Surrogate) return kind;
        if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return CharKind.Separator;
        length = 2;
        return OfRune(char.ConvertToUtf32(text[at], text[at + 1]));
    }

    public static CharKind OfRune(int code) => code switch
    {
        >= 0x20000 and <= 0x3FFFF => CharKind.Run,   // Han extensions B and later
        >= 0x1AFF0 and <= 0x1B16F => CharKind.Run,   // kana supplements
        _ => OfCategory(code),
    };

    private static CharKind Of(int code) => code switch
    {
        TokenCutter.MarkStart => CharKind.Mark,
        ' ' or '\t' or '\n' or '\r' => CharKind.Space,
        >= 0xD800 and <= 0xDFFF => CharKind.Surrogate,
        0x30FB or 0x3000 => CharKind.Separator,      // the katakana middle dot divides names
        >= 0x1100 and <= 0x11FF => CharKind.Run,     // hangul jamo
        >= 0x2E80 and <= 0x2FDF => CharKind.Run,     // radicals
        >= 0x3005 and <= 0x3007 => CharKind.Run,     // 々 〆 〇
        >= 0x3041 and <= 0x30FF => CharKind.Run,     // kana
        >= 0x3105 and <= 0x31FF => CharKind.Run,     // bopomofo, jamo, strokes, kana extensions
        >= 0x3400 and <= 0x4DBF => CharKind.Run,     // Han extension A
        >= 0x4E00 and <= 0x9FFF => CharKind.Run,     // Han
        >= 0xA960 and <= 0xA97F => CharKind.Run,     // jamo extended A
        >= 0xAC00 and <= 0xD7FF => CharKind.Run,     // hangul, jamo extended B
        >= 0xF900 and <= 0xFAFF => CharKind.Run,     // compatibility ideographs
        _ => OfCategory(code),
    };

    private static CharKind OfCategory(int code) => CharUnicodeInfo.GetUnicodeCategory(code) switch
    {
        UnicodeCategory.SpaceSeparator => CharKind.Space,
        <= UnicodeCategory.OtherNumber => CharKind.Word, // letters, combining marks and numbers come first in the enumeration
        _ => CharKind.Separator,
    };
}
