using System.Buffers;

namespace Dibao.Feeds.Text;

/// <summary>Characters that Windows' tables of Big5 and Shift_JIS give otherwise than the standards and the rest of the world do.</summary>
/// <remarks>WHATWG Encoding, index Big5 (0xC6A1 to 0xC875, which Windows leaves to the user); Unicode BIG5.TXT and SHIFTJIS.TXT (¢, £, ¬).</remarks>
internal static class EastAsianRepair
{
    private const char Private = '\uF6B1';
    private const char PrivateEnd = '\uF7E1';

    private static readonly SearchValues<char> Affected = SearchValues.Create(
        [.. Enumerable.Range(Private, PrivateEnd - Private + 1).Select(code => (char)code), '￠', '￡', '￢']);

    /// <summary>For each position from 0xC6A1 on what it holds; radicals, which nothing else has, stay private.</summary>
    private static readonly string Extension =
        Run('①', 10) + Run('⑴', 10) + Run('ⅰ', 10) + Run('\uF6CF', 40) + Run('ぁ', 83) + Run('ァ', 86) +
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ" + "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";

    public static bool Concerns(int codePage) => codePage is 950 or 932 or 51932;

    public static void Apply(Span<char> text)
    {
        for (var at = text.IndexOfAny(Affected); at >= 0; at = text.IndexOfAny(Affected))
        {
            text[at] = text[at] switch
            {
                '￠' => '¢',
                '￡' => '£',
                '￢' => '¬',
                var character => Extension[character - Private],
            };
            // What stays as it is is not found again.
            text = text[(at + 1)..];
        }
    }

    private static string Run(char first, int count) => new([.. Enumerable.Range(first, count).Select(code => (char)code)]);
}
