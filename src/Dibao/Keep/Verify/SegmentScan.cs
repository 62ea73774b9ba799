using System.Collections.Concurrent;
using Dibao.Warc;
using Microsoft.Win32.SafeHandles;

namespace Dibao.Keep;

/// <summary>One record after everything about it alone was checked.</summary>
/// <param name="Fault">What is wrong with it; null when nothing is.</param>
/// <param name="Record">Null when it cannot be read; without its block, unless it says what belongs to a capture.</param>
/// <param name="Raw">SHA-256 of the uncompressed record.</param>
internal sealed record ExaminedRecord(long Offset, long Length, string? Fault, WarcRecord? Record, Digest Raw);

/// <summary>Reads a segment on all processors and checks each record by itself; the records come in their order.</summary>
/// <remarks>Where the segment's index says where members begin, many are read at once, and one that is damaged does not hide those behind it.
/// Without one they are found one after the other, and damage ends the walk.</remarks>
internal sealed class SegmentScan(SegmentFile segment, long until, int level)
{
    private const int MostMembers = 256;
    private const int MostBytes = 1 << 20;

    // A record that takes more, packed or unpacked, passes by and is never in memory; one that takes more than the second is called damaged.
    private const int MostContent = 8 << 20;
    private const long LongestRecord = 1L << 36;

    private const string OtherMember = "the member is not the one whose hash the segment's index has";

    private static readonly int Ahead = 2 * Environment.ProcessorCount;

    private readonly ConcurrentBag<Room> idle = [];
    private readonly Lock passing = new();

    /// <summary>The file's hash is the one that it was sealed with: its members need not be hashed again.</summary>
    public bool IsAsSealed { get; init; }

