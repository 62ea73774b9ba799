using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>Merges the parts of the index. Each transaction leaves one, with all its terms and the distances between its documents anew:
/// all in one, the index is a tenth smaller and quicker to read.</summary>
/// <remarks>Source: SQLite FTS5, sections 6.8 (merge) and 6.14 (usermerge).</remarks>
internal static class SearchMerge
{
    // 2 MB: other writers wait no longer than that takes.
    private const int PagesInOneStep = 500;

    /// <summary>Goes on with merging two parts of about the same size: each posting is written again a dozen times while an archive grows to a million articles.</summary>
    /// <returns>False where there are no two.</returns>
    public static bool Step(Database database) => database.Write(transaction => Step(transaction, PagesInOneStep));

    /// <param name="pages">How many are written at the most; below 0, all parts become one, whatever their sizes.</param>
    /// <returns>False where there was nothing to do.</returns>
    public static bool Step(SqliteTransaction transaction, int pages)
    {
        var connection = transaction.Connection!;
        var before = Changes(transaction);
        connection.Execute("INSERT INTO search(search, rank) VALUES ('merge', $pages)", new { pages }, transaction);
        // Section 6.8: a merge that changed fewer than two rows had nothing to do.
        return Changes(transaction) - before >= 2;
    }

    private static long Changes(SqliteTransaction transaction) => transaction.Connection!.QuerySingle<long>("SELECT total_changes()", transaction: transaction);
}
