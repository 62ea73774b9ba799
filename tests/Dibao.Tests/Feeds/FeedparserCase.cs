using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dibao.Feeds;

namespace Dibao.Tests.Feeds;

/// <summary>One case of the corpus: its bytes read, each of its assertions on a field that our model has judged.</summary>
internal static partial class FeedparserCase
{
    /// <param name="IsCommon">On a field that every reader has: the ones that a peer is compared by.</param>
    /// <param name="IsSame">Held, or the same document as HTML.</param>
    public readonly record struct Result(bool Held, bool IsSame, bool IsCommon, string Message);

    public static IEnumerable<Result> Run(JsonElement test)
    {
        // A sanitizer's output is not a feed reader's: ours keeps HTML as written, and another stage sanitizes.
        if (test.GetProperty("group").GetString() == "sanitize")
            yield break;
        var options = new FeedOptions
        {
            ContentType = Header(test, "Content-type"), ContentLanguage = Header(test, "Content-Language"), BaseUrl = BaseUrl(test),
        };
        var feed = (FeedReader.Read(test.GetProperty("input_b64").GetBytesFromBase64(), options) as FeedReading.Found)?.Feed;
        foreach (var assertion in test.GetProperty("assertions").EnumerateArray())
            if (!IsWithdrawnDefault(assertion, options.ContentType ?? "") && Judge(feed, assertion) is { } result)
                yield return result with { Message = $"{test.GetProperty("id").GetString()} {result.Message}" };
    }

    // RFC 3023 made text/xml without a charset US-ASCII; RFC 7303 withdrew that.
    private static bool IsWithdrawnDefault(JsonElement assertion, string contentType) =>
        assertion.TryGetProperty("value", out var value) && value.ToString() == "us-ascii" &&
        !contentType.Contains("us-ascii", StringComparison.OrdinalIgnoreCase);

    private static string? Header(JsonElement test, string name)
    {
        if (!test.TryGetProperty("http", out var http) || http.ValueKind != JsonValueKind.Object || !http.TryGetProperty("headers", out var headers))
            return null;
        foreach (var header in headers.EnumerateObject())
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return header.Value.GetString();
        return null;
    }

    // RFC 9110 §8.7: Content-Location is the base, where it is an address at all.
    private static string? BaseUrl(JsonElement test)
    {
        if (!test.TryGetProperty("http", out var http) || http.ValueKind != JsonValueKind.Object || !http.TryGetProperty("url", out var url))
            return null;
        var located = new Uri(new Uri(url.GetString()!), Header(test, "Content-Location") ?? "");
        return located.Scheme is "http" or "https" ? located.AbsoluteUri : url.GetString();
    }

    private static Result? Judge(Feed? feed, JsonElement assertion)
    {
        var path = string.Join('.', assertion.GetProperty("path").EnumerateArray().Select(step => step.ToString()));
        var op = assertion.GetProperty("op").GetString();
        if (op == "parses")
            return new(true, IsSame: true, IsCommon: true, path);
        if (op == "len" && path == "entries")
            return Compare(path, [feed?.Entries.Count.ToString(CultureInfo.InvariantCulture)], assertion.GetProperty("value"));
        if (op != "eq" || FeedparserFields.Candidates(feed, path) is not { } actual)
            return null;
        return Compare(path, actual, assertion.GetProperty("value"));
    }

    private static Result Compare(string path, string?[] actual, JsonElement value)
    {
        var expected = Expected(value);
        var held = actual.Any(one => one == expected || one is not null && expected is not null && Normal(one) == Normal(expected));
        var isSame = held || actual.Any(one => one?.Contains('<') == true && expected?.Contains('<') == true && SameHtml.Of(one, expected));
        var isCommon = CommonField().IsMatch(path);
        return new(held, isSame, isCommon, $"{path}: expected <{expected}>, got <{string.Join("> or <", actual)}>");
    }

    // How a void element ends, and which of two ways a character is escaped, is no difference in HTML.
    private static string Normal(string html) => WebUtility.HtmlDecode(html.Replace(" />", "/>", StringComparison.Ordinal)).Trim();

    private static string? Expected(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(part => part.ValueKind != JsonValueKind.Number))
            return value.ToString();
        var parts = value.EnumerateArray().Select(part => part.GetInt32()).ToArray();
        return parts.Length < 6 ? value.ToString()
            : new DateTimeOffset(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], TimeSpan.Zero).ToString("s");
    }

    [GeneratedRegex(
        @"^(encoding|entries|(feed|entries\.\d+)\.(title|link|id|guid|language|subtitle|description|tagline|summary|content|author|authors|tags|category|" +
        @"enclosures|updated_parsed|modified_parsed|published_parsed)(_detail)?(\.\d+)?(\.(value|name|term|type|href|url|length))?)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CommonField();
}
