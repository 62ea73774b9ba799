using Dapper;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.Identity;
using Dibao.Log;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>What the archive holds, as the reader asks for it. Thread-safe; reads only.</summary>
public sealed class Catalogue(Database database)
{
    /// <summary>Articles that one page may hold.</summary>
    public const int MaxPage = 300;

    /// <summary>The outlet with the newest article first.</summary>
    public IReadOnlyList<OutletShelf> Outlets() => database.Read(connection =>
    {
        var outlets = CatalogueRows.Outlets(connection, "").ToDictionary(outlet => outlet.Id);
        return connection.Query<(long Id, long Articles, long? Newest)>(
                """
                SELECT o.id, COUNT(a.id), MAX(a.newest) FROM outlets o LEFT JOIN articles a ON a.outlet_id = o.id AND a.takedown_id IS NULL
                GROUP BY o.id ORDER BY MAX(a.newest) DESC, o.slug
                """)
            .Select(row => new OutletShelf(outlets[row.Id], row.Articles, row.Newest is { } newest ? CatalogueRows.Time(newest) : null))
            .ToList();
    });

    public Outlet? Outlet(string slug) => database.Read(connection => CatalogueRows.Outlets(connection, "WHERE slug = @slug", new { slug }).SingleOrDefault());

    /// <summary>Several outlets at once, by slug; those that are not there are left out.</summary>
    public IReadOnlyDictionary<string, Outlet> Outlets(IReadOnlyCollection<string> slugs) => database.Read(connection =>
        CatalogueRows.Outlets(connection, "WHERE slug IN @slugs", new { slugs }).ToDictionary(outlet => outlet.Slug));

    /// <summary>Newest first.</summary>
    /// <param name="outlet">Slug; null for all outlets.</param>
    /// <param name="cursor">As the page before gave it; null for the first.</param>
    /// <param name="limit">1 to <see cref="MaxPage"/>.</param>
    public ArticlePage Newest(string? outlet, string? cursor, int limit)
    {
        limit = Math.Clamp(limit, 1, MaxPage);
        var (newest, id) = Cursor.Parse(cursor);
        var filter = outlet is null ? "" : "AND a.outlet_id = (SELECT id FROM outlets WHERE slug = @outlet)";
        var found = database.Read(connection => CatalogueRows.Articles(
            connection,
            $"WHERE (a.newest, a.id) < (@newest, @id) {filter} AND {CatalogueRows.NotTakenDown} ORDER BY a.newest DESC, a.id DESC LIMIT @take",
            new { newest, id, outlet, take = limit + 1 }));
        if (found.Count <= limit) return new(found, null);
        found.RemoveAt(limit);
        return new(found, Cursor.Format(found[^1]));
    }

    public Article? Article(long id) => One("WHERE a.id = @id", new { id });

    /// <summary>The id of an outlet's article that was taken down; null when there is none.</summary>
    public long? TakenDown(string outlet, string url) => database.Read(connection => connection.QuerySingleOrDefault<long?>(
        """
        SELECT a.id FROM articles a JOIN outlets o ON o.id = a.outlet_id
        WHERE a.id IN (SELECT id FROM articles WHERE url = @url UNION ALL SELECT article_id FROM article_keys WHERE outlet_id = o.id AND key = @key)
          AND o.slug = @outlet AND a.takedown_id IS NOT NULL LIMIT 1
        """, new { outlet, url, key = ArticleKey.Of(url) }));

    /// <summary>The article of that URL, the first captured one when several outlets have it.</summary>
    public Article? Article(string url) => One("WHERE a.url = @url ORDER BY a.id LIMIT 1", new { url });

