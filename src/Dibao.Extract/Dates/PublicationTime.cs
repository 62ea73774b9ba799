using Dibao.Extract.Metadata;

namespace Dibao.Extract.Dates;

/// <summary>
/// Chooses among the times a page states: first the day that the most trusted places agree on, then the most exact statement of it. In
/// order: one with a zone; one without, read in the outlet's zone; the feed's; one without, read as UTC; the day in the URL.
/// </summary>
internal static class PublicationTime
{
    // The latest a feed may follow the page's time for the two to show the page's zone. Above it other zones fit as well.
    private static readonly TimeSpan FeedLag = TimeSpan.FromMinutes(30);

    // Clocks of page and feed need not agree to the second.
    private static readonly TimeSpan FeedLead = TimeSpan.FromMinutes(2);

    // UTC-12 to UTC+14: how far an outlet's calendar may be from UTC's.
    private static readonly TimeSpan WestMost = TimeSpan.FromHours(-12);
    private static readonly TimeSpan EastMost = TimeSpan.FromHours(14);

    /// <param name="ofNone">What speaks for and against the page having no day: <see cref="DayFacts.OfNone"/>.</param>
    /// <param name="tell">Told of what was chosen between, to learn from.</param>
    public static (Found<DateTimeOffset>? Time, TimeSource From) Choose(IReadOnlyList<DayClaim> stated, DateOnly? urlDay, double[] ofNone, ArticleHints hints, List<string> warnings, Action<Ballot>? tell)
    {
        var claims = stated.ToList();
        if (urlDay is { } fromUrl) claims.Add(new(new DateReading(fromUrl, null, null, 0), FoundIn.Url, DayFact.Address));
        if (hints.Published is { } announced) claims.Add(new(OfInstant(announced), FoundIn.Hint, DayFact.Feed));
        claims = Unswapped(claims);
        var groups = DayFacts.Group(claims, Agree);
        List<double[]> options = [ofNone, .. DayFacts.Of(groups)];
        tell?.Invoke(new Ballot("day", [.. groups.Select(DayFacts.Tell)], options));
        var (chosen, likelihood) = Choice.Of(options, DayWorth.OfFacts);
        // What an article's own data says of it is believed, though nothing else says so.
        if (chosen == 0) chosen = groups.FindIndex(g => g.Exists(c => c.Place is DayFact.Data or DayFact.DataForBoth)) + 1;
        if (chosen == 0) return (null, TimeSource.None);
        var winner = groups[chosen - 1][0];
        var group = DayFacts.OwnOf(groups[chosen - 1]).OrderByDescending(c => DayWorth.Of(c.Place)).ToList();
        var page = group.Where(c => c.Source is not (FoundIn.Url or FoundIn.Hint)).ToList();
        if (page.Find(c => c.Value.Instant is not null) is { } exact)
            return (Found(WithOutletsOffset(exact.Value.Instant!.Value, group), exact.Source), TimeSource.Page);
        foreach (var claim in page)
            if (claim.Value.Time is not null && Resolve(claim.Value.Local, hints) is { } resolved) return (Found(resolved, claim.Source), TimeSource.PageZoneResolved);
        if (hints.Published is { } hint) return (new Found<DateTimeOffset>(hint, FoundIn.Hint, 0.8), TimeSource.Hint);
        if (page.Count == 0) return (Found(Utc(winner.Value.Local), FoundIn.Url), TimeSource.Url);
        var best = page.Find(c => c.Value.Time is not null) ?? page[0];
        warnings.Add(best.Value.Time is null ? "The page states a day without a time; it was read as midnight UTC." : "The page's time names no zone; it was read as UTC.");
        return (Found(Utc(best.Value.Local), best.Source), TimeSource.PageZoneUnknown);

        Found<DateTimeOffset> Found(DateTimeOffset time, FoundIn source) => new(time, source, Math.Round(likelihood, 2));
    }

    /// <summary>The change that the most trusted places agree on; null when it is not after publication.</summary>
    public static Found<DateTimeOffset>? Change(IReadOnlyList<Claim<DateReading>> stated, Found<DateTimeOffset>? published)
    {
        if (Claims.Judge(stated, Agree) is not { } winner) return null;
        var exact = stated.Where(c => Agree(c.Value, winner.Value) && c.Value.Instant is not null).OrderByDescending(c => c.Weight).FirstOrDefault();
        if (exact.Value.Instant is not { } instant || instant < published?.Value) return null;
        return new Found<DateTimeOffset>(instant, exact.Source, winner.Confidence);
    }

