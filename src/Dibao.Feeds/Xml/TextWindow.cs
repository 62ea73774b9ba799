using System.Buffers;

namespace Dibao.Feeds.Xml;

/// <summary>A stretch of the document's characters, by where it lies in its <see cref="TextWindow"/>.</summary>
internal readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>
/// The part of the document that is being read. Characters come in at the end and are let go at the front, so that memory follows the
/// largest entry and not the document. Positions count from the first character kept.
/// </summary>
/// <remarks>Its memory is rented: a feed a window would be a large object each, and those cost a third of reading (bench, mode feed).</remarks>
internal sealed class TextWindow : IDisposable
{
    private char[] chars = [];
    private int origin;
    private int end;

    public ReadOnlySpan<char> Text => chars.AsSpan(origin, end - origin);

    /// <summary>Where reading goes on.</summary>
    public int Position { get; set; }

    /// <summary>Characters let go so far: added to a position it counts from the start of the document.</summary>
    public long Released { get; private set; }

    /// <summary>Nothing comes after what is here.</summary>
    public bool IsFinal { get; set; }

    public int Length => end - origin;

    public ReadOnlySpan<char> this[TextSpan span] => chars.AsSpan(origin + span.Start, span.Length);

    /// <summary>Room for characters to be decoded into; <see cref="Advance"/> says how many came.</summary>
    public Span<char> Reserve(int count)
    {
        if (end + count > chars.Length)
            MakeRoom(count);
        return chars.AsSpan(end);
    }

    public void Advance(int count) => end += count;

    public void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Reserve(text.Length));
        end += text.Length;
    }

    /// <summary>Lets go of what stands before a position; all positions move down by as much.</summary>
    public void Release(int before)
    {
        origin += before;
        Position -= before;
        Released += before;
    }

    public void Dispose()
    {
        if (chars.Length > 0)
            ArrayPool<char>.Shared.Return(chars);
        (chars, origin, end, Position) = ([], 0, 0, 0);
    }

    private void MakeRoom(int count)
    {
        var kept = Text;
        if (kept.Length + count <= chars.Length - chars.Length / 4)
        {
            kept.CopyTo(chars);
            (end, origin) = (kept.Length, 0);
            return;
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(kept.Length + count, Math.Min(chars.Length * 2, chars.Length + (4 << 20))));
        kept.CopyTo(larger);
        var length = kept.Length;
        if (chars.Length > 0)
            ArrayPool<char>.Shared.Return(chars);
        (chars, end, origin) = (larger, length, 0);
    }
}
