using System.Buffers;

namespace Dibao.Find;

/// <summary>A part of a text, in UTF-16 units.</summary>
internal readonly record struct Passage(int Start, int End)
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("。！？!?；;\n");

    /// <param name="text">The whole text.</param>
    /// <param name="matches">In order of <see cref="TermMatch.Start"/>.</param>
    /// <param name="length">UTF-16 units at most.</param>
    public static Passage Choose(string text, List<TermMatch> matches, int length)
    {
        if (text.Length <= length) return new Passage(0, text.Length);
        if (matches.Count == 0) return new Passage(0, EndOf(text, 0, length));
        var anchor = matches[Densest(matches, length * 3 / 4)].Start;
        var start = StartOf(text, anchor, length);
        return new Passage(start, EndOf(text, start, length));
    }

    // The first match from which most different terms lie within reach.
    private static int Densest(List<TermMatch> matches, int reach)
    {
        Span<int> counts = stackalloc int[SearchQuery.MaxTerms];
        int best = 0, most = 0, different = 0, next = 0;
        for (var i = 0; i < matches.Count; i++)
        {
            for (; next < matches.Count && matches[next].End <= matches[i].Start + reach; next++)
            {
                if (counts[matches[next].Term]++ == 0) different++;
            }
            if (different > most) (best, most) = (i, different);
            if (next <= i) next = i + 1; // longer than the reach, and never counted
            else if (--counts[matches[i].Term] == 0) different--;
        }
        return best;
    }

    private static int StartOf(string text, int anchor, int length)
    {
        var earliest = Math.Max(0, anchor - (length / 2));
        var sentence = text.AsSpan(earliest, anchor - earliest).LastIndexOfAny(SentenceEnds);
        var start = sentence >= 0 ? earliest + sentence + 1 : Math.Max(0, anchor - (length / 4));
        while (start < anchor && (char.IsWhiteSpace(text[start]) || IsInside(text, start))) start++;
        return start;
    }

    private static int EndOf(string text, int start, int length)
    {
        var end = Math.Min(text.Length, start + length);
        var earliest = Math.Max(start + 1, end - 24);
        var cut = end;
        while (cut > earliest && IsInside(text, cut)) cut--;
        if (cut > earliest) return cut;
        return end < text.Length && char.IsLowSurrogate(text[end]) ? end - 1 : end;
    }

    // Within a word, or within a character.
    private static bool IsInside(string text, int at) =>
        at > 0 && at < text.Length
        && (char.IsLowSurrogate(text[at]) || (IsWordUnit(text[at - 1]) && IsWordUnit(text[at])));

    // Below the CJK blocks: there lines and passages break between any two characters.
    private static bool IsWordUnit(char c) => c < '\u2E80' && char.IsLetterOrDigit(c);
}
