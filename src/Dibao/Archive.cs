using Dibao.Capture;
using Dibao.Capture.Coverage;
using Dibao.Capture.Fetch;
using Dibao.Find;
using Dibao.Keep;
using Dibao.Log;
using Dibao.Prove;
using Microsoft.Data.Sqlite;

namespace Dibao;

/// <summary>What an operator decides about an archive.</summary>
public sealed record ArchiveOptions
{
    public CaptureOptions Capture { get; init; } = new();
    public LogOptions Log { get; init; } = new();

    /// <summary>How it captures, and all else as it comes.</summary>
    public static implicit operator ArchiveOptions(CaptureOptions capture) => new() { Capture = capture };
}

/// <summary>An archive opened for writing: its stages, wired. One process at a time; thread-safe.</summary>
public sealed class Archive : IAsyncDisposable
{
    private readonly IDisposable storeLock;

    private Archive(ArchiveReader reader, IDisposable storeLock, Keeper keeper, TransparencyLog log, CaptureStage capture, RecoveryReport recovery)
    {
        Reader = reader;
        this.storeLock = storeLock;
        Keeper = keeper;
        Log = log;
        Capture = capture;
        Recovery = recovery;
        Rechecks = ArticleChecks.Of(reader.Database, reader.Catalogue);
        Takedowns = new(reader.Store, reader.Database, keeper, new(reader.Store, reader.Database, SearchErasure.Run));
    }

    /// <summary>Everything that can be asked of the archive.</summary>
    public ArchiveReader Reader { get; }

    public Keeper Keeper { get; }
    public TransparencyLog Log { get; }
    public CaptureStage Capture { get; }
    public Rechecks Rechecks { get; }
    public Takedowns Takedowns { get; }

    /// <summary>What opening had to put right.</summary>
    public RecoveryReport Recovery { get; private set; }

    /// <summary>Opens the archive in a folder, or makes one; what a crash left undone is done first.</summary>
    /// <exception cref="StoreException">Another process has it, or the folder is something else.</exception>
    /// <exception cref="DatabaseVersionException">A newer Dibao made it.</exception>
    /// <exception cref="InvalidDataException">A sealed segment is damaged.</exception>
    public static Archive Open(
        string folder, ArchiveOptions options, TimeProvider time, IProgress<(long Done, long All)>? progress = null, CancellationToken cancel = default) =>
        Open(StoreFolder.OpenOrCreate(folder), options, time, progress, cancel);

    internal static Archive Open(
        StoreFolder store, ArchiveOptions options, TimeProvider time, IProgress<(long Done, long All)>? progress = null, CancellationToken cancel = default) =>
        Open(store, store.Lock(), options, time, progress, cancel);

    /// <summary>Opens an archive with a catalogue made anew from all of its segments that can be read. When that fails, the one before is put back.</summary>
    /// <param name="damaged">Told of each place that cannot be read.</param>
    /// <param name="missing">Told of each capture that the catalogue before had, and that can be read no more.</param>
    /// <exception cref="StoreException">Another process has it, or the folder is something else.</exception>
    public static Archive Rebuild(
        string folder, ArchiveOptions options, TimeProvider time, IProgress<(long Done, long All)>? progress, CancellationToken cancel,
        Action<Fault>? damaged = null, Action<MissingCapture>? missing = null)
    {
        var store = StoreFolder.OpenExisting(folder);
        var storeLock = store.Lock();
        using var before = CatalogueFiles.SetAside(store);
        var archive = Open(store, storeLock, options, time, progress, cancel, damaged ?? (_ => { }));
        CarriedLedger.TakeOver(archive.Reader.Database, before.Database);
        if (archive.Recovery.Damaged > 0)
        {
            foreach (var capture in MissingCapture.Between(before.Database, archive.Reader.Database)) missing?.Invoke(capture);
            archive.Recovery = archive.Recovery with { Before = before.Quarantine(time.GetUtcNow()) };
        }
        else before.Discard();
        SegmentIndex.Renew(store, cancel);
        return archive;
    }

