using System.Globalization;
using Dibao.Find.Folding;

namespace Dibao.Find;

/// <param name="Start">UTF-16 index in the text.</param>
/// <param name="End">Behind the last unit.</param>
/// <param name="Term">Index in <see cref="SearchQuery.Terms"/>.</param>
internal readonly record struct TermMatch(int Start, int End, int Term);

/// <summary>Finds a query's terms in a text as the index does: by tokens, side by side.</summary>
internal static class TermMatches
{
    /// <summary>UTF-16 units; a match behind them is not shown.</summary>
    private const int MaxCharacters = 500_000;

    /// <returns>In order of their start.</returns>
    public static List<TermMatch> In(string text, SearchQuery query)
    {
        if (query.Terms.Count == 0) return [];
        var searched = SearchMarks.WithoutMarks(text.Length > MaxCharacters ? text[..MaxCharacters] : text);
        var folded = FoldedText.Of(searched, withSources: true);
        var matches = new List<TermMatch>();
        for (var term = 0; term < query.Terms.Count; term++) AddMatches(matches, searched, folded, query.Terms[term], term);
        if (query.Terms.Count > 1) matches.Sort((one, other) => (one.Start, one.Term).CompareTo((other.Start, other.Term)));
        return matches;
    }

    // Where its first token's characters stand, the text is cut into tokens: nowhere else, since most of a text matches nothing.
    private static void AddMatches(List<TermMatch> matches, string text, FoldedText folded, SearchTerm term, int index)
    {
        var chars = folded.Chars;
        var first = term.Tokens[0].AsSpan();
        for (int at = 0, found; at < chars.Length && (found = chars[at..].IndexOf(first)) >= 0; at++)
        {
            at += found;
            if (!BeginsToken(chars, at) || EndOf(term, chars[at..]) is not { } length) continue;
            matches.Add(new TermMatch(folded.SourceOf(at), EndInSource(text, folded.SourceOf(at + length - 1)), index));
        }
    }

    // Each character of a run begins one; a word begins where none goes on.
    private static bool BeginsToken(ReadOnlySpan<char> chars, int at)
    {
        if (at == 0 || CharKinds.At(chars, at, out _) is not CharKind.Word) return true;
        var before = at > 1 && char.IsSurrogatePair(chars[at - 2], chars[at - 1]) ? at - 2 : at - 1;
        return CharKinds.At(chars, before, out _) is not CharKind.Word;
    }

    // Null when the text does not go on with all the tokens of the term.
    private static int? EndOf(SearchTerm term, ReadOnlySpan<char> chars)
    {
        var cutter = new TokenCutter(chars);
        var token = default(Token);
        for (var i = 0; i < term.Tokens.Count; i++)
        {
            if (!cutter.TryNext(out token)) return null;
            var isOpen = term.EndsOpen && i == term.Tokens.Count - 1 && token.Kind != TokenKind.Word;
            if (!chars[token.Start..(isOpen ? token.FirstEnd : token.End)].SequenceEqual(term.Tokens[i])) return null;
        }
        return term.EndsOpen ? token.FirstEnd : Math.Max(token.End, token.FirstEnd);
    }

    // With what folding left out behind it: the accent of a decomposed letter.
    private static int EndInSource(string text, int last)
    {
        var end = last + (char.IsHighSurrogate(text[last]) && last + 1 < text.Length && char.IsLowSurrogate(text[last + 1]) ? 2 : 1);
        while (end < text.Length && CharUnicodeInfo.GetUnicodeCategory(text[end]) is UnicodeCategory.NonSpacingMark) end++;
        return end;
    }
}
