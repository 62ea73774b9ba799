namespace Dibao.Extract.Dates;

/// <summary>
/// Reads dates as outlets write them: ISO 8601, RFC 822, numbers, month names, 年月日, 民國 and era years, 년월일, Solar Hijri and Buddhist years,
/// in any decimal digits of Unicode.
/// </summary>
internal static class DateText
{
    /// <summary>False when the text states no whole day between 1800 and 2199.</summary>
    /// <param name="language">BCP 47; decides the order of 03/04/2024: month first in English, unless its region writes otherwise.</param>
    public static bool TryRead(ReadOnlySpan<char> text, string? language, out DateReading reading)
    {
        reading = default;
        if (!HasDigit(text)) return false;
        var tokens = DateToken.Read(text);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!TryDay(tokens, i, language, out var day)) continue;
            reading = Reading(tokens, i, day);
            return true;
        }

        return false;
    }

    /// <summary>A day and month without a year: <c>15 August</c>, <c>8 ноября</c>, <c>11月8日</c>. It is the last such day before <paramref name="latest"/>.</summary>
    public static bool TryReadYearless(ReadOnlySpan<char> text, string? language, DateOnly latest, out DateReading reading)
    {
        reading = default;
        if (!HasDigit(text)) return false;
        var tokens = DateToken.Read(text);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!DayForms.TryYearless(tokens, i, language, out var month, out var number, out var used)) continue;
            var year = latest.Year;
            if (month > latest.Month || (month == latest.Month && number > latest.Day)) year--;
            if (!DayForms.TryDate(year, month, number, out var day)) continue;
            reading = Reading(tokens, i, new DayForm(day, null, used));
            return true;
        }

        return false;
    }

    private static DateReading Reading(List<DateToken> tokens, int at, DayForm day)
    {
        var clock = ClockText.Find(tokens, at, at + day.Used);
        var offset = clock.Offset ?? (clock is { Zone: { } zone, Time: { } time } ? zone.GetUtcOffset(day.Day.ToDateTime(time)) : null);
        return new DateReading(day.Day, clock.Time, offset, Rest(tokens, at, at + day.Used, clock)) { Swapped = day.Swapped };
    }

    private static bool HasDigit(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyInRange('0', '9') >= 0) return true;
        foreach (var c in text)
            if (c > 0x600 && char.IsDigit(c)) return true;
        return false;
    }

    private static bool TryDay(List<DateToken> tokens, int at, string? language, out DayForm day) =>
        DayForms.TryCjk(tokens, at, out day) || DayForms.TryYearFirst(tokens, at, language, out day) || DayForms.TryCompact(tokens, at, out day)
        || DayForms.TryYearLast(tokens, at, language, out day) || DayForms.TryMonthName(tokens, at, language, out day);

    private static int Rest(List<DateToken> tokens, int from, int to, ClockText clock)
    {
        var rest = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if ((i >= from && i < to) || (i >= clock.From && i < clock.To)) continue;
            rest += tokens[i].Word.Length + tokens[i].Digits;
        }

        return rest;
    }
}
