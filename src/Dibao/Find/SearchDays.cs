namespace Dibao.Find;

/// <summary>Between days, as the reader's clock has them, and positions in the index.</summary>
/// <param name="UtcOffset">A multiple of 15 minutes; else the days are out by seconds.</param>
internal readonly record struct SearchDays(TimeSpan UtcOffset)
{
    /// <summary>The first position of <paramref name="day"/>.</summary>
    public long PositionOf(DateOnly day)
    {
        var ticks = Math.Clamp(day.ToDateTime(TimeOnly.MinValue).Ticks - UtcOffset.Ticks, 0, DateTime.MaxValue.Ticks);
        return SearchPosition.First(new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    public DateOnly DayOf(long position)
    {
        var ticks = Math.Clamp(SearchPosition.TicksOf(position) + UtcOffset.Ticks, 0, DateTime.MaxValue.Ticks);
        return DateOnly.FromDateTime(new DateTime(ticks, DateTimeKind.Unspecified));
    }
}
