using System.Text.Json;
using Dapper;
using Dibao.Keep;
using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>Indexes what a migration left waiting, from the texts in the catalogue: far cheaper than a rebuild, which reads every page again.</summary>
/// <remarks>What is done and what waits change in one transaction, so a crash costs one batch.</remarks>
internal static class SearchRefill
{
    private const int Batch = 500;

    private static readonly Statement Done = new("DELETE FROM search_waiting WHERE article_id = $article");

    /// <param name="progress">Bytes of packed texts done of all that wait.</param>
    public static void Run(Database database, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        var all = database.Read(connection => connection.QuerySingle<long?>(
            "SELECT SUM(LENGTH(b.body)) FROM search_waiting w JOIN articles a ON a.id = w.article_id JOIN bodies b ON b.version_id = a.current_id")) ?? 0;
        for (var done = 0L; database.Write(Next) is { } bytes; progress?.Report((done, all)))
        {
            done += bytes;
            cancel.ThrowIfCancellationRequested();
        }
    }

    // Null where nothing waits.
    private static long? Next(SqliteTransaction transaction)
    {
        var waiting = transaction.Connection!.Query<long>($"SELECT article_id FROM search_waiting ORDER BY article_id LIMIT {Batch}", transaction: transaction).AsList();
        if (waiting.Count == 0) return null;
        var rows = Rows(transaction, waiting);
        SearchIndex.IndexAll(transaction, [.. rows.Select(Document)]);
        foreach (var article in waiting) Done.Run(transaction, article);
        return rows.Sum(row => row.Body.LongLength);
    }

    private static List<Row> Rows(SqliteTransaction transaction, List<long> articles) => transaction.Connection!.Query<Row>(
        """
        SELECT a.id AS ArticleId, v.id AS VersionId, a.outlet_id AS OutletId, o.slug AS Slug, a.newest AS Newest, v.title AS Title,
               v.standfirst AS Standfirst, v.authors AS Authors, v.language AS Language, b.body AS Body
        FROM articles a JOIN outlets o ON o.id = a.outlet_id JOIN versions v ON v.id = a.current_id JOIN bodies b ON b.version_id = v.id
        WHERE a.id IN @articles AND a.takedown_id IS NULL
        """, new { articles }, transaction).AsList();

    private static SearchDocument Document(Row row) => new()
    {
        ArticleId = row.ArticleId,
        VersionId = row.VersionId,
        OutletId = row.OutletId,
        OutletSlug = row.Slug,
        Newest = DateTimeOffset.FromUnixTimeMilliseconds(row.Newest),
        Title = row.Title,
        Standfirst = row.Standfirst,
        Text = PackedBody.Text(row.Body),
        Authors = JsonSerializer.Deserialize(row.Authors, KeepJson.Default.ListString) ?? [],
        Language = row.Language,
    };

    private sealed class Row
    {
        public long ArticleId { get; set; }
        public long VersionId { get; set; }
        public long OutletId { get; set; }
        public string Slug { get; set; } = "";
        public long Newest { get; set; }
        public string Title { get; set; } = "";
        public string? Standfirst { get; set; }
        public string Authors { get; set; } = "[]";
        public string? Language { get; set; }
        public byte[] Body { get; set; } = [];
    }
}
