using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>Packs bodies a second time, for when nothing else is to be done: a quarter smaller, for forty times the work.</summary>
internal static class BodyRepacking
{
    // A fifth of a second's work.
    private const int Batch = 32;

    private static readonly Statement Delete = new("DELETE FROM bodies WHERE version_id = $version");
    private static readonly Statement Insert = new("INSERT INTO bodies (version_id, body) VALUES ($version, $body)");
    private static readonly Statement Advance = new("UPDATE repacked SET until = $version");

    /// <summary>Packs the next few. A crash costs these.</summary>
    /// <returns>False where all are packed small.</returns>
    public static bool Step(Database database)
    {
        var bodies = database.Read(Next);
        if (bodies.Count == 0) return false;
        // Not in the transaction: others write meanwhile. A body never changes; one that is removed meanwhile stays so.
        var smaller = bodies.ConvertAll(row => (row.Version, Body: PackedBody.Repack(row.Body)));
        database.Write(transaction =>
        {
            // Taken out and put in anew, one after another: what shrinks in its place leaves a fifth of its page empty.
            smaller.RemoveAll(row => Delete.Run(transaction, row.Version) == 0);
            foreach (var (version, body) in smaller) Insert.Run(transaction, version, body);
            Advance.Run(transaction, bodies[^1].Version);
        });
        return true;
    }

    private static List<(long Version, byte[] Body)> Next(SqliteConnection connection) => connection.Query<(long, byte[])>(
        $"SELECT version_id, body FROM bodies WHERE version_id > (SELECT until FROM repacked) ORDER BY version_id LIMIT {Batch}").AsList();
}
