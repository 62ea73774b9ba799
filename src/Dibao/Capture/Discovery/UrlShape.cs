using System.Globalization;
using System.Text;

namespace Dibao.Capture.Discovery;

/// <summary>The pattern of an address: what differs from article to article is named for its kind, the rest stays.</summary>
/// <param name="Pattern"><c>news.example/{year}/{nn}/{slug}.html</c></param>
/// <param name="Weight">0 to 3: how much the variable parts look like an article's: dates most, then long numbers and slugs.</param>
public readonly record struct UrlShape(string Pattern, int Weight)
{
    private const int LongSlug = 24;
    private const int LongNumber = 4;
    private const int LongHash = 16;

    /// <param name="url">Absolute, as <see cref="ArticleUrl"/> writes it.</param>
    public static UrlShape Of(string url)
    {
        var uri = new Uri(url);
        var pattern = new StringBuilder(ArticleUrl.Host(url));
        var weight = 0;
        foreach (var segment in uri.AbsolutePath.Split('/').Skip(1))
        {
            pattern.Append('/').Append(Part(segment, ref weight));
        }
        foreach (var pair in uri.Query.TrimStart('?').Split('&', 16, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            pattern.Append('&').Append(equals < 0 ? pair : pair[..equals] + "=" + Part(pair[(equals + 1)..], ref weight));
        }
        return new(pattern.ToString(), Math.Min(weight, 3));
    }

    private static string Part(string segment, ref int weight)
    {
        var dot = segment.LastIndexOf('.');
        var (stem, ending) = dot > 0 && segment.Length - dot <= 6 ? (segment[..dot], segment[dot..]) : (segment, "");
        var (name, weighs) = Kind(stem);
        weight += weighs;
        return name + ending;
    }

    private static (string Name, int Weight) Kind(string text) => text switch
    {
        "" => ("", 0),
        _ when IsDay(text) => ("{day}", 3),
        _ when IsYear(text) => ("{year}", 1),
        _ when text.All(char.IsAsciiDigit) => text.Length <= 2 ? ("{nn}", 0) : ("{id}", text.Length >= LongNumber ? 2 : 0),
        _ when IsHash(text) => ("{hash}", 2),
        _ when IsSlug(text) => ("{slug}", 2),
        _ when NumberIn(text) is { } named => (named, 2),
        _ => (text, 0),
    };

    private static bool IsYear(string text) =>
        text.Length == 4 && int.TryParse(text, NumberStyles.None, null, out var year) && year is >= 1990 and < 2100;

    private static bool IsDay(string text) =>
        DateTime.TryParseExact(text, ["yyyyMMdd", "yyyy-MM-dd", "yyyy-M-d", "yyyy-MMdd", "yyyyMM", "yyyy-MM"], null, DateTimeStyles.None, out var day)
        && day.Year is >= 1990 and < 2100;

    private static bool IsHash(string text) =>
        text.Length >= LongHash && text.All(c => char.IsAsciiHexDigit(c) || c == '-') && text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetter);

    // Words joined by hyphens, or a title in another script, percent-encoded.
    private static bool IsSlug(string text) =>
        text.Count(c => c is '-' or '_') >= 2 || text.Count(c => c == '%') >= 6 || (text.Length >= LongSlug && text.Any(char.IsAsciiLetter));

    // c40012345, art_12345, 12345-title: the letters tell what it is, the number which.
    private static string? NumberIn(string text)
    {
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0) return null;
        var length = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        if (length < 0) length = text.Length - start;
        return length < LongNumber ? null : text[..start] + "{id}" + (start + length < text.Length ? "{…}" : "");
    }
}
