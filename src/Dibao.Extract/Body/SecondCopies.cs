using System.Buffers;
using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>What a page says a second time: its article again for another width of screen, or all of it in one line for a player that reads it out.</summary>
/// <remarks>Found by the words, in whatever elements they stand; a sentence, a refrain or a paragraph that is said again stays.</remarks>
internal static class SecondCopies
{
    // Words that begin a block, by which it is known again.
    private const int Opening = 8;

    // What no writer repeats: so many letters, from so many blocks in a row.
    private const int MinLetters = 400;
    private const int MinBlocks = 3;

    // Of a block's words: captions and headings between the first copy's paragraphs are not in one that is read out.
    private const double LeastCopied = 0.65;

    public static void Drop(PageTree tree, PageWeights weights, int container)
    {
        if (weights.TextInside[container] < 2 * MinLetters) return;
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        var words = ArrayPool<Word>.Shared.Rent(weights.TextInside[container] + 1); // no word weighs less than one
        var count = 0;
        for (var at = 0; at < blocks.Count; at++) AddWords(tree, blocks[at], at, words, ref count);
        var copied = CopiedWords(words.AsSpan(0, count), blocks.Count);
        ArrayPool<Word>.Shared.Return(words);
        if (copied is null) return;
        for (var at = 0; at < blocks.Count; at++)
            if (copied[at].IsCopy && copied[at].Words > copied[at].All * LeastCopied) TextBlocks.DropOwn(tree, weights, blocks[at]);
    }

    // Of each block; null where nothing is copied. One pass: each word is compared with one other.
    private static BlockWords[]? CopiedWords(ReadOnlySpan<Word> words, int blocks)
    {
        var openings = new Dictionary<int, int>(blocks);
        Span<ulong> seen = stackalloc ulong[64]; // most words begin no block: a bit says so sooner than the dictionary
        BlockWords[]? copied = null;
        for (var at = 0; at + Opening <= words.Length;)
        {
            var print = PrintOf(words.Slice(at, Opening));
            ref var known = ref seen[(print >>> 26) & 63];
            var bit = 1UL << (print & 63);
            if ((known & bit) == 0 || !openings.TryGetValue(print, out var first))
            {
                if (at == 0 || words[at].Block != words[at - 1].Block) (openings[print], known) = (at, known | bit);
                at++;
                continue;
            }

            var (same, letters) = (0, 0);
            while (first + same < at && at + same < words.Length && words[first + same].Print == words[at + same].Print) letters += words[at + same++].Letters;
            if (same > 0) Count(words.Slice(at, same), copied ??= CountAll(words, blocks), isCopy: letters >= MinLetters && words[first + same - 1].Block - words[first].Block + 1 >= MinBlocks);
            at += Math.Max(same, 1);
        }

        return copied;
    }

    private static BlockWords[] CountAll(ReadOnlySpan<Word> words, int blocks)
    {
        var all = new BlockWords[blocks];
        foreach (var word in words) all[word.Block].All++;
        return all;
    }

    private static void Count(ReadOnlySpan<Word> stretch, BlockWords[] copied, bool isCopy)
    {
        foreach (var word in stretch)
        {
            copied[word.Block].Words++;
            copied[word.Block].IsCopy |= isCopy;
        }
    }

    private static int PrintOf(ReadOnlySpan<Word> words)
    {
        var print = 0u;
        foreach (var word in words) print = (print * 16777619) ^ word.Print;
        return (int)print;
    }

    // Runs of letters and digits; each Han, kana or hangul character alone. A word that tags divide counts as two, in each copy.
    private static void AddWords(PageTree tree, int block, int number, Word[] words, ref int count)
    {
        for (var i = block + 1; i < tree.End(block); i++)
        {
            if (tree.Dropped[i] || tree.Role(i) is TagRole.Block or TagRole.Heading) { i = tree.End(i) - 1; continue; }
            var text = tree.TextOf(i);
            for (var at = 0; at < text.Length && count < words.Length; at++)
            {
                if (!IsWord(text[at])) continue;
                var (print, start, wide) = (2166136261u, at, TextWeight.IsWide(text[at]));
                for (; at < text.Length && IsWord(text[at]) && TextWeight.IsWide(text[at]) == wide; at++)
                {
                    print = (print ^ text[at]) * 16777619;
                    if (wide) { at++; break; }
                }

                words[count++] = new Word(print, wide ? 2 : at - start, number);
                at--;
            }
        }
    }

    private static bool IsWord(char c) => c < 128 ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c);

    /// <param name="Words">Those that were said before.</param>
    /// <param name="IsCopy">Whether some of them are of a stretch that is no chance.</param>
    private record struct BlockWords(int All, int Words, bool IsCopy);

    private readonly record struct Word(uint Print, int Letters, int Block);
}
