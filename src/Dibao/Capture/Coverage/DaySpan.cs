namespace Dibao.Capture.Coverage;

/// <summary>Some days in a row, on a clock that keeps one distance from UTC.</summary>
/// <param name="Start">When the first begins.</param>
public readonly record struct DaySpan(DateTimeOffset Start, int Count)
{
    public DateOnly First => DateOnly.FromDateTime(Start.DateTime);

    public DateTimeOffset End => Start.AddDays(Count);

    /// <summary>The days that end with today.</summary>
    public static DaySpan Until(DateTimeOffset now, int days) => new(new DateTimeOffset(now.Date, now.Offset).AddDays(1 - days), days);

    /// <summary>The newest first.</summary>
    public IEnumerable<DateOnly> Days()
    {
        for (var i = Count - 1; i >= 0; i--) yield return First.AddDays(i);
    }

    public DateTimeOffset EndOf(DateOnly day) => Start.AddDays(day.DayNumber - First.DayNumber + 1);

    /// <summary>How much of a day some stretches of time cover, which do not cover each other.</summary>
    public TimeSpan Overlap(DateOnly day, IEnumerable<(DateTimeOffset Began, DateTimeOffset Ended)> stretches)
    {
        var (start, end) = (EndOf(day).AddDays(-1), EndOf(day));
        var covered = TimeSpan.Zero;
        foreach (var (began, ended) in stretches)
        {
            var overlap = (ended < end ? ended : end) - (began > start ? began : start);
            if (overlap > TimeSpan.Zero) covered += overlap;
        }
        return covered;
    }
}
