namespace Dibao.Warc;

/// <summary>One record, or the damage where one should be.</summary>
/// <param name="Offset">Where it starts in the file, bytes.</param>
/// <param name="Length">What it takes in the file, compressed where the file is; for damage what was passed over up to the next record, or to the end.</param>
/// <param name="Record">Null when <paramref name="Damage"/> says why there is none.</param>
/// <param name="Raw">The uncompressed record as it stands in the file; empty for damage, and for a record that is not <see cref="WarcRecord.IsWhole"/>.</param>
public readonly record struct WarcEntry(long Offset, long Length, WarcRecord? Record, ReadOnlyMemory<byte> Raw, string? Damage)
{
    /// <summary>True when the record is a gzip member in the file.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>SHA-256 of the uncompressed record, of one that is not <see cref="WarcRecord.IsWhole"/>, where <see cref="WarcReader.DigestsLong"/> asks for it.</summary>
    public ReadOnlyMemory<byte> RawSha256 { get; init; }
}

/// <summary>Walks a WARC file, compressed per record or plain, a record at a time. Behind damage it goes on at the next place where a record begins.</summary>
/// <remarks>A record that is itself kept inside the damaged one (a WARC file that was archived) may be taken for one of this file.</remarks>
public sealed class WarcReader(Stream file)
{
    // What a file may cost that is made to be begun again at every byte.
    private const long LeastPatience = 256 << 20;
    private const int CostOfATry = 512;
    private const int Longest = 4;

    private static ReadOnlySpan<byte> Magic => [0x1f, 0x8b, 8];

    private readonly WarcWindow window = new(file);
    private long offset;
    private long wasted;
    private bool? isCompressed;

    // Where the walk goes on behind damage, from where it stood: behind the member, where its end is known.
    private int goOn;

    /// <summary>Bytes that one record may take in memory, compressed and uncompressed.</summary>
    public int MaxRecordBytes { get; init; } = 256 << 20;

    /// <summary>Bytes that one record may take at all: one that is longer than <see cref="MaxRecordBytes"/> passes by without its block,
    /// one that is longer than this is called damaged. By default none passes by.</summary>
    public long LongestRecordBytes { get; init; }

    /// <summary>Takes the SHA-256 of each record that passes by: <see cref="WarcEntry.RawSha256"/>.</summary>
    public bool DigestsLong { get; init; }

    /// <param name="from">Where the file stands, added to every offset.</param>
    public IEnumerable<WarcEntry> ReadAll(long from = 0, CancellationToken cancel = default)
    {
        offset = from;
        while (!cancel.IsCancellationRequested)
        {
            if (window.IsEmpty && !window.Fill()) yield break;
            goOn = 1;
            var entry = GzipMember.Starts(window.Span) || (window.Span is [0x1f]) ? ReadCompressed() : ReadPlain();
            if (entry.Damage is not null) entry = entry with { Length = entry.Length + PassOver() };
            else isCompressed ??= entry.IsCompressed;
            yield return entry;
            offset += entry.Length;
            if (entry.Damage is not null && wasted > LeastPatience + (4 * offset)) yield break;
        }
    }

    private WarcEntry ReadCompressed()
    {
        while (true)
        {
            switch (GzipMember.Read(window.Span, MaxRecordBytes))
            {
                case GzipReading.Complete member: return FromMember(member);
                case GzipReading.Damaged { IsTooLarge: true } when LongestRecordBytes > MaxRecordBytes: return PassMember();
                case GzipReading.Damaged damaged:
                    // A member that was cut is read on into the next one, and ends anywhere.
                    if (damaged.Length > 0 && IsStart(damaged.Length)) goOn = damaged.Length;
                    wasted += window.Span.Length;
                    return Damage($"the gzip member is damaged: {damaged.Reason}");
            }
            if (window.Span.Length >= MaxRecordBytes)
            {
                return LongestRecordBytes > MaxRecordBytes ? PassMember() : Damage($"the gzip member is longer than {MaxRecordBytes} bytes");
            }
            if (!window.Fill()) return Damage("the file ends inside a gzip member");
        }
    }

