namespace Dibao.Keep;

/// <summary>The catalogue's files, moved aside while a new one is made. Disposed without <see cref="Discard"/> or <see cref="Quarantine"/>, they come back.</summary>
internal sealed class CatalogueFiles : IDisposable
{
    // Side files keep the names that SQLite looks for: what the write-ahead log holds is part of it.
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    private readonly StoreFolder store;
    private bool isSettled;

    private CatalogueFiles(StoreFolder store) => this.store = store;

    /// <remarks>A crash in between leaves the new, unfinished catalogue in place: opening goes on where it ends.</remarks>
    public static CatalogueFiles SetAside(StoreFolder store)
    {
        var files = new CatalogueFiles(store);
        foreach (var suffix in Suffixes)
        {
            File.Delete(files.Database + suffix);
            if (File.Exists(store.DatabasePath + suffix)) File.Move(store.DatabasePath + suffix, files.Database + suffix);
        }
        return files;
    }

    /// <summary>Where the old catalogue lies; nothing may be there.</summary>
    public string Database => store.DatabasePath + ".before";

    /// <summary>The new catalogue is whole: the old one is of no use any more.</summary>
    public void Discard()
    {
        isSettled = true;
        foreach (var suffix in Suffixes) File.Delete(Database + suffix);
    }

    /// <summary>The new catalogue lacks what cannot be read: the old one may be all that has its words, and is kept.</summary>
    /// <returns>Where it lies; null when there was none.</returns>
    public string? Quarantine(DateTimeOffset at)
    {
        isSettled = true;
        if (!File.Exists(Database)) return null;
        store.Disk.CreateDurableDirectory(store.Quarantine, store.Root);
        var kept = Path.Combine(store.Quarantine, $"index.{at.UtcDateTime:yyyyMMddHHmmss}.sqlite");
        foreach (var suffix in Suffixes.Where(suffix => File.Exists(Database + suffix))) File.Move(Database + suffix, kept + suffix, overwrite: true);
        store.Disk.SyncDirectory(store.Quarantine);
        return kept;
    }

    public void Dispose()
    {
        if (isSettled) return;
        foreach (var suffix in Suffixes)
        {
            File.Delete(store.DatabasePath + suffix);
            if (File.Exists(Database + suffix)) File.Move(Database + suffix, store.DatabasePath + suffix);
        }
    }

    /// <summary>The database and its side files.</summary>
    public static IEnumerable<string> Files(StoreFolder store) => Suffixes.Select(suffix => store.DatabasePath + suffix);
}
