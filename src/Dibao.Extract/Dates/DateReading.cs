namespace Dibao.Extract.Dates;

/// <summary>A date as a text states it, no more: time and offset only where written.</summary>
/// <param name="Rest">Letters of the text that belong to no part of the date.</param>
internal readonly record struct DateReading(DateOnly Day, TimeOnly? Time, TimeSpan? Offset, int Rest)
{
    /// <summary>The day that it would be with day and month the other way round; null when only one order is possible or usual.</summary>
    public DateOnly? Swapped { get; init; }

    /// <summary>The instant in the offset it is written in, when the text says its zone.</summary>
    public DateTimeOffset? Instant => Time is not null && Offset is { } offset ? At(offset) : null;

    public DateTime Local => Day.ToDateTime(Time ?? TimeOnly.MinValue);

    public DateTimeOffset? At(TimeSpan offset)
    {
        var utc = Local.Ticks - offset.Ticks;
        return utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(Local, offset);
    }
}
