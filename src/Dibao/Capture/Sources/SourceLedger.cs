using Dapper;
using Dibao.Capture.Coverage;
using Dibao.Capture.Identity;
using Microsoft.Data.Sqlite;

namespace Dibao.Capture.Sources;

/// <summary>
/// What kept bundles say about outlets, sources and sightings. Run in the writer's transaction when a bundle is kept, and again,
/// bundle by bundle in the order of keeping, when the catalogue is rebuilt: the same bundles always give the same rows.
/// </summary>
public static class SourceLedger
{
    private static readonly Statement InsertOutlet = new(
        """
        INSERT INTO outlets (slug, name, home_url, language) VALUES ($slug, $name, $home, $language)
        ON CONFLICT (slug) DO UPDATE SET home_url = IFNULL(home_url, excluded.home_url), language = IFNULL(language, excluded.language)
        RETURNING id
        """);

    private static readonly Statement InsertSighting = new(
        """
        INSERT INTO sightings (source_id, entry_id, url, key, title, fingerprint, first_seen, last_seen, announced, state, failure, why, attempts)
        SELECT id, $entry, $link, $key, $title, $fingerprint, $at, $at, $announced, $state, $failure, $why, $attempts FROM sources WHERE url = $source
        ON CONFLICT (source_id, entry_id) DO UPDATE SET url = excluded.url, key = excluded.key, title = excluded.title, fingerprint = excluded.fingerprint,
            last_seen = excluded.last_seen, state = excluded.state, failure = excluded.failure, why = excluded.why,
            attempts = attempts + excluded.attempts
        """);

    // A feed may claim any time: what lies outside of these says nothing about its rhythm.
    private static readonly DateTimeOffset EarliestAnnounced = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The outlet's id; the outlet is made when new, and what was unknown of it is filled in.</summary>
    public static long EnsureOutlet(SqliteTransaction transaction, OutletName outlet) =>
        InsertOutlet.Value<long>(transaction, outlet.Slug, outlet.Name, outlet.HomeUrl, outlet.Language);

    /// <summary>Applies what happened to a source. Bundles of other kinds change nothing here.</summary>
    public static void Apply(SqliteTransaction transaction, CaptureBundle bundle)
    {
        if (bundle is not { Kind: CaptureKind.Source, Source: { } change }) return;
        var outlet = EnsureOutlet(transaction, bundle.Outlet);
        if (change.MovedFrom is { } from) Move(transaction, from, bundle.Url);
        // A source that is added anew starts over: due at once, its old failures forgotten.
        transaction.Connection!.Execute(
            """
            INSERT INTO sources (outlet_id, url, title, state, kind, selector) VALUES (@outlet, @Url, @Title, @State, IFNULL(@Kind, 0), @Selector)
            ON CONFLICT (url) DO UPDATE SET
                outlet_id = excluded.outlet_id, title = IFNULL(excluded.title, title), kind = IFNULL(@Kind, kind), selector = IFNULL(@Selector, selector),
                next_poll = CASE WHEN state = 0 THEN next_poll END, failures = CASE WHEN state = 0 THEN failures ELSE 0 END,
                last_error = CASE WHEN state = 0 THEN last_error END, etag = CASE WHEN state = 0 THEN etag END,
                last_modified = CASE WHEN state = 0 THEN last_modified END, payload = CASE WHEN state = 0 THEN payload END,
                state = excluded.state
            """,
            new { outlet, bundle.Url, change.Title, State = (int)change.State, Kind = (int?)change.Kind, change.Selector }, transaction);
    }

    /// <summary>Notes what became of an entry that a source announced. Doing it again changes nothing; a source that is not known is passed over.</summary>
    public static void Saw(SqliteTransaction transaction, string sourceUrl, Entry entry, DateTimeOffset at, EntryCoverage coverage = default) =>
        InsertSighting.Run(
            transaction, entry.Id, entry.Link, ArticleKey.Of(entry.Link), entry.Title, entry.Fingerprint().ToBytes(), at.ToUnixTimeMilliseconds(),
            Announced(entry, at).ToUnixTimeMilliseconds(), (long)coverage.State, (long)coverage.Failure, coverage.Why,
            coverage.State is CoverageState.Waiting ? 0 : 1, sourceUrl);

    /// <summary>Takes an article out of what the outlet's sources have announced.</summary>
    public static void Forget(SqliteTransaction transaction, long outletId, string url) => transaction.Connection!.Execute(
        "DELETE FROM sightings WHERE key = @key AND source_id IN (SELECT id FROM sources WHERE outlet_id = @outletId)", new { outletId, key = ArticleKey.Of(url) }, transaction);

    private static DateTimeOffset Announced(Entry entry, DateTimeOffset at) =>
        entry.Published is { } published && published > EarliestAnnounced && published <= at ? published : at;

    // Where the target is a source already, the two become one: the old one is taken out, and its sightings count for the other.
    private static void Move(SqliteTransaction transaction, string from, string to)
    {
        var connection = transaction.Connection!;
        var taken = connection.QuerySingle<bool>("SELECT EXISTS (SELECT 1 FROM sources WHERE url = @to)", new { to }, transaction);
        connection.Execute(
            taken
                ? """
                  INSERT OR IGNORE INTO sightings (source_id, entry_id, url, key, title, fingerprint, first_seen, last_seen, announced, state, failure, why, attempts)
                  SELECT t.id, g.entry_id, g.url, g.key, g.title, g.fingerprint, g.first_seen, g.last_seen, g.announced, g.state, g.failure, g.why, g.attempts
                  FROM sightings g JOIN sources f ON f.id = g.source_id AND f.url = @from JOIN sources t ON t.url = @to;
                  UPDATE sources SET state = 2 WHERE url = @from
                  """
                : "UPDATE sources SET url = @to, moved_to = NULL, moved_answers = 0, etag = NULL, last_modified = NULL WHERE url = @from",
            new { from, to }, transaction);
    }
}