    public IEnumerable<ExaminedRecord> Run(CancellationToken cancel)
    {
        using var opened = segment.OpenRead();
        var file = opened.SafeFileHandle;
        var working = new Queue<Task<List<ExaminedRecord>>>();
        foreach (var work in IndexCovers() ? ByIndex(file, cancel) : OneByOne(cancel))
        {
            working.Enqueue(work);
            if (working.Count < Ahead) continue;
            foreach (var examined in working.Dequeue().GetAwaiter().GetResult()) yield return examined;
        }
        while (working.TryDequeue(out var last))
        {
            foreach (var examined in last.GetAwaiter().GetResult()) yield return examined;
        }
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Whether the index knows every member up to the end.</summary>
    public bool IndexCovers() => SegmentIndex.Read(segment.IndexPath).Any(row => row.Offset + row.Length == until);

    private IEnumerable<Task<List<ExaminedRecord>>> ByIndex(SafeFileHandle file, CancellationToken cancel)
    {
        var batch = new List<MemberRow>();
        var bytes = 0L;
        foreach (var row in SegmentIndex.Read(segment.IndexPath).TakeWhile(row => row.Offset < until))
        {
            cancel.ThrowIfCancellationRequested();
            if (row.Length > MostContent)
            {
                if (batch.Count > 0) yield return Examine(file, batch);
                (batch, bytes) = ([], 0);
                yield return Task.Run(() => new List<ExaminedRecord> { Pass(row) }, cancel);
                continue;
            }
            batch.Add(row);
            bytes += row.Length;
            if (batch.Count < MostMembers && bytes < MostBytes) continue;
            yield return Examine(file, batch);
            (batch, bytes) = ([], 0);
        }
        if (batch.Count > 0) yield return Examine(file, batch);
    }

    private Task<List<ExaminedRecord>> Examine(SafeFileHandle file, List<MemberRow> rows) => Task.Run(() =>
    {
        if (!idle.TryTake(out var room)) room = new();
        var packed = room.Packed(rows.Sum(row => row.Length));
        var read = RandomAccess.Read(file, packed.Span, rows[0].Offset);
        var examined = new List<ExaminedRecord>(rows.Count);
        foreach (var row in rows)
        {
            var start = (int)(row.Offset - rows[0].Offset);
            examined.Add(start + row.Length > read
                ? new(row.Offset, row.Length, "the segment ends inside it", null, default)
                : Examine(packed.Span.Slice(start, row.Length), row, room));
        }
        idle.Add(room);
        return examined;
    });

    private ExaminedRecord Examine(ReadOnlySpan<byte> member, MemberRow row, Room room)
    {
        ExaminedRecord Damaged(string why) => new(row.Offset, row.Length, why, null, default);

        if (!IsAsSealed && Digest.Of(member) != row.Hash) return Damaged(OtherMember);
        if (level < 2) return new(row.Offset, row.Length, null, null, default);
        return GzipMember.Read(member, MostContent, room.Unpacked) switch
        {
            GzipReading.Damaged { IsTooLarge: true } => Pass(row),
            GzipReading.Damaged damaged => Damaged($"the gzip member is damaged: {damaged.Reason}"),
            GzipReading.Complete whole when whole.Length == row.Length => WarcRecord.Read(room.Grown(whole.Content)) switch
            {
                WarcReading.Complete read when read.Length == whole.Content.Length =>
                    new(row.Offset, row.Length, read.Record.Fault(), Kept(read.Record, whole.Content), Digest.Of(whole.Content.Span)),
                WarcReading.Complete => Damaged("the gzip member holds more than one record"),
                WarcReading.Damaged bad => Damaged($"the record is damaged: {bad.Reason}"),
                _ => Damaged("the record's Content-Length goes beyond its gzip member"),
            },
            _ => Damaged("the gzip member does not end where the next begins"),
        };
    }

    // One at a time: each costs some megabytes, however long it is.
    private ExaminedRecord Pass(MemberRow row)
    {
        lock (passing)
        {
            if (!IsAsSealed && SegmentFile.Sha256(segment.Path, row.Offset, row.Length, CancellationToken.None) != row.Hash) return new(row.Offset, row.Length, OtherMember, null, default);
            if (level < 2) return new(row.Offset, row.Length, null, null, default);
            using var stream = segment.OpenRead();
            stream.Position = row.Offset;
            var examined = Examine(Reader(stream).ReadAll(row.Offset).First());
            return examined.Fault is null && examined.Length != row.Length ? new(row.Offset, row.Length, "the gzip member does not end where the next begins", null, default) : examined;
        }
    }

    private static WarcReader Reader(FileStream stream) => new(stream) { MaxRecordBytes = MostContent, LongestRecordBytes = LongestRecord, DigestsLong = true };

    // What it was unpacked into is used again for the next record.
    private static WarcRecord Kept(WarcRecord record, ReadOnlyMemory<byte> content) => ManifestCheck.ReadsBlock(record)
        ? ((WarcReading.Complete)WarcRecord.Read(content.ToArray())).Record
        : record.WithoutBlock();

    private IEnumerable<Task<List<ExaminedRecord>>> OneByOne(CancellationToken cancel)
    {
        using var stream = segment.OpenRead();
        var batch = new List<WarcEntry>();
        var bytes = 0L;
        // Somebody may be writing at the end, or was when the power went: nobody was told of it yet.
        foreach (var entry in Reader(stream).ReadAll(0, cancel).TakeWhile(entry => entry.Offset < until))
        {
            batch.Add(entry);
            bytes += entry.Raw.Length;
            if (batch.Count < MostMembers && bytes < 4 * MostBytes) continue;
            yield return Examine(batch);
            (batch, bytes) = ([], 0);
        }
        if (batch.Count > 0) yield return Examine(batch);
    }

    private static Task<List<ExaminedRecord>> Examine(List<WarcEntry> entries) => Task.Run(() => entries.ConvertAll(Examine));

    private static ExaminedRecord Examine(WarcEntry entry)
    {
        if (entry.Record is not { } record) return new(entry.Offset, entry.Length, entry.Damage, null, default);
        var raw = record.IsWhole ? Digest.Of(entry.Raw.Span) : Digest.FromBytes(entry.RawSha256.Span);
        return new(entry.Offset, entry.Length, record.Fault(), ManifestCheck.ReadsBlock(record) ? record : record.WithoutBlock(), raw);
    }

    /// <summary>Where one batch after another is read and unpacked: arrays of this length are costly to make, and to clear away.</summary>
    private sealed class Room
    {
        private byte[] packed = new byte[MostBytes];

        public byte[] Unpacked { get; private set; } = new byte[MostBytes];

        public Memory<byte> Packed(int length)
        {
            if (length <= packed.Length) return packed.AsMemory(0, length);
            packed = new byte[length];
            return packed;
        }

        /// <summary>Takes over what a record was unpacked into, when that had to be longer.</summary>
        public ReadOnlyMemory<byte> Grown(ReadOnlyMemory<byte> content)
        {
            if (content.Length > Unpacked.Length) Unpacked = new byte[content.Length];
            return content;
        }
    }
}
