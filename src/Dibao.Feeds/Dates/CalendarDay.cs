namespace Dibao.Feeds.Dates;

/// <summary>Which of the numbers is the day, the month and the year.</summary>
internal static class CalendarDay
{
    /// <param name="month">From a month's name; 0 when there was none.</param>
    /// <param name="clock">Set when a number of four digits after a whole date can only be the time.</param>
    public static bool TryRead(List<DateToken> tokens, int month, ref ClockTime clock, out DateOnly date)
    {
        var numbers = tokens.Where(token => token.IsNumber).ToList();
        if (month > 0 && numbers.Count == 3 && !clock.IsSet && numbers[2].Text.Length == 4)
        {
            clock = ClockTime.FourDigits(numbers[2].Value, index: 0);
            numbers.RemoveAt(2);
        }

        return month > 0 ? TryNamed(numbers, month, out date) : TryNumeric(numbers, SeparatorOf(tokens), StartsWithSign(tokens), out date);
    }

    private static char SeparatorOf(List<DateToken> tokens)
    {
        for (var i = 1; i < tokens.Count; i++)
            if (tokens[i - 1].IsNumber && tokens[i].Kind == DateTokenKind.Sign)
                return tokens[i].Text[0];
        return ' ';
    }

    private static bool StartsWithSign(List<DateToken> tokens) => tokens.Count > 0 && tokens[0].IsSign('-');

    private static bool TryNamed(List<DateToken> numbers, int month, out DateOnly date)
    {
        date = default;
        if (numbers.Count == 1 && IsYear(numbers[0]))
            return TryMake(numbers[0], month, 1, out date);
        if (numbers.Count != 2)
            return false;
        var yearFirst = IsYear(numbers[0]) || numbers[0].Value > 31;
        var (year, day) = yearFirst ? (numbers[0], numbers[1]) : (numbers[1], numbers[0]);
        return TryMake(year, month, day.Value, out date);
    }

    private static bool TryNumeric(List<DateToken> numbers, char separator, bool truncated, out DateOnly date)
    {
        date = default;
        return numbers.Count switch
        {
            1 => TryOne(numbers[0], truncated, out date),
            2 when IsYear(numbers[0]) && numbers[1].Text.Length == 3 => TryOrdinal(numbers[0].Value, numbers[1].Value, out date),
            2 when IsYear(numbers[0]) || truncated => TryMake(numbers[0], numbers[1].Value, 1, out date),
            3 => TryThree(numbers, separator, out date),
            _ => false,
        };
    }

    // 20031231; ISO 8601:1988 also allowed -0312 for a month.
    private static bool TryOne(DateToken number, bool truncated, out DateOnly date)
    {
        var (digits, value) = (number.Text.Length, number.Value);
        date = default;
        return digits switch
        {
            8 => TryMake(value / 10000, value / 100 % 100, value % 100, out date),
            4 when truncated => TryMake(FullYear(value / 100, 2), value % 100, 1, out date),
            _ => false,
        };
    }

    private static bool TryThree(List<DateToken> numbers, char separator, out DateOnly date)
    {
        var (first, second, third) = (numbers[0], numbers[1], numbers[2]);
        if (IsYear(first) || separator == '-' && !IsYear(third))
            return TryMake(first, second.Value, third.Value, out date);
        // Slashes are American unless that cannot be; dots, hyphens and spaces are European.
        var monthFirst = separator == '/' ? first.Value <= 12 : second.Value > 12;
        return monthFirst
            ? TryMake(third, first.Value, second.Value, out date)
            : TryMake(third, second.Value, first.Value, out date);
    }

    private static bool TryOrdinal(int year, int dayOfYear, out DateOnly date)
    {
        var valid = year >= 1 && dayOfYear >= 1 && dayOfYear <= (DateTime.IsLeapYear(Math.Max(1, year)) ? 366 : 365);
        date = valid ? new DateOnly(year, 1, 1).AddDays(dayOfYear - 1) : default;
        return valid;
    }

    private static bool IsYear(DateToken number) => number.Text.Length == 4;

    private static bool TryMake(DateToken year, int month, int day, out DateOnly date) =>
        TryMake(FullYear(year.Value, year.Text.Length), month, day, out date);

    private static bool TryMake(int year, int month, int day, out DateOnly date)
    {
        var valid = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = valid ? new(year, month, day) : default;
        return valid;
    }

    // RFC 2822 §4.3, with the pivot where feeds began.
    private static int FullYear(int value, int digits) => digits switch
    {
        <= 2 => value < 70 ? 2000 + value : 1900 + value,
        3 => 1900 + value,
        _ => value,
    };
}
