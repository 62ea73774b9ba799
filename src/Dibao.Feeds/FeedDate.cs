using System.Globalization;
using Dibao.Feeds.Dates;

namespace Dibao.Feeds;

/// <summary>Dates as feeds and pages write them.</summary>
/// <remarks>
/// RFC 822/2822/5322 in all its wrong forms, ISO 8601 and W3CDTF, Unix seconds and milliseconds, Chinese, Japanese and Korean dates,
/// month names of some twenty languages. Sources for zone names: RFC 822 §5 (so CST is the American one), IANA tzdata.
/// </remarks>
public static class FeedDate
{
    private const int MaxLength = 120;

    /// <summary>
    /// A time without a zone is taken as UTC, a date without a time as its midnight, a month or year as its first day. Of
    /// <c>03/04/2020</c> the month comes first (as in the United States) unless that cannot be.
    /// </summary>
    /// <param name="utc">Offset zero; undefined when false is returned.</param>
    public static bool TryParse(string text, out DateTimeOffset utc) => TryParse(text, TimeZoneInfo.Utc, out utc);

    /// <param name="assumed">What a time without a zone is in.</param>
    /// <inheritdoc cref="TryParse(string, out DateTimeOffset)"/>
    public static bool TryParse(string text, TimeZoneInfo assumed, out DateTimeOffset utc)
    {
        if (WellFormedDate.TryParse(text, out utc))
            return true;
        text = text.Trim();
        if (text.Length is < 4 or > MaxLength)
            return false;
        if (text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
            return TryParseDigits(text, out utc);
        return new DateReading(DateTokens.Of(EastAsianDate.Normalize(text)), assumed).TryRead(out utc);
    }

    // By length: year, day, minute, second; else seconds or milliseconds since 1970.
    private static bool TryParseDigits(string digits, out DateTimeOffset utc)
    {
        utc = default;
        var format = digits.Length switch { 4 => "yyyy", 8 => "yyyyMMdd", 12 => "yyyyMMddHHmm", 14 => "yyyyMMddHHmmss", _ => null };
        if (format is not null && DateTimeOffset.TryParseExact(
            digits, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out utc))
            return true;
        var isUnix = digits.Length is 9 or 10 or 12 or 13;
        if (isUnix)
            utc = digits.Length <= 10
                ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(digits, CultureInfo.InvariantCulture))
                : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(digits, CultureInfo.InvariantCulture));
        return isUnix;
    }
}
