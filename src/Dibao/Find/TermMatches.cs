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
        var tokens = Tokens(folded.Chars);
        var matches = new List<TermMatch>();
        for (var at = 0; at < tokens.Count; at++)
        {
            for (var term = 0; term < query.Terms.Count; term++)
            {
                if (!IsAt(query.Terms[term], folded.Chars, tokens, at)) continue;
                var last = tokens[at + query.Terms[term].Tokens.Count - 1];
                var end = query.Terms[term].EndsOpen ? last.FirstEnd : Math.Max(last.End, last.FirstEnd);
                matches.Add(new TermMatch(folded.SourceOf(tokens[at].Start), EndInSource(searched, folded.SourceOf(end - 1)), term));
            }
        }
        return matches;
    }

    private static List<Token> Tokens(ReadOnlySpan<char> folded)
    {
        var tokens = new List<Token>(folded.Length);
        var cutter = new TokenCutter(folded);
        while (cutter.TryNext(out var token)) tokens.Add(token);
        return tokens;
    }

    private static bool IsAt(SearchTerm term, ReadOnlySpan<char> folded, List<Token> tokens, int at)
    {
        var count = term.Tokens.Count;
        if (at + count > tokens.Count) return false;
        for (var i = 0; i < count; i++)
        {
            var token = tokens[at + i];
            var isOpen = term.EndsOpen && i == count - 1 && token.Kind != TokenKind.Word;
            if (!folded[token.Start..(isOpen ? token.FirstEnd : token.End)].SequenceEqual(term.Tokens[i])) return false;
        }
        return true;
    }

    // With what folding left out behind it: the accent of a decomposed letter.
    private static int EndInSource(string text, int last)
    {
        var end = last + (char.IsHighSurrogate(text[last]) && last + 1 < text.Length && char.IsLowSurrogate(text[last + 1]) ? 2 : 1);
        while (end < text.Length && CharUnicodeInfo.GetUnicodeCategory(text[end]) is UnicodeCategory.NonSpacingMark) end++;
        return end;
    }
}
