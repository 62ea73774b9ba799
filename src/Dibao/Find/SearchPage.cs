namespace Dibao.Find;

/// <summary>How the hits are wanted.</summary>
public sealed record SearchOptions
{
    public SearchOrder Order { get; init; } = SearchOrder.Newest;

    /// <summary>1 to 100; what lies outside is taken as the nearest.</summary>
    public int Limit { get; init; } = 20;

    /// <summary><see cref="SearchPage.NextCursor"/> of the page before; one that cannot be read means the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Where the days of <c>after:</c>, <c>before:</c> and the histogram begin.</summary>
    public TimeSpan UtcOffset { get; init; }
}

public enum SearchOrder
{
    Newest = 0,

    /// <summary>By <see cref="SearchHit.Score"/> among the newest <see cref="SearchIndex.RankCap"/> hits.</summary>
    Best = 1,
}

/// <summary>One page of hits, and all hits in numbers.</summary>
public sealed record SearchPage
{
    public required IReadOnlyList<SearchHit> Hits { get; init; }

    /// <summary>At most <see cref="SearchIndex.Cap"/>.</summary>
    public required int Total { get; init; }

    /// <summary>There are more hits than <see cref="Total"/>, and the counts below are of the newest.</summary>
    public required bool TotalIsCapped { get; init; }

    /// <summary>Most hits first.</summary>
    public required IReadOnlyList<OutletCount> Outlets { get; init; }

    /// <summary>In order of time, without gaps, at most <see cref="Histogram.MaxBuckets"/>.</summary>
    public required IReadOnlyList<TimeBucket> Histogram { get; init; }

    /// <summary>Null on the last page.</summary>
    public string? NextCursor { get; init; }
}

/// <param name="Score">Higher is better; comparable within one query only. 0 where the order is <see cref="SearchOrder.Newest"/>.</param>
public sealed record SearchHit(long ArticleId, long VersionId, DateTimeOffset Newest, double Score);

/// <param name="Slug">Empty for an outlet that is no longer there.</param>
public sealed record OutletCount(long OutletId, string Slug, int Count);

/// <param name="Start">First day.</param>
/// <param name="End">First day of the next bucket.</param>
public sealed record TimeBucket(DateOnly Start, DateOnly End, int Count);
