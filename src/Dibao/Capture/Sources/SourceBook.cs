using Dapper;
using Dibao.Capture.Coverage;
using Dibao.Capture.Fetch;
using Dibao.Capture.Identity;
using Microsoft.Data.Sqlite;

namespace Dibao.Capture.Sources;

/// <summary>
/// What is watched: outlets, their sources, and what each source has announced. Which sources there are follows from the
/// kept bundles alone (<see cref="SourceLedger"/>); the polling state beside it may be lost, and the next poll fills it again. Thread-safe.
/// </summary>
/// <param name="random">Spreads polls; used under the writer's lock only.</param>
public sealed class SourceBook(Database database, TimeProvider time, Random random)
{
    /// <summary>Answers in a row that must name the same target before a permanent redirect moves a source: one may be an accident.</summary>
    public const int AnswersThatMove = 3;

    private const int RhythmSample = 20;

    private const string TargetColumns = """
        SELECT s.id, s.outlet_id AS OutletId, s.url, s.title, s.state, s.etag, s.last_modified AS LastModified, s.payload,
               s.last_attempt AS LastAttempt, s.last_success AS LastSuccess, s.last_error AS LastError, s.last_failure AS LastFailure, s.failures, s.next_poll AS NextPoll,
               s.kind, s.selector,
               o.slug, o.name, o.home_url AS HomeUrl, o.language
        FROM sources s JOIN outlets o ON o.id = s.outlet_id
        """;

    /// <summary>All sources but removed ones, by outlet and address. Article counts are not this stage's and stand at 0.</summary>
    public IReadOnlyList<SourceHealth> List() => Select("WHERE s.state <> 2 ORDER BY o.name, s.url", new { }, row => row.ToHealth());

    /// <summary>Sources whose time has come, the longest overdue first.</summary>
    public IReadOnlyList<PollTarget> Due(DateTimeOffset now) => Select(
        "WHERE s.state = 0 AND (s.next_poll IS NULL OR s.next_poll <= @now) ORDER BY s.next_poll, s.id",
        new { now = now.ToUnixTimeMilliseconds() }, row => row.ToTarget());

    /// <summary>All sources that are polled, whether due or not.</summary>
    public IReadOnlyList<PollTarget> Active() => Select("WHERE s.state = 0 ORDER BY s.id", new { }, row => row.ToTarget());

    /// <summary>The source at an address, in whatever state; null when there was never one.</summary>
    public PollTarget? Find(string url) => Select("WHERE s.url = @url", new { url }, row => row.ToTarget()) is [var found] ? found : null;

    /// <summary>All sources that are polled, each with its host and the time of its next poll.</summary>
    internal IReadOnlyList<CalendarEntry> Calendar() => database.Read(connection => connection.Query<(long Id, string Url, long? Next)>(
        "SELECT id, url, next_poll FROM sources WHERE state = 0").Select(row => new CalendarEntry(
            row.Id, ArticleUrl.Host(row.Url), row.Next is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null)).ToList());

    /// <summary>The source with an id, in whatever state; null when there was never one.</summary>
    public PollTarget? Find(long id) => Select("WHERE s.id = @id", new { id }, row => row.ToTarget()) is [var found] ? found : null;

