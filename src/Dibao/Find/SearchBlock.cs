using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>Articles that came in one after another, and the span of time that they are of.</summary>
/// <remarks>Rowids of the index are the articles' own ids: the denser they are, the fewer bytes each posting costs, and rowids in the order of time
/// made the index a quarter larger. Articles come in nearly in that order all the same; where these spans tell that all others are older, a search ends.</remarks>
/// <param name="Number">Article ids from <c>Number * Size</c> on.</param>
/// <param name="Oldest">Unix milliseconds; no article of the block is older, though the one that was may be gone.</param>
/// <param name="Newest">Unix milliseconds; none is newer.</param>
internal readonly record struct SearchBlock(long Number, long Oldest, long Newest)
{
    /// <summary>Articles.</summary>
    public const long Size = 4096;

    private static readonly Statement Stretch = new(
        """
        INSERT INTO search_blocks (number, oldest, newest) VALUES ($number, $oldest, $newest)
        ON CONFLICT (number) DO UPDATE SET oldest = MIN(oldest, excluded.oldest), newest = MAX(newest, excluded.newest)
        """);

    public long First => Number * Size;
    public long End => First + Size;

    /// <summary>Lets the blocks' spans reach as far as these articles.</summary>
    public static void Reach(SqliteTransaction transaction, IEnumerable<SearchPlace> articles)
    {
        foreach (var block in articles.GroupBy(article => article.ArticleId / Size))
            Stretch.Run(transaction, block.Key, block.Min(article => article.Newest), block.Max(article => article.Newest));
    }

    /// <summary>Those that may hold articles of a span of time, the newest first.</summary>
    /// <param name="from">Unix milliseconds.</param>
    /// <param name="below">Where the span ends.</param>
    public static List<SearchBlock> Between(SqliteTransaction transaction, long from, SearchPlace below) =>
        [.. transaction.Connection!.Query<(long, long, long)>(
                "SELECT number, oldest, newest FROM search_blocks WHERE newest >= @from AND oldest <= @until ORDER BY newest DESC, number DESC",
                new { from, until = below.Newest }, transaction)
            .Select(row => new SearchBlock(row.Item1, row.Item2, row.Item3))];
}