    /// <summary>Where the log has a leaf, at a position or behind it.</summary>
    internal static Func<Leaf, long, long?> PlacesIn(LogReader log)
    {
        LeafPlaces? places = null;
        return (leaf, position) =>
        {
            try
            {
                places ??= new(log, log.Checkpoint()?.Checkpoint.Size ?? 0);
                return places.Find(leaf, position);
            }
            catch (Exception unreadable) when (unreadable is LogException or InvalidDataException)
            {
                // Counted then, as without a log.
                return null;
            }
        };
    }

    private static Archive Open(
        StoreFolder store, IDisposable storeLock, ArchiveOptions options, TimeProvider time, IProgress<(long Done, long All)>? progress, CancellationToken cancel,
        Action<Fault>? damaged = null)
    {
        Database? database = null;
        try
        {
            database = new(store.DatabasePath, SearchTokenizer.Register);
            SearchRefill.Run(database, progress, cancel);
            var (leaves, open, report) = new Recovery(store, database, new(Index), time) { Damaged = damaged, PlaceOf = PlacesIn(new(store)) }.Run(progress, cancel);
            var reader = new ArchiveReader(store, database);
            UrlKeyBackfill.Run(database, reader.Segments, cancel);
            var segments = new SegmentWriter(store, time, open);
            report = report with { Unfinished = new TombstoneWriter(store, database, SearchErasure.Run).FinishAfterCrash(segments, cancel) };
            var keeper = new Keeper(segments, database, Index, leaves, time);
            var log = TransparencyLog.Open(store, reader.Catalogue, options.Log);
            var profiles = FetchProfiles.Load(Path.Combine(store.Root, FetchProfiles.FileName));
            return new(reader, storeLock, keeper, log, new(database, options.Capture, time, Random.Shared, profiles, reader.Media.Holds), report);
        }
        catch
        {
            database?.Dispose();
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>Does the next piece, of less than a second, of what can wait until nothing else is to be done: merges the search index, packs texts
    /// smaller, gives free pages back to the disk.</summary>
    /// <returns>False where nothing is left.</returns>
    public bool Tidy() => SearchMerge.Step(Reader.Database) || BodyRepacking.Step(Reader.Database) || Reader.Database.GiveBackPages();

    public Task<KeepOutcome> KeepAsync(CaptureBundle bundle, CancellationToken cancel) => Keeper.KeepAsync(bundle, cancel);

    /// <summary>Makes a new key for the log, and has the log itself say so, with a leaf of its own.</summary>
    /// <returns>The new public key.</returns>
    /// <inheritdoc cref="TransparencyLog.Rotate" path="/exception"/>
    public async Task<VerifierKey> RotateLogKeyAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var before = Reader.Log.Keys;
        var key = Log.Rotate(now);
        await KeepAsync(new()
        {
            Kind = CaptureKind.LogKey, Url = $"https://{key.Name}", At = now, Outlet = OutletName.None, LogKey = new(key.ToString(), before[0].ToString()),
        }, cancel);
        Log.Publish();
        return key;
    }

    public async ValueTask DisposeAsync()
    {
        Capture.Dispose();
        await Keeper.DisposeAsync();
        Log.Publish();
        Takedowns.Dispose();
        Reader.Dispose();
        storeLock.Dispose();
    }

    // Keep tells of new wordings inside its transaction, so that what is kept is found, and nothing else.
    internal static WordingIndex Index { get; } = new(
        (transaction, wordings) => SearchIndex.IndexAll(transaction, [.. wordings.Select(ToDocument)]),
        (transaction, articles) => { foreach (var article in articles) SearchIndex.Remove(transaction, article); });

    private static SearchDocument ToDocument(CurrentWording wording) => new()
    {
        ArticleId = wording.ArticleId,
        VersionId = wording.VersionId,
        OutletId = wording.OutletId,
        OutletSlug = wording.OutletSlug,
        Newest = wording.Newest,
        Title = wording.Draft.Title,
        Standfirst = wording.Draft.Standfirst,
        Text = wording.Draft.Text,
        Authors = wording.Draft.Authors,
        Language = wording.Draft.Language,
    };
}
