namespace Dibao.Feeds.Dates;

/// <summary>A time of day as written; 24:00 and the leap second are allowed.</summary>
internal readonly record struct ClockTime(int Hour, int Minute, int Second, long FractionTicks, int Index, bool IsSet)
{
    private bool? Afternoon { get; init; }

    public bool IsValid => Hour is >= 0 and <= 24 && Minute is >= 0 and <= 59 && Second is >= 0 and <= 60;

    public long Ticks => new TimeSpan(HourOfDay, Minute, Math.Min(Second, 59)).Ticks + FractionTicks;

    private int HourOfDay => (Afternoon, Hour) switch { (true, < 12) => Hour + 12, (false, 12) => 0, _ => Hour };

    public ClockTime With(bool isAfternoon) => this with { Afternoon = isAfternoon };

    public bool IsSetBefore(int index) => IsSet && Index < index;

    /// <summary>Finds <c>h:m</c>, <c>h:m:s</c>, <c>h:m:s.f</c>, <c>Thhmm</c>, <c>Thhmmss</c> or <c>5pm</c>.</summary>
    /// <returns>The first token's index, or -1.</returns>
    public static int Find(List<DateToken> tokens, out ClockTime time, out int length)
    {
        // In this order: the colon of T192030+01:00 is the zone's, and in "8 pm 5:08" the 8 is the day.
        foreach (var form in (ReadOnlySpan<Form>)[TryAfterT, TryColons, TryHourOnly])
            for (var i = 0; i < tokens.Count; i++)
                if (tokens[i].IsNumber && form(tokens, i, out time, out length))
                    return i;
        (time, length) = (default, 0);
        return -1;
    }

    private static bool TryColons(List<DateToken> tokens, int at, out ClockTime time, out int length)
    {
        (time, length) = (default, 3);
        if (!IsPair(tokens, at + 1, ':') || tokens[at].Text.Length > 2)
            return false;
        var (second, fraction) = (0, 0L);
        if (IsPair(tokens, at + 3, ':'))
        {
            (second, length) = (tokens[at + 4].Value, 5);
            if ((IsPair(tokens, at + 5, '.') || IsPair(tokens, at + 5, ',')) && !tokens[at + 6].SpaceBefore)
                (fraction, length) = (Fraction(tokens[at + 6].Text), 7);
        }

        time = new(tokens[at].Value, tokens[at + 2].Value, second, fraction, at, IsSet: true);
        return true;
    }

    private static bool IsPair(List<DateToken> tokens, int at, char sign) =>
        at + 1 < tokens.Count && tokens[at].IsSign(sign) && tokens[at + 1].IsNumber;

    private static bool TryAfterT(List<DateToken> tokens, int at, out ClockTime time, out int length)
    {
        (time, length) = (default, 1);
        var (digits, value) = (tokens[at].Text, tokens[at].Value);
        if (digits.Length is 4 or 6 && at > 0 && tokens[at - 1].Text == "t")
            time = digits.Length == 4 ? FourDigits(value, at) : new(value / 10000, value / 100 % 100, value % 100, 0, at, IsSet: true);
        return time.IsSet;
    }

    private static bool TryHourOnly(List<DateToken> tokens, int at, out ClockTime time, out int length)
    {
        (time, length) = (default, 1);
        if (tokens[at].Text.Length <= 2 && at + 1 < tokens.Count && tokens[at + 1].Text is "am" or "pm")
            time = new(tokens[at].Value, 0, 0, 0, at, IsSet: true);
        return time.IsSet;
    }

    private delegate bool Form(List<DateToken> tokens, int at, out ClockTime time, out int length);

    /// <summary>1500 is 15:00: a time without its colon.</summary>
    public static ClockTime FourDigits(int value, int index) => new(value / 100, value % 100, 0, 0, index, IsSet: true);

    private static long Fraction(string digits) =>
        long.Parse(digits.Length > 7 ? digits[..7] : digits.PadRight(7, '0'), System.Globalization.CultureInfo.InvariantCulture);
}
