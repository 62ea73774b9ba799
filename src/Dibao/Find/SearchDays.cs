namespace Dibao.Find;

/// <summary>Between days, as the reader's clock has them, and moments.</summary>
/// <param name="UtcOffset">Of the reader's clock.</param>
internal readonly record struct SearchDays(TimeSpan UtcOffset)
{
    /// <summary>Unix milliseconds at which <paramref name="day"/> begins.</summary>
    public long StartOf(DateOnly day)
    {
        var ticks = Math.Clamp(day.ToDateTime(TimeOnly.MinValue).Ticks - UtcOffset.Ticks, 0, DateTime.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }

    /// <param name="time">Unix milliseconds.</param>
    public DateOnly DayOf(long time)
    {
        var ticks = Math.Clamp(DateTimeOffset.FromUnixTimeMilliseconds(time).UtcTicks + UtcOffset.Ticks, 0, DateTime.MaxValue.Ticks);
        return DateOnly.FromDateTime(new DateTime(ticks, DateTimeKind.Unspecified));
    }
}
