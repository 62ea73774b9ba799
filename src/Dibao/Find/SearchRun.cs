using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>One search, within one read transaction.</summary>
internal sealed class SearchRun(SqliteTransaction transaction, SearchQuery query, SearchOptions options)
{
    private readonly string expression = Fts5Expression.Of(query);
    private readonly long from = query.After is { } day ? PositionOf(day, options.UtcOffset) : long.MinValue;
    private readonly long below = query.Before is { } day ? PositionOf(day, options.UtcOffset) : long.MaxValue;

    private bool IsBest => options.Order == SearchOrder.Best && query.Terms.Count > 0;

    public SearchPage Page()
    {
        var found = Scan();
        var isCapped = found.Count > SearchIndex.Cap;
        if (isCapped) found.RemoveAt(found.Count - 1);
        var (page, next) = IsBest ? PageOfBest(found) : PageOfNewest(found);
        return new SearchPage
        {
            Hits = [.. page.Select(Hit)],
            Total = found.Count,
            TotalIsCapped = isCapped,
            Outlets = CountOutlets(found),
            Histogram = Histogram.Of([.. found.Select(hit => SearchPosition.TimeOf(hit.Position))], options.UtcOffset),
            NextCursor = next,
        };
    }

    // The newest hits, one more than are counted.
    private List<Found> Scan()
    {
        using var command = Match(
            $"""
            SELECT search.rowid, outlet_id, {(IsBest ? "dibao_rank(search, $terms)" : "0.0")}
            FROM search JOIN search_documents ON position = search.rowid
            WHERE search MATCH $expression AND search.rowid >= $from AND search.rowid < $below
            ORDER BY search.rowid DESC LIMIT $limit
            """,
            below,
            SearchIndex.Cap + 1);
        command.Parameters.AddWithValue("$terms", query.Terms.Count);
        using var reader = command.ExecuteReader();
        var found = new List<Found>();
        while (reader.Read()) found.Add(new Found(reader.GetInt64(0), reader.GetInt64(1), reader.GetDouble(2)));
        return found;
    }

    private (IReadOnlyList<Found> Page, string? Next) PageOfNewest(List<Found> found)
    {
        var more = TryReadCursor('n', out var cursor) ? ReadBelow(Math.Min(cursor, below)) : [.. found.Take(options.Limit + 1)];
        if (more.Count <= options.Limit) return (more, null);
        more.RemoveAt(options.Limit);
        return (more, $"n{more[^1].Position}");
    }

    // Beyond what is counted the list goes on: the index is read from where the page before ended.
    private List<Found> ReadBelow(long position)
    {
        using var command = Match(
            """
            SELECT rowid FROM search WHERE search MATCH $expression AND rowid >= $from AND rowid < $below ORDER BY rowid DESC LIMIT $limit
            """,
            position,
            options.Limit + 1);
        using var reader = command.ExecuteReader();
        var found = new List<Found>();
        while (reader.Read()) found.Add(new Found(reader.GetInt64(0), OutletId: 0, Score: 0));
        return found;
    }

    private SqliteCommand Match(string sql, long upTo, int limit)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // the two statements above; what was typed is in $expression
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$expression", expression);
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$below", upTo);
        command.Parameters.AddWithValue("$limit", limit);
        return command;
    }

    private (IReadOnlyList<Found> Page, string? Next) PageOfBest(List<Found> found)
    {
        var skip = TryReadCursor('b', out var cursor) ? (int)Math.Clamp(cursor, 0, SearchIndex.Cap) : 0;
        // Stable: among equals the newest stays first. Eighths, so that recency decides where scores hardly differ.
        var ranked = found.OrderByDescending(hit => Math.Round(hit.Score * 8)).Skip(skip).Take(options.Limit).ToList();
        var next = skip + ranked.Count;
        return (ranked, next < found.Count && ranked.Count > 0 ? $"b{next}" : null);
    }

    private bool TryReadCursor(char kind, out long value)
    {
        value = 0;
        return options.Cursor is [var first, .. var digits] && first == kind
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private SearchHit Hit(Found found)
    {
        var row = transaction.Connection!.QuerySingle<(long ArticleId, long VersionId, long Newest)>(
            "SELECT article_id, version_id, newest FROM search_documents WHERE position = $Position", new { found.Position }, transaction);
        return new SearchHit(row.ArticleId, row.VersionId, DateTimeOffset.FromUnixTimeMilliseconds(row.Newest), found.Score);
    }

    private List<OutletCount> CountOutlets(List<Found> found)
    {
        var counts = new Dictionary<long, int>();
        foreach (var hit in found) counts[hit.OutletId] = counts.GetValueOrDefault(hit.OutletId) + 1;
        return [.. counts.Select(pair => new OutletCount(pair.Key, SlugOf(pair.Key), pair.Value))
            .OrderByDescending(outlet => outlet.Count).ThenBy(outlet => outlet.Slug, StringComparer.Ordinal)];
    }

    private string SlugOf(long outletId) => transaction.Connection!.QuerySingleOrDefault<string>(
        "SELECT slug FROM outlets WHERE id = $outletId", new { outletId }, transaction) ?? "";

    private static long PositionOf(DateOnly day, TimeSpan utcOffset)
    {
        var ticks = Math.Clamp(day.ToDateTime(TimeOnly.MinValue).Ticks - utcOffset.Ticks, 0, DateTime.MaxValue.Ticks);
        return SearchPosition.First(new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    private readonly record struct Found(long Position, long OutletId, double Score);
}
