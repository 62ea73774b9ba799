namespace Dibao.Keep;

/// <summary>The catalogue's files, moved aside while a new one is made. Disposed without <see cref="Discard"/>, they come back.</summary>
internal sealed class CatalogueFiles : IDisposable
{
    private const string Aside = ".before";

    private readonly StoreFolder store;
    private bool discarded;

    private CatalogueFiles(StoreFolder store) => this.store = store;

    /// <remarks>A crash in between leaves the new, unfinished catalogue in place: opening goes on where it ends.</remarks>
    public static CatalogueFiles SetAside(StoreFolder store)
    {
        foreach (var file in Files(store))
        {
            File.Delete(file + Aside);
            if (File.Exists(file)) File.Move(file, file + Aside);
        }
        return new(store);
    }

    /// <summary>Where the old catalogue lies; nothing may be there.</summary>
    public string Database => store.DatabasePath + Aside;

    /// <summary>The new catalogue is whole: the old one is of no use any more.</summary>
    public void Discard()
    {
        discarded = true;
        foreach (var file in Files(store)) File.Delete(file + Aside);
    }

    public void Dispose()
    {
        if (discarded) return;
        foreach (var file in Files(store))
        {
            File.Delete(file);
            if (File.Exists(file + Aside)) File.Move(file + Aside, file);
        }
    }

    /// <summary>The database and its side files.</summary>
    public static IEnumerable<string> Files(StoreFolder store) => ((string[])["", "-wal", "-shm"]).Select(suffix => store.DatabasePath + suffix);
}
