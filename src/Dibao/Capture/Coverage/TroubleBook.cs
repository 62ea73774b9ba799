using Dapper;
using Dibao.Capture.Sources;
using Microsoft.Data.Sqlite;

namespace Dibao.Capture.Coverage;

/// <summary>Writes down when sources could not be read: one row from the first failure to the next success.</summary>
internal static class TroubleBook
{
    public static void Note(SqliteTransaction transaction, long source, PollResult.Failed failed, DateTimeOffset at) => transaction.Connection!.Execute(
        """
        INSERT INTO troubles (source_id, began, last, attempts, failure, words) VALUES (@source, @at, @at, 1, @kind, @Words)
        ON CONFLICT (source_id) WHERE ended IS NULL DO UPDATE SET
            last = excluded.last, attempts = attempts + 1, failure = excluded.failure, words = excluded.words
        """,
        new { source, at = at.ToUnixTimeMilliseconds(), kind = (long)failed.Kind, failed.Words }, transaction);

    public static void End(SqliteTransaction transaction, long source, DateTimeOffset at) => transaction.Connection!.Execute(
        "UPDATE troubles SET ended = @at WHERE source_id = @source AND ended IS NULL",
        new { source, at = at.ToUnixTimeMilliseconds() }, transaction);
}
