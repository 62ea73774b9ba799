using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>Writes the index anew without what was removed from it. FTS5 only marks a removed document, and leaves its words where they are until a merge.</summary>
/// <remarks>FTS5's secure-delete option does nothing for a contentless table with <c>contentless_delete</c>. Source: SQLite FTS5, sections 6.8 (merge) and 6.15.</remarks>
public static class SearchErasure
{
    // 4 MB: other writers wait no longer than that takes.
    private const int PagesInOneStep = 1000;

    /// <summary>Costs as much as writing the index once; in steps, between which others may write.</summary>
    public static void Run(Database database, CancellationToken cancel)
    {
        while (database.Write(Step)) cancel.ThrowIfCancellationRequested();
    }

    // Section 6.8: a merge that changed fewer than two rows had nothing to do.
    private static bool Step(SqliteTransaction transaction)
    {
        var connection = transaction.Connection!;
        var before = connection.QuerySingle<long>("SELECT total_changes()", transaction: transaction);
        connection.Execute("INSERT INTO search(search, rank) VALUES ('merge', $pages)", new { pages = -PagesInOneStep }, transaction);
        return connection.QuerySingle<long>("SELECT total_changes()", transaction: transaction) - before >= 2;
    }
}
