using Dibao.Warc;
using Microsoft.Win32.SafeHandles;

namespace Dibao.Keep;

/// <summary>Appends members to the open segment. One thread at a time.</summary>
internal sealed class SegmentWriter : IDisposable
{
    /// <summary>A segment is sealed before it grows beyond this, bytes.</summary>
    public const long MaxBytes = 1_000_000_000;

    private readonly StoreFolder store;
    private readonly TimeProvider time;
    private readonly long maxBytes;
    private SegmentFile file;
    private SafeFileHandle handle;
    private long end;
    private long synced;

    /// <param name="open">The segment that recovery left open; null starts a new one.</param>
    public SegmentWriter(StoreFolder store, TimeProvider time, SegmentFile? open, long maxBytes = MaxBytes)
    {
        this.store = store;
        this.time = time;
        this.maxBytes = maxBytes;
        if (open is null) { (file, handle) = Create(NextNumber()); return; }
        file = open;
        handle = File.OpenHandle(open.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        synced = end = RandomAccess.GetLength(handle);
    }

    /// <summary>The segment that the next member goes to.</summary>
    public string Name => file.Name;

    /// <summary>Where the next member goes, bytes.</summary>
    public long End => end;

    /// <summary>Seals the segment when <paramref name="bytes"/> more would make it too long, and starts the next.</summary>
    public void MakeRoom(long bytes)
    {
        if (end + bytes <= maxBytes || end == 0) return;
        Seal();
        (file, handle) = Create(file.Number + 1);
    }

    /// <summary>Not durable before <see cref="Sync"/>.</summary>
    /// <returns>The member's offset.</returns>
    public long Append(ReadOnlySpan<byte> member)
    {
        var offset = end;
        RandomAccess.Write(handle, member, offset);
        end += member.Length;
        return offset;
    }

    /// <summary>Everything appended so far survives a power cut once this returns.</summary>
    public void Sync()
    {
        Durable.Sync(handle, file.Path);
        synced = end;
    }

    /// <summary>Takes back what was appended since the last <see cref="Sync"/>: nobody was told of it.</summary>
    public void TakeBack()
    {
        RandomAccess.SetLength(handle, synced);
        end = synced;
    }

    public void Dispose() => handle.Dispose();

    private void Seal()
    {
        Sync();
        handle.Dispose();
        File.Move(file.Path, file.SealedPath, overwrite: false);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.SealedPath, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
        Durable.SyncDirectory(Path.GetDirectoryName(file.Path)!);
    }

    private (SegmentFile File, SafeFileHandle Handle) Create(long number)
    {
        var path = store.NewSegment(number, time.GetUtcNow());
        var created = new SegmentFile(path);
        var opened = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        // Both at once: what is taken back when this very segment cannot be begun is all of it, not what the one before held.
        synced = end = 0;
        handle = opened;
        file = created;
        Append(WarcInfo(created.Name));
        Durable.Sync(opened, path);
        Durable.SyncDirectory(Path.GetDirectoryName(path)!);
        synced = end;
        return (created, opened);
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
}
