namespace Dibao.Extract.Dates;

/// <summary>Reads dates as outlets write them: ISO 8601, RFC 822, numbers, month names, 年月日, 民國, 년월일.</summary>
internal static class DateText
{
    /// <summary>False when the text states no whole day between 1800 and 2199; an ambiguous one (03/04/2024 in English) states none.</summary>
    /// <param name="language">Decides only the order of 03/04/2024: day first unless it is English.</param>
    public static bool TryRead(ReadOnlySpan<char> text, string? language, out DateReading reading)
    {
        reading = default;
        if (text.IndexOfAnyInRange('0', '9') < 0 && !HasOtherDigit(text)) return false;
        var tokens = DateToken.Read(text);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!TryDay(tokens, i, language, out var day, out var used)) continue;
            var clock = ClockText.Find(tokens, i, i + used);
            reading = new DateReading(day, clock.Time, clock.Offset, Rest(tokens, i, i + used, clock));
            return true;
        }

        return false;
    }

    private static bool HasOtherDigit(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (c > 0x600 && char.IsDigit(c)) return true;
        return false;
    }

    private static bool TryDay(List<DateToken> tokens, int at, string? language, out DateOnly day, out int used)
    {
        var rest = tokens.GetRange(at, Math.Min(8, tokens.Count - at));
        return TryCjk(rest, out day, out used) || TryYearFirst(rest, out day, out used) || TryCompact(rest, out day, out used)
            || TryYearLast(rest, language, out day, out used) || TryMonthName(rest, out day, out used);
    }

    // 2023年11月8日, 2023년 11월 8일, 民國112年11月8日
    private static bool TryCjk(List<DateToken> t, out DateOnly day, out int used)
    {
        day = default;
        used = 0;
        var republic = t.Count > 2 && t[0].Word is "民" && t[1].Word is "國" or "国";
        var at = republic ? 2 : 0;
        if (t.Count < at + 6 || !t[at].IsNumber || t[at + 1].Word is not ("年" or "년")) return false;
        if (!t[at + 2].IsNumber || t[at + 3].Word is not ("月" or "월") || !t[at + 4].IsNumber) return false;
        if (t[at + 5].Word is not ("日" or "号" or "號" or "일")) return false;
        used = at + 6;
        return TryDay(t[at].Number + (republic ? 1911 : 0), t[at + 2].Number, t[at + 4].Number, out day);
    }

    // 2023-11-08, 2023/11/8, 2023.11.8
    private static bool TryYearFirst(List<DateToken> t, out DateOnly day, out int used)
    {
        day = default;
        used = 5;
        return t.Count >= 5 && t[0].Digits == 4 && t[1].Mark is '-' or '/' or '.' && t[3].Mark == t[1].Mark
            && t[2].IsNumber && t[4].IsNumber && TryDay(t[0].Number, t[2].Number, t[4].Number, out day);
    }

    // 20231108, alone or followed by T
    private static bool TryCompact(List<DateToken> t, out DateOnly day, out int used)
    {
        day = default;
        used = 1;
        return t[0].Digits == 8 && TryDay(t[0].Number / 10000, t[0].Number / 100 % 100, t[0].Number % 100, out day);
    }

    // 08/11/2023, 8.11.2023, 8-11-2023
    private static bool TryYearLast(List<DateToken> t, string? language, out DateOnly day, out int used)
    {
        day = default;
        used = 5;
        if (t.Count < 5 || !t[0].IsNumber || t[0].Digits > 2 || t[4].Digits != 4) return false;
        if (t[1].Mark is not ('/' or '.' or '-') || t[3].Mark != t[1].Mark || !t[2].IsNumber) return false;
        var (first, second) = (t[0].Number, t[2].Number);
        if (first <= 12 && second <= 12 && first != second && t[1].Mark != '.' && IsEnglish(language)) return false;
        return second > 12
            ? TryDay(t[4].Number, first, second, out day)
            : TryDay(t[4].Number, second, first, out day);
    }

    private static bool IsEnglish(string? language) => language?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true;

    // 8 November 2023, 8. November 2023, 8 de noviembre de 2023, November 8th, 2023, Nov. 8, 2023
    private static bool TryMonthName(List<DateToken> t, out DateOnly day, out int used)
    {
        day = default;
        used = 0;
        var months = MonthNames.Numbers;
        var at = 0;
        int month;
        int number;
        if (t[0].IsNumber && t[0].Digits <= 2)
        {
            number = t[at++].Number;
            Skip(t, ref at);
            if (at >= t.Count || !months.TryGetValue(t[at].Word, out month)) return false;
            at++;
        }
        else
        {
            if (!months.TryGetValue(t[at].Word, out month)) return false;
            at++;
            Skip(t, ref at);
            if (at >= t.Count || !t[at].IsNumber || t[at].Digits > 2) return false;
            number = t[at++].Number;
        }

        Skip(t, ref at);
        if (at >= t.Count || t[at].Digits != 4) return false;
        used = at + 1;
        return TryDay(t[at].Number, month, number, out day);
    }

    private static void Skip(List<DateToken> t, ref int at)
    {
        while (at < t.Count && (t[at].Mark is '.' or ',' or '-' or '،' or 'º' || MonthNames.Between.Contains(t[at].Word))) at++;
    }

    private static bool TryDay(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year is < 1800 or > 2199 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateOnly(year, month, day);
        return true;
    }

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
