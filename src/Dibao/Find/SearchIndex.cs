using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>The search index of an archive. Thread-safe, as its database is.</summary>
/// <param name="database">Opened with <see cref="SearchTokenizer.Register"/> as its <c>prepare</c>.</param>
public sealed class SearchIndex(Database database)
{
    /// <summary>How many hits are counted, the newest: in an archive of a million all hits of a common word would cost 20 ms.</summary>
    public const int Cap = 10_000;

    /// <summary>How many hits are ranked, the newest; older ones follow in the order of time.</summary>
    public const int RankCap = 4_000;

    private const int MaxLimit = 100;

    private static readonly Statement InsertDocument = new(
        "INSERT INTO search_documents (article_id, version_id, outlet_id, newest) VALUES ($article, $version, $outlet, $newest)");

    private static readonly Statement InsertWords = new("INSERT INTO search (rowid, body, title, facts) VALUES ($article, $body, $title, $facts)");
    private static readonly Statement Forget = new("DELETE FROM search_documents WHERE article_id = $article");
    private static readonly Statement Delete = new("DELETE FROM search WHERE rowid = $article");

    /// <summary>Adds <paramref name="document"/>, or puts it in the place of what the index has of its article.</summary>
    /// <remarks>FTS5 writes out what it holds whenever a rowid is lower than the one before:
    /// many documents go through <see cref="IndexAll"/>, which sorts them.</remarks>
    public static void Index(SqliteTransaction transaction, SearchDocument document) => IndexAll(transaction, [document]);

    /// <summary>As <see cref="Index"/>, for a batch: nearly twice as fast where the order is not that of the articles.</summary>
    public static void IndexAll(SqliteTransaction transaction, IReadOnlyCollection<SearchDocument> documents)
    {
        foreach (var document in documents) Remove(transaction, document.ArticleId);
        foreach (var document in documents.OrderBy(document => document.ArticleId)) Add(transaction, document);
        SearchBlock.Reach(transaction, documents.Select(document => new SearchPlace(document.Newest.ToUnixTimeMilliseconds(), document.ArticleId)));
    }

    /// <summary>Nothing happens where the article is not in the index.</summary>
    public static void Remove(SqliteTransaction transaction, long articleId)
    {
        if (Forget.Run(transaction, articleId) > 0) Delete.Run(transaction, articleId);
    }

    private static void Add(SqliteTransaction transaction, SearchDocument document)
    {
        InsertDocument.Run(transaction, document.ArticleId, document.VersionId, document.OutletId, document.Newest.ToUnixTimeMilliseconds());
        var body = string.IsNullOrEmpty(document.Standfirst) ? document.Text : $"{document.Standfirst}\n\n{document.Text}";
        InsertWords.Run(transaction, document.ArticleId, SearchMarks.WithoutMarks(body), SearchMarks.WithoutMarks(document.Title), SearchMarks.Facts(document));
    }

    /// <summary>One page of the articles that match. An empty query matches all.</summary>
    public SearchPage Search(SearchQuery query, SearchOptions options) => database.Read(connection =>
    {
        // One transaction: hits, counts and pages are of the same moment.
        using var transaction = connection.BeginTransaction(deferred: true);
        return new SearchRun(transaction, query, options with { Limit = Math.Clamp(options.Limit, 1, MaxLimit) }).Page();
    });
}
