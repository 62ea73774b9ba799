using System.Buffers;

namespace Dibao.Extract.Page;

internal static class TextWeight
{
    private static readonly SearchValues<char> SentenceMarks = SearchValues.Create("。，、！？；：」』”.,;:!?،؛؟。।…");

    /// <summary>Characters without white space, Han, kana and hangul twice; and how many of them punctuate a sentence.</summary>
    public static (int Weight, int Marks) Of(ReadOnlySpan<char> text)
    {
        var weight = 0;
        var marks = 0;
        foreach (var c in text)
        {
            if (c <= ' ') continue;
            if (c < 0x2e80)
            {
                if (char.IsWhiteSpace(c)) continue;
                weight++;
                if (!char.IsAsciiLetterOrDigit(c) && SentenceMarks.Contains(c)) marks++;
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
    public static bool IsWide(char c) =>
        c is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uac00' and <= '\ud7a3') or (>= '\uf900' and <= '\ufaff');
}
