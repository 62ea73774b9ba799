namespace Dibao.Extract.Dates;

/// <summary>The time of day beside a date, and its zone.</summary>
/// <param name="Zone">Of a name whose offset depends on the day: ET.</param>
internal readonly record struct ClockText(TimeOnly? Time, TimeSpan? Offset, TimeZoneInfo? Zone, int From, int To)
{
    private const int FarthestToken = 8;

    // Only names that mean one offset. CST is China's and Chicago's; IST, Delhi's and Dublin's.
    private static readonly Dictionary<string, int> ZoneMinutes = new(StringComparer.Ordinal)
    {
        ["z"] = 0, ["utc"] = 0, ["gmt"] = 0, ["wet"] = 0, ["cet"] = 60, ["mez"] = 60, ["cest"] = 120, ["mesz"] = 120, ["eet"] = 120,
        ["eest"] = 180, ["msk"] = 180, ["jst"] = 540, ["kst"] = 540, ["hkt"] = 480, ["sgt"] = 480, ["wib"] = 420, ["aest"] = 600, ["aedt"] = 660,
        ["bst"] = 60, ["akst"] = -540, ["akdt"] = -480, ["hst"] = -600, ["wita"] = 480, ["wit"] = 540, ["nzst"] = 720, ["nzdt"] = 780, ["awst"] = 480, ["sast"] = 120, ["trt"] = 180, ["brt"] = -180, ["art"] = -180, ["pkt"] = 300,
        ["edt"] = -240, ["est"] = -300, ["cdt"] = -300, ["mdt"] = -360, ["mst"] = -420, ["pdt"] = -420, ["pst"] = -480,
    };

    // What newsrooms of North America write, summer and winter.
    private static readonly Dictionary<string, string> ZoneNames = new(StringComparer.Ordinal)
    {
        ["et"] = "America/New_York", ["ct"] = "America/Chicago", ["mt"] = "America/Denver", ["pt"] = "America/Los_Angeles",
    };

    /// <summary>After the day, or before it as in <c>17:08, 8 November 2023</c>.</summary>
    public static ClockText Find(List<DateToken> tokens, int dayStart, int dayEnd)
    {
        for (var i = dayEnd; i < Math.Min(tokens.Count, dayEnd + FarthestToken); i++)
            if (TryRead(tokens, i, out var clock)) return clock;
        for (var i = 0; i < dayStart; i++)
            if (TryRead(tokens, i, out var clock)) return clock;
        return new ClockText(null, null, null, 0, 0);
    }

    private static bool TryRead(List<DateToken> t, int at, out ClockText clock)
    {
        clock = default;
        if (!t[at].IsNumber || t[at].Number > 24 || t[at].Digits > 2) return false;
        var hour = t[at].Number;
        var (minute, second) = (0, 0);
        var next = at + 1;
        if (IsSeparator(t, next) && IsSixtieth(t, next + 1))
        {
            minute = t[next + 1].Number;
            next += 2;
            if (IsSeparator(t, next) && IsSixtieth(t, next + 1))
            {
                second = t[next + 1].Number;
                next += 2;
                if (next + 1 < t.Count && t[next].Mark is '.' or ',' && t[next + 1].IsNumber && !t[next + 1].SpaceBefore) next += 2;
            }
        }
        else if (!IsHalf(t, next) && !(next < t.Count && t[next].Word is "uhr" or "時" or "点" or "點" or "时" or "시"))
        {
            return false;
        }

        if (next < t.Count && t[next].Word is "分" or "秒" or "분" or "uhr" or "時" or "点" or "點" or "时" or "시" or "h") next++;
        if (!TryHalf(t, at, ref next, ref hour) || hour > 23) return false;
        var named = NamedZone(t, ref next);
        var offset = named is null ? OffsetAt(t, ref next) : null;
        clock = new ClockText(new TimeOnly(hour, minute, second), offset, named, at, next);
        return true;
    }

    private static bool IsSeparator(List<DateToken> t, int at) =>
        at < t.Count && (t[at].Mark == ':' || t[at].Word is "h" or "时" or "時" or "点" or "點" or "分" or "시" or "분"
            || (t[at].Mark == '.' && !t[at].SpaceBefore));

    private static bool IsSixtieth(List<DateToken> t, int at) =>
        at < t.Count && t[at].IsNumber && t[at].Number < 60 && t[at].Digits <= 2;

    private static bool IsHalf(List<DateToken> t, int at) =>
        at < t.Count && t[at].Word is "am" or "pm" or "a" or "p" or "م" or "ص" or "μμ" or "πμ" && (t[at].Word.Length == 2 || t[at].Word is "م" or "ص" || (at + 2 < t.Count && t[at + 2].Word == "m"));

    // am, p.m., 上午, 下午, 午後
    private static bool TryHalf(List<DateToken> t, int at, ref int next, ref int hour)
    {
        var afternoon = at >= 2 && (t[at - 2].Word + t[at - 1].Word) is "下午" or "午後" or "晚上" or "오후" or "傍晚";
        var morning = at >= 2 && (t[at - 2].Word + t[at - 1].Word) is "上午" or "午前" or "凌晨" or "早上" or "오전";
        if (IsHalf(t, next))
        {
            afternoon = t[next].Word[0] is 'p' or 'م' or 'μ';
            morning = !afternoon;
            next += t[next].Word.Length == 2 || t[next].Word[0] > 0x600 ? 1 : Math.Min(4, t.Count - next);
        }

        if (afternoon && hour < 12) hour += 12;
        if (morning && hour == 12) hour = 0;
        return true;
    }

    private static TimeZoneInfo? NamedZone(List<DateToken> t, ref int next)
    {
        if (next >= t.Count || !ZoneNames.TryGetValue(t[next].Word, out var name) || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return null;
        next++;
        return zone;
    }

    private static TimeSpan? OffsetAt(List<DateToken> t, ref int next)
    {
        var at = next;
        if (at < t.Count && t[at].Mark == '(') at++;
        var named = at < t.Count && ZoneMinutes.TryGetValue(t[at].Word, out var minutes) ? minutes : (int?)null;
        if (named is not null) at++;
        if (Sign(t, at) is { } sign && at + 1 < t.Count && t[at + 1].IsNumber && !t[at + 1].SpaceBefore)
        {
            var number = t[at + 1];
            var offset = number.Digits == 4 ? (number.Number / 100 * 60) + (number.Number % 100) : number.Number * 60;
            at += 2;
            if (number.Digits <= 2 && at + 1 < t.Count && t[at].Mark == ':' && t[at + 1].IsNumber)
            {
                offset += t[at + 1].Number % 60;
                at += 2;
            }

            if (number.Digits is 3 or > 4 || offset > 14 * 60) return null;
            named = sign * offset;
        }

        if (named is null) return null;
        next = at;
        return TimeSpan.FromMinutes(named.Value);
    }

    // A minus with a space after it divides date and time; one of an offset stands close.
    private static int? Sign(List<DateToken> t, int at) =>
        at >= t.Count ? null : t[at].Mark switch { '+' => 1, '-' => -1, _ => null };
}
