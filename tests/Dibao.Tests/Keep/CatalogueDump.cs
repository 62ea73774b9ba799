using Dapper;

namespace Dibao.Tests.Keep;

/// <summary>Everything that the catalogue and the search index hold, as text, in an order of its own.</summary>
internal static class CatalogueDump
{
    public static string Of(Database database) => database.Read(connection =>
    {
        var tables = connection.Query<string>(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name")
            // How FTS5 packs its postings depends on the batches they came in, and how far a block reaches on what is gone; what is found does not.
            .Except(["search_data", "search_idx", "search_docsize", "search_config", "search_blocks"]).ToList();
        return string.Join('\n', tables.SelectMany(table => connection.Query($"SELECT * FROM \"{table}\"")
            .Select(row => table + ": " + string.Join(" | ", ((IDictionary<string, object>)row).Select(c => c.Key + "=" + Show(c.Value)))).Order(StringComparer.Ordinal)));
    });

    /// <summary>Every term of the search index with its places.</summary>
    public static string OfSearch(Database database) => database.ReadAfresh(connection =>
    {
        connection.Execute("CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab('main', 'search', 'instance')");
        return string.Join('\n', connection.Query<(string Term, long Doc, string Column, long Offset)>(
            "SELECT term, doc, col, offset FROM temp.search_terms ORDER BY 1, 2, 3, 4").Select(row => $"{row.Term} {row.Doc} {row.Column} {row.Offset}"));
    });

    private static string Show(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, null) ?? "";
}
