using Dapper;
using Dibao.Capture.Identity;

namespace Dibao.Capture.Backfill;

/// <summary>What became of a past article. The numbers stand in the catalogue.</summary>
public enum BackfillState
{
    Waiting = 0,
    Kept = 1,

    /// <summary>Announced while the archive watched, or fetched before.</summary>
    There = 2,
    Failed = 3,
    NoArticle = 4,
}

/// <summary>How far the backfill of a source is.</summary>
public sealed record BackfillProgress
{
    public required long SourceId { get; init; }
    public required string SourceUrl { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>Articles fetched in one day (UTC) at the most.</summary>
    public required int PerDay { get; init; }

    public required DateTimeOffset Began { get; init; }

    /// <summary>When the list of past articles was made; null while it is to be made.</summary>
    public DateTimeOffset? Listed { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>What went wrong with the list; null when nothing did.</summary>
    public string? Words { get; init; }

    public required IReadOnlyDictionary<BackfillState, int> Counts { get; init; }

    public int All => Counts.Values.Sum();

    public int Of(BackfillState state) => Counts.GetValueOrDefault(state);
}

/// <summary>A past article that waits to be fetched.</summary>
public sealed record BackfillItem(string Key, Entry Entry);

/// <summary>Remembers which past articles were asked for, and what became of each, so that a restart goes on where it was. Thread-safe.</summary>
public sealed class BackfillBook(Database database, TimeProvider time)
{
    /// <summary>Begins, or begins again with another limit or an earlier day; what was done stays done.</summary>
    public void Start(long source, DateTimeOffset since, int perDay) => database.Write(transaction => transaction.Connection!.Execute(
        """
        INSERT INTO backfills (source_id, since, per_day, began) VALUES (@source, @since, @perDay, @now)
        ON CONFLICT (source_id) DO UPDATE SET per_day = excluded.per_day, ended = NULL, words = NULL,
            listed = CASE WHEN excluded.since < since THEN NULL ELSE listed END, since = MIN(since, excluded.since)
        """,
        new { source, since = since.ToUnixTimeMilliseconds(), perDay, now = Now }, transaction));

    /// <summary>Ends it; what waits is forgotten.</summary>
    public void Stop(long source) => database.Write(transaction => transaction.Connection!.Execute(
        "DELETE FROM backfill_items WHERE source_id = @source AND state = 0; UPDATE backfills SET ended = @now WHERE source_id = @source",
        new { source, now = Now }, transaction));

    public IReadOnlyList<BackfillProgress> List() => database.Read(connection =>
    {
        var counts = connection.Query<(long Source, long State, long Count)>("SELECT source_id, state, COUNT(*) FROM backfill_items GROUP BY source_id, state")
            .ToLookup(row => row.Source, row => ((BackfillState)row.State, (int)row.Count));
        return connection.Query<(long Source, string Url, long Since, long PerDay, long Began, long? Listed, long? Ended, string? Words)>(
                "SELECT b.source_id, s.url, b.since, b.per_day, b.began, b.listed, b.ended, b.words FROM backfills b JOIN sources s ON s.id = b.source_id ORDER BY b.began")
            .Select(row => new BackfillProgress
            {
                SourceId = row.Source,
                SourceUrl = row.Url,
                Since = At(row.Since),
                PerDay = (int)row.PerDay,
                Began = At(row.Began),
                Listed = row.Listed is { } listed ? At(listed) : null,
                Ended = row.Ended is { } ended ? At(ended) : null,
                Words = row.Words,
                Counts = counts[row.Source].ToDictionary(count => count.Item1, count => count.Item2),
            })
            .ToList();
    });

    public BackfillProgress? Of(long source) => List().FirstOrDefault(progress => progress.SourceId == source);

    /// <summary>Takes the list of past articles; those that are known already are marked so.</summary>
    public void Listed(long source, IReadOnlyCollection<Entry> entries, string? words) => database.Write(transaction =>
    {
        foreach (var entry in entries)
        {
            transaction.Connection!.Execute(
                """
                INSERT OR IGNORE INTO backfill_items (source_id, key, url, title, published, state) VALUES (@source, @key, @Link, @Title, @published,
                    (SELECT CASE WHEN EXISTS (SELECT 1 FROM sightings g JOIN sources s ON s.id = g.source_id
                        WHERE g.key = @key AND g.state = 0 AND s.outlet_id = (SELECT outlet_id FROM sources WHERE id = @source)) THEN 2 ELSE 0 END))
                """,
                new { source, key = ArticleKey.Of(entry.Link), entry.Link, entry.Title, published = (entry.Published ?? entry.Updated)?.ToUnixTimeMilliseconds() ?? 0 }, transaction);
        }
        transaction.Connection!.Execute("UPDATE backfills SET listed = @now, words = @words WHERE source_id = @source", new { source, now = Now, words }, transaction);
    });

    /// <summary>The newest article that waits, counted against today's limit; null when there is none, or none today.</summary>
    public BackfillItem? Next(long source) => database.Write(transaction =>
    {
        var today = time.GetUtcNow().ToUnixTimeMilliseconds() / 86_400_000;
        var allowed = transaction.Connection!.QuerySingleOrDefault<long?>(
            """
            UPDATE backfills SET taken = CASE WHEN day = @today THEN taken ELSE 0 END, day = @today
            WHERE source_id = @source AND ended IS NULL RETURNING per_day - taken
            """, new { source, today }, transaction);
        if (allowed is not > 0) return null;
        var row = transaction.Connection!.QuerySingleOrDefault<(string Key, string Url, string? Title, long Published)>(
            "SELECT key, url, title, published FROM backfill_items WHERE source_id = @source AND state = 0 ORDER BY published DESC, key LIMIT 1", new { source }, transaction);
        if (row.Key is null) return null;
        transaction.Connection!.Execute("UPDATE backfills SET taken = taken + 1 WHERE source_id = @source", new { source }, transaction);
        return new BackfillItem(row.Key, new()
        {
            Id = row.Url, Link = row.Url, Title = row.Title ?? "", Published = row.Published > 0 ? At(row.Published) : null,
        });
    });

    /// <summary>What became of one; the last one ends the backfill.</summary>
    public void Note(long source, string key, BackfillState state, string? why) => database.Write(transaction => transaction.Connection!.Execute(
        """
        UPDATE backfill_items SET state = @state, why = @why WHERE source_id = @source AND key = @key;
        UPDATE backfills SET ended = @now WHERE source_id = @source AND listed IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM backfill_items WHERE source_id = @source AND state = 0)
        """, new { source, key, state = (long)state, why, now = Now }, transaction));

    /// <summary>The list turned out empty, or everything on it is there: it is done.</summary>
    public void EndWhenEmpty(long source) => Note(source, "", BackfillState.There, null);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
