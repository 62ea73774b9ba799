using System.Globalization;
using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>One search, within one read transaction.</summary>
internal sealed class SearchRun(SqliteTransaction transaction, SearchQuery query, SearchOptions options)
{
    private readonly SearchDays days = new(options.UtcOffset);
    private readonly string expression = Fts5Expression.Of(query);

    private bool IsBest => options.Order == SearchOrder.Best && query.Terms.Count > 0;
    private long From => query.After is { } day ? days.PositionOf(day) : 0;
    private long Below => query.Before is { } day ? days.PositionOf(day) : long.MaxValue;

    public SearchPage Page()
    {
        using var found = Scan();
        var (page, next) = IsBest ? PageOfBest(found.Counted) : PageOfNewest(found.All);
        return new SearchPage
        {
            Hits = page,
            Total = found.Counted.Length,
            TotalIsCapped = found.IsCapped,
            Outlets = CountOutlets(found.Counted),
            Histogram = Histogram.Of(found.Counted, days),
            NextCursor = next,
        };
    }

    private FoundHits Scan()
    {
        var found = new FoundHits();
        using var rows = new RowScan(
            transaction.Connection!,
            $"""
            SELECT search.rowid, outlet_id, {(IsBest ? $"dibao_rank(search, {query.Terms.Count}, {SearchIndex.RankCap})" : "0.0")}
            FROM search JOIN search_documents ON position = search.rowid
            WHERE search MATCH ?1 AND search.rowid >= ?2 AND search.rowid < ?3
            ORDER BY search.rowid DESC LIMIT ?4
            """,
            expression,
            [From, Below, SearchIndex.Cap + 1]);
        while (rows.TryNext()) found.Add(new FoundHit(rows.Integer(0), rows.Integer(1), (float)rows.Real(2)));
        return found;
    }

    private (List<SearchHit> Page, string? Next) PageOfNewest(ReadOnlySpan<FoundHit> found)
    {
        var more = TryReadCursor('n', out var cursor) ? ReadBelow(Math.Min(cursor, Below)) : found[..Math.Min(found.Length, options.Limit + 1)];
        var page = more[..Math.Min(more.Length, options.Limit)];
        return (Hits(page), more.Length > page.Length ? $"n{page[^1].Position}" : null);
    }

    // Beyond what is counted the list goes on: the index is read from where the page before ended.
    private ReadOnlySpan<FoundHit> ReadBelow(long position)
    {
        using var rows = new RowScan(
            transaction.Connection!,
            "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid DESC LIMIT ?4",
            expression,
            [From, position, options.Limit + 1]);
        var found = new List<FoundHit>();
        while (rows.TryNext()) found.Add(new FoundHit(rows.Integer(0), OutletId: 0, Score: 0));
        return CollectionsMarshal.AsSpan(found);
    }

    private (List<SearchHit> Page, string? Next) PageOfBest(ReadOnlySpan<FoundHit> found)
    {
        var skip = TryReadCursor('b', out var cursor) ? (int)Math.Min(cursor, found.Length) : 0;
        var count = Math.Min(options.Limit, found.Length - skip);
        var order = new (float Rank, int At)[found.Length];
        // Eighths, so that recency decides where scores hardly differ; it was the order until now.
        for (var i = 0; i < order.Length; i++) order[i] = (-MathF.Round(found[i].Score * 8), i);
        Array.Sort(order);
        var page = new FoundHit[count];
        for (var i = 0; i < count; i++) page[i] = found[order[skip + i].At];
        return (Hits(page), skip + count < found.Length ? $"b{skip + count}" : null);
    }

    private bool TryReadCursor(char kind, out long value)
    {
        value = 0;
        return options.Cursor is [var first, .. var digits] && first == kind
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private List<SearchHit> Hits(ReadOnlySpan<FoundHit> page)
    {
        long[] positions = [.. page.ToArray().Select(found => found.Position)];
        var rows = transaction.Connection!.Query<(long Position, long ArticleId, long VersionId, long Newest)>(
                "SELECT position, article_id, version_id, newest FROM search_documents WHERE position IN @positions", new { positions }, transaction)
            .ToDictionary(row => row.Position);
        var hits = new List<SearchHit>(page.Length);
        foreach (var found in page)
        {
            var row = rows[found.Position];
            hits.Add(new SearchHit(row.ArticleId, row.VersionId, DateTimeOffset.FromUnixTimeMilliseconds(row.Newest), found.Score));
        }
        return hits;
    }

    private List<OutletCount> CountOutlets(ReadOnlySpan<FoundHit> found)
    {
        var counts = new Dictionary<long, int>();
        foreach (var hit in found) CollectionsMarshal.GetValueRefOrAddDefault(counts, hit.OutletId, out _)++;
        var slugs = transaction.Connection!.Query<(long Id, string Slug)>("SELECT id, slug FROM outlets", transaction: transaction)
            .ToDictionary(outlet => outlet.Id, outlet => outlet.Slug);
        return [.. counts.Select(pair => new OutletCount(pair.Key, slugs.GetValueOrDefault(pair.Key) ?? "", pair.Value))
            .OrderByDescending(outlet => outlet.Count).ThenBy(outlet => outlet.Slug, StringComparer.Ordinal)];
    }
}
