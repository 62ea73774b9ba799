namespace Dibao.Warc;

/// <summary>The part of a file that is in memory, and grows as far as it must.</summary>
internal sealed class WarcWindow(Stream file)
{
    private byte[] buffer = new byte[256 << 10];
    private int start;
    private int end;
    private bool atEnd;

    public bool IsEmpty => start == end;

    public ReadOnlySpan<byte> Span => buffer.AsSpan(start, end - start);

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(start, end - start);

    public void Skip(int count) => start += count;

    /// <summary>More bytes behind what is there; false at the end of the file.</summary>
    public bool Fill()
    {
        if (atEnd) return false;
        if (start > 0)
        {
            Span.CopyTo(buffer);
            end -= start;
            start = 0;
        }
        if (end == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(int.MaxValue / 2, buffer.Length * 2L));
        // As much as fits: a member that is begun again at every few bytes would cost their square.
        var read = file.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
        end += read;
        atEnd = read == 0;
        return read > 0;
    }

    /// <summary>The bytes that follow in the place of all that are there, but for the last <paramref name="kept"/>.</summary>
    public ReadOnlySpan<byte> Next(int kept)
    {
        start = Math.Max(start, end - kept);
        var before = end - start;
        return Fill() ? buffer.AsSpan(before, end - before) : default;
    }

    /// <summary>Stands at a place of the last <see cref="Next"/>: bytes from the end of what is there.</summary>
    public void StandBefore(int fromEnd) => start = end - fromEnd;
}