    private WarcEntry FromMember(GzipReading.Complete member)
    {
        goOn = member.Length;
        switch (WarcRecord.Read(member.Content))
        {
            case WarcReading.Complete whole when whole.Length == member.Content.Length:
                window.Skip(member.Length);
                return new(offset, member.Length, whole.Record, member.Content, null) { IsCompressed = true };
            case WarcReading.Complete: return Damage("the gzip member holds more than one record");
            case WarcReading.Damaged damaged: return Damage($"the record is damaged: {damaged.Reason}");
        }
        return Damage(member.Content.IsEmpty ? "the gzip member is empty"
            : member.Content.Span.IndexOf("\r\n\r\n"u8) < 0 ? "the record's header does not end in its gzip member"
            : "the record's Content-Length goes beyond its gzip member");
    }

    private WarcEntry ReadPlain()
    {
        while (true)
        {
            switch (WarcRecord.Read(window.Memory))
            {
                // Copied: the window's bytes move when the next record is read.
                case WarcReading.Complete whole:
                    var raw = window.Span[..whole.Length].ToArray();
                    window.Skip(whole.Length);
                    return new(offset, whole.Length, ((WarcReading.Complete)WarcRecord.Read(raw)).Record, raw, null);
                case WarcReading.Damaged damaged: return Damage($"the record is damaged: {damaged.Reason}");
                case WarcReading.Incomplete { Need: var need } when need > MaxRecordBytes:
                    return need <= LongestRecordBytes ? PassPlain(need) : Damage($"the record takes {need} bytes, more than {Math.Max(LongestRecordBytes, MaxRecordBytes)}");
            }
            if (!window.Fill()) return Damage("the file ends inside a record");
        }
    }

    private WarcEntry PassPlain(long need)
    {
        using var record = new PassingRecord(DigestsLong);
        var passed = 0L;
        while (passed < need)
        {
            if (window.IsEmpty && !window.Fill()) return Damage("the file ends inside a record") with { Length = passed };
            var part = window.Span[..(int)Math.Min(window.Span.Length, need - passed)];
            goOn = 0;
            var goes = record.Take(part);
            (passed, wasted) = (passed + part.Length, wasted + part.Length);
            window.Skip(part.Length);
            if (!goes) return Damage(record.Damage!) with { Length = passed };
        }
        wasted -= need;
        return new(offset, need, record.ToRecord(), default, null) { RawSha256 = record.RawSha256() };
    }

    private WarcEntry PassMember()
    {
        using var record = new PassingRecord(DigestsLong);
        var header = GzipMember.ReadHeader(window.Span);
        window.Skip(header);
        var member = new PassingMember(window, record, LongestRecordBytes);
        var damage = member.Run();
        var length = header + member.Consumed;
        if (damage is null) return new(offset, length, record.ToRecord(), default, null) { IsCompressed = true, RawSha256 = record.RawSha256() };
        wasted += member.Passed;
        goOn = 0;
        return Damage(damage) with { Length = length };
    }

    private WarcEntry Damage(string reason) => new(offset, 0, null, default, reason);

    // Bytes from where the window stands to the next record, or to the end of the file.
    private long PassOver()
    {
        var passed = (long)Math.Min(goOn, window.Span.Length);
        window.Skip((int)passed);
        while (true)
        {
            if (window.Span.Length < GzipMember.LongestHeader) window.Fill();
            if (window.IsEmpty) return passed;
            var next = NextStart();
            // What may be the beginning of one is looked at again with what follows it.
            var skip = next >= 0 ? next : Math.Max(1, window.Span.Length - Longest);
            window.Skip(skip);
            passed += skip;
            if (next < 0) continue;
            if (window.Span.Length < 2 * GzipMember.LongestHeader) window.Fill();
            if (IsStart(0)) return passed;
            wasted += CostOfATry;
            window.Skip(1);
            passed++;
        }
    }

    // One pass over what may be long: a member's magic, or a record's first word, whichever kind of file it is.
    private int NextStart()
    {
        var span = window.Span;
        for (var at = 0; span[at..].IndexOfAny((byte)0x1f, (byte)'W') is >= 0 and var more; at++)
        {
            at += more;
            if (span[at] == 0x1f ? isCompressed is not false && span[at..].StartsWith(Magic) : isCompressed is not true && span[at..].StartsWith("WARC/"u8)) return at;
        }
        return -1;
    }

    private bool IsStart(int at) => window.Span[at..] is var rest && (GzipMember.Starts(rest) ? GzipMember.BeginsWith(rest, "WARC/"u8) : WarcRecord.Begins(rest));
}
