using System.Security.Cryptography;
using Dibao.Warc;
using Microsoft.Win32.SafeHandles;

namespace Dibao.Keep;

/// <summary>Appends members to the open segment. One thread at a time.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly StoreFolder store;
    private readonly Disk disk;
    private readonly TimeProvider time;
    private OpenSegment? current;
    private long begun;

    // What the segment that was sealed last hashes to, where this process wrote all of it.
    private (string Name, string Sha256)? written;

    /// <param name="open">The segment that recovery left open, whole to its end; null starts a new one with the first member.</param>
    public SegmentWriter(StoreFolder store, TimeProvider time, SegmentFile? open)
    {
        this.store = store;
        this.time = time;
        disk = store.Disk;
        if (open is null) return;
        var end = new FileInfo(open.Path).Length;
        // Cut off before its first record was whole: it is begun anew with the first member.
        if (end == 0) begun = open.Number;
        else
        {
            // A crash between its first record and its first capture: the one before is still to be sealed in the log.
            var isBegun = SegmentHead.Read(open).EndOfInfo != end;
            if (!isBegun) Before = LastSealed();
            current = new(open, disk.Open(open.Path), SegmentIndexWriter.Open(disk, open, end), null) { End = end, Synced = end, Holds = isBegun };
        }
    }

    /// <summary>The sealed segment that the first capture of this one must speak of; null where that was done, or there is none.</summary>
    public SealedFile? Before { get; private set; }

    /// <summary>The segment that the next member goes to, once there is room for it.</summary>
    public string Name => current!.File.Name;

    /// <summary>Where the next member goes, bytes; 0 where no segment is begun.</summary>
    public long End => current?.End ?? 0;

    /// <summary>Begins a segment where there is none, or where <paramref name="bytes"/> more would make it too long.</summary>
    public void MakeRoom(long bytes)
    {
        if (current is { } full && (full.Sealing || (full.Holds && full.End + bytes > store.Tuning.SegmentBytes))) Seal();
        current ??= Begin();
    }

    /// <summary>Not durable before <see cref="Sync"/>. After a failure any part may be there, until <see cref="TakeBack"/>.</summary>
    /// <returns>Offset of the first member; the others follow it.</returns>
    public long Append(IReadOnlyList<ReadOnlyMemory<byte>> members)
    {
        var segment = current!;
        var offset = segment.End;
        segment.Unsynced.AddRange(members);
        disk.Write(segment.Handle, members, offset);
        foreach (var member in members)
        {
            segment.Index.Add(SegmentIndex.RowOf(segment.End, member.Span));
            segment.End += member.Length;
        }
        segment.Holds = true;
        return offset;
    }

    /// <summary>Everything appended so far survives a power cut once this returns.</summary>
    public void Sync()
    {
        var segment = current!;
        if (segment.Synced == segment.End) return;
        disk.Sync(segment.Handle, segment.File.Path);
        segment.Synced = segment.End;
        segment.HashSynced();
        segment.Index.Write();
        Before = null;
    }

    /// <summary>Takes back what was appended since the last <see cref="Sync"/>: nobody was told of it.</summary>
    public void TakeBack()
    {
        if (current is not { } segment) return;
        disk.SetLength(segment.Handle, segment.Synced);
        segment.End = segment.Synced;
        segment.Unsynced.Clear();
        segment.Index.TakeBack();
    }

    /// <summary>Seals the segment, however short, so that all of it can be rewritten; the next member begins another.</summary>
    public void SealEarly()
    {
        if (current is { Holds: true } or { Sealing: true }) Seal();
    }

    public void Dispose()
    {
        current?.Dispose();
        current = null;
    }

    // Each step may fail and be done again: a seal goes on where it was.
    private void Seal()
    {
        var segment = current!;
        Sync();
        segment.Sealing = true;
        var (open, closed) = (segment.File.Path, segment.File.SealedPath);
        if (File.Exists(open) || !File.Exists(closed)) disk.Rename(open, closed);
        disk.SetReadOnly(closed);
        disk.SyncDirectory(Path.GetDirectoryName(closed)!);
        segment.Index.Seal();
        written = segment.Sha256() is { } hash ? (segment.File.Name, hash) : null;
        segment.Dispose();
        current = null;
    }

    private SealedFile? LastSealed()
    {
        if (store.Segments().LastOrDefault(segment => !segment.IsOpen) is not { } last) return null;
        return new(last.Name, new FileInfo(last.Path).Length, written is { } known && known.Name == last.Name ? known.Sha256 : SegmentFile.Sha256(last.Path, CancellationToken.None).ToHex());
    }

    private OpenSegment Begin()
    {
        DropUnbegun();
        var number = NextNumber();
        begun = number;
        var before = LastSealed();
        var file = new SegmentFile(store.NewSegment(number, time.GetUtcNow()));
        var handle = disk.Create(file.Path);
        try
        {
            var info = WarcInfo(file.Name);
            disk.Write(handle, [info], 0);
            disk.Sync(handle, file.Path);
            disk.SyncDirectory(Path.GetDirectoryName(file.Path)!);
            var segment = new OpenSegment(file, handle, SegmentIndexWriter.Open(disk, file, info.Length), IncrementalHash.CreateHash(HashAlgorithmName.SHA256)) { End = info.Length, Synced = info.Length };
            segment.Unsynced.Add(info);
            segment.HashSynced();
            Before = before;
            return segment;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    // What an attempt that failed left behind: nobody was told of anything in it.
    private void DropUnbegun()
    {
        if (store.Segments() is [.., { IsOpen: true } last] && last.Number == begun) disk.Delete(last.Path);
    }

    private long NextNumber() => store.Segments() is [.., var last] ? last.Number + 1 : 1;

    // WARC 1.1 §6.2: what wrote this file.
    private byte[] WarcInfo(string name)
    {
        var headers = new WarcHeaders()
            .Add("WARC-Type", "warcinfo")
            .Add("WARC-Record-ID", WarcRecord.NewId())
            .Add("WARC-Date", WarcRecord.FormatDate(time.GetUtcNow()))
            .Add("WARC-Filename", name)
            .Add("Content-Type", "application/warc-fields");
        return GzipMember.Compress(WarcRecord.Create(headers, "software: Dibao/0.1\r\nformat: WARC File Format 1.1\r\n"u8.ToArray()).ToBytes());
    }

    /// <param name="hash">Of what was written; null where another process wrote some of it.</param>
    private sealed class OpenSegment(SegmentFile file, SafeFileHandle handle, SegmentIndexWriter index, IncrementalHash? hash) : IDisposable
    {
        /// <summary>Appended, and not hashed yet: it may be taken back.</summary>
        public List<ReadOnlyMemory<byte>> Unsynced { get; } = [];

        public SegmentFile File => file;
        public SafeFileHandle Handle => handle;
        public SegmentIndexWriter Index => index;
        public long End { get; set; }
        public long Synced { get; set; }

        /// <summary>Something beside its first record.</summary>
        public bool Holds { get; set; }

        /// <summary>A seal was begun: nothing more goes into it.</summary>
        public bool Sealing { get; set; }

        public void HashSynced()
        {
            foreach (var member in Unsynced) hash?.AppendData(member.Span);
            Unsynced.Clear();
        }

        /// <summary>Hexadecimal, of all that was synced.</summary>
        public string? Sha256() => hash is null ? null : Convert.ToHexStringLower(hash.GetCurrentHash());

        public void Dispose()
        {
            handle.Dispose();
            index.Dispose();
            hash?.Dispose();
        }
    }
}

/// <summary>A sealed segment as the log is to have it.</summary>
/// <param name="Sha256">Of the file, hexadecimal.</param>
internal sealed record SealedFile(string Name, long Bytes, string Sha256);
