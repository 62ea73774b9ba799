using Dibao.Find.Folding;

namespace Dibao.Find;

/// <summary>
/// Cuts folded text into tokens. A run of Han, kana or hangul gives its overlapping pairs and then its last character alone,
/// so that a phrase is the sequence of its pairs and one character is found as the beginning of a token:
/// 李尚福 → 李尚, 尚福, 福. Everything else gives words.
/// </summary>
internal ref struct TokenCutter(ReadOnlySpan<char> folded)
{
    /// <summary>Begins a token that no text can contain: what is said about a document (outlet, language) rather than in it.</summary>
    public const char MarkStart = '\u0001';

    /// <summary>UTF-16 units; the rest of a longer word is not indexed.</summary>
    public const int MaxLength = 64;

    private readonly ReadOnlySpan<char> folded = folded;
    private int at;
    private bool inRun;

    public bool TryNext(out Token token)
    {
        while (at < folded.Length)
        {
            var start = at;
            var kind = CharKinds.At(folded, at, out var size);
            at += size;
            if (kind is CharKind.Run) { token = NextOfRun(start); return true; }
            if (kind is CharKind.Word) { token = NextWord(start); return true; }
            if (kind is CharKind.Mark) { token = NextMark(start); return true; }
        }
        token = default;
        return false;
    }

    private Token NextOfRun(int start)
    {
        var middle = at;
        if (at < folded.Length && CharKinds.At(folded, at, out var size) is CharKind.Run)
        {
            inRun = true;
            return new Token(TokenKind.Pair, start, middle, middle + size);
        }
        var kind = inRun ? TokenKind.Tail : TokenKind.Single;
        inRun = false;
        return new Token(kind, start, middle, middle);
    }

    private Token NextWord(int start)
    {
        while (at < folded.Length && CharKinds.At(folded, at, out var size) is CharKind.Word) at += size;
        return new Token(TokenKind.Word, start, at, Math.Min(at, start + MaxLength));
    }

    private Token NextMark(int start)
    {
        while (at < folded.Length && CharKinds.Of(folded[at]) is not (CharKind.Space or CharKind.Mark)) at++;
        return new Token(TokenKind.Mark, start, at, Math.Min(at, start + MaxLength));
    }
}

/// <param name="Kind">What was cut.</param>
/// <param name="Start">Index in the folded text.</param>
/// <param name="FirstEnd">End of the first character of a pair, else of the token as written.</param>
/// <param name="End">End of what is indexed.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int FirstEnd, int End);

internal enum TokenKind : byte
{
    Word = 0,

    /// <summary>Two characters of a run.</summary>
    Pair = 1,

    /// <summary>A run of one character.</summary>
    Single = 2,

    /// <summary>The last character of a longer run.</summary>
    Tail = 3,

    Mark = 4,
}
