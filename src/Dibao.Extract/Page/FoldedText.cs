using System.Runtime.CompilerServices;
using System.Text;

namespace Dibao.Extract.Page;

/// <summary>Collects text with every run of white space as one space, none at the ends.</summary>
internal sealed class FoldedText(int limit = int.MaxValue)
{
    /// <summary>Where a limit is set: of what is read beyond it, of one text in characters and of one element in nodes.</summary>
    /// <remarks>Elements that hold each other are asked for the same text once each.</remarks>
    public const int MaxBeyond = 32_768;

    private const int MaxSpare = 8192;

    // A page asks for hundreds of short texts: the room for them is used again.
    [ThreadStatic]
    private static StringBuilder? s_spare;

    private readonly StringBuilder _text = TakeSpare();
    private bool _space;

    private readonly int _longest = ReadOf(limit);

    public bool IsFull => _text.Length >= limit;

    /// <param name="apart">A number that follows another is one of its own: what elements of a line hold is set apart by their style.</param>
    public void Append(string text, bool apart = false)
    {
        if (apart && _text.Length > 0 && text.Length > 0 && char.IsAsciiDigit(_text[^1]) && char.IsAsciiDigit(text[0])) _space = true;
        var end = Math.Min(text.Length, _longest);
        for (var at = 0; at < end; at++)
        {
            var c = text[at];
            if (!IsKept(c)) { _space |= char.IsWhiteSpace(c); continue; }
            if (_space && _text.Length > 0) _text.Append(' ');
            _space = false;
            var words = at;
            // One space between two words is written with them.
            while (at + 1 < end && (IsKept(text[at + 1]) || (text[at + 1] == ' ' && at + 2 < end && IsKept(text[at + 2])))) at++;
            _text.Append(text, words, at + 1 - words);
        }
    }

    // All but white space, controls and what nobody sees.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsKept(char c) => c < '\u0085' ? c > ' ' : !char.IsWhiteSpace(c) && !IsInvisible(c);

    /// <summary>How much is read where so much is asked for.</summary>
    public static int ReadOf(int limit) => limit > int.MaxValue - MaxBeyond ? int.MaxValue : limit + MaxBeyond;

    /// <summary>The text, and the end of this collector: its room is given to the next.</summary>
    public string Take()
    {
        var text = _text.ToString();
        if (_text.Capacity <= MaxSpare) s_spare = _text.Clear();
        return text;
    }

    private static StringBuilder TakeSpare()
    {
        var room = s_spare ?? new StringBuilder(256);
        s_spare = null;
        return room;
    }

    public static string Of(string? text)
    {
        if (text is null) return "";
        if (IsFolded(text)) return text;
        var folded = new FoldedText();
        folded.Append(text);
        return folded.Take();
    }

    /// <summary>The first character that would be kept; null when all is white space, or more of it than is read.</summary>
    public static char? FirstOf(string text)
    {
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxBeyond)))
            if (IsKept(c)) return c;
        return null;
    }

    private static bool IsFolded(string text)
    {
        var space = true;
        foreach (var c in text)
        {
            if (!IsKept(c) && (space || c != ' ')) return false;
            space = c == ' ';
        }

        return !space || text.Length == 0;
    }

    /// <summary>Zero-width space, word joiner, byte order mark, soft hyphen.</summary>
    public static bool IsInvisible(char c) => c is '\u200b' or '\u2060' or '\ufeff' or '\u00ad';
}
