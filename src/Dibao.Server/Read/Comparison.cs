using System.Text;
using DiffPlex;
using DiffPlex.Model;

namespace Dibao.Server.Read;

/// <summary>What became of a piece of text between two versions.</summary>
public enum Fate
{
    Same = 0,
    Removed = 1,
    Added = 2,
}

/// <param name="Fate">What became of it.</param>
/// <param name="Text">Without line breaks.</param>
public readonly record struct ComparedPiece(Fate Fate, string Text);

/// <summary>Two wordings, paragraph by paragraph: words are compared, and single characters in Chinese, Japanese and Korean.</summary>
/// <param name="Paragraphs">In reading order.</param>
/// <param name="IsCoarse">So much differed that whole paragraphs were taken as removed and added.</param>
public sealed record Comparison(IReadOnlyList<IReadOnlyList<ComparedPiece>> Paragraphs, bool IsCoarse)
{
    // The time of a difference grows with the product of lengths and differences: beyond these it is not looked into further.
    private const int MaxParagraphs = 2_000;
    private const int MaxTokens = 6_000;

    public bool IsSame => Paragraphs.All(pieces => pieces.All(piece => piece.Fate == Fate.Same));

    /// <summary>Paragraphs side by side: what was there on the left, what is there now on the right. A side without a paragraph is empty.</summary>
    public IEnumerable<(IReadOnlyList<ComparedPiece> Before, IReadOnlyList<ComparedPiece> After)> Rows
    {
        get
        {
            for (var i = 0; i < Paragraphs.Count; i++)
            {
                // One paragraph in the place of another stands beside it.
                if (IsAll(i, Fate.Removed) && IsAll(i + 1, Fate.Added)) yield return (Paragraphs[i], Paragraphs[++i]);
                else yield return (Without(i, Fate.Added), Without(i, Fate.Removed));
            }
        }
    }

    private bool IsAll(int paragraph, Fate fate) => paragraph < Paragraphs.Count && Paragraphs[paragraph].All(piece => piece.Fate == fate);

    private List<ComparedPiece> Without(int paragraph, Fate fate) => [.. Paragraphs[paragraph].Where(piece => piece.Fate != fate)];

    public static Comparison Of(string before, string after)
    {
        var old = Paragraphed(before);
        var young = Paragraphed(after);
        if (old.Length > MaxParagraphs || young.Length > MaxParagraphs)
            return new([Piece(Fate.Removed, before), Piece(Fate.Added, after)], IsCoarse: true);
        return new Builder(old, young).Build();
    }

    private static string[] Paragraphed(string text) =>
        text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ComparedPiece[] Piece(Fate fate, string text) => [new(fate, text)];

    private sealed class Builder(string[] old, string[] young)
    {
        private readonly List<IReadOnlyList<ComparedPiece>> paragraphs = [];
        private int tokens;
        private bool coarse;

        public Comparison Build()
        {
            var lines = new Differ().CreateLineDiffs(string.Join('\n', old), string.Join('\n', young), ignoreWhitespace: false);
            var at = 0;
            foreach (var block in lines.DiffBlocks)
            {
                for (; at < block.DeleteStartA; at++) paragraphs.Add(Piece(Fate.Same, old[at]));
                AddBlock(block);
                at = block.DeleteStartA + block.DeleteCountA;
            }
            for (; at < old.Length; at++) paragraphs.Add(Piece(Fate.Same, old[at]));
            return new(paragraphs, coarse);
        }

        // Paragraph by paragraph while both sides have one; what is over was removed or added whole.
        private void AddBlock(DiffBlock block)
        {
            var pairs = Math.Min(block.DeleteCountA, block.InsertCountB);
            for (var i = 0; i < pairs; i++) AddPair(old[block.DeleteStartA + i], young[block.InsertStartB + i]);
            for (var i = pairs; i < block.DeleteCountA; i++) paragraphs.Add(Piece(Fate.Removed, old[block.DeleteStartA + i]));
            for (var i = pairs; i < block.InsertCountB; i++) paragraphs.Add(Piece(Fate.Added, young[block.InsertStartB + i]));
        }

        private void AddPair(string before, string after)
        {
            tokens += before.Length + after.Length;
            coarse |= tokens > MaxTokens;
            var pieces = coarse ? null : Pieces(before, after);
            if (pieces is not null && SharesEnough(pieces)) { paragraphs.Add(pieces); return; }
            paragraphs.Add(Piece(Fate.Removed, before));
            paragraphs.Add(Piece(Fate.Added, after));
        }

        private static List<ComparedPiece> Pieces(string before, string after)
        {
            var words = new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, WordsAndHan);
            var pieces = new List<ComparedPiece>();
            var at = 0;
            foreach (var block in words.DiffBlocks)
            {
                Add(pieces, Fate.Same, words.PiecesOld, at, block.DeleteStartA);
                Add(pieces, Fate.Removed, words.PiecesOld, block.DeleteStartA, block.DeleteStartA + block.DeleteCountA);
                Add(pieces, Fate.Added, words.PiecesNew, block.InsertStartB, block.InsertStartB + block.InsertCountB);
                at = block.DeleteStartA + block.DeleteCountA;
            }
            Add(pieces, Fate.Same, words.PiecesOld, at, words.PiecesOld.Length);
            return pieces;
        }

        private static void Add(List<ComparedPiece> pieces, Fate fate, string[] from, int start, int end)
        {
            if (end <= start) return;
            var text = new StringBuilder();
            for (var i = start; i < end; i++) text.Append(from[i]);
            pieces.Add(new(fate, text.ToString()));
        }

        // Two sentences with nothing in common but 的 would read as confetti.
        private static bool SharesEnough(List<ComparedPiece> pieces)
        {
            var same = pieces.Where(piece => piece.Fate == Fate.Same).Sum(piece => piece.Text.Length);
            return same * 4 >= pieces.Sum(piece => piece.Text.Length);
        }
    }

    /// <summary>Runs of letters and digits are one token; every other character is one of its own, as a reader of Chinese sees it.</summary>
    private static string[] WordsAndHan(string text)
    {
        var tokens = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var start = at++;
            if (IsWord(text[start])) while (at < text.Length && IsWord(text[at])) at++;
            else if (char.IsHighSurrogate(text[start]) && at < text.Length) at++;
            tokens.Add(text[start..at]);
        }
        return [.. tokens];
    }

    // Below the CJK blocks.
    private static bool IsWord(char c) => c < '\u2E80' && (char.IsLetterOrDigit(c) || c == '\'');
}
