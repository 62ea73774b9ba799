namespace Dibao.Server.Read;

/// <summary>How one request is to be answered: in which words, on which clock.</summary>
public sealed class Ui(UiLanguage language, TimeZoneInfo zone, DateTimeOffset now)
{
    private static readonly string[] Weekdays = ["日", "一", "二", "三", "四", "五", "六"];

    public UiLanguage Language { get; } = language;
    public Words Words { get; } = Words.Of(language);

    /// <summary>Local time of the archive's readers.</summary>
    public DateTimeOffset Now { get; } = TimeZoneInfo.ConvertTime(now, zone);

    /// <summary>As people write it: <c>UTC+8</c>, <c>UTC−3:30</c>.</summary>
    public string ZoneName => NameOf(Now.Offset);

    public static Ui Of(HttpContext context)
    {
        if (context.Items.TryGetValue(typeof(Ui), out var known)) return (Ui)known!;
        var options = context.RequestServices.GetRequiredService<ReaderOptions>();
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var ui = new Ui(UiLanguageChoice.Of(context), options.TimeZone, time.GetUtcNow());
        context.Items[typeof(Ui)] = ui;
        return ui;
    }

    public DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone);

    public DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(Local(time).DateTime);

    public string Clock(DateTimeOffset time) => Local(time).ToString("HH:mm");

    /// <summary>Day and clock time with the zone: 2023年11月8日 17:08（UTC+8）.</summary>
    public string Moment(DateTimeOffset time)
    {
        var local = Local(time);
        return Language == UiLanguage.En
            ? $"{local:d MMMM yyyy, HH:mm} {NameOf(local.Offset)}"
            : $"{local:yyyy年M月d日 HH:mm}（{NameOf(local.Offset)}）";
    }

    public string FullDay(DateOnly day) => Language == UiLanguage.En ? $"{day:dddd, d MMMM yyyy}" : $"{day:yyyy年M月d日} {Weekday(day)}";

    public string ShortDay(DateOnly day) => Language == UiLanguage.En ? $"{day:d MMM yyyy}" : $"{day:yyyy年M月d日}";

    public string Month(DateOnly day) => Language == UiLanguage.En ? $"{day:MMMM yyyy}" : $"{day:yyyy年M月}";

    public string Weekday(DateOnly day) => Language == UiLanguage.En ? $"{day:dddd}" : $"星期{Weekdays[(int)day.DayOfWeek]}";

    /// <summary>One letter or character, for the head of a calendar.</summary>
    public string WeekdayMark(DateOnly day) => Language == UiLanguage.En ? $"{day:ddd}"[..1] : Weekdays[(int)day.DayOfWeek];

    /// <summary>Today, yesterday, or nothing.</summary>
    public string? NearDay(DateOnly day) => (DateOnly.FromDateTime(Now.DateTime).DayNumber - day.DayNumber) switch
    {
        0 => Words.Today,
        1 => Words.Yesterday,
        _ => null,
    };

    /// <summary>3 小时前; in the future 3 小时后.</summary>
    public string Ago(DateTimeOffset time)
    {
        var span = Now - time;
        var future = span < TimeSpan.Zero;
        if (future) span = span.Negate();
        if (span < TimeSpan.FromMinutes(1)) return future ? Words.Due : Words.JustNow;
        if (span < TimeSpan.FromHours(1)) return Words.Count(future ? Words.InMinutes : Words.MinutesAgo, (long)span.TotalMinutes);
        return span < TimeSpan.FromDays(1)
            ? Words.Count(future ? Words.InHours : Words.HoursAgo, (long)span.TotalHours)
            : Words.Count(future ? Words.InDays : Words.DaysAgo, (long)span.TotalDays);
    }

    /// <summary>A length of time, to the minute.</summary>
    public string Span(TimeSpan span) => Format(Words.HoursAndMinutes, (long)span.TotalHours, span.Minutes);

    public static string Format(string form, params object?[] values) => string.Format(null, form, values);

    private static string NameOf(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero) return "UTC";
        var sign = offset < TimeSpan.Zero ? '−' : '+';
        return offset.Minutes == 0 ? $"UTC{sign}{Math.Abs(offset.Hours)}" : $"UTC{sign}{offset:h\\:mm}";
    }
}
