using System.Globalization;
using Dibao.Feeds;

namespace Dibao.Tests.Feeds;

/// <summary>The corpus's paths as properties of our model. Where it asks for HTML and we have both, either form will do.</summary>
internal static class FeedparserFields
{
    /// <summary>Null: a field that we do not have.</summary>
    public static string?[]? Candidates(Feed? feed, string path)
    {
        var steps = path.Split('.');
        if (steps[0] == "encoding")
            return [feed?.Encoding, Alias(feed?.Encoding)];
        if (steps[0] == "feed")
            return OfFeed(feed, steps[1..]);
        if (steps[0] != "entries" || steps.Length < 3)
            return null;
        var entry = feed?.Entries.ElementAtOrDefault(int.Parse(steps[1]));
        return steps[2] == "source" ? OfFeed(entry?.Source, steps[3..]) : OfEntry(entry, steps[2..]);
    }

    private static string? Alias(string? encoding) => encoding is null ? null : encoding.ToUpperInvariant() switch
    {
        "GB18030" => "GB2312",
        "BIG5" => "Big5",
        "WINDOWS-874" => "TIS-620",
        "WINDOWS-1255" => "windows-1255",
        var upper => upper,
    };

    private static string?[]? OfFeed(Feed? feed, string[] steps) => string.Join('.', steps) switch
    {
        "title" or "title_detail.value" => [feed?.TitleRaw, feed?.Title],
        "link" => [feed?.Link],
        "id" or "guid" => [feed?.Id],
        "language" => [feed?.Language],
        "subtitle" or "description" or "tagline" or "info" or "subtitle_detail.value" or "tagline_detail.value" or "info_detail.value" => [feed?.Subtitle ?? ""],
        "updated_parsed" or "modified_parsed" => [Time(feed?.Updated)],
        "published_parsed" => [Time(feed?.Published)],
        "rights" or "copyright" or "rights_detail.value" or "copyright_detail.value" => [feed?.Rights],
        "generator" or "generator_detail.name" => [feed?.Generator],
        "generator_detail.url" or "generator_detail.href" => [feed?.GeneratorUrl],
        "generator_detail.version" => [feed?.GeneratorVersion],
        "image.href" or "image.url" => [feed?.Image],
        "logo" => [feed?.Image],
        "icon" => [feed?.Icon],
        "ttl" => [feed?.TimeToLive?.TotalMinutes.ToString(CultureInfo.InvariantCulture)],
        "newlocation" => [feed?.MovedTo],
        _ => Shared(feed?.People, feed?.Links, feed?.CategoryDetails, steps),
    };

    private static string?[]? OfEntry(FeedEntry? entry, string[] steps) => string.Join('.', steps) switch
    {
        "title" or "title_detail.value" => [entry?.TitleRaw, entry?.Title],
        "link" => [entry?.Link],
        "id" or "guid" => [entry?.Id],
        "published_parsed" => [Time(entry?.Published)],
        "updated_parsed" or "modified_parsed" => [Time(entry?.Updated)],
        "summary" or "description" or "summary_detail.value" => [entry?.Summary, entry?.SummaryText, entry?.Content],
        "content.0.value" => [entry?.Content],
        "rights" or "copyright" or "rights_detail.value" => [entry?.Rights],
        "comments" => [entry?.CommentsUrl],
        "image.href" => [entry?.Image],
        "language" => [entry?.Language],
        "enclosures.0.type" => [At(entry?.Enclosures, 0)?.Type],
        "enclosures.0.href" or "enclosures.0.url" => [At(entry?.Enclosures, 0)?.Url],
        "enclosures.0.length" => [At(entry?.Enclosures, 0)?.Length?.ToString(CultureInfo.InvariantCulture)],
        _ => Shared(entry?.People, entry?.Links, entry?.CategoryDetails, steps),
    };

    private static string?[]? Shared(
        IReadOnlyList<FeedPerson>? people, IReadOnlyList<FeedLink>? links, IReadOnlyList<FeedCategory>? categories, string[] steps) =>
        steps switch
        {
            ["author"] => Line(First(people, "author", "editor")),
            ["author_detail", var field] => Person(First(people, "author", "editor"), field),
            ["authors", var index, var field] => Person(Nth(people, index, "author", "editor"), field),
            ["contributors", var index, var field] => Person(Nth(people, index, "contributor"), field),
            ["publisher"] => Line(First(people, "publisher", "webmaster", "owner")),
            ["publisher_detail", var field] => Person(First(people, "publisher", "webmaster", "owner"), field),
            ["category"] => [At(categories, 0)?.Term],
            ["tags", var index, var field] => Category(At(categories, int.Parse(index)), field),
            ["links", var index, var field] => Link(At(links, int.Parse(index)), field),
            _ => null,
        };

    private static string?[] Line(FeedPerson? person) => [person?.Email is { } email && email != person.Name ? $"{person.Name} ({email})" : person?.Name];

    private static string?[]? Person(FeedPerson? person, string field) => field switch
    {
        "name" => [person?.Name],
        "email" => [person?.Email],
        "url" or "href" => [person?.Url],
        _ => null,
    };

    private static string?[]? Category(FeedCategory? category, string field) => field switch
    {
        "term" => [category?.Term],
        "scheme" => [category?.Scheme],
        "label" => [category?.Label],
        _ => null,
    };

    private static string?[]? Link(FeedLink? link, string field) => field switch
    {
        "href" => [link?.Url],
        "rel" => [link?.Relation],
        "type" => [link?.Type],
        "title" => [link?.Title],
        "hreflang" => [link?.Language],
        "length" => [link?.Length?.ToString(CultureInfo.InvariantCulture)],
        _ => null,
    };

    private static FeedPerson? First(IReadOnlyList<FeedPerson>? people, params string[] roles) => people?.FirstOrDefault(person => roles.Contains(person.Role));

    private static FeedPerson? Nth(IReadOnlyList<FeedPerson>? people, string index, params string[] roles) =>
        people?.Where(person => roles.Contains(person.Role)).ElementAtOrDefault(int.Parse(index));

    private static T? At<T>(IReadOnlyList<T>? list, int index) where T : class => list?.ElementAtOrDefault(index);

    private static string? Time(DateTimeOffset? time) => time?.ToString("s");
}
