using System.Globalization;
using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>One search, within one read transaction.</summary>
internal sealed class SearchRun(SqliteTransaction transaction, SearchQuery query, SearchOptions options)
{
    private readonly SearchDays days = new(options.UtcOffset);
    private readonly SearchScan scan = new(transaction, Fts5Expression.Of(query), query.Terms.Count);

    private bool IsBest => options.Order == SearchOrder.Best && query.Terms.Count > 0;
    private long From => query.After is { } day ? days.StartOf(day) : long.MinValue;
    private SearchPlace Below => query.Before is { } day ? new(days.StartOf(day), 0) : SearchPlace.End;

    public SearchPage Page()
    {
        // One more than are counted: whether there is one.
        using var found = new FoundHits(SearchIndex.Cap + 1);
        scan.Collect(found, From, Below, mostRanked: IsBest ? SearchIndex.RankCap : 0);
        return Page(found.Newest);
    }

    private SearchPage Page(ReadOnlySpan<FoundHit> found)
    {
        var counted = found[..Math.Min(found.Length, SearchIndex.Cap)];
        var (page, next) = IsBest ? PageOfBest(counted) : PageOfNewest(found);
        return new SearchPage
        {
            Hits = page,
            Total = counted.Length,
            TotalIsCapped = found.Length > counted.Length,
            Outlets = CountOutlets(counted),
            Histogram = Histogram.Of(counted, days),
            NextCursor = next,
        };
    }

    private (List<SearchHit> Page, string? Next) PageOfNewest(ReadOnlySpan<FoundHit> newest)
    {
        if (NewestCursor() is not { } cursor) return PageOf(newest);
        // Beyond what is counted the list goes on: the index is read from where the page before ended.
        using var older = new FoundHits(options.Limit + 1);
        scan.Collect(older, From, cursor.IsOlderThan(Below) ? cursor : Below);
        return PageOf(older.Newest);
    }

    private (List<SearchHit> Page, string? Next) PageOf(ReadOnlySpan<FoundHit> newest)
    {
        var page = newest[..Math.Min(newest.Length, options.Limit)];
        return (Hits(page), newest.Length > page.Length ? string.Create(CultureInfo.InvariantCulture, $"n{page[^1].Newest}.{page[^1].ArticleId}") : null);
    }

    private (List<SearchHit> Page, string? Next) PageOfBest(ReadOnlySpan<FoundHit> counted)
    {
        var ranked = counted[..Math.Min(counted.Length, SearchIndex.RankCap)];
        // Most archives hold their articles in the order of time, and then the first hits are the newest. Where not, it is known only now which are.
        using var again = new FoundHits(ranked.Length);
        if (HasUnranked(ranked))
        {
            scan.Collect(again, ranked[^1].Newest, Below, mostRanked: int.MaxValue);
            ranked = again.Newest;
        }
        var skip = BestCursor() is { } cursor ? (int)Math.Min(cursor, counted.Length) : 0;
        var count = Math.Min(options.Limit, counted.Length - skip);
        var order = new (float Rank, int At)[counted.Length];
        // Eighths, so that recency decides where scores hardly differ; it was the order until now.
        for (var i = 0; i < order.Length; i++) order[i] = (i < ranked.Length ? -MathF.Round(ranked[i].Score * 8) : 0, i);
        Array.Sort(order);
        var page = new FoundHit[count];
        for (var i = 0; i < count; i++) page[i] = order[skip + i].At is var at && at < ranked.Length ? ranked[at] : counted[at] with { Score = 0 };
        return (Hits(page), skip + count < counted.Length ? $"b{skip + count}" : null);
    }

    private static bool HasUnranked(ReadOnlySpan<FoundHit> hits)
    {
        foreach (var hit in hits) if (hit.Score < 0) return true;
        return false;
    }

    private long? BestCursor() =>
        options.Cursor is ['b', .. var place] && long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private SearchPlace? NewestCursor() =>
        options.Cursor is ['n', .. var place] && place.Split('.') is [var newest, var article]
        && long.TryParse(newest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time)
        && long.TryParse(article, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new(time, id) : null;

    private List<SearchHit> Hits(ReadOnlySpan<FoundHit> page)
    {
        long[] articles = [.. page.ToArray().Select(found => found.ArticleId)];
        var versions = transaction.Connection!.Query<(long ArticleId, long VersionId)>(
                "SELECT article_id, version_id FROM search_documents WHERE article_id IN @articles", new { articles }, transaction)
            .ToDictionary(row => row.ArticleId, row => row.VersionId);
        var hits = new List<SearchHit>(page.Length);
        foreach (var found in page)
            hits.Add(new SearchHit(found.ArticleId, versions[found.ArticleId], DateTimeOffset.FromUnixTimeMilliseconds(found.Newest), Math.Max(0, found.Score)));
        return hits;
    }

    private List<OutletCount> CountOutlets(ReadOnlySpan<FoundHit> found)
    {
        var counts = new Dictionary<int, int>();
        foreach (var hit in found) CollectionsMarshal.GetValueRefOrAddDefault(counts, hit.OutletId, out _)++;
        var slugs = transaction.Connection!.Query<(long Id, string Slug)>("SELECT id, slug FROM outlets", transaction: transaction)
            .ToDictionary(outlet => outlet.Id, outlet => outlet.Slug);
        return [.. counts.Select(pair => new OutletCount(pair.Key, slugs.GetValueOrDefault(pair.Key) ?? "", pair.Value))
            .OrderByDescending(outlet => outlet.Count).ThenBy(outlet => outlet.Slug, StringComparer.Ordinal)];
    }
}
