using System.Security.Cryptography;
using System.Text;
using Dapper;
using Dibao.Log;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>Makes the catalogue again in another place and holds the one in use against it, row for row.</summary>
/// <param name="placeOf">As <see cref="Recovery.PlaceOf"/>.</param>
/// <param name="folder">For the second catalogue; needs room for two of them.</param>
internal sealed class RebuildCheck(StoreFolder store, Database database, WordingIndex index, Func<Leaf, long, long?> placeOf, string folder)
{
    // What follows from the captures alone. How sources fare and when they are asked next is not kept, on purpose.
    private static readonly (string Table, string Columns)[] Tables =
    [
        ("captures", "*"), ("records", "*"), ("payloads", "*"), ("versions", "*"), ("bodies", "version_id, dibao_plain_body(body)"), ("takedowns", "capture_id, cause, reason"), ("media", "*"),
        ("articles", "id, outlet_id, url, state, state_since, first_captured, last_captured, number, version_count, current_id, newest, takedown_id, answers_at"),
        ("search_documents", "*"),
    ];

    /// <returns>What differs, a clause each.</returns>
    public IEnumerable<string> Run(CancellationToken cancel)
    {
        var live = Path.Combine(folder, "live.sqlite");
        database.CopyTo(live);
        using var then = new Database(live, database.Prepare, readOnly: true);
        using var again = new Database(Path.Combine(folder, "again.sqlite"), database.Prepare);
        var until = then.Read(connection => connection.Query<(string Name, long Applied)>("SELECT name, applied FROM segments").ToDictionary(row => row.Name, row => row.Applied));
        new Recovery(store, again, new(index), TimeProvider.System) { Damaged = _ => { }, PlaceOf = placeOf }.Replay(until, cancel);
        foreach (var (table, columns) in Tables)
        {
            cancel.ThrowIfCancellationRequested();
            var (rows, hash) = then.Read(connection => HashOf(connection, table, columns));
            var (made, other) = again.Read(connection => HashOf(connection, table, columns));
            if (rows != made) yield return $"its table {table} has {rows} rows, and a rebuild gives {made}: run `dibao rebuild`";
            else if (hash != other) yield return $"its table {table} is not what a rebuild gives: run `dibao rebuild`";
        }
        if (then.ReadAfresh(TermsOf) != again.ReadAfresh(TermsOf)) yield return "the search index is not what a rebuild gives: run `dibao rebuild`";
    }

    private static (long Rows, string Hash) HashOf(SqliteConnection connection, string table, string columns)
    {
        PackedBody.RegisterPlain(connection);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // our own table names
        command.CommandText = $"SELECT {columns} FROM {table} ORDER BY 1, 2";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = 0L;
        for (; reader.Read(); rows++)
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                var value = reader.GetValue(i);
                hash.AppendData(value as byte[] ?? Encoding.UTF8.GetBytes(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) + "\u001f"));
            }
        }
        return (rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // Every place of every term, in the order of the index itself.
    private static string TermsOf(SqliteConnection connection)
    {
        connection.Execute("CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab('main', 'search', 'instance')");
        return HashOf(connection, "temp.search_terms", "term, doc, col, offset").Hash;
    }
}
