using System.Text;
using System.Text.Unicode;

namespace Dibao.Warc;

/// <summary>Reads a CDXJ file line by line and names each that a lookup would miss or be misled by.</summary>
public static class CdxjCheck
{
    private const string Remedy = "Make the index anew from its WARC files";

    /// <param name="name">Stands in every fault.</param>
    /// <param name="fileLength">Bytes of the WARC file of that name; null when it is not there to ask.</param>
    public static IEnumerable<WarcFault> Check(string name, Stream index, Func<string, long?>? fileLength, CancellationToken cancel)
    {
        byte[] before = [];
        foreach (var (offset, line) in Lines(index))
        {
            cancel.ThrowIfCancellationRequested();
            if (line is null) { yield return new(name, offset, $"a line is longer than {CdxjFile.MaxLine} bytes", Remedy); yield break; }
            // Some writers begin with what the file is: it sorts first and names no record.
            if (line.AsSpan().StartsWith("!meta "u8)) continue;
            if (line.AsSpan().SequenceCompareTo(before) < 0) yield return new(name, offset, "the line sorts before the one above it", Remedy);
            before = line;
            if (Fault(line, fileLength) is { } fault) yield return new(name, offset, fault, Remedy);
        }
    }

    private static string? Fault(byte[] line, Func<string, long?>? fileLength)
    {
        if (!Utf8.IsValid(line)) return "the line is not UTF-8";
        if (!CdxEntry.TryParse(Encoding.UTF8.GetString(line), out var entry, out var why)) return $"the line is no entry: {why}";
        if (entry.Key != Surt.Of(entry.Url)) return "its key is not that of its url";
        if (entry.Length == 0) return "its record has no length";
        if (fileLength is null) return null;
        return fileLength(entry.FileName) is not { } length ? $"there is no file {entry.FileName}"
            : entry.Offset > length - entry.Length ? $"its record goes beyond the end of {entry.FileName}"
            : null;
    }

    // Null for a line that is too long: the walk ends there.
    private static IEnumerable<(long Offset, byte[]? Line)> Lines(Stream index)
    {
        var buffer = new byte[CdxjFile.MaxLine];
        var (start, end, offset) = (0, 0, 0L);
        while (true)
        {
            var line = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (line >= 0)
            {
                yield return (offset, buffer[start..(start + line)]);
                start += line + 1;
                offset += line + 1;
                continue;
            }
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length) { yield return (offset, null); yield break; }
            var read = index.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
            if (read > 0) { end += read; continue; }
            if (end > 0) yield return (offset, buffer[..end]);
            yield break;
        }
    }
}
