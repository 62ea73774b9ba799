using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>What a page says a second time: its article again for another width of screen, or all of it in one line for a player that reads it out.</summary>
/// <remarks>Found by the words, in whatever elements they stand; a sentence, a refrain or a paragraph that is said again stays.</remarks>
internal static class SecondCopies
{
    // Words that follow each other alike by more than chance.
    private const int Run = 8;

    // What no writer repeats: so many letters, from so many blocks in a row.
    private const int MinLetters = 400;
    private const int MinBlocks = 3;

    // Of a block's words.
    private const double LeastCopied = 0.8;

    public static void Drop(PageTree tree, PageWeights weights, int container)
    {
        if (weights.TextInside[container] < 2 * MinLetters) return;
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        var words = new List<Word>(weights.TextInside[container] / 4);
        for (var at = 0; at < blocks.Count; at++) AddWords(words, TextBlocks.OwnText(tree, blocks[at], int.MaxValue), at);
        var (all, copied) = (new int[blocks.Count], new int[blocks.Count]);
        foreach (var word in words) all[word.Block]++;
        foreach (var (from, to) in Copies(words))
            for (var at = from; at < to; at++) copied[words[at].Block]++;
        for (var at = 0; at < blocks.Count; at++)
            if (copied[at] > all[at] * LeastCopied) TextBlocks.DropOwn(tree, weights, blocks[at]);
    }

    // Stretches of words that stand further ahead as well. One pass: each word is compared with one other.
    private static IEnumerable<(int From, int To)> Copies(List<Word> words)
    {
        var places = new Dictionary<int, int>(words.Count);
        for (var at = 0; at + Run <= words.Count;)
        {
            var print = 0;
            for (var i = at; i < at + Run; i++) print = HashCode.Combine(print, words[i].Print);
            if (!places.TryGetValue(print, out var first)) { places.Add(print, at++); continue; }
            var (same, letters) = (0, 0);
            while (first + same < at && at + same < words.Count && words[first + same].Print == words[at + same].Print) letters += words[at + same++].Letters;
            if (letters >= MinLetters && words[first + same - 1].Block - words[first].Block + 1 >= MinBlocks) yield return (at, at + same);
            at += Math.Max(same, 1);
        }
    }

    // Runs of letters and digits; each Han, kana or hangul character alone.
    private static void AddWords(List<Word> words, string text, int block)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsLetterOrDigit(text[at])) continue;
            if (TextWeight.IsWide(text[at])) { words.Add(new Word(text[at], 2, block)); continue; }
            var start = at;
            while (at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]) && !TextWeight.IsWide(text[at + 1])) at++;
            words.Add(new Word(string.GetHashCode(text.AsSpan(start, at + 1 - start), StringComparison.Ordinal), at + 1 - start, block));
        }
    }

    private readonly record struct Word(int Print, int Letters, int Block);
}
