using System.Globalization;

namespace Dibao.Extract.Dates;

internal static class UrlDay
{
    /// <summary>The day in <c>/2023/11/08/</c>, <c>/2023-11-08/</c>, <c>/2023-11/08/</c>, <c>/2023/november/08/</c>, <c>/20231108-</c> or <c>/08-11-2023</c>; null for numbers that merely look so.</summary>
    public static DateOnly? Of(string? url)
    {
        if (url is null) return null;
        for (var i = 0; i + 8 <= url.Length; i++)
        {
            if (i > 0 && char.IsAsciiDigit(url[i - 1])) continue;
            if (DayFirst(url, i) is { } segment) return segment;
            if (url[i] is not ('1' or '2') || (i > 0 && url[i - 1] is '%')) continue;
            if ((Compact(url, i) ?? Divided(url, i)) is { } day) return day;
        }

        return null;
    }

    private static DateOnly? Compact(string url, int at)
    {
        var digits = url.AsSpan(at, 8);
        if (at + 8 < url.Length && char.IsAsciiDigit(url[at + 8])) return null;
        return digits.ContainsAnyExceptInRange('0', '9') ? null : Day(digits[..4], digits[4..6], digits[6..]);
    }

    private static DateOnly? Divided(string url, int at)
    {
        var rest = url.AsSpan(at);
        if (rest.Length < 8 || rest[4] is not ('/' or '-' or '_')) return null;
        var month = rest[5..];
        if (char.IsAsciiLetter(month[0])) return Named(rest[..4], month);
        var divider = month.IndexOfAny(rest[4], '/');
        if (divider is not (1 or 2))
            return divider == 4 ? Day(rest[..4], month[..2], month[2..4]) : null;
        var day = month[(divider + 1)..];
        var length = 0;
        while (length < day.Length && char.IsAsciiDigit(day[length])) length++;
        return length is 1 or 2 ? Day(rest[..4], month[..divider], day[..length]) : null;
    }

    // /2023/october/03/, /2023/oct/3-
    private static DateOnly? Named(ReadOnlySpan<char> year, ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        if (slash is < 3 or > 10 || !MonthNames.TryMonth(rest[..slash].ToString().ToLowerInvariant(), null, out var month)) return null;
        var day = rest[(slash + 1)..];
        var length = 0;
        while (length < day.Length && char.IsAsciiDigit(day[length])) length++;
        return length is 1 or 2 ? Day(year, month.ToString(CultureInfo.InvariantCulture), day[..length]) : null;
    }

    // A whole segment, or the end of one: /29-10-2021, /reopening-29-10-2021.html
    private static DateOnly? DayFirst(string url, int at)
    {
        if (at + 10 > url.Length || at == 0 || url[at - 1] is not ('/' or '-' or '_' or '~') || url[at + 2] is not ('-' or '.' or '_') || url[at + 5] != url[at + 2]) return null;
        if (at + 10 < url.Length && url[at + 10] is not ('/' or '.' or '?' or '#' or '-' or '_')) return null;
        return Day(url.AsSpan(at + 6, 4), url.AsSpan(at + 3, 2), url.AsSpan(at, 2));
    }

    private static DateOnly? Day(ReadOnlySpan<char> year, ReadOnlySpan<char> month, ReadOnlySpan<char> day)
    {
        if (!int.TryParse(year, out var y) || !int.TryParse(month, out var m) || !int.TryParse(day, out var d)) return null;
        if (y is < 1990 or > 2099 || m is < 1 or > 12 || d < 1 || d > DateTime.DaysInMonth(y, m)) return null;
        return new DateOnly(y, m, d);
    }
}
