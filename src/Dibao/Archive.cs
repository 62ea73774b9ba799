using Dibao.Capture;
using Dibao.Find;
using Dibao.Keep;
using Microsoft.Data.Sqlite;

namespace Dibao;

/// <summary>An archive opened for writing: its stages, wired. One process at a time; thread-safe.</summary>
public sealed class Archive : IAsyncDisposable
{
    private readonly IDisposable storeLock;

    private Archive(ArchiveReader reader, IDisposable storeLock, Keeper keeper, CaptureStage capture, RecoveryReport recovery)
    {
        Reader = reader;
        this.storeLock = storeLock;
        Keeper = keeper;
        Capture = capture;
        Recovery = recovery;
        Rechecks = ArticleChecks.Of(reader.Database, reader.Catalogue);
        Takedowns = new(reader.Store, reader.Database, keeper);
    }

    /// <summary>Everything that can be asked of the archive.</summary>
    public ArchiveReader Reader { get; }

    public Keeper Keeper { get; }
    public CaptureStage Capture { get; }
    public Rechecks Rechecks { get; }
    public Takedowns Takedowns { get; }

    /// <summary>What opening had to put right.</summary>
    public RecoveryReport Recovery { get; }

    /// <summary>Opens the archive in a folder, or makes one; what a crash left undone is done first.</summary>
    /// <exception cref="StoreException">Another process has it, or the folder is something else.</exception>
    /// <exception cref="DatabaseVersionException">A newer Dibao made it.</exception>
    /// <exception cref="InvalidDataException">A sealed segment is damaged.</exception>
    public static Archive Open(
        string folder, CaptureOptions options, TimeProvider time, IProgress<(long Done, long All)>? progress = null, CancellationToken cancel = default) =>
        Open(StoreFolder.OpenOrCreate(folder), options, time, progress, cancel);

    internal static Archive Open(
        StoreFolder store, CaptureOptions options, TimeProvider time, IProgress<(long Done, long All)>? progress = null, CancellationToken cancel = default) =>
        Open(store, store.Lock(), options, time, progress, cancel);

    /// <summary>Opens an archive with a catalogue made anew from its segments. When that fails, the one before is put back.</summary>
    /// <inheritdoc cref="Open(string,CaptureOptions,TimeProvider,IProgress{ValueTuple{long,long}}?,CancellationToken)" path="/exception"/>
    public static Archive Rebuild(
        string folder, CaptureOptions options, TimeProvider time, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        var store = StoreFolder.OpenExisting(folder);
        var storeLock = store.Lock();
        using var before = CatalogueFiles.SetAside(store);
        var archive = Open(store, storeLock, options, time, progress, cancel);
        before.Discard();
        return archive;
    }

    private static Archive Open(
        StoreFolder store, IDisposable storeLock, CaptureOptions options, TimeProvider time, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        Database? database = null;
        try
        {
            database = new(store.DatabasePath, SearchTokenizer.Register);
            var (tree, open, report) = new Recovery(store, database, new(Index), time).Run(progress, cancel);
            var segments = new SegmentWriter(store, time, open);
            report = report with { Unfinished = new TombstoneWriter(store, database).FinishAfterCrash(segments, cancel) };
            var keeper = new Keeper(segments, database, Index, tree);
            return new(new(store, database), storeLock, keeper, new(database, options, time, Random.Shared), report);
        }
        catch
        {
            database?.Dispose();
            storeLock.Dispose();
            throw;
        }
    }

    public Task<KeepOutcome> KeepAsync(CaptureBundle bundle, CancellationToken cancel) => Keeper.KeepAsync(bundle, cancel);

    public async ValueTask DisposeAsync()
    {
        Capture.Dispose();
        await Keeper.DisposeAsync();
        Reader.Dispose();
        storeLock.Dispose();
    }

    // Keep tells of new wordings inside its transaction, so that what is kept is found, and nothing else.
    private static WordingIndex Index { get; } = new(
        (transaction, wordings) => SearchIndex.IndexAll(transaction, [.. wordings.Select(ToDocument)]),
        (transaction, articles) => { foreach (var article in articles) SearchIndex.Remove(transaction, article); });

    private static SearchDocument ToDocument(CurrentWording wording) => new()
    {
        ArticleId = wording.ArticleId,
        VersionId = wording.VersionId,
        OutletId = wording.Outlet.Id,
        OutletSlug = wording.Outlet.Slug,
        Newest = wording.Newest,
        Title = wording.Draft.Title,
        Standfirst = wording.Draft.Standfirst,
        Text = wording.Draft.Text,
        Authors = wording.Draft.Authors,
        Language = wording.Draft.Language,
    };
}
