using Dapper;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.FullText;
using Dibao.Capture.Sources;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>Finds every capture that holds words of an article.</summary>
/// <remarks><list type="number">
/// <item>The article's own captures, but for those that only say how its address answered: a 304, a 404, an error.</item>
/// <item>Articles and captures that hold the very bytes a version was read from: their revisits would bring it back.</item>
/// <item>Answers of the outlet's feeds that announce one of the articles.</item>
/// <item>A payload that no version was read from, and that captures which stay refer to (an error page, a shared picture), is left where it is.</item>
/// </list></remarks>
public sealed class TakedownPlanner(Database database, SegmentReader segments)
{
    private readonly Catalogue catalogue = new(database);

    public TakedownPlan Plan(Article article)
    {
        var articles = new Dictionary<long, Article> { [article.Id] = article };
        var captures = new SortedDictionary<long, Target>();
        var open = new Queue<Article>([article]);
        while (open.TryDequeue(out var next))
        {
            foreach (var target in database.Read(connection => CapturesOf(connection, next))) captures[target.Id] = target;
            foreach (var target in database.Read(connection => Sharers(connection, next)))
            {
                captures[target.Id] = target;
                if (target.Article is { } id && !articles.ContainsKey(id) && catalogue.Article(id) is { } other) { articles[id] = other; open.Enqueue(other); }
            }
        }
        var feeds = articles.Values.GroupBy(one => one.Outlet.Id).SelectMany(outlet => FeedAnswers(outlet.Key, [.. outlet])).DistinctBy(feed => feed.Id).ToList();
        foreach (var feed in feeds) captures[feed.Id] = feed;
        return new([.. articles.Values], [.. captures.Values.Select(target => target.ToRemoved(Left(target.Id, captures.Keys)))], feeds.Count);
    }

    private static List<Target> CapturesOf(SqliteConnection connection, Article article) =>
        Query(connection, """
            WHERE c.article_id = @Id AND NOT (
                c.status IS NOT NULL AND c.status <> 200
                AND (SELECT COUNT(*) FROM records r WHERE r.capture_id = c.id AND r.type = 'metadata') = 1
                AND NOT EXISTS (SELECT 1 FROM versions v WHERE v.capture_id = c.id))
            """, new { article.Id });

    private static List<Target> Sharers(SqliteConnection connection, Article article) =>
        Query(connection, """
            WHERE c.kind <> 2 AND EXISTS (SELECT 1 FROM records r WHERE r.capture_id = c.id AND r.payload IN (
                SELECT p.payload FROM versions v JOIN captures k ON k.id = v.capture_id JOIN records p ON p.capture_id = v.capture_id
                WHERE v.article_id = @article AND v.origin <> 1 AND COALESCE(k.status, 200) = 200 AND p.payload IS NOT NULL
                  AND p.ordinal = (SELECT MAX(l.ordinal) FROM records l WHERE l.capture_id = v.capture_id AND l.payload IS NOT NULL)))
            """, new { article = article.Id });

    private static List<Target> Query(SqliteConnection connection, string where, object parameters) =>
        [.. connection.Query<(long Id, long Leaf, byte[] Manifest, long? Article)>(
                $"""
                SELECT c.id, c.leaf, c.manifest, c.article_id FROM captures c {where}
                """, parameters)
            .Select(row => new Target(row.Id, row.Leaf, Convert.ToHexStringLower(row.Manifest), row.Article))];

    // Each distinct answer is read once, however often it came.
    private List<Target> FeedAnswers(long outletId, IReadOnlyList<Article> articles)
    {
        var answers = database.Read(connection => connection.Query<(byte[] Payload, string Url)>(
            """
            SELECT DISTINCT r.payload, c.url FROM captures c JOIN records r ON r.capture_id = c.id
            WHERE c.kind = 2 AND c.outlet_id = @outletId AND c.status = 200 AND r.payload IS NOT NULL
            """, new { outletId }).ToList());
        var telling = answers.Where(answer => Announces(Digest.FromBytes(answer.Payload), answer.Url, articles)).Select(answer => answer.Payload).ToList();
        return database.Read(connection => telling.SelectMany(payload => Query(
            connection, "WHERE c.kind = 2 AND EXISTS (SELECT 1 FROM records r WHERE r.capture_id = c.id AND r.payload = @payload)", new { payload })).ToList());
    }

    private bool Announces(Digest payload, string url, IReadOnlyList<Article> articles)
    {
        if (catalogue.Payload(payload) is not { } place) return false;
        var record = segments.Read(place);
        var answer = KeptHead.ToExchange(url, default, default, record.HttpHead, record.Payload);
        if (SourceAnswer.Read(answer, SourceKind.Feed, null, new CaptureOptions()) is { Problem: null } read)
        {
            return read.Entries.Any(entry => articles.Any(article => article.Url == entry.Link));
        }
        // No feed that can be read: then the address itself.
        return Payload.Decode(answer.Body, answer.ContentEncoding, ArticleText.MaxDecodedBytes) is Payload.Decoded { Bytes: var bytes }
            && articles.Any(article => bytes.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes(article.Url)) >= 0);
    }

    private List<int> Left(long captureId, IReadOnlyCollection<long> removed) => database.Read(connection => connection.Query<(long Ordinal, byte[] Payload)>(
            "SELECT ordinal, payload FROM records WHERE capture_id = @captureId AND payload IS NOT NULL AND type <> 'revisit'", new { captureId })
        .ToList()
        .Where(record => connection.Query<long>(
            "SELECT capture_id FROM records WHERE type = 'revisit' AND payload = @Payload AND capture_id <> @captureId", new { record.Payload, captureId }).Any(user => !removed.Contains(user)))
        .Select(record => (int)record.Ordinal)
        .ToList());

    private sealed record Target(long Id, long Leaf, string Manifest, long? Article)
    {
        public RemovedCapture ToRemoved(List<int> left) => new(Leaf, Manifest, left.Count == 0 ? null : left);
    }
}
