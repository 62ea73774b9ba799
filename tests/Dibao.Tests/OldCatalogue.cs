using Dapper;
using Dibao.Find;
using Microsoft.Data.Sqlite;

namespace Dibao.Tests;

/// <summary>A catalogue as an older dibao left it, with one outlet, a capture and an article of it.</summary>
internal static class OldCatalogue
{
    /// <param name="before">The first migration that it has not seen.</param>
    /// <param name="more">SQL that puts in what the test is about.</param>
    public static void Make(string path, int before, string more, object? parameters = null)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Foreign Keys=False");
        connection.Open();
        SearchTokenizer.Register(connection);
        connection.CreateFunction<byte[], byte[], byte[]>("dibao_packed_body", (_, _) => []);
        foreach (var migration in MigrationsBefore(before)) connection.Execute(migration);
        connection.Execute(
            $"""
            INSERT INTO outlets (id, slug, name) VALUES (1, 'hewan', '河湾日报');
            INSERT INTO captures (id, kind, url, at, outlet_id, leaf, manifest) VALUES (1, 0, 'https://hewan.example/1', 0, 1, 0, x'00');
            INSERT INTO articles (id, outlet_id, url, state, state_since, first_captured, last_captured, number, newest) VALUES (1, 1, 'https://hewan.example/1', 0, 0, 0, 0, 1, 0);
            {more};
            PRAGMA user_version = {before - 1}
            """, parameters);
    }

    private static IEnumerable<string> MigrationsBefore(int number)
    {
        var assembly = typeof(Database).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => (Name: name, Number: int.Parse(name.AsSpan(name.IndexOf(".Sql.", StringComparison.Ordinal) + 5, 4), null)))
            .Where(migration => migration.Number < number)
            .OrderBy(migration => migration.Number)
            .Select(migration => new StreamReader(assembly.GetManifestResourceStream(migration.Name)!).ReadToEnd());
    }
}