    /// <summary>In the order of <paramref name="ids"/>; those that are not there are left out.</summary>
    public IReadOnlyList<Article> Articles(IReadOnlyList<long> ids)
    {
        var found = database.Read(connection => CatalogueRows.Articles(connection, "WHERE a.id IN @ids", new { ids })).ToDictionary(a => a.Id);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>Every article in the order of capture, a page at a time: for exports.</summary>
    public IEnumerable<Article> All(string? outlet = null)
    {
        const int Page = 500;
        var filter = outlet is null ? "" : "AND o.slug = @outlet";
        var after = 0L;
        while (true)
        {
            var from = after;
            var page = database.Read(connection => CatalogueRows.Articles(
                connection, $"WHERE a.id > @from {filter} AND {CatalogueRows.NotTakenDown} ORDER BY a.id LIMIT {Page}", new { from, outlet }));
            foreach (var article in page) yield return article;
            if (page.Count < Page) yield break;
            after = page[^1].Id;
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ArticleVersion> Versions(long articleId) => database.Read(connection =>
        CatalogueRows.Versions(connection, "WHERE v.article_id = @articleId AND v.ordinal > 0 ORDER BY v.ordinal", new { articleId }));

    /// <summary>Empty for an article that is known and was never captured.</summary>
    public ArticleBody Body(long versionId) => database.Read(connection =>
        connection.QuerySingleOrDefault<byte[]>("SELECT body FROM bodies WHERE version_id = @versionId", new { versionId }) is { } body
            && PackedBody.Unpack(body) is var (text, html) ? new ArticleBody(html, text) : new("", ""));

    /// <summary>The texts of several versions at once, by version.</summary>
    public IReadOnlyDictionary<long, string> Texts(IReadOnlyCollection<long> versionIds) => database.Read(connection =>
        connection.Query<(long Id, byte[] Body)>("SELECT version_id, body FROM bodies WHERE version_id IN @versionIds", new { versionIds })
            .ToDictionary(row => row.Id, row => PackedBody.Text(row.Body)));

    public KeptCapture? Capture(long id) => database.Read(connection => Captures(connection, "WHERE id = @id", new { id }).FirstOrDefault());

    /// <summary>Captures of a URL, newest first.</summary>
    public IReadOnlyList<KeptCapture> CapturesOf(string url, int limit = 100) => database.Read(connection =>
        Captures(connection, "WHERE url = @url ORDER BY at DESC, id DESC LIMIT @limit", new { url, limit }));

    /// <summary>Leaves of the log that the segments hold.</summary>
    public long LeafCount() => database.Read(connection => connection.QuerySingle<long>("SELECT COALESCE(MAX(leaf) + 1, 0) FROM captures"));

    /// <summary>Captures that the segments hold: fewer than <see cref="LeafCount"/> where segments are missing.</summary>
    public long CaptureCount() => database.Read(connection => connection.QuerySingle<long>("SELECT COUNT(*) FROM captures"));

    /// <summary>Leaves in the log's order.</summary>
    /// <param name="from">Position of the first, from 0.</param>
    public IReadOnlyList<Leaf> Leaves(long from, int limit) => database.Read(connection => connection.Query<(long Kind, long At, byte[] Manifest)>(
            "SELECT kind, at, manifest FROM captures WHERE leaf >= @from ORDER BY leaf LIMIT @limit", new { from, limit })
        .Select(row => CaptureLeaf.Of((CaptureKind)row.Kind, CatalogueRows.Time(row.At), row.Manifest))
        .ToList());

    /// <summary>Where a payload lies that a revisit refers to.</summary>
    public KeptRecord? Payload(Digest digest) => database.Read(connection =>
        connection.Query<(string Name, long Offset, long Length)>(
            "SELECT s.name, p.offset, p.length FROM payloads p JOIN segments s ON s.id = p.segment_id WHERE p.digest = @digest",
            new { digest = digest.ToBytes() }).AsList() is [var row] ? new KeptRecord("response", row.Name, row.Offset, row.Length, digest) : null);

    internal KeptPayload? FindPayload(Digest digest) => database.Read(connection =>
        connection.Query<(string Id, string Url, long At)>(
            "SELECT record_id, url, at FROM payloads WHERE digest = @digest", new { digest = digest.ToBytes() }).AsList() is [var row]
            ? new KeptPayload(row.Id, row.Url, CatalogueRows.Time(row.At))
            : null);

    /// <summary>True when the same bytes are kept as a capture of the same URL.</summary>
    public bool Holds(string url, Digest payload) => database.Read(connection => connection.QuerySingle<bool>(
        """
        SELECT EXISTS (SELECT 1 FROM payloads p WHERE p.digest = @payload AND (p.url = @url OR EXISTS (
            SELECT 1 FROM captures c JOIN records r ON r.capture_id = c.id WHERE c.url = @url AND r.payload = @payload)))
        """, new { url, payload = payload.ToBytes() }));

    /// <summary>Articles whose page is to be looked at again, the most overdue first.</summary>
    public IReadOnlyList<RecheckTarget> DueRechecks(DateTimeOffset now, int limit) => database.Read(connection => connection.Query<(long Id, string Url, long Newest, string Slug, string Name)>(
            """
            SELECT a.id, a.url, a.newest, o.slug, o.name FROM articles a JOIN outlets o ON o.id = a.outlet_id
            WHERE a.next_check <= @now ORDER BY a.next_check LIMIT @limit
            """, new { now = now.ToUnixTimeMilliseconds(), limit })
        .Select(row => new RecheckTarget
        {
            ArticleId = row.Id,
            Url = row.Url,
            Outlet = new(row.Slug, row.Name),
            Since = CatalogueRows.Time(row.Newest),
        })
        .ToList());

    public CatalogueCounts Counts() => database.Read(connection => connection.QuerySingle<CatalogueCounts>(
        """
        SELECT (SELECT COUNT(*) FROM outlets) AS Outlets, (SELECT COUNT(*) FROM sources WHERE state = 0) AS Sources,
               (SELECT COUNT(*) FROM articles WHERE takedown_id IS NULL) AS Articles, (SELECT COUNT(*) FROM versions WHERE ordinal > 0) AS Versions,
               (SELECT COUNT(*) FROM captures) AS Captures, (SELECT COALESCE(SUM(applied), 0) FROM segments) AS SegmentBytes
        """));

    /// <summary>Articles of each outlet, by the outlet's id.</summary>
    public IReadOnlyDictionary<long, long> ArticleCounts() => database.Read(connection =>
        connection.Query<(long Outlet, long Count)>("SELECT outlet_id, COUNT(*) FROM articles WHERE takedown_id IS NULL GROUP BY outlet_id").ToDictionary(r => r.Outlet, r => r.Count));

    private Article? One(string tail, object parameters) =>
        database.Read(connection => CatalogueRows.Articles(connection, tail, parameters).FirstOrDefault());

    private static List<KeptCapture> Captures(SqliteConnection connection, string tail, object parameters) =>
        [.. connection.Query<(long Id, long Kind, string Url, long At, long? Status, long Leaf)>(
                $"SELECT id, kind, url, at, status, leaf FROM captures {tail}", parameters).ToList()
            .Select(row => new KeptCapture
            {
                Id = row.Id,
                Kind = (CaptureKind)row.Kind,
                Url = row.Url,
                At = CatalogueRows.Time(row.At),
                Status = (int?)row.Status,
                Leaf = row.Leaf,
                Records = Records(connection, row.Id),
            })];

    private static List<KeptRecord> Records(SqliteConnection connection, long captureId) =>
        [.. connection.Query<(string Type, string Name, long Offset, long Length, byte[]? Payload)>(
                """
                SELECT r.type, s.name, r.offset, r.length, r.payload FROM records r JOIN segments s ON s.id = r.segment_id
                WHERE r.capture_id = @captureId ORDER BY r.ordinal
                """, new { captureId })
            .Select(r => new KeptRecord(r.Type, r.Name, r.Offset, r.Length, r.Payload is null ? null : Digest.FromBytes(r.Payload)))];

    private static class Cursor
    {
        public static string Format(Article last) => $"{last.Newest.ToUnixTimeMilliseconds()}-{last.Id}";

        public static (long Newest, long Id) Parse(string? cursor)
        {
            var dash = cursor?.LastIndexOf('-') ?? -1;
            return dash > 0 && long.TryParse(cursor.AsSpan(0, dash), null, out var newest) && long.TryParse(cursor.AsSpan(dash + 1), null, out var id)
                ? (newest, id)
                : (long.MaxValue, long.MaxValue);
        }
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Next">Cursor of the page after it; null on the last.</param>
public sealed record ArticlePage(IReadOnlyList<Article> Articles, string? Next);

/// <summary>An outlet and how much of it is kept.</summary>
public sealed record OutletShelf(Outlet Outlet, long Articles, DateTimeOffset? Newest);

/// <summary>How much the archive holds.</summary>
/// <param name="SegmentBytes">Compressed bytes in the segments.</param>
public sealed record CatalogueCounts(long Outlets, long Sources, long Articles, long Versions, long Captures, long SegmentBytes);
