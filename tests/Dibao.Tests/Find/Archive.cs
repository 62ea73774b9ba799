using Dibao.Find;
using Microsoft.Data.Sqlite;

namespace Dibao.Tests.Find;

/// <summary>A database of its own in a folder of its own, and short ways to fill and ask it.</summary>
internal sealed class Archive : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dibao-find-");
    private readonly Database database;
    private readonly SearchIndex index;

    public Archive()
    {
        database = new Database(Path.Combine(folder.FullName, "dibao.db"), SearchTokenizer.Register);
        index = new SearchIndex(database);
        AddOutlet(1, "one");
        AddOutlet(2, "two");
    }

    public Database Database => database;

    public static DateTimeOffset Day(int year, int month = 1, int day = 1) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    public static SearchDocument Document(long id, string text, string title = "", DateTimeOffset? newest = null, int outlet = 1) => new()
    {
        ArticleId = id,
        VersionId = id + 1000,
        OutletId = outlet,
        OutletSlug = outlet == 1 ? "one" : "two",
        Newest = newest ?? Day(2024),
        Title = title,
        Text = text,
    };

    public static SearchQuery Query(string text) => SearchQuery.Parse(text) switch
    {
        QueryReading.Parsed parsed => parsed.Query,
        QueryReading.Invalid invalid => throw new ArgumentException(invalid.Message, nameof(text)),
        _ => throw new InvalidOperationException(),
    };

    public Archive With(params IEnumerable<SearchDocument> documents)
    {
        var list = documents.ToList();
        database.Write(transaction => SearchIndex.IndexAll(transaction, list));
        return this;
    }

    public Archive With(params IEnumerable<string> texts) => With(texts.Select((text, at) => Document(at + 1, text)));

    public void Remove(long articleId) => database.Write(transaction => SearchIndex.Remove(transaction, articleId));

    public SearchPage Search(string query, SearchOptions? options = null) =>
        index.Search(Query(query), options ?? new SearchOptions { Limit = 100 });

    /// <summary>Ids of the articles found, in order of id.</summary>
    public long[] Find(string query)
    {
        var ids = new List<long>();
        string? cursor = null;
        do
        {
            var page = Search(query, new SearchOptions { Limit = 100, Cursor = cursor });
            ids.AddRange(page.Hits.Select(hit => hit.ArticleId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return [.. ids.Order()];
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Delete(recursive: true);
    }

    private void AddOutlet(long id, string slug) => database.Write(transaction =>
    {
        using SqliteCommand command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO outlets (id, slug, name) VALUES ($id, $slug, $slug)";
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$slug", slug);
        command.ExecuteNonQuery();
    });
}
