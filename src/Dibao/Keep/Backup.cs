using Dibao.Capture.Fetch;

namespace Dibao.Keep;

/// <summary>What a backup or a restore did, in segments.</summary>
public sealed record CopyReport(int Copied, int AlreadyThere, long Bytes);

/// <summary>Copies an archive while captures go on.</summary>
/// <remarks>The log's checkpoint and the catalogue are read first and put in place last: so neither ever knows of a capture that the copied
/// segments lack, and what these have beyond is applied when the copy is opened. In between, in this order: segments, tiles. A segment that was
/// copied before is copied again only when it was rewritten since, by a takedown. A tail that was being written is cut off by recovery.</remarks>
public sealed class Backup
{
    private const int CopyBuffer = 1 << 20;
    private const int Attempts = 100;
    private const string Log = "log", Checkpoint = "checkpoint", Keys = "keys";

    private readonly StoreFolder from;
    private readonly StoreFolder to;
    private readonly IProgress<(long Done, long All)>? progress;
    private readonly CancellationToken cancel;
    private int copied, there;
    private long bytes, done;

    private Backup(StoreFolder from, StoreFolder to, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        this.from = from;
        this.to = to;
        this.progress = progress;
        this.cancel = cancel;
    }

    /// <exception cref="StoreException">The target holds something that is no copy of this archive.</exception>
    public static CopyReport Write(ArchiveReader archive, string target, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        var from = archive.Store;
        var to = StoreFolder.OpenOrCreate(target);
        if (Path.GetFullPath(from.Root) == to.Root) throw new StoreException($"{to.Root} is the archive itself: name another folder for the backup.");
        var fresh = to.DatabasePath + ".new";
        File.Delete(fresh);
        var checkpoint = Read(Path.Combine(from.Root, Log, Checkpoint));
        archive.Database.CopyTo(fresh);
        var report = new Backup(from, to, progress, cancel).CopyAll(checkpoint);
        DeleteDatabase(to);
        File.Move(fresh, to.DatabasePath);
        Disk.Real.SyncDirectory(Path.GetDirectoryName(to.DatabasePath)!);
        return report;
    }

    /// <summary>Copies a backup into an empty folder, without its catalogue. Open the archive afterwards: opening makes the catalogue again.</summary>
    /// <exception cref="StoreException">The source is no backup, or the target is not empty.</exception>
    public static CopyReport Restore(string backup, string folder, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        var from = StoreFolder.OpenExisting(backup);
        var to = StoreFolder.OpenOrCreate(folder);
        if (to.Segments().Count > 0) throw new StoreException($"{to.Root} already holds an archive: restore into an empty folder.");
        return new Backup(from, to, progress, cancel).CopyAll(Read(Path.Combine(from.Root, Log, Checkpoint)));
    }

    /// <summary>Deletes the catalogue with its side files; opening makes it again from the segments.</summary>
    public static void DeleteDatabase(StoreFolder store)
    {
        foreach (var file in CatalogueFiles.Files(store)) File.Delete(file);
    }

    private CopyReport CopyAll(byte[]? checkpoint)
    {
        CopySegments();
        CopyFiles(Log, except: Checkpoint);
        // Without its key the log of a restored archive could not go on.
        CopyFiles(Keys, except: null);
        CopyProfiles();
        Disk.Real.WriteWhole(Path.Combine(to.Root, "FORMAT"), File.ReadAllBytes(Path.Combine(from.Root, "FORMAT")));
        if (checkpoint is not null)
        {
            Disk.Real.CreateDirectory(Path.Combine(to.Root, Log));
            Disk.Real.WriteWhole(Path.Combine(to.Root, Log, Checkpoint), checkpoint);
        }
        return new(copied, there, bytes);
    }

    private void CopySegments()
    {
        var segments = from.Segments();
        var all = segments.Sum(segment => new FileInfo(segment.Path) is { Exists: true } file ? file.Length : 0);
        foreach (var listed in segments)
        {
            var segment = Copy(listed);
            // Sealed since the last backup: its open copy is the same bytes, only fewer.
            if (!segment.IsOpen) File.Delete(TargetOf(segment.Path) + ".open");
            progress?.Report((done, all));
        }
    }

