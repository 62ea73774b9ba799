using Dibao.Keep;
using Dibao.Log;

namespace Dibao.Prove;

/// <summary>The files of a log, as any mirror has them, and the only place that writes them.</summary>
/// <remarks><code>
/// log/checkpoint              the newest, signed
/// log/tile/0/x001/234         hashes; log/tile/entries/… the leaves
/// log/history/1000            checkpoints that were kept; 1000.tsr, 1000.ots say when
/// </code></remarks>
internal sealed class LogFolder(StoreFolder store)
{
    public const string CheckpointPath = "checkpoint";
    public const string HistoryPath = "history";

    public string Root { get; } = Path.Combine(store.Root, "log");

    public byte[]? Read(string path)
    {
        try { return File.ReadAllBytes(PathOf(path)); }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException) { return null; }
    }

    /// <summary>The bytes of a tile, cut from the full one when only that is left.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public ReadOnlyMemory<byte> Read(Tile tile)
    {
        if (Read(tile.Path) is { } exact) return exact;
        if (tile.IsFull || Read(tile.Full.Path) is not { } full) throw new InvalidDataException($"{PathOf(tile.Path)} is missing");
        return full.AsMemory(0, tile.Level == Tile.Entries
            ? EntryBundle.Read(full, tile.Full).Take(tile.Width).Sum(entry => 2 + entry.Length)
            : tile.Width * TreeHash.Size);
    }

    /// <summary>Sizes of the checkpoints that were kept, the smallest first.</summary>
    public IReadOnlyList<long> History() => Directory.Exists(PathOf(HistoryPath))
        ? [.. Directory.EnumerateFiles(PathOf(HistoryPath)).Select(Path.GetFileName).Where(name => long.TryParse(name, System.Globalization.NumberStyles.None, null, out _))
            .Select(name => long.Parse(name!, null)).Order()]
        : [];

    public static string HistoryOf(long size) => $"{HistoryPath}/{size}";

    /// <summary>Tiles, which are written once and never changed: all of them durable when this returns.</summary>
    /// <param name="signedSize">Leaves that a checkpoint was signed over: what they stand for may not change.</param>
    /// <exception cref="LogException">Another tile is there, and a checkpoint was signed over it.</exception>
    public void WriteTiles(IReadOnlyList<TileFile> files, long signedSize)
    {
        var folders = new HashSet<string>();
        foreach (var file in files)
        {
            var known = Read(file.Tile.Path);
            if (known is not null && known.AsSpan().SequenceEqual(file.Bytes)) continue;
            // What is left by a run that ended before it signed was shown to nobody.
            if (known is not null && IsSigned(file.Tile, signedSize))
            {
                throw new LogException($"{PathOf(file.Tile.Path)} is not what the segments say, and a checkpoint was signed over it: run `dibao verify`, and restore what is damaged from a backup.");
            }
            var path = PathOf(file.Tile.Path);
            var temporary = WriteBeside(path, file.Bytes);
            if (known is null) store.Disk.Rename(temporary, path);
            else store.Disk.Replace(temporary, path);
            folders.Add(Path.GetDirectoryName(path)!);
        }
        foreach (var folder in folders) store.Disk.SyncDirectory(folder);
    }

    /// <summary>The file is there whole, or as it was before, whenever the power goes.</summary>
    public void Write(string path, byte[] bytes)
    {
        var full = PathOf(path);
        store.Disk.Replace(WriteBeside(full, bytes), full);
        store.Disk.SyncDirectory(Path.GetDirectoryName(full)!);
    }

    /// <summary>Removes the partial tiles that a full one stands for.</summary>
    public void DropPartial(Tile full)
    {
        var folder = PathOf(full.Path) + ".p";
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.GetFiles(folder)) store.Disk.Delete(path);
        Directory.Delete(folder);
    }

    // A new file under a name that nobody asks for, durable but for its name.
    private string WriteBeside(string path, byte[] bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) store.Disk.CreateDurableDirectory(folder, store.Root);
        var temporary = path + ".tmp";
        store.Disk.Delete(temporary);
        using var file = store.Disk.Create(temporary);
        store.Disk.Write(file, [bytes], 0);
        store.Disk.Sync(file, temporary);
        return temporary;
    }

    public string PathOf(string path) => Path.Combine(Root, path);

    private static bool IsSigned(Tile tile, long signedSize)
    {
        var level = Math.Max(tile.Level, 0);
        return (tile.Index * Tile.FullWidth) + tile.Width <= signedSize >> (Tile.Height * level);
    }
}
