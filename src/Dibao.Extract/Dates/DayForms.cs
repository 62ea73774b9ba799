using System.Globalization;

namespace Dibao.Extract.Dates;

/// <param name="Swapped"><see cref="DateReading.Swapped"/>.</param>
/// <param name="Used">Tokens.</param>
internal readonly record struct DayForm(DateOnly Day, DateOnly? Swapped, int Used);

/// <summary>The forms in which a day is written, each tried at one token.</summary>
internal static class DayForms
{
    private const int RepublicOfChina = 1911;
    private const int BuddhistEra = 543;

    // The year before the first of each era.
    private static readonly Dictionary<string, int> Eras = new(StringComparer.Ordinal) { ["令和"] = 2018, ["平成"] = 1988, ["昭和"] = 1925 };

    private static readonly PersianCalendar SolarHijri = new();

    /// <summary>2023年11月8日, 2023년 11월 8일, 民國112年11月8日, 令和5年11月8日.</summary>
    public static bool TryCjk(List<DateToken> t, int from, out DayForm day)
    {
        day = default;
        var at = from;
        var era = EraAt(t, ref at);
        if (t.Count < at + 6 || t[at + 1].Word is not ("年" or "년")) return false;
        var year = t[at].IsNumber ? t[at].Number : t[at].Word is "元" && era > 0 ? 1 : 0;
        if (year == 0 || (era == 0 && t[at].Digits != 4) || !t[at + 2].IsNumber || t[at + 3].Word is not ("月" or "월") || !t[at + 4].IsNumber) return false;
        if (t[at + 5].Word is not ("日" or "号" or "號" or "일")) return false;
        return TryDate(year + era, t[at + 2].Number, t[at + 4].Number, out var date) && Is(new DayForm(date, null, at + 6 - from), out day);
    }

    private static int EraAt(List<DateToken> t, ref int at)
    {
        if (at + 2 >= t.Count || !t[at].IsWord || !t[at + 1].IsWord) return 0;
        var name = t[at].Word + t[at + 1].Word;
        var before = name is "民國" or "民国" ? RepublicOfChina : Eras.GetValueOrDefault(name);
        if (before > 0) at += 2;
        return before;
    }

    /// <summary>2023-11-08, 2023/11/8, 2023.11.8, 1402/08/17; also 2023. november 8. and 2023 m. lapkričio 8 d.</summary>
    public static bool TryYearFirst(List<DateToken> t, int at, string? language, out DayForm day)
    {
        day = default;
        if (at + 2 >= t.Count || t[at].Digits != 4) return false;
        var year = t[at].Number;
        if (at + 4 < t.Count && t[at + 1].Mark is '-' or '/' or '.' && t[at + 3].Mark == t[at + 1].Mark && t[at + 2].IsNumber && t[at + 4].IsNumber && t[at + 2].Digits <= 2 && t[at + 4].Digits <= 2)
            return (year is > 1300 and < 1500 ? TrySolarHijri(year, t[at + 2].Number, t[at + 4].Number, out var date) : TryDate(Gregorian(year), t[at + 2].Number, t[at + 4].Number, out date))
                && Is(new DayForm(date, null, 5), out day);
        var next = at + 1;
        Skip(t, ref next);
        // Latvian's 2023. gada 8. novembrī
        if (t[next - 1].Word == "gada" && next < t.Count && TryYearless(t, next, language, out var ofYear, out var inMonth, out var used))
            return TryDate(year, ofYear, inMonth, out var latvian) && Is(new DayForm(latvian, null, next + used - at), out day);
        if (!TryMonth(t, ref next, language, out var month)) return false;
        Skip(t, ref next);
        if (next >= t.Count || !t[next].IsNumber || t[next].Digits > 2) return false;
        return TryDate(year, month, t[next].Number, out var named) && Is(new DayForm(named, null, next + 1 - at), out day);
    }

    /// <summary>20231108, alone or followed by T.</summary>
    public static bool TryCompact(List<DateToken> t, int at, out DayForm day)
    {
        day = default;
        var number = t[at].Number;
        return t[at].Digits == 8 && TryDate(number / 10000, number / 100 % 100, number % 100, out var date) && Is(new DayForm(date, null, 1), out day);
    }

    /// <summary>08/11/2023, 8.11.2023, 8-11-2023, 08.11.23.</summary>
    public static bool TryYearLast(List<DateToken> t, int at, string? language, out DayForm day)
    {
        day = default;
        if (t.Count < at + 5 || !t[at].IsNumber || t[at].Digits > 2 || !t[at + 2].IsNumber || t[at + 2].Digits > 2) return false;
        var mark = t[at + 1].Mark;
        if (mark is not ('/' or '.' or '-' or '|') || t[at + 3].Mark != mark || !IsYear(t[at + 4], mark, out var year)) return false;
        var (first, second) = (t[at].Number, t[at + 2].Number);
        var monthFirst = second > 12 || (first <= 12 && mark != '.' && DateOrder.IsMonthFirst(language));
        var (month, number) = monthFirst ? (first, second) : (second, first);
        if (!TryDate(year, month, number, out var date)) return false;
        DateOnly? swapped = first <= 12 && second <= 12 && first != second && (mark != '.' || DateOrder.IsMonthFirst(language)) && TryDate(year, number, month, out var other) ? other : null;
        return Is(new DayForm(date, swapped, 5), out day);
    }

