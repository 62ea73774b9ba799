using System.Buffers;
using System.Net;

namespace Dibao.Extract.Dates;

/// <summary>
/// The time that a page's scripts would show: in the data they are given, as <c>"datePublished":"…"</c>, in a script or an attribute.
/// Asked only of pages that state no time anywhere else.
/// </summary>
internal static class ApplicationState
{
    private const int MaxFound = 200;
    private const int MaxValue = 48;
    private const int Shortest = 7; // of the names

    private static readonly SearchValues<string> Names = SearchValues.Create(
        ["datePublished", "publishedFirst", "publishDate", "publishedAt", "published_at", "publishedDate", "published_date", "publicationDate", "publication_date", "pubDate", "firstPublished", "first_published", "datetimePublished", "publishedTime", "publish_time"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Null unless all that is found states the same day: several are those of other articles.</summary>
    public static string? Published(string html, string? locale)
    {
        string? only = null;
        var day = default(DateOnly);
        var rest = html.AsSpan();
        for (var found = 0; found < MaxFound && rest.IndexOfAny(Names) is >= 0 and var at; found++)
        {
            rest = rest[at..];
            var value = ValueOf(rest[..Math.Min(rest.Length, 160)]);
            rest = rest[Math.Min(rest.Length, Shortest)..];
            if (value is null || !DateText.TryRead(value, locale, out var reading)) continue;
            if (only is not null && reading.Day != day) return null;
            (only, day) = (only ?? value, reading.Day);
        }

        return only;
    }

    // publishedFirst":"30.07.2019 09:35", with its quotes escaped as HTML or as JSON, or not.
    private static string? ValueOf(ReadOnlySpan<char> text)
    {
        var plain = WebUtility.HtmlDecode(text.ToString()).Replace("\\\"", "\"", StringComparison.Ordinal).AsSpan();
        var quote = plain.IndexOf('"');
        if (quote < 0) return null;
        var after = plain[(quote + 1)..].TrimStart();
        if (after.Length == 0 || after[0] != ':') return null;
        after = after[1..].TrimStart();
        if (after.Length == 0 || after[0] != '"') return null;
        var end = after[1..].IndexOf('"');
        return end is > 7 and < MaxValue ? after[1..(end + 1)].ToString() : null;
    }
}
