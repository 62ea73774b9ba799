namespace Dibao.Warc;

/// <summary>One record, or the damage where one should be.</summary>
/// <param name="Offset">Where it starts in the file, bytes.</param>
/// <param name="Length">What it takes in the file, compressed where the file is; 0 for damage.</param>
/// <param name="Record">Null when <paramref name="Damage"/> says why there is none.</param>
/// <param name="Raw">The uncompressed record as it stands in the file.</param>
public readonly record struct WarcEntry(long Offset, long Length, WarcRecord? Record, ReadOnlyMemory<byte> Raw, string? Damage)
{
    /// <summary>True when the record is a gzip member in the file.</summary>
    public bool IsCompressed { get; init; }
}

/// <summary>Walks a WARC file, compressed per record or plain, a record at a time. Damage ends the walk: what follows it has no known start.</summary>
public sealed class WarcReader(Stream file)
{
    private byte[] buffer = new byte[256 << 10];
    private int start;
    private int end;
    private bool atEnd;
    private long offset;

    /// <summary>Bytes that one record may take, compressed and uncompressed; a longer one is called damaged.</summary>
    public int MaxRecordBytes { get; init; } = 256 << 20;

    /// <param name="from">Where the file stands, added to every offset.</param>
    public IEnumerable<WarcEntry> ReadAll(long from = 0, CancellationToken cancel = default)
    {
        offset = from;
        while (!cancel.IsCancellationRequested)
        {
            if (start == end && !Fill()) yield break;
            var entry = GzipMember.Starts(buffer.AsSpan(start, end - start)) || (end - start == 1 && buffer[start] == 0x1f)
                ? ReadCompressed()
                : ReadPlain();
            yield return entry;
            if (entry.Damage is not null) yield break;
            offset += entry.Length;
            start += (int)entry.Length;
        }
    }

    private WarcEntry ReadCompressed()
    {
        while (true)
        {
            switch (GzipMember.Read(buffer.AsSpan(start, end - start), MaxRecordBytes))
            {
                case GzipReading.Complete member: return FromMember(member);
                case GzipReading.Damaged damaged: return Damage($"the gzip member is damaged: {damaged.Reason}");
            }
            if (end - start >= MaxRecordBytes) return Damage($"the gzip member is longer than {MaxRecordBytes} bytes");
            if (!Fill()) return Damage("the file ends inside a gzip member");
        }
    }

    private WarcEntry FromMember(GzipReading.Complete member) => WarcRecord.Read(member.Content) switch
    {
        WarcReading.Complete whole when whole.Length == member.Content.Length => new(offset, member.Length, whole.Record, member.Content, null) { IsCompressed = true },
        WarcReading.Complete => Damage("the gzip member holds more than one record"),
        WarcReading.Damaged damaged => Damage($"the record is damaged: {damaged.Reason}"),
        _ when member.Content.IsEmpty => Damage("the gzip member is empty"),
        _ when member.Content.Span.IndexOf("\r\n\r\n"u8) < 0 => Damage("the record's header does not end in its gzip member"),
        _ => Damage("the record's Content-Length goes beyond its gzip member"),
    };

    private WarcEntry ReadPlain()
    {
        while (true)
        {
            var available = buffer.AsMemory(start, end - start);
            switch (WarcRecord.Read(available))
            {
                // Copied: the buffer's bytes move when the next record is read.
                case WarcReading.Complete whole:
                    var raw = available[..whole.Length].ToArray();
                    return new(offset, whole.Length, ((WarcReading.Complete)WarcRecord.Read(raw)).Record, raw, null);
                case WarcReading.Damaged damaged: return Damage($"the record is damaged: {damaged.Reason}");
                case WarcReading.Incomplete { Need: var need } when need > MaxRecordBytes:
                    return Damage($"the record takes {need} bytes, more than {MaxRecordBytes}");
            }
            if (!Fill()) return Damage("the file ends inside a record");
        }
    }

    private WarcEntry Damage(string reason) => new(offset, 0, null, default, reason);

    // More bytes behind what is there; false at the end of the file.
    private bool Fill()
    {
        if (atEnd) return false;
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
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
}