    private static bool IsYear(DateToken token, char mark, out int year)
    {
        year = token.Digits == 2 && mark is '.' or '/' ? 2000 + token.Number : Gregorian(token.Number);
        return token.Digits == 4 || (token.Digits == 2 && mark is '.' or '/' && token.Number < 70);
    }

    /// <summary>8 November 2023, 8. November 2023, 8 de noviembre de 2023, November 8th, 2023, Nov. 8, 2023, 8 พ.ย. 2566, ۱۷ آبان ۱۴۰۲.</summary>
    public static bool TryMonthName(List<DateToken> t, int at, string? language, out DayForm day)
    {
        day = default;
        if (TrySolarHijriName(t, at, out day)) return true;
        if (!TryYearless(t, at, language, out var month, out var number, out var used)) return false;
        var next = at + used;
        Skip(t, ref next);
        if (next >= t.Count || t[next].Digits != 4) return false;
        return TryDate(Gregorian(t[next].Number), month, number, out var date) && Is(new DayForm(date, null, next + 1 - at), out day);
    }

    /// <summary>8 November, November 8th, 11月8日.</summary>
    public static bool TryYearless(List<DateToken> t, int at, string? language, out int month, out int number, out int used)
    {
        (month, number, used) = (0, 0, 0);
        var next = at;
        if (t[at].IsNumber && t[at].Digits <= 2)
        {
            if (at + 3 < t.Count && t[at + 1].Word is "月" or "월" && t[at + 2].IsNumber && t[at + 3].Word is "日" or "일" or "号" or "號")
            {
                (month, number, used) = (t[at].Number, t[at + 2].Number, 4);
                return true;
            }

            number = t[next++].Number;
            Skip(t, ref next);
            if (!TryMonth(t, ref next, language, out month)) return false;
        }
        else
        {
            if (!TryMonth(t, ref next, language, out month)) return false;
            Skip(t, ref next);
            if (next >= t.Count || !t[next].IsNumber || t[next].Digits > 2) return false;
            number = t[next++].Number;
        }

        used = next - at;
        return number is >= 1 and <= 31;
    }

    public static bool TryDate(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year is < 1800 or > 2199 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    // 2566 is Thailand's 2023.
    private static int Gregorian(int year) => year is > 2400 and < 2700 ? year - BuddhistEra : year;

    private static bool TrySolarHijriName(List<DateToken> t, int at, out DayForm day)
    {
        day = default;
        if (at + 2 >= t.Count || !t[at].IsNumber || t[at].Digits > 2 || !MonthNames.SolarHijriNumbers.TryGetValue(t[at + 1].Word, out var month)) return false;
        var next = at + 2;
        if ((t[next].Word is "ماه" || t[next].Mark is '،' or ',') && next + 1 < t.Count) next++;
        return t[next].Digits == 4 && t[next].Number is > 1300 and < 1500 && TrySolarHijri(t[next].Number, month, t[at].Number, out var date) && Is(new DayForm(date, null, next + 1 - at), out day);
    }

    private static bool TrySolarHijri(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (month is < 1 or > 12 || day < 1 || day > SolarHijri.GetDaysInMonth(year, month)) return false;
        date = DateOnly.FromDateTime(SolarHijri.ToDateTime(year, month, day, 0, 0, 0, 0));
        return true;
    }

    private static bool TryMonth(List<DateToken> t, ref int at, string? language, out int month)
    {
        month = 0;
        if (at >= t.Count || !t[at].IsWord) return false;
        if (TwoWordMonths.TryRead(t, at, out month, out var used)) { at += used; return true; }
        if (!MonthNames.TryMonth(t[at].Word, language, out month)) return t[at].Word == "tháng" && TryNumber(t, ref at, out month);
        at++;
        // آب/أغسطس: the Levant's name beside the Gulf's.
        if (at + 1 < t.Count && t[at].Mark == '/' && MonthNames.TryMonth(t[at + 1].Word, language, out var again) && again == month) at += 2;
        return true;
    }

    // tháng 11
    private static bool TryNumber(List<DateToken> t, ref int at, out int month)
    {
        month = at + 1 < t.Count && t[at + 1].IsNumber ? t[at + 1].Number : 0;
        if (month is < 1 or > 12) return false;
        at += 2;
        return true;
    }

    private static void Skip(List<DateToken> t, ref int at)
    {
        while (at < t.Count && (t[at].Mark is '.' or ',' or '-' or '،' or 'º' or '/' or '’' or '\'' || (MonthNames.Between.Contains(t[at].Word) && !(t[at].Word == "tháng")))) at++;
    }

    private static bool Is(DayForm form, out DayForm day)
    {
        day = form;
        return true;
    }
}
