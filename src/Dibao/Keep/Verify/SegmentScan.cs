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
    private const int MostContent = 256 << 20;

    // A longer one is not kept for the next record.
    private const int MostKept = 8 << 20;

    private static readonly int Ahead = 2 * Environment.ProcessorCount;

    private readonly ConcurrentBag<Room> idle = [];

    public IEnumerable<ExaminedRecord> Run(CancellationToken cancel)
    {
        using var file = File.OpenHandle(segment.Path, share: FileShare.ReadWrite | FileShare.Delete);
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

        if (Digest.Of(member) != row.Hash) return Damaged("the member is not the one whose hash the segment's index has");
        if (level < 2) return new(row.Offset, row.Length, null, null, default);
        return GzipMember.Read(member, MostContent, room.Unpacked) switch
        {
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

    // What it was unpacked into is used again for the next record.
    private static WarcRecord Kept(WarcRecord record, ReadOnlyMemory<byte> content) => ManifestCheck.ReadsBlock(record)
        ? ((WarcReading.Complete)WarcRecord.Read(content.ToArray())).Record
        : record.WithoutBlock();

    private IEnumerable<Task<List<ExaminedRecord>>> OneByOne(CancellationToken cancel)
    {
        using var stream = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var batch = new List<WarcEntry>();
        var bytes = 0L;
        // Somebody may be writing at the end, or was when the power went: nobody was told of it yet.
        foreach (var entry in new WarcReader(stream).ReadAll(0, cancel).TakeWhile(entry => entry.Offset < until))
        {
            batch.Add(entry);
            bytes += entry.Raw.Length;
            if (batch.Count < MostMembers && bytes < 4 * MostBytes) continue;
            yield return Examine(batch);
            (batch, bytes) = ([], 0);
        }
        if (batch.Count > 0) yield return Examine(batch);
    }

    private static Task<List<ExaminedRecord>> Examine(List<WarcEntry> entries) => Task.Run(() => entries.ConvertAll(entry =>
        new ExaminedRecord(entry.Offset, entry.Length, entry.Damage ?? entry.Record!.Fault(), entry.Record is { } record && !ManifestCheck.ReadsBlock(record) ? record.WithoutBlock() : entry.Record, entry.Damage is null ? Digest.Of(entry.Raw.Span) : default)));

    /// <summary>Where one batch after another is read and unpacked: arrays of this length are costly to make, and to clear away.</summary>
    private sealed class Room
    {
        private byte[] packed = new byte[MostBytes];

        public byte[] Unpacked { get; private set; } = new byte[MostBytes];

        public Memory<byte> Packed(int length)
        {
            if (length <= packed.Length) return packed.AsMemory(0, length);
            var longer = new byte[length];
            if (length <= MostKept) packed = longer;
            return longer.AsMemory(0, length);
        }

        /// <summary>Takes over what a record was unpacked into, when that had to be longer.</summary>
        public ReadOnlyMemory<byte> Grown(ReadOnlyMemory<byte> content)
        {
            if (content.Length > Unpacked.Length && content.Length <= MostKept) Unpacked = new byte[content.Length];
            return content;
        }
    }
}
