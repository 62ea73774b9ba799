using System.Text;

namespace Dibao.Feeds.Dates;

/// <summary>Chinese, Japanese and Korean date words as the signs that stand for them elsewhere.</summary>
internal static class EastAsianDate
{
    // Longer words first, so that no part of one is taken for another.
    private static readonly (string Word, string Sign)[] Words =
    [
        ("北京时间", " bjt "), ("北京時間", " bjt "), ("香港时间", " hkt "), ("香港時間", " hkt "), ("台北時間", " bjt "), ("台北时间", " bjt "),
        ("星期", "周"), ("禮拜", "周"), ("礼拜", "周"), ("曜日", " "), ("週", "周"), ("요일", " "),
        ("上午", " am "), ("凌晨", " am "), ("早上", " am "), ("清晨", " am "), ("早晨", " am "), ("午前", " am "), ("오전", " am "),
        ("下午", " pm "), ("晚上", " pm "), ("傍晚", " pm "), ("中午", " pm "), ("夜间", " pm "), ("午後", " pm "), ("오후", " pm "),
        ("年", "-"), ("月", "-"), ("日", " "), ("号", " "), ("號", " "), ("年", "-"),
        ("时", ":"), ("時", ":"), ("点", ":"), ("點", ":"), ("秒", " "), ("整", " "), ("（", "("), ("）", ")"), ("：", ":"), ("，", ","), ("／", "/"),
        ("년", "-"), ("월", "-"), ("일", " "), ("시", ":"), ("초", " "),
    ];

    private static readonly TimeZoneInfo NineHoursEast = TimeZoneInfo.CreateCustomTimeZone("UTC+9", TimeSpan.FromHours(9), "UTC+9", "UTC+9");

    /// <summary>Korean and Japanese are written in one zone each; Chinese in many.</summary>
    public static TimeZoneInfo ZoneOf(string text) =>
        text.AsSpan().IndexOfAnyInRange('가', '힣') >= 0 || text.Contains('午', StringComparison.Ordinal) && !text.Contains("上午", StringComparison.Ordinal) &&
        !text.Contains("下午", StringComparison.Ordinal) && !text.Contains("中午", StringComparison.Ordinal) || text.Contains('曜', StringComparison.Ordinal)
            ? NineHoursEast
            : TimeZoneInfo.Utc;

    public static string Normalize(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u3000', '\uFFEF') < 0)
            return text;
        var normal = new StringBuilder(text.Length + 8);
        foreach (var character in text)
            normal.Append(character is >= '０' and <= '９' ? (char)(character - '０' + '0') : character);
        foreach (var (word, sign) in Words)
            normal.Replace(word, sign);
        return Minutes(DropWeekdays(normal.ToString()));
    }

    // "17时08分" is 17:08, "17时08分30秒" is 17:08:30, "17时" is 17:00.
    private static string Minutes(string text)
    {
        text = text.Replace('分', '\u5206').Replace("분", "\u5206", StringComparison.Ordinal);
        for (var at = text.IndexOf('\u5206', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\u5206', at))
        {
            var seconds = text[(at + 1)..].TrimStart();
            text = text[..at] + (seconds.Length > 0 && char.IsAsciiDigit(seconds[0]) ? ":" + seconds : " " + seconds);
        }

        var colon = text.LastIndexOf(':');
        var isHourOnly = colon >= 0 && (colon + 1 == text.Length || !char.IsAsciiDigit(text[colon + 1])) && text.IndexOf(':') == colon;
        return isHourOnly ? text[..(colon + 1)] + "00" + text[(colon + 1)..] : text;
    }

    private static string DropWeekdays(string text)
    {
        for (var at = text.IndexOf('周', StringComparison.Ordinal); at >= 0; at = text.IndexOf('周', StringComparison.Ordinal))
            text = text.Remove(at, at + 1 < text.Length && "一二三四五六七天-".Contains(text[at + 1], StringComparison.Ordinal) ? 2 : 1);
        return text;
    }
}
