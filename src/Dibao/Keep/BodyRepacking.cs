using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>Packs bodies a second time, for when nothing else is to be done: a quarter smaller, for forty times the work.</summary>
internal static class BodyRepacking
{
    // A fifth of a second's work.
    private const int Batch = 32;

    private static readonly Statement Replace = new("UPDATE bodies SET body = $body WHERE version_id = $version");
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
            foreach (var (version, body) in smaller) Replace.Run(transaction, body, version);
            Advance.Run(transaction, smaller[^1].Version);
        });
        return true;
    }

    private static List<(long Version, byte[] Body)> Next(SqliteConnection connection) => connection.Query<(long, byte[])>(
        $"SELECT version_id, body FROM bodies WHERE version_id > (SELECT until FROM repacked) ORDER BY version_id LIMIT {Batch}").AsList();
}