    // 03/04/2024 is whichever of the two days another place says.
    private static List<DayClaim> Unswapped(List<DayClaim> claims) =>
        claims.ConvertAll(claim => claim.Value.Swapped is { } other && claims.Exists(c => c.Value.Swapped is null && Agree(c.Value, claim.Value with { Day = other }))
            && !claims.Exists(c => c.Value.Swapped is null && Agree(c.Value, claim.Value))
                ? claim with { Value = claim.Value with { Day = other, Swapped = null } }
                : claim);

    private static bool Agree(DateReading one, DateReading other)
    {
        if (one.Day == other.Day) return true;
        if (Math.Abs(one.Day.DayNumber - other.Day.DayNumber) > 1) return false;
        // In the outlet's own zone 23:50 and 00:10 are two days.
        if (one.Offset is { } zone && zone != TimeSpan.Zero && other.Offset == zone) return false;
        return (one.Instant is { } a && IsDayOf(a, other)) || (other.Instant is { } b && IsDayOf(b, one));
    }

    // Whether somewhere on earth it was that day at that instant, for a day without a zone; an instant is within half a day.
    private static bool IsDayOf(DateTimeOffset instant, DateReading day)
    {
        if (day.Instant is { } other) return (instant - other).Duration() < TimeSpan.FromHours(12);
        if (instant.Offset != TimeSpan.Zero) return false;
        var (west, east) = (instant.UtcDateTime + WestMost, instant.UtcDateTime + EastMost);
        return day.Day >= DateOnly.FromDateTime(west) && day.Day <= DateOnly.FromDateTime(east);
    }

    // A clock that the page shows its readers tells the outlet's offset from UTC, if the difference is one that zones have.
    private static DateTimeOffset WithOutletsOffset(DateTimeOffset instant, List<DayClaim> group)
    {
        if (instant.Offset != TimeSpan.Zero) return instant;
        foreach (var claim in group)
        {
            if (claim.Value is { Instant: { Offset: var written } other } && written != TimeSpan.Zero && (other - instant).Duration() < TimeSpan.FromMinutes(2)) return instant.ToOffset(written);
            if (claim.Value is not { Time: not null, Offset: null }) continue;
            var ahead = claim.Value.Local - instant.UtcDateTime;
            var quarter = TimeSpan.FromMinutes(Math.Round(ahead.TotalMinutes / 15) * 15);
            if ((ahead - quarter).Duration() <= FeedLead && quarter >= WestMost && quarter <= EastMost) return instant.ToOffset(quarter);
        }

        // A page that shows two days shows one of something else.
        var days = group.FindAll(c => c.Value.Instant is null);
        var utc = DateOnly.FromDateTime(instant.UtcDateTime);
        return days.Count > 0 && !days.Exists(c => c.Value.Day == utc) ? OnDay(instant, days[0].Value.Day) : instant;
    }

    // Only the day is shown: of the offsets in whole hours that make it the instant's, the least.
    private static DateTimeOffset OnDay(DateTimeOffset instant, DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var hours = instant.UtcDateTime < midnight
            ? Math.Ceiling((midnight - instant.UtcDateTime).TotalHours)
            : -Math.Floor((instant.UtcDateTime - midnight.AddDays(1)).TotalHours + 1);
        var offset = TimeSpan.FromHours(hours);
        return offset >= WestMost && offset <= EastMost ? instant.ToOffset(offset) : instant;
    }

    private static DateReading OfInstant(DateTimeOffset time) =>
        new(DateOnly.FromDateTime(time.DateTime), TimeOnly.FromDateTime(time.DateTime), time.Offset, 0);

    private static DateTimeOffset? Resolve(DateTime local, ArticleHints hints)
    {
        if (hints.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            var instant = At(local, zone.GetUtcOffset(local));
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
        var instant = At(local, TimeSpan.FromHours(hours));
        var behind = hint - instant;
        return behind >= -FeedLead && behind <= lag ? instant : null;
    }

    private static DateTimeOffset Utc(DateTime local) => At(local, TimeSpan.Zero);

    private static DateTimeOffset At(DateTime local, TimeSpan offset)
    {
        var ticks = local.Ticks - offset.Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks
            ? new DateTimeOffset(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero)
            : new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset);
    }
}
