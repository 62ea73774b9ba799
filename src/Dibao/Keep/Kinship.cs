using Dapper;
using Dibao.Capture.Identity;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>Links articles whose texts are nearly the same, as an agency's are in all outlets that print them. Part of the writer.</summary>
internal static class Kinship
{
    // Common shingles from which two texts count as kin.
    private const double Least = 0.4;

    // A text that hundreds have is a form letter; comparing with all of them would cost ever more.
    private const int MostCompared = 200;
    private const int MostKin = 50;

    // Beyond that it is another storm, another jubilee.
    private static readonly long Window = (long)TimeSpan.FromDays(30).TotalMilliseconds;

    /// <summary>The article's newest wording has this print from now on; null when it is too short to have one.</summary>
    public static void Note(SqliteTransaction transaction, long articleId, long newest, TextPrint? print)
    {
        var connection = transaction.Connection!;
        // Both ways by the key, for each link has its other: to look for other_id alone would be to read them all.
        connection.Execute(
            """
            DELETE FROM kin WHERE other_id = @articleId AND article_id IN (SELECT other_id FROM kin WHERE article_id = @articleId);
            DELETE FROM kin WHERE article_id = @articleId;
            DELETE FROM print_bands WHERE article_id = @articleId;
            DELETE FROM prints WHERE article_id = @articleId
            """, new { articleId }, transaction);
        if (print is null) return;
        foreach (var (other, percent) in Alike(connection, transaction, newest, print))
        {
            connection.Execute("INSERT INTO kin (article_id, other_id, percent) VALUES (@articleId, @other, @percent), (@other, @articleId, @percent)",
                new { articleId, other, percent }, transaction);
        }
        connection.Execute("INSERT INTO prints (article_id, print) VALUES (@articleId, @print)", new { articleId, print = print.Bytes.ToArray() }, transaction);
        connection.Execute("INSERT OR IGNORE INTO print_bands (band, article_id) SELECT value, @articleId FROM json_each(@bands)",
            new { bands = $"[{string.Join(',', print.BandHashes)}]", articleId }, transaction);
    }

    private static List<(long Other, int Percent)> Alike(SqliteConnection connection, SqliteTransaction transaction, long newest, TextPrint print) =>
    [
        .. connection.Query<(long Id, byte[] Print)>(
                """
                SELECT a.id, p.print FROM articles a JOIN prints p ON p.article_id = a.id
                WHERE a.id IN (SELECT article_id FROM print_bands WHERE band IN @bands) AND a.newest BETWEEN @newest - @Window AND @newest + @Window
                ORDER BY a.id DESC LIMIT @MostCompared
                """, new { bands = print.BandHashes, newest, Window, MostCompared }, transaction)
            .Select(row => (row.Id, Similarity: TextPrint.Similarity(row.Print, print.Bytes.Span)))
            .Where(found => found.Similarity >= Least)
            .OrderByDescending(found => found.Similarity).ThenBy(found => found.Id)
            .Take(MostKin)
            .Select(found => (found.Id, (int)Math.Round(found.Similarity * 100))),
    ];
}
