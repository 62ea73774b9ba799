namespace Dibao.Extract.Dates;

/// <summary>A date as a text states it, no more: time and offset only where written.</summary>
/// <param name="Rest">Letters of the text that belong to no part of the date.</param>
internal readonly record struct DateReading(DateOnly Day, TimeOnly? Time, TimeSpan? Offset, int Rest)
{
    /// <summary>The instant, when the text says its zone.</summary>
    public DateTimeOffset? Instant =>
        Time is { } time && Offset is { } offset ? At(time, offset) : null;

    public DateTime Local => Day.ToDateTime(Time ?? TimeOnly.MinValue);

    private DateTimeOffset? At(TimeOnly time, TimeSpan offset)
    {
        var local = Day.ToDateTime(time);
        var utc = local.Ticks - offset.Ticks;
        return utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(utc, TimeSpan.Zero);
    }
}
