using System.Buffers;
using System.Runtime.CompilerServices;

namespace Dibao.Extract.Page;

internal static class TextWeight
{
    private static readonly SearchValues<char> SentenceMarks = SearchValues.Create("。，、！？；：」』”.,;:!?،؛؟。।…");

    // Of each character of ASCII: 0 for white space and controls, 1 for what weighs, 2 for what punctuates a sentence as well.
    private static readonly byte[] InAscii = [.. Enumerable.Range(0, 128).Select(c => (byte)(c <= ' ' ? 0 : SentenceMarks.Contains((char)c) ? 2 : 1))];

    /// <summary>Characters without white space, Han, kana and hangul twice; and how many of them punctuate a sentence.</summary>
    public static (int Weight, int Marks) Of(ReadOnlySpan<char> text)
    {
        var weight = 0;
        var marks = 0;
        var ascii = InAscii;
        foreach (var c in text)
        {
            if (c < ascii.Length)
            {
                var kind = ascii[c];
                weight += (kind + 1) >> 1;
                marks += kind >> 1;
            }
            else if (c < 0x2e80)
            {
                if (char.IsWhiteSpace(c)) continue;
                weight++;
                if (SentenceMarks.Contains(c)) marks++;
            }
            else
            {
                weight += IsWide(c) ? 2 : 1;
                if (c is < '\u3100' or > '\uff00' && SentenceMarks.Contains(c)) marks++;
            }
        }

        return (weight, marks);
    }

    /// <summary>Of all text inside a node.</summary>
    public static int Of(PageTree tree, int node)
    {
        var weight = 0;
        for (var i = node; i < tree.End(node); i++) weight += Of(tree.TextOf(i)).Weight;
        return weight;
    }

    /// <summary>CJK ideographs, kana, hangul.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWide(char c) =>
        c is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uac00' and <= '\ud7a3') or (>= '\uf900' and <= '\ufaff');
}
