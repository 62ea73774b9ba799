using Dibao.Find;

namespace Dibao.Server.Read;

/// <summary>The search's histogram as bars of a chart that is <see cref="Width"/> by <see cref="Height"/> units.</summary>
public sealed record TimeChart(IReadOnlyList<TimeBar> Bars, DateOnly Start, DateOnly End)
{
    public const int Height = 64;

    private const int BarPitch = 10;
    private const int LowestBar = 4;

    public int Width => Bars.Count * BarPitch;

    /// <returns>Null when a chart would say nothing: fewer than two buckets.</returns>
    public static TimeChart? Of(SearchQuery query, IReadOnlyList<TimeBucket> buckets, Ui ui)
    {
        if (buckets.Count < 2) return null;
        var most = buckets.Max(bucket => bucket.Count);
        return new([.. buckets.Select((bucket, i) => Bar(query, bucket, i, most, ui))], buckets[0].Start, buckets[^1].End.AddDays(-1));
    }

    private static TimeBar Bar(SearchQuery query, TimeBucket bucket, int index, int most, Ui ui)
    {
        var height = bucket.Count == 0 ? 0 : Math.Max(LowestBar, bucket.Count * Height / most);
        var narrowed = query with { After = bucket.Start, Before = bucket.End };
        return new(index * BarPitch, Height - height, BarPitch - 2, height, QueryText.Of(narrowed), Label(bucket, ui), bucket.Count);
    }

    private static string Label(TimeBucket bucket, Ui ui)
    {
        var days = bucket.End.DayNumber - bucket.Start.DayNumber;
        var span = days switch
        {
            1 => ui.ShortDay(bucket.Start),
            <= 31 => ui.Month(bucket.Start),
            <= 366 => $"{bucket.Start.Year}",
            _ => $"{bucket.Start.Year}–{bucket.End.Year - 1}",
        };
        return Ui.Format(ui.Words.BucketLabel, span, bucket.Count.ToString("#,0"));
    }
}

/// <param name="Query">That finds what the bar counts.</param>
public sealed record TimeBar(int X, int Y, int Width, int Height, string Query, string Label, int Count);
