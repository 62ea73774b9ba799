namespace Dibao.Extract.Dates;

/// <summary>
/// Chooses among the times a page states. In order: one with a zone; one without, read in the outlet's zone; the feed's; one
/// without, read as UTC; the day in the URL. A page's own time is the outlet's; the feed's may be that of a later touch.
/// </summary>
internal static class PublicationTime
{
    // The latest a feed may follow the page's time for the two to show the page's zone. Above it other zones fit as well.
    private static readonly TimeSpan FeedLag = TimeSpan.FromMinutes(30);

    // Clocks of page and feed need not agree to the second.
    private static readonly TimeSpan FeedLead = TimeSpan.FromMinutes(2);

    public static (DateTimeOffset? Time, TimeSource From) Choose(IEnumerable<DateReading> stated, DateOnly? urlDay, ArticleHints hints, List<string> warnings)
    {
        var readings = stated.ToList();
        foreach (var reading in readings)
            if (reading.Instant is { } exact) return (exact, TimeSource.Page);
        foreach (var reading in readings)
            if (reading.Time is not null && Resolve(reading.Local, hints) is { } resolved) return (resolved, TimeSource.PageZoneResolved);
        if (hints.Published is { } hint) return (hint.ToUniversalTime(), TimeSource.Hint);
        if (readings.Count > 0)
        {
            var best = readings.Find(r => r.Time is not null) is { Time: not null } timed ? timed : readings[0];
            warnings.Add("The page's time names no zone; it was read as UTC.");
            return (new DateTimeOffset(best.Local, TimeSpan.Zero), TimeSource.PageZoneUnknown);
        }

        return urlDay is { } day ? (new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), TimeSource.Url) : (null, TimeSource.None);
    }

    private static DateTimeOffset? Resolve(DateTime local, ArticleHints hints)
    {
        if (hints.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            var instant = ToUtc(local, zone.GetUtcOffset(local));
            return hints.Published is { } hint && (instant - hint).Duration() > TimeSpan.FromDays(2) ? null : instant;
        }

        return hints.Published is { } published ? Agreeing(local, published) : null;
    }

    // Of the zones on whole hours the one that leaves the feed least behind the page; on half hours only when it is exact.
    private static DateTimeOffset? Agreeing(DateTime local, DateTimeOffset hint)
    {
        var ahead = local - hint.UtcDateTime;
        var hours = Math.Ceiling((ahead - FeedLead).TotalHours);
        if (TryOffset(hours, local, hint, FeedLag) is { } whole) return whole;
        return TryOffset(Math.Round(ahead.TotalHours * 2, MidpointRounding.AwayFromZero) / 2, local, hint, FeedLead);
    }

    private static DateTimeOffset? TryOffset(double hours, DateTime local, DateTimeOffset hint, TimeSpan lag)
    {
        if (hours is < -12 or > 14) return null;
        var instant = ToUtc(local, TimeSpan.FromHours(hours));
        var behind = hint - instant;
        return behind >= -FeedLead && behind <= lag ? instant : null;
    }

    private static DateTimeOffset ToUtc(DateTime local, TimeSpan offset)
    {
        var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
