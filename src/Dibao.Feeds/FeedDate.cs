using System.Buffers;
using System.Globalization;
using Dibao.Feeds.Dates;
using Dibao.Feeds.Text;

namespace Dibao.Feeds;

/// <summary>Dates as feeds and pages write them.</summary>
/// <remarks>
/// RFC 822/2822/5322 in all its wrong forms, ISO 8601 and W3CDTF, Unix seconds and milliseconds, Chinese, Japanese and Korean dates,
/// month names of some twenty languages. Sources for zone names: RFC 822 §5 (so CST is the American one), IANA tzdata.
/// </remarks>
public static class FeedDate
{
    private const int MaxLength = 120;

    private static readonly SearchValues<char> DigitsAndPoint = SearchValues.Create("0123456789.");

    /// <summary>
    /// A time without a zone is taken as UTC, but for Korean and Japanese ones, whose languages have one zone each; a date without a
    /// time as its midnight, a month or year as its first day. Of <c>03/04/2020</c> the month comes first (as in the United States)
    /// unless that cannot be.
    /// </summary>
    /// <param name="utc">Offset zero; undefined when false is returned.</param>
    public static bool TryParse(string text, out DateTimeOffset utc) => TryParse(text, assumed: null, out utc);

    /// <param name="assumed">What a time without a zone is in; null for what is said above.</param>
    /// <inheritdoc cref="TryParse(string, out DateTimeOffset)"/>
    public static bool TryParse(string text, TimeZoneInfo? assumed, out DateTimeOffset utc)
    {
        if (WellFormedDate.TryParse(text, out utc))
            return true;
        text = text.Trim();
        if (text.Length is < 4 or > MaxLength)
            return false;
        if (text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
            return TryParseDigits(text, out utc);
        // Escaped once too often.
        if (text.Contains("&#", StringComparison.Ordinal))
            text = HtmlEntities.Decode(text);
        if (WeekDate.TryNormalize(text, out var calendar))
            text = calendar;
        else if (text.IndexOf('.', StringComparison.Ordinal) is 10 && text.AsSpan().IndexOfAnyExcept(DigitsAndPoint) < 0 && text.LastIndexOf('.') == 10)
            return TryParseDigits(text[..10], out utc);
        return new DateReading(DateTokens.Of(EastAsianDate.Normalize(text)), assumed ?? EastAsianDate.ZoneOf(text)).TryRead(out utc);
    }

    // By length: year, day (ISO 8601:1988 had two-digit years), minute, second; else seconds, milliseconds or microseconds since 1970.
    private static bool TryParseDigits(string digits, out DateTimeOffset utc)
    {
        utc = default;
        var format = digits.Length switch { 4 => "yyyy", 6 => "yyMMdd", 8 => "yyyyMMdd", 12 => "yyyyMMddHHmm", 14 => "yyyyMMddHHmmss", _ => null };
        if (format is not null && DateTimeOffset.TryParseExact(
            digits, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out utc))
            return true;
        var isUnix = digits.Length is 9 or 10 or 12 or 13 or 16;
        if (!isUnix)
            return false;
        var number = long.Parse(digits, CultureInfo.InvariantCulture);
        utc = digits.Length <= 10
            ? DateTimeOffset.FromUnixTimeSeconds(number)
            : DateTimeOffset.FromUnixTimeMilliseconds(digits.Length == 16 ? number / 1000 : number);
        return true;
    }
}
