using System.Diagnostics;
using Dibao.Find;
using Microsoft.Data.Sqlite;

namespace Dibao.Bench.Find;

/// <summary>The named baseline: the same columns under FTS5's own trigram tokenizer, which is what SQLite offers for Chinese.</summary>
internal static class TrigramBaseline
{
    public static void Index(string path, List<SearchDocument> documents, int batchSize)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;");
        Run(connection, "CREATE VIRTUAL TABLE trigrams USING fts5(body, title, content='', contentless_delete=1, tokenize='trigram');");
        Run(connection, "INSERT INTO trigrams(trigrams, rank) VALUES ('hashsize', 67108864);");
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var batch in documents.Chunk(batchSize)) Add(connection, batch);
        FindBench.Report("FTS5 trigram", documents.Count, Process.GetCurrentProcess().TotalProcessorTime - before, path, "trigrams");
    }

    private static void Add(SqliteConnection connection, SearchDocument[] batch)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO trigrams (rowid, body, title) VALUES ($id, $body, $title)";
        foreach (var document in batch)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$id", document.ArticleId);
            insert.Parameters.AddWithValue("$body", document.Text);
            insert.Parameters.AddWithValue("$title", document.Title);
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the constants above
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
