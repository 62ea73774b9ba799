using System.Globalization;

namespace Dibao.Feeds.Dates;

/// <summary>ISO 8601 week dates, <c>2023-W45-3</c> and <c>2023W453</c>, as calendar dates.</summary>
internal static class WeekDate
{
    /// <param name="calendar">The same text with its date as <c>2023-11-08</c>.</param>
    public static bool TryNormalize(string text, out string calendar)
    {
        calendar = "";
        var at = text.IndexOf('W', StringComparison.OrdinalIgnoreCase);
        if (at is not (4 or 5) || at == 5 && text[4] != '-' || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ||
            !int.TryParse(text.AsSpan(at + 1, Math.Min(2, text.Length - at - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var week) ||
            week is < 1 or > 53 || year is < 2 or > 9998)
            return false;
        var rest = text.AsSpan(at + 3);
        if (rest.StartsWith("-"))
            rest = rest[1..];
        var hasDay = rest.Length > 0 && rest[0] is >= '1' and <= '7';
        var day = hasDay ? (DayOfWeek)((rest[0] - '0') % 7) : DayOfWeek.Monday;
        calendar = string.Concat(ISOWeek.ToDateTime(year, week, day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), rest[(hasDay ? 1 : 0)..]);
        return true;
    }
}
