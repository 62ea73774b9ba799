using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Capture.Coverage;

/// <summary>
/// Brings what no bundle says from an old catalogue into one that was made anew: when the archive was down, when sources could not be
/// read, and what was announced and never kept. All the rest of the ledger follows from the segments.
/// </summary>
internal static class CarriedLedger
{
    /// <param name="old">The catalogue that was set aside.</param>
    /// <returns>False when it cannot be read, or is of a time before there was a ledger: the new one begins without.</returns>
    public static bool TakeOver(Database database, string old)
    {
        if (!File.Exists(old)) return false;
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = old, Pooling = false }.ToString());
            connection.Open();
            var uptime = connection.Query("SELECT began, last FROM uptime").AsList();
            var troubles = connection.Query("SELECT s.url, t.began, t.last, t.ended, t.attempts, t.failure, t.words FROM troubles t JOIN sources s ON s.id = t.source_id").AsList();
            var missed = connection.Query(
                """
                SELECT s.url AS source, g.entry_id, g.url, g.key, g.title, g.fingerprint, g.first_seen, g.last_seen, g.announced, g.state, g.failure, g.why, g.attempts
                FROM sightings g JOIN sources s ON s.id = g.source_id WHERE g.state >= 2
                """).AsList();
            database.Write(transaction =>
            {
                transaction.Connection!.Execute("INSERT OR IGNORE INTO uptime (began, last) VALUES (@began, @last)", uptime, transaction);
                transaction.Connection!.Execute(
                    """
                    INSERT OR IGNORE INTO troubles (source_id, began, last, ended, attempts, failure, words)
                    SELECT id, @began, @last, @ended, @attempts, @failure, @words FROM sources WHERE url = @url
                    """, troubles, transaction);
                transaction.Connection!.Execute(
                    """
                    INSERT OR IGNORE INTO sightings (source_id, entry_id, url, key, title, fingerprint, first_seen, last_seen, announced, state, failure, why, attempts)
                    SELECT id, @entry_id, @url, @key, @title, @fingerprint, @first_seen, @last_seen, @announced, @state, @failure, @why, @attempts FROM sources WHERE url = @source
                    """, missed, transaction);
            });
            return true;
        }
        catch (SqliteException)
        {
            // Damage is the usual reason to rebuild; what it held of the ledger is lost with it, and nothing else is.
            return false;
        }
    }
}
