using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>A capture that an older catalogue knew, and that cannot be read from the segments any more.</summary>
/// <param name="Leaf">Its place in the log, from 0.</param>
public sealed record MissingCapture(string Url, DateTimeOffset At, long Leaf)
{
    /// <summary>Those that one catalogue has and another, made from the segments, has not; in the order of the log.</summary>
    /// <param name="before">Nothing is found in one that is not there, or cannot be read.</param>
    internal static IReadOnlyList<MissingCapture> Between(string before, Database now)
    {
        if (!File.Exists(before)) return [];
        try
        {
            return now.ReadAfresh(connection =>
            {
                connection.Execute("ATTACH @before AS before", new { before });
                return connection.Query<(string Url, long At, long Leaf)>(
                        """
                        SELECT b.url, b.at, b.leaf FROM before.captures b
                        WHERE NOT EXISTS (SELECT 1 FROM main.captures c WHERE c.leaf = b.leaf AND c.manifest = b.manifest) ORDER BY b.leaf
                        """)
                    .Select(row => new MissingCapture(row.Url, CatalogueRows.Time(row.At), row.Leaf)).ToList();
            });
        }
        catch (SqliteException)
        {
            // Damage is the usual reason to rebuild.
            return [];
        }
    }
}
