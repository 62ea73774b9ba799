namespace Dibao.Feeds.Dates;

/// <summary>Reads one date: the time and its zone are taken out of the tokens first, the rest is the day.</summary>
/// <param name="assumed">What a time without a zone is in.</param>
internal sealed class DateReading(List<DateToken> tokens, TimeZoneInfo assumed)
{
    private readonly List<DateToken> tokens = tokens;
    private readonly List<DateToken> day = [];
    private ClockTime clock;
    private int month;
    private int offsetMinutes;
    private bool hasOffset;
    private bool hasZone;

    public bool TryRead(out DateTimeOffset utc)
    {
        utc = default;
        var timeAt = ClockTime.Find(tokens, out clock, out var timeLength);
        for (var at = 0; at < tokens.Count;)
        {
            if (at == timeAt)
            {
                at += timeLength;
                continue;
            }

            var used = Take(at, afterTime: timeAt >= 0 && at > timeAt);
            if (used == 0)
                return false;
            at += used;
        }

        return CalendarDay.TryRead(day, month, ref clock, out var date) && clock.IsValid && TryCombine(date, out utc);
    }

    /// <returns>How many tokens were understood; 0 ends the reading.</returns>
    private int Take(int at, bool afterTime)
    {
        var token = tokens[at];
        if (token.Kind == DateTokenKind.Word)
            return TakeWord(at, afterTime);
        if (afterTime && !hasOffset && (token.IsSign('+') || token.IsSign('-')))
            return TakeOffset(at, token.IsSign('-') ? -1 : 1);
        day.Add(token);
        return token.IsNumber && token.Value < 0 ? 0 : 1;
    }

    private int TakeWord(int at, bool afterTime)
    {
        var word = tokens[at].Text;
        if (word is "am" or "pm" && (tokens.Count <= at + 1 || clock.IsSet))
            clock = clock.With(isAfternoon: word == "pm");
        // The last one wins: "mar., 01 déc." begins with a Tuesday.
        else if (DateWords.Month(word) is > 0 and var found)
            month = found;
        else if (at + 2 < tokens.Count && tokens[at + 1].IsSign('/') && tokens[at + 2].Kind == DateTokenKind.Word)
            return TakeRegion(at);
        else if (DateWords.TryZone(word, out var minutes) && (afterTime || word != "at"))
            SetOffset(minutes, isFinal: minutes != 0);
        else if (!DateWords.IsFiller(word))
            return CanIgnore(at, afterTime) ? 1 : 0;
        return 1;
    }

    // Weekdays of any language stand before the date; zones that nobody lists stand after the time, and the military's letters,
    // which were written wrongly so often that they say nothing (RFC 5322 §4.3).
    private bool CanIgnore(int at, bool afterTime) =>
        month == 0 && !day.Exists(token => token.IsNumber) && !afterTime && !clock.IsSetBefore(at) ||
        afterTime && tokens[at].Upper && tokens[at].Text.Length is 1 or >= 3 and <= 5;

    private int TakeRegion(int at)
    {
        var name = $"{Capital(tokens[at].Text)}/{Capital(tokens[at + 2].Text)}";
        if (tokens[at].Text == "etc" && DateWords.TryZone(tokens[at + 2].Text, out var minutes))
            SetOffset(minutes, isFinal: true);
        else if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            SetOffset((int)zone.BaseUtcOffset.TotalMinutes, isFinal: true);
        else
            return 0;
        return 3;
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    // +0800, +08:00, +8, and +8:0; GMT+8 and UTC-05:00 come here too, after their letters.
    private int TakeOffset(int at, int sign)
    {
        if (at + 1 >= tokens.Count || !tokens[at + 1].IsNumber)
            return at + 1 >= tokens.Count ? 1 : 0;
        var digits = tokens[at + 1];
        var (hours, minutes, used) = digits.Text.Length <= 2 ? (digits.Value, 0, 2) : (digits.Value / 100, digits.Value % 100, 2);
        if (digits.Text.Length <= 2 && at + 2 < tokens.Count && tokens[at + 2].IsSign(':'))
        {
            if (at + 3 >= tokens.Count || !tokens[at + 3].IsNumber)
                return 0;
            (minutes, used) = (tokens[at + 3].Value, 4);
        }

        if (digits.Text.Length > 4 || hours > 15 || minutes is < 0 or > 59)
            return 0;
        SetOffset(sign * (hours * 60 + minutes), isFinal: true);
        return used;
    }

    private void SetOffset(int minutes, bool isFinal)
    {
        hasZone = true;
        if (hasOffset)
            return;
        offsetMinutes = minutes;
        hasOffset = isFinal;
    }

    private bool TryCombine(DateOnly date, out DateTimeOffset utc)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        if (!hasZone)
            offsetMinutes = (int)assumed.GetUtcOffset(local).TotalMinutes;
        var ticks = local.Ticks + clock.Ticks - offsetMinutes * TimeSpan.TicksPerMinute;
        var inRange = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        utc = inRange ? new(ticks, TimeSpan.Zero) : default;
        return inRange;
    }
}
