namespace Dibao.Keep;

/// <summary>What a backup or a restore did.</summary>
public sealed record CopyReport(int Copied, int AlreadyThere, long Bytes);

/// <summary>Copies an archive while captures go on.</summary>
/// <remarks>The catalogue is copied before the segments and put in place after them: so it never knows of a capture that
/// the copied segments lack, and what they have beyond it is applied when the copy is opened. Sealed segments never change:
/// a second backup into the same folder copies what is new. A tail that was being written is cut off by recovery.</remarks>
public static class Backup
{
    private const int CopyBuffer = 1 << 20;

    /// <exception cref="StoreException">The target holds something that is no copy of this archive.</exception>
    public static CopyReport Write(ArchiveReader archive, string target, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        var from = archive.Store;
        var to = StoreFolder.OpenOrCreate(target);
        if (Path.GetFullPath(from.Root) == to.Root) throw new StoreException($"{to.Root} is the archive itself: name another folder for the backup.");
        var fresh = to.DatabasePath + ".new";
        File.Delete(fresh);
        archive.Database.CopyTo(fresh);
        var report = CopySegments(from, to, progress, cancel);
        DeleteDatabase(to);
        File.Move(fresh, to.DatabasePath);
        Disk.Real.SyncDirectory(Path.GetDirectoryName(to.DatabasePath)!);
        return report;
    }

    /// <summary>Copies a backup into an empty folder. Open the archive afterwards: opening applies and checks.</summary>
    /// <exception cref="StoreException">The source is no backup, or the target is not empty.</exception>
    public static CopyReport Restore(string backup, string folder, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        var from = StoreFolder.OpenExisting(backup);
        var to = StoreFolder.OpenOrCreate(folder);
        if (to.Segments().Count > 0) throw new StoreException($"{to.Root} already holds an archive: restore into an empty folder.");
        var report = CopySegments(from, to, progress, cancel);
        if (File.Exists(from.DatabasePath)) CopyFile(from.DatabasePath, to.DatabasePath, long.MaxValue, cancel);
        return report;
    }

    /// <summary>Deletes the catalogue with its side files; opening makes it again from the segments.</summary>
    public static void DeleteDatabase(StoreFolder store)
    {
        foreach (var file in CatalogueFiles.Files(store)) File.Delete(file);
    }

    private static CopyReport CopySegments(StoreFolder from, StoreFolder to, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        var segments = from.Segments();
        var all = segments.Sum(segment => new FileInfo(segment.Path).Length);
        var (copied, there, bytes, done) = (0, 0, 0L, 0L);
        foreach (var segment in segments)
        {
            var length = new FileInfo(segment.Path).Length;
            var target = Path.Combine(to.Root, Path.GetRelativePath(from.Root, segment.Path));
            if (!segment.IsOpen && File.Exists(target) && new FileInfo(target).Length == length) there++;
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                CopyFile(segment.Path, target, length, cancel);
                copied++;
                bytes += length;
            }
            // Sealed since the last backup: its open copy is the same bytes, only fewer.
            if (!segment.IsOpen) File.Delete(target + ".open");
            done += length;
            progress?.Report((done, all));
        }
        return new(copied, there, bytes);
    }

    private static void CopyFile(string from, string to, long length, CancellationToken cancel)
    {
        var temporary = to + ".tmp";
        using (var source = File.Open(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        using (var target = File.Create(temporary))
        {
            var buffer = new byte[CopyBuffer];
            for (var left = length; left > 0;)
            {
                cancel.ThrowIfCancellationRequested();
                var read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
                if (read == 0) break;
                target.Write(buffer, 0, read);
                left -= read;
            }
            target.Flush();
            Disk.Real.Sync(target.SafeFileHandle, temporary);
        }
        File.Move(temporary, to, overwrite: true);
        Disk.Real.SyncDirectory(Path.GetDirectoryName(to)!);
    }
}
