namespace Dibao.Find;

/// <summary>Counts hits by days, months or years: the finest of which few enough cover the span.</summary>
public static class Histogram
{
    public const int MaxBuckets = 40;

    private static readonly int LastMonth = Month(DateOnly.MaxValue);

    /// <param name="found">Newest first.</param>
    /// <param name="days">Where days begin.</param>
    internal static List<TimeBucket> Of(ReadOnlySpan<FoundHit> found, SearchDays days)
    {
        if (found.IsEmpty) return [];
        var buckets = Empty(days.DayOf(found[^1].Newest), days.DayOf(found[0].Newest));
        var at = buckets.Count - 1;
        var start = days.StartOf(buckets[at].Start);
        var count = 0;
        foreach (var hit in found)
        {
            for (; hit.Newest < start && at > 0; start = days.StartOf(buckets[at].Start))
            {
                buckets[at] = buckets[at] with { Count = count };
                count = 0;
                at--;
            }
            count++;
        }
        buckets[at] = buckets[at] with { Count = count };
        return buckets;
    }

    private static List<TimeBucket> Empty(DateOnly first, DateOnly last)
    {
        var months = MonthsPerBucket(first, last);
        var buckets = new List<TimeBucket>();
        var start = months switch { 0 => first, 1 => new DateOnly(first.Year, first.Month, 1), _ => new DateOnly(first.Year, 1, 1) };
        while (true)
        {
            var end = Next(start, months);
            buckets.Add(new TimeBucket(start, end, 0));
            if (end > last || end == DateOnly.MaxValue) return buckets;
            start = end;
        }
    }

    /// <returns>0 for days.</returns>
    private static int MonthsPerBucket(DateOnly first, DateOnly last)
    {
        if (last.DayNumber - first.DayNumber < MaxBuckets) return 0;
        if (Month(last) - Month(first) < MaxBuckets) return 1;
        return 12 * (((last.Year - first.Year) / MaxBuckets) + 1);
    }

    private static DateOnly Next(DateOnly start, int months)
    {
        if (months == 0) return start == DateOnly.MaxValue ? start : start.AddDays(1);
        return Month(start) + months > LastMonth ? DateOnly.MaxValue : start.AddMonths(months);
    }

    private static int Month(DateOnly day) => (day.Year * 12) + day.Month;
}
