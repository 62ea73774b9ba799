namespace Dibao.Feeds.Dates;

/// <summary>The two forms that most feeds write, read without cutting them into tokens: <c>2023-11-08T17:08:00+08:00</c> and
/// <c>Wed, 08 Nov 2023 17:08:00 +0800</c>.</summary>
/// <remarks>RFC 3339, RFC 5322 §3.3. Whatever is not exactly that is left to <see cref="DateReading"/>.</remarks>
internal static class WellFormedDate
{
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset utc)
    {
        utc = default;
        if (text.Length is < 19 or > 40)
            return false;
        return char.IsAsciiDigit(text[0]) && text[4] == '-' ? TryIso(text, out utc) : TryRfc(text, out utc);
    }

    private static bool TryIso(ReadOnlySpan<char> text, out DateTimeOffset utc)
    {
        utc = default;
        if (text[7] != '-' || text[10] is not ('T' or 't' or ' ') || text.Length < 20)
            return false;
        return Digits(text[..4], out var year) && Digits(text[5..7], out var month) && Digits(text[8..10], out var day) &&
               TryTime(text[11..19], out var time) && TryFraction(text[19..], out var ticks, out var zone) && TryZone(zone, out var minutes) &&
               TryMake(year, month, day, time + ticks, minutes, out utc);
    }

    private static bool TryFraction(ReadOnlySpan<char> text, out long ticks, out ReadOnlySpan<char> rest)
    {
        ticks = 0;
        rest = text;
        if (text.IsEmpty || text[0] != '.')
            return true;
        var unit = TimeSpan.TicksPerSecond;
        var at = 1;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
            ticks += (text[at] - '0') * (unit /= 10);
        rest = text[at..];
        return at > 1;
    }

    private static bool TryRfc(ReadOnlySpan<char> text, out DateTimeOffset utc)
    {
        utc = default;
        // The weekday is not looked at: wrong ones are common.
        if (text[3] == ',' && text[4] == ' ')
            text = text[5..];
        var dayLength = text.Length > 1 && char.IsAsciiDigit(text[1]) ? 2 : 1;
        if (text.Length < dayLength + 20 || text[dayLength] != ' ' || text[dayLength + 4] != ' ' || text[dayLength + 9] != ' ' ||
            text[dayLength + 18] != ' ')
            return false;
        var month = Months.AsSpan().IndexOf(text.Slice(dayLength + 1, 3), StringComparison.OrdinalIgnoreCase);
        return month >= 0 && month % 3 == 0 && Digits(text[..dayLength], out var day) && Digits(text.Slice(dayLength + 5, 4), out var year) &&
               TryTime(text.Slice(dayLength + 10, 8), out var time) && TryZone(text[(dayLength + 19)..], out var minutes) &&
               TryMake(year, month / 3 + 1, day, time, minutes, out utc);
    }

    private static bool TryTime(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text[2] != ':' || text[5] != ':' || !Digits(text[..2], out var hour) || !Digits(text[3..5], out var minute) ||
            !Digits(text[6..], out var second) || hour > 23 || minute > 59 || second > 59)
            return false;
        ticks = new TimeSpan(hour, minute, second).Ticks;
        return true;
    }

    private static bool TryZone(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z" or "GMT" or "UTC" or "UT")
            return true;
        if (text.Length < 5 || text[0] is not ('+' or '-') || !Digits(text[1..3], out var hours))
            return false;
        var rest = text[3] == ':' ? text[4..] : text[3..];
        if (rest.Length != 2 || !Digits(rest, out minutes) || hours > 15 || minutes > 59)
            return false;
        minutes = (hours * 60 + minutes) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryMake(int year, int month, int day, long time, int minutes, out DateTimeOffset utc)
    {
        utc = default;
        if (year is < 2 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        utc = new(new DateTime(year, month, day).Ticks + time - minutes * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
                return false;
            value = value * 10 + character - '0';
        }

        return true;
    }
}
