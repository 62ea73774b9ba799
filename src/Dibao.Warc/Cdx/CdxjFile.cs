using System.Text;

namespace Dibao.Warc;

/// <summary>Finds lines in a sorted CDXJ file without reading it: a few blocks a lookup, whatever its size.</summary>
/// <param name="file">Seekable; one thread at a time.</param>
public sealed class CdxjFile(Stream file)
{
    /// <summary>Longest line that is read, bytes.</summary>
    public const int MaxLine = 64 << 10;

    /// <summary>Every entry of a key, in the order of time. Lines that are no entries are passed over: <see cref="CdxjCheck"/> names them.</summary>
    /// <param name="key">As <see cref="Surt.Of"/> gives it.</param>
    public IEnumerable<CdxEntry> Find(string key)
    {
        var prefix = Encoding.UTF8.GetBytes(key + " ");
        for (var at = FirstNotBefore(prefix); at < file.Length;)
        {
            var line = LineAt(at, out var next);
            if (!line.AsSpan().StartsWith(prefix)) yield break;
            if (CdxEntry.TryParse(Encoding.UTF8.GetString(line), out var entry, out _)) yield return entry;
            at = next;
        }
    }

    // Binary search over offsets: each is moved to the start of the line after it.
    private long FirstNotBefore(byte[] prefix)
    {
        var (low, high) = (0L, file.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var start = middle == 0 ? 0 : StartAfter(middle - 1, high);
            if (start >= high) { high = middle; continue; }
            if (LineAt(start, out var next).AsSpan().SequenceCompareTo(prefix) < 0) low = next;
            else high = middle;
        }
        return StartAfter(low == 0 ? -1 : low - 1, file.Length);
    }

    // The start of the first line behind a byte; -1 is before the file.
    private long StartAfter(long at, long end)
    {
        if (at < 0) return 0;
        Span<byte> buffer = stackalloc byte[1024];
        for (var from = at; from < end; from += buffer.Length)
        {
            file.Position = from;
            var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var line = buffer[..read].IndexOf((byte)'\n');
            if (line >= 0) return from + line + 1;
            if (read < buffer.Length) break;
        }
        return file.Length;
    }

    private byte[] LineAt(long start, out long next)
    {
        file.Position = start;
        var buffer = new byte[512];
        for (var length = 0; ;)
        {
            var read = file.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
            var end = buffer.AsSpan(length, read).IndexOf((byte)'\n');
            length += end < 0 ? read : end;
            if (end >= 0 || length < buffer.Length || length >= MaxLine)
            {
                next = end >= 0 ? start + length + 1 : StartAfter(start + length - 1, file.Length);
                return buffer[..length];
            }
            Array.Resize(ref buffer, buffer.Length * 4);
        }
    }
}
