using System.Globalization;

namespace Dibao.Tests.Extract;

/// <summary>The measures that extraction benchmarks use: 4-gram shingles of tokens, and bags of words.</summary>
internal static class ExtractionScores
{
    private const int Gram = 4;

    /// <summary>Runs of letters, digits and marks; each CJK character alone.</summary>
    public static List<string> Tokens(string text, bool cjkAlone = true)
    {
        var tokens = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var alone = cjkAlone && i < text.Length && IsCjk(text[i]);
            if (i < text.Length && !alone && IsWord(text[i]))
            {
                if (start < 0) start = i;
                continue;
            }

            if (start >= 0) tokens.Add(text[start..i]);
            start = -1;
            if (alone) tokens.Add(text[i].ToString());
        }

        return tokens;
    }

    public static bool IsMostlyCjk(string text)
    {
        var tokens = Tokens(text);
        return tokens.Count(t => IsCjk(t[0])) * 2 > tokens.Count;
    }

    public static PageShingles Shingles(string gold, string read)
    {
        var (goldTokens, readTokens) = (Tokens(gold), Tokens(read));
        var (expected, found) = (Bag(Grams(goldTokens)), Bag(Grams(readTokens)));
        double hits = Common(expected, found);
        var (all, wanted) = (found.Values.Sum(), expected.Values.Sum());
        return new PageShingles(all == 0 ? 1 : hits / all, wanted == 0 ? 1 : hits / wanted, all > 0, goldTokens.SequenceEqual(readTokens));
    }

    /// <summary>The blocks most of whose tokens stand in no 4-gram that the other text holds as well, with their places.</summary>
    public static List<(int At, string Block)> Unmatched(IReadOnlyList<string> blocks, string other)
    {
        var grams = Bag(Grams(Tokens(other)));
        var tokens = blocks.SelectMany((block, at) => Tokens(block).Select(token => (At: at, Token: token))).ToList();
        var matched = new bool[tokens.Count];
        for (var i = 0; i + Gram <= tokens.Count; i++)
            if (grams.ContainsKey(string.Join(' ', tokens.GetRange(i, Gram).Select(t => t.Token)))) Array.Fill(matched, true, i, Gram);
        var missed = tokens.Zip(matched).GroupBy(pair => pair.First.At).Where(block => block.Count(pair => !pair.Second) * 2 > block.Count());
        return [.. missed.Select(block => (block.Key, blocks[block.Key]))];
    }

    public static double WordF1(string gold, string read)
    {
        var (expected, found) = (Bag(Tokens(gold.ToLowerInvariant(), false)), Bag(Tokens(read.ToLowerInvariant(), false)));
        var all = expected.Values.Sum() + found.Values.Sum();
        return all == 0 ? 1 : 2.0 * Common(expected, found) / all;
    }

    /// <summary>Harmonic mean of the mean precision of pages that predict something and the mean recall.</summary>
    public static (double F1, double Precision, double Recall) Set(IReadOnlyCollection<PageShingles> pages)
    {
        var precision = pages.Where(p => p.Predicted).Select(p => p.Precision).DefaultIfEmpty(1).Average();
        var recall = pages.Select(p => p.Recall).DefaultIfEmpty(1).Average();
        return (2 * precision * recall / (precision + recall), precision, recall);
    }

    /// <summary>Of wanted and unwanted snippets over a whole set.</summary>
    public static double SnippetF1(IReadOnlyCollection<GoldScore> pages)
    {
        var found = pages.Sum(p => p.WithFound);
        return 2.0 * found / ((2 * found) + pages.Sum(p => p.WithMissed) + pages.Sum(p => p.WithoutFound));
    }

    private static IEnumerable<string> Grams(List<string> tokens)
    {
        if (tokens.Count is > 0 and < Gram) yield return string.Join(' ', tokens);
        for (var i = 0; i + Gram <= tokens.Count; i++) yield return string.Join(' ', tokens.GetRange(i, Gram));
    }

    private static Dictionary<string, int> Bag(IEnumerable<string> items)
    {
        var bag = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in items) bag[item] = bag.GetValueOrDefault(item) + 1;
        return bag;
    }

    private static int Common(Dictionary<string, int> one, Dictionary<string, int> other) =>
        one.Sum(pair => Math.Min(pair.Value, other.GetValueOrDefault(pair.Key)));

    // Python's \w, by which the gold was tokenised: letters, digits, underscore; no combining marks.
    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || char.GetUnicodeCategory(c) == UnicodeCategory.OtherNumber;

    private static bool IsCjk(char c) =>
        c is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uac00' and <= '\ud7a3') or (>= '\uf900' and <= '\ufaff');
}
