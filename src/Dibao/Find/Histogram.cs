namespace Dibao.Find;

/// <summary>Counts hits by days, months or years: the finest of which few enough cover the span.</summary>
public static class Histogram
{
    public const int MaxBuckets = 40;

    /// <param name="times">Newest first.</param>
    /// <param name="utcOffset">Where days begin.</param>
    internal static List<TimeBucket> Of(IReadOnlyList<DateTimeOffset> times, TimeSpan utcOffset)
    {
        if (times.Count == 0) return [];
        var last = Day(times[0], utcOffset);
        var first = Day(times[^1], utcOffset);
        var unit = UnitFor(first, last);
        var buckets = Empty(unit, first, last);
        var at = buckets.Count - 1;
        foreach (var time in times)
        {
            var day = Day(time, utcOffset);
            while (day < buckets[at].Start) at--;
            buckets[at] = buckets[at] with { Count = buckets[at].Count + 1 };
        }
        return buckets;
    }

    private static DateOnly Day(DateTimeOffset time, TimeSpan utcOffset)
    {
        var ticks = Math.Clamp(time.UtcTicks + utcOffset.Ticks, 0, DateTime.MaxValue.Ticks);
        return DateOnly.FromDateTime(new DateTime(ticks, DateTimeKind.Unspecified));
    }

    private static Unit UnitFor(DateOnly first, DateOnly last)
    {
        if (last.DayNumber - first.DayNumber < MaxBuckets) return new Unit(0, 1);
        var months = Month(last) - Month(first);
        if (months < MaxBuckets) return new Unit(1, 0);
        var years = last.Year - first.Year;
        return new Unit(12 * ((years / MaxBuckets) + 1), 0);
    }

    private static List<TimeBucket> Empty(Unit unit, DateOnly first, DateOnly last)
    {
        var buckets = new List<TimeBucket>();
        var start = unit.Months switch { 0 => first, 1 => new DateOnly(first.Year, first.Month, 1), _ => new DateOnly(first.Year, 1, 1) };
        while (start <= last)
        {
            var end = Next(start, unit);
            buckets.Add(new TimeBucket(start, end, 0));
            if (end == DateOnly.MaxValue) break;
            start = end;
        }
        return buckets;
    }

    private static DateOnly Next(DateOnly start, Unit unit)
    {
        if (unit.Days > 0) return start == DateOnly.MaxValue ? start : start.AddDays(unit.Days);
        return Month(start) + unit.Months > Month(DateOnly.MaxValue) ? DateOnly.MaxValue : start.AddMonths(unit.Months);
    }

    private static int Month(DateOnly day) => (day.Year * 12) + day.Month;

    private readonly record struct Unit(int Months, int Days);
}