    /// <summary>Brings a source's next poll forward, though not within a minute of its last one.</summary>
    /// <returns>When it is due now; null when it is polled no more, or fails and is left alone.</returns>
    public DateTimeOffset? BringForward(long id)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.Write(transaction => transaction.Connection!.QueryFirstOrDefault<long?>(
            """
            UPDATE sources SET next_poll = MIN(IFNULL(next_poll, @now), MAX(@now, IFNULL(last_attempt, 0) + 60000))
            WHERE id = @id AND state = 0 AND failures = 0 RETURNING next_poll
            """,
            new { id, now }, transaction)) is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;
    }

    /// <summary>When the first source comes due after <paramref name="now"/>; null when none does.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now) => database.Read(connection => connection.QuerySingle<long?>(
        "SELECT MIN(next_poll) FROM sources WHERE state = 0 AND next_poll > @now",
        new { now = now.ToUnixTimeMilliseconds() })) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>Watches a feed from now on. Adding what is watched already changes nothing and keeps nothing.</summary>
    /// <returns>False when it was watched already.</returns>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not an http or https address.</exception>
    public Task<bool> AddAsync(string url, string? title, OutletName outlet, KeepCapture keep, CancellationToken cancel) =>
        WatchAsync(url, new SourceChange(title, SourceState.Active), outlet, keep, cancel);

    /// <inheritdoc cref="AddAsync(string,string?,OutletName,KeepCapture,CancellationToken)"/>
    /// <param name="source">Title, kind and selector.</param>
    public async Task<bool> WatchAsync(string url, SourceChange source, OutletName outlet, KeepCapture keep, CancellationToken cancel)
    {
        if (!ArticleUrl.TryNormalize(url, out var normal)) throw new ArgumentException($"\"{url}\" is not an http or https address.", nameof(url));
        if (Find(normal) is { Source.State: SourceState.Active } there && IsSame(there.Source, source)) return false;
        await keep(Change(normal, outlet, source), cancel);
        return true;
    }

    /// <summary>Stops watching a feed; what it brought stays.</summary>
    /// <returns>False when it was not watched.</returns>
    public async Task<bool> RemoveAsync(string url, KeepCapture keep, CancellationToken cancel)
    {
        if (Find(url) is not { Source.State: not SourceState.Removed } found) return false;
        await keep(Change(url, found.Outlet, new(found.Source.Title, SourceState.Removed)), cancel);
        return true;
    }

    /// <summary>Its server says that the feed is gone for good.</summary>
    public Task RetireAsync(PollTarget target, KeepCapture keep, CancellationToken cancel) =>
        keep(Change(target.Source.Url, target.Outlet, new(target.Source.Title, SourceState.Retired)), cancel);

    /// <summary>Its server has named another address often enough.</summary>
    public async Task MoveAsync(PollTarget target, string url, KeepCapture keep, CancellationToken cancel)
    {
        await keep(Change(url, target.Outlet, new(target.Source.Title, SourceState.Active, target.Source.Url)), cancel);
        Moved?.Invoke(target.Source.Url, url);
    }

    /// <summary>Told the old and the new address of a source that has moved.</summary>
    public Action<string, string>? Moved { get; set; }

    /// <summary>What an entry is to this source. One that was announced and never kept is as good as new.</summary>
    public EntryNews NewsOf(PollTarget target, Entry entry)
    {
        var before = database.Read(connection => connection.QueryFirstOrDefault<byte[]>(
            "SELECT fingerprint FROM sightings WHERE source_id = @source AND entry_id = @entry AND state IN (0, 1, 5)",
            new { source = target.Source.Id, entry = entry.Id }));
        if (before is null) return EntryNews.New;
        return Digest.FromBytes(before) == entry.Fingerprint() ? EntryNews.Known : EntryNews.Changed;
    }

    /// <summary>Whether the same outlet announced the article before, elsewhere or under another identifier, so that its page is kept already.</summary>
    public bool IsKnownArticle(PollTarget target, Entry entry) => database.Read(connection => connection.QuerySingle<bool>(
        """
        SELECT EXISTS (SELECT 1 FROM sightings g JOIN sources s ON s.id = g.source_id
                       WHERE g.key = @key AND s.outlet_id = @outlet AND g.state IN (0, 1)
                         AND (s.id <> @source OR (g.entry_id <> @Id AND g.title = @Title)))
        """,
        new { key = ArticleKey.Of(entry.Link), outlet = target.Source.OutletId, source = target.Source.Id, entry.Id, entry.Title }));

    /// <summary>Address of a source that announced the page; null when none did.</summary>
    public string? AnnouncerOf(string url) => database.Read(connection => connection.QueryFirstOrDefault<string>(
        "SELECT s.url FROM sightings g JOIN sources s ON s.id = g.source_id WHERE g.key = @key ORDER BY s.state, s.id LIMIT 1",
        new { key = ArticleKey.Of(url) }));

    /// <inheritdoc cref="SourceLedger.Saw"/>
    /// <remarks>For what no bundle says: an entry whose article another source brought, or of which nothing could be kept. A rebuild
    /// forgets it, and the next poll asks once more.</remarks>
    public void Saw(PollTarget target, Entry entry, EntryCoverage coverage = default) =>
        database.Write(transaction => SourceLedger.Saw(transaction, target.Source.Url, entry, time.GetUtcNow(), coverage));

    /// <summary>Brings the coverage ledger up to what a source lists now: these entries wait, and what was missed and is listed no more is lost.</summary>
    /// <param name="waiting">Not tried yet, for want of room in this round.</param>
    public void Listed(PollTarget target, IReadOnlyCollection<Entry> listed, IReadOnlyCollection<Entry> waiting) => database.Write(transaction =>
    {
        var now = time.GetUtcNow();
        foreach (var entry in waiting) SourceLedger.Saw(transaction, target.Source.Url, entry, now, new(CoverageState.Waiting));
        var open = transaction.Connection!.Query<string>(
            "SELECT entry_id FROM sightings WHERE source_id = @id AND state IN (2, 3)", new { id = target.Source.Id }, transaction).ToList();
        var there = listed.Select(entry => entry.Id).ToHashSet();
        foreach (var entry in open.Where(entry => !there.Contains(entry)))
        {
            transaction.Connection!.Execute("UPDATE sightings SET state = 4 WHERE source_id = @id AND entry_id = @entry",
                new { id = target.Source.Id, entry }, transaction);
        }
    });

    /// <summary>Writes down how a poll went, and when the next one is due.</summary>
    public PollRecorded Record(PollTarget target, PollResult result) => database.Write(transaction => result switch
    {
        PollResult.Succeeded succeeded => Record(transaction, target, succeeded),
        PollResult.Failed failed => Record(transaction, target, failed),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    });

    private PollRecorded Record(SqliteTransaction transaction, PollTarget target, PollResult.Succeeded result)
    {
        var now = time.GetUtcNow();
        var pause = PollRhythm.AfterSuccess(Announced(transaction, target.Source.Id), now, random.NextDouble());
        if (result.Conditions is not null && IsPushed(transaction, target.Source.Id, now)) pause = PollRhythm.BesidePush(pause);
        var next = now + pause;
        // With entries left over, the next round comes in time for them.
        if (result is { Conditions: not null, NotBefore: { } fresh } && fresh > next) next = fresh;
        var answers = transaction.Connection!.QueryFirst<long>(
            """
            UPDATE sources SET etag = @ETag, last_modified = @LastModified, payload = @payload, title = IFNULL(title, @Title),
                last_attempt = @now, last_success = @now, last_error = NULL, last_failure = 0, failures = 0, next_poll = @next,
                moved_answers = CASE WHEN @MovedTo IS NULL THEN 0 WHEN moved_to = @MovedTo THEN moved_answers + 1 ELSE 1 END,
                moved_to = @MovedTo
            WHERE id = @id RETURNING CASE WHEN state = 0 THEN moved_answers ELSE 0 END -- removed meanwhile: it moves nowhere
            """,
            new
            {
                result.Conditions?.ETag, result.Conditions?.LastModified, payload = result.Conditions?.Payload?.ToBytes(), result.Title, result.MovedTo,
                now = now.ToUnixTimeMilliseconds(), next = next.ToUnixTimeMilliseconds(), id = target.Source.Id,
            },
            transaction);
        TroubleBook.End(transaction, target.Source.Id, now);
        return new(next, answers >= AnswersThatMove ? result.MovedTo : null);
    }

    private PollRecorded Record(SqliteTransaction transaction, PollTarget target, PollResult.Failed result)
    {
        var now = time.GetUtcNow();
        var failures = transaction.Connection!.QueryFirst<int>(
            "UPDATE sources SET last_attempt = @now, last_error = @Words, last_failure = @kind, failures = failures + 1 WHERE id = @id RETURNING failures",
            new { now = now.ToUnixTimeMilliseconds(), result.Words, kind = (long)result.Kind, id = target.Source.Id }, transaction);
        TroubleBook.Note(transaction, target.Source.Id, result, now);
        var next = now + PollRhythm.AfterFailure(failures, result.RetryAfter, random.NextDouble());
        transaction.Connection!.Execute("UPDATE sources SET next_poll = @next WHERE id = @id",
            new { next = next.ToUnixTimeMilliseconds(), id = target.Source.Id }, transaction);
        return new(next, null);
    }

    // A hub that has let news pass three times is not relied on.
    private static bool IsPushed(SqliteTransaction transaction, long source, DateTimeOffset now) => transaction.Connection!.QuerySingle<bool>(
        "SELECT EXISTS (SELECT 1 FROM subscriptions WHERE source_id = @source AND state = 1 AND lease_until > @now AND missed < 3)",
        new { source, now = now.ToUnixTimeMilliseconds() }, transaction);

    private static List<DateTimeOffset> Announced(SqliteTransaction transaction, long source) =>
    [
        .. transaction.Connection!.Query<long>(
            "SELECT announced FROM sightings WHERE source_id = @source ORDER BY announced DESC LIMIT @RhythmSample",
            new { source, RhythmSample }, transaction).Select(DateTimeOffset.FromUnixTimeMilliseconds),
    ];

    // Adding with another kind or selector is a change of mind, and taken as such.
    private static bool IsSame(Source there, SourceChange wish) =>
        (wish.Kind is null || wish.Kind == there.Kind) && (wish.Selector is null || wish.Selector == there.Selector);

    private CaptureBundle Change(string url, OutletName outlet, SourceChange change) => new()
    {
        Kind = CaptureKind.Source,
        Url = url,
        At = time.GetUtcNow(),
        Outlet = outlet,
        SourceUrl = url,
        Source = change,
    };

    private List<T> Select<T>(string where, object parameters, Func<SourceRow, T> read) =>
        database.Read(connection => connection.Query<SourceRow>(TargetColumns + "\n" + where, parameters).Select(read).ToList());
}

/// <summary>When a source is polled next.</summary>
/// <param name="NextPoll">Null for one that was never polled.</param>
internal readonly record struct CalendarEntry(long SourceId, string Host, DateTimeOffset? NextPoll);
