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

    private static readonly Statement PrintOf = new("SELECT print FROM prints WHERE article_id = $article");

    // Both ways by the key, for each link has its other: to look for other_id alone would be to read them all.
    private static readonly Statement DeleteLinksTo = new(
        "DELETE FROM kin WHERE other_id = $article AND article_id IN (SELECT other_id FROM kin WHERE article_id = $article)");

    private static readonly Statement DeleteLinks = new("DELETE FROM kin WHERE article_id = $article");
    private static readonly Statement DeleteBands = new("DELETE FROM print_bands WHERE band IN (SELECT value FROM json_each($bands)) AND article_id = $article");
    private static readonly Statement DeletePrint = new("DELETE FROM prints WHERE article_id = $article");
    private static readonly Statement Link = new("INSERT INTO kin (article_id, other_id, percent) VALUES ($article, $other, $percent), ($other, $article, $percent)");
    private static readonly Statement InsertPrint = new("INSERT INTO prints (article_id, print) VALUES ($article, $print)");
    private static readonly Statement InsertBands = new("INSERT OR IGNORE INTO print_bands (band, article_id) SELECT value, $article FROM json_each($bands)");

    private static readonly Statement Neighbours = new(
        """
        SELECT a.id, p.print FROM articles a JOIN prints p ON p.article_id = a.id
        WHERE a.id IN (SELECT article_id FROM print_bands WHERE band IN (SELECT value FROM json_each($bands))) AND a.newest BETWEEN $from AND $until
        ORDER BY a.id DESC LIMIT $most
        """);

    /// <summary>The article's newest wording has this print from now on; null when it is too short to have one.</summary>
    public static void Note(SqliteTransaction transaction, long articleId, long newest, TextPrint? print)
    {
        Forget(transaction, articleId);
        if (print is null) return;
        foreach (var (other, percent) in Alike(transaction, newest, print)) Link.Run(transaction, articleId, other, percent);
        InsertPrint.Run(transaction, articleId, print.Bytes.ToArray());
        InsertBands.Run(transaction, articleId, Bands(print.Bytes.Span));
    }

    // Nothing to forget of an article that is new: one look instead of four.
    private static void Forget(SqliteTransaction transaction, long articleId)
    {
        if (PrintOf.Value<byte[]>(transaction, articleId) is not { } print) return;
        DeleteLinksTo.Run(transaction, articleId);
        DeleteLinks.Run(transaction, articleId);
        DeleteBands.Run(transaction, Bands(print), articleId);
        DeletePrint.Run(transaction, articleId);
    }

    private static IEnumerable<(long Other, int Percent)> Alike(SqliteTransaction transaction, long newest, TextPrint print) =>
        Neighbours.Rows(transaction, row => (Id: row.GetInt64(0), Similarity: TextPrint.Similarity((byte[])row[1], print.Bytes.Span)),
                Bands(print.Bytes.Span), newest - Window, newest + Window, MostCompared)
            .Where(found => found.Similarity >= Least)
            .OrderByDescending(found => found.Similarity).ThenBy(found => found.Id)
            .Take(MostKin)
            .Select(found => (found.Id, (int)Math.Round(found.Similarity * 100)));

    /// <summary>Gives migration 0018 the bands of a print, as JSON.</summary>
    public static void RegisterMigration(SqliteConnection connection) => connection.CreateFunction("dibao_bands", (byte[] print) => Bands(print), isDeterministic: true);

    private static string Bands(ReadOnlySpan<byte> print) => $"[{string.Join(',', TextPrint.BandsOf(print))}]";
}