    // An open segment may be sealed, and so renamed, at any moment after it was listed: then it is the sealed one that is copied.
    private SegmentFile Copy(SegmentFile segment)
    {
        try
        {
            CopySegment(segment);
            return segment;
        }
        catch (FileNotFoundException) when (segment.IsOpen)
        {
            var closed = new SegmentFile(segment.SealedPath);
            CopySegment(closed);
            return closed;
        }
    }

    private void CopySegment(SegmentFile segment)
    {
        var target = TargetOf(segment.Path);
        if (!segment.IsOpen && IsSame(segment.Path, target)) there++;
        else
        {
            bytes += CopyFile(segment.Path, target, readOnly: !segment.IsOpen);
            copied++;
        }
        if (!segment.IsOpen && File.Exists(segment.IndexPath) && !IsSame(segment.IndexPath, TargetOf(segment.IndexPath))) CopyFile(segment.IndexPath, TargetOf(segment.IndexPath), readOnly: false);
        done += new FileInfo(target).Length;
    }

    private void CopyFiles(string folder, string? except)
    {
        var root = Path.Combine(from.Root, folder);
        if (!Directory.Exists(root)) return;
        // A partial tile may be replaced by the full one at any moment: then that one is listed the next time.
        for (var attempt = 1; !TryCopyFiles(root, except, isLast: attempt == Attempts); attempt++) cancel.ThrowIfCancellationRequested();
    }

    // Cookies and passwords of sources, as private there as here: without them a restored archive would be let in nowhere.
    private void CopyProfiles()
    {
        var (path, target) = (Path.Combine(from.Root, FetchProfiles.FileName), Path.Combine(to.Root, FetchProfiles.FileName));
        if (!File.Exists(path)) File.Delete(target);
        else if (!IsSame(path, target)) CopyFile(path, target, readOnly: false);
    }

    private bool TryCopyFiles(string root, string? except, bool isLast)
    {
        try
        {
            foreach (var path in Directory.GetFiles(root, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".tmp", StringComparison.Ordinal)))
            {
                if (Path.GetRelativePath(root, path) == except || IsSame(path, TargetOf(path))) continue;
                CopyFile(path, TargetOf(path), readOnly: false);
            }
            return true;
        }
        catch (Exception gone) when (!isLast && gone is (FileNotFoundException or DirectoryNotFoundException))
        {
            return false;
        }
    }

    private string TargetOf(string path) => Path.Combine(to.Root, Path.GetRelativePath(from.Root, path));

    // As rsync has it: length and time of writing. A takedown rewrites a segment at its length, and so changes its time.
    private static bool IsSame(string path, string target) =>
        new FileInfo(target) is { Exists: true } copy && new FileInfo(path) is var original && copy.Length == original.Length && copy.LastWriteTimeUtc == original.LastWriteTimeUtc;

    private long CopyFile(string path, string target, bool readOnly)
    {
        var temporary = target + ".tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Delete(temporary);
        var length = 0L;
        var written = File.GetLastWriteTimeUtc(path);
        using (var source = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete))
        using (var copy = Disk.Real.Create(temporary))
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy, File.GetUnixFileMode(source) | UnixFileMode.UserWrite);
            var buffer = new byte[CopyBuffer];
            // No further than it was: somebody may be writing faster than this reads.
            for (var until = RandomAccess.GetLength(source); length < until;)
            {
                cancel.ThrowIfCancellationRequested();
                var read = RandomAccess.Read(source, buffer.AsSpan(0, (int)Math.Min(buffer.Length, until - length)), length);
                if (read == 0) break;
                Disk.Real.Write(copy, [buffer.AsMemory(0, read)], length);
                length += read;
            }
            Disk.Real.Sync(copy, temporary);
        }
        File.SetLastWriteTimeUtc(temporary, written);
        if (readOnly) Disk.Real.SetReadOnly(temporary);
        Disk.Real.Replace(temporary, target);
        Disk.Real.SyncDirectory(Path.GetDirectoryName(target)!);
        return length;
    }

    private static byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;
}
