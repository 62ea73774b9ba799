using System.Globalization;
using System.Text.Json;
using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1): members that are of a wrong type are left out, nothing else is.</summary>
internal sealed class JsonFeed(FeedOptions options)
{
    private const string VersionPrefix = "jsonfeed.org/version/";
    private const int MaxItems = 100;

    private static readonly HashSet<string> Members = new(
        ("id url external_url title content_html content_text summary image banner_image date_published date_modified author authors tags " +
         "language attachments").Split(' '));

    private string? baseUrl = options.BaseUrl;

    public static JsonDocumentOptions Leniently { get; } = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 1_000,
    };

    public static bool Knows(string member) => Members.Contains(member);

    public static bool IsFeed(JsonElement root, bool hasItems) =>
        JsonText.Of(root, "version")?.Contains(VersionPrefix, StringComparison.OrdinalIgnoreCase) == true || hasItems;

    /// <summary>Before the entries, whose references refer to it, where it is known by then.</summary>
    public void SetHome(string? home) => baseUrl = Urls.IsHttp(home) ? home : baseUrl;

    public Feed ReadHead(JsonElement root)
    {
        var version = JsonText.Of(root, "version") ?? "";
        var at = version.IndexOf(VersionPrefix, StringComparison.OrdinalIgnoreCase);
        var home = Urls.Resolve(JsonText.Of(root, "home_page_url"), options.BaseUrl);
        var title = JsonText.Of(root, "title") ?? "";
        var people = PeopleOf(root);
        var origins = new JsonOrigins();
        return new()
        {
            Format = FeedFormat.Json,
            Version = at < 0 ? "" : version[(at + VersionPrefix.Length)..].TrimEnd('/'),
            Encoding = "",
            TitleRaw = title,
            Title = PlainText.Fold(title),
            Link = origins.Note(FeedField.Link, "home_page_url", home),
            SelfUrl = Urls.Resolve(JsonText.Of(root, "feed_url"), options.BaseUrl),
            NextPage = Urls.Resolve(JsonText.Of(root, "next_url"), options.BaseUrl),
            Hubs = [.. JsonText.List(root, "hubs").Select(hub => JsonText.Of(hub, "url") ?? JsonText.Of(hub)).OfType<string>().Distinct()],
            Language = Languages.Clean(JsonText.Of(root, "language") ?? options.ContentLanguage),
            Subtitle = JsonText.Of(root, "description") is { } description ? XmlText.Escape(description) : null,
            Authors = FeedPeople.Names(people),
            People = people,
            Image = Urls.Resolve(JsonText.Of(root, "icon"), options.BaseUrl),
            Icon = Urls.Resolve(JsonText.Of(root, "favicon"), options.BaseUrl),
            Extensions = [.. Others(root)],
            Origins = origins.Done,
        };
    }

    private static IEnumerable<FeedElement> Others(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return [];
        string[] known = ["version", "title", "home_page_url", "feed_url", "next_url", "hubs", "language", "description", "author", "authors", "icon", "favicon", "items"];
        return root.EnumerateObject().Where(member => !known.Contains(member.Name)).Select(member => FeedElement.Of(member.Name, member.Value));
    }

    public FeedEntry ReadEntry(JsonElement item)
    {
        var title = JsonText.Of(item, "title") ?? "";
        var people = PeopleOf(item);
        var origins = new JsonOrigins();
        var html = origins.Note(FeedField.Content, "content_html", JsonText.Of(item, "content_html"));
        return new()
        {
            Id = origins.Note(FeedField.Id, "id", JsonText.Of(item, "id")),
            Link = Urls.Resolve(
                origins.Note(FeedField.Link, "url", JsonText.Of(item, "url")) ?? origins.Note(FeedField.Link, "external_url", JsonText.Of(item, "external_url")), baseUrl),
            TitleRaw = title,
            Title = PlainText.Fold(title),
            Published = Date(item, "date_published", FeedField.Published, origins),
            Updated = Date(item, "date_modified", FeedField.Updated, origins),
            Authors = FeedPeople.Names(people),
            People = people,
            Summary = origins.Note(FeedField.Summary, "summary", JsonText.Of(item, "summary")) is { } summary ? XmlText.Escape(summary) : null,
            Content = html is not null ? HtmlUrls.MakeAbsolute(html, baseUrl)
                : origins.Note(FeedField.Content, "content_text", JsonText.Of(item, "content_text")) is { } plain ? XmlText.Escape(plain) : null,
            Base = baseUrl,
            Categories = [.. JsonText.List(item, "tags").Select(tag => JsonText.Of(tag)?.Trim()).OfType<string>().Where(tag => tag.Length > 0).Distinct().Take(MaxItems)],
            Enclosures = [.. JsonText.List(item, "attachments").Select(ReadAttachment).OfType<Enclosure>().Take(MaxItems)],
            Language = Languages.Clean(JsonText.Of(item, "language")),
            Image = Urls.Resolve(JsonText.Of(item, "image") ?? JsonText.Of(item, "banner_image"), baseUrl),
            Origins = origins.Done,
            Original = new JsonOriginal(item.GetRawText()),
        };
    }

    private Enclosure? ReadAttachment(JsonElement attachment) =>
        Urls.Resolve(JsonText.Of(attachment, "url") ?? JsonText.Of(attachment), baseUrl) is { } url
            ? new(url, JsonText.Of(attachment, "mime_type"), Bytes(attachment))
            : null;

    private static long? Bytes(JsonElement attachment) =>
        JsonText.Of(attachment, "size_in_bytes") is { } size && decimal.TryParse(size, NumberStyles.Float, CultureInfo.InvariantCulture, out var bytes) &&
        bytes is >= 0 and <= long.MaxValue ? (long)bytes : null;

    private List<FeedPerson> PeopleOf(JsonElement parent)
    {
        var authors = JsonText.List(parent, "authors").ToList();
        var people = new List<FeedPerson>();
        foreach (var author in authors.Count > 0 ? authors : JsonText.List(parent, "author"))
        {
            var name = (JsonText.Of(author) ?? JsonText.Of(author, "name"))?.Trim() ?? "";
            var url = Urls.Resolve(JsonText.Of(author, "url"), baseUrl);
            if (people.Count < MaxItems && (name.Length > 0 || url is not null) && !people.Exists(known => known.Name == name && known.Url == url))
                people.Add(new(name, null, url, "author"));
        }

        return people;
    }

    private DateTimeOffset? Date(JsonElement parent, string name, FeedField field, JsonOrigins origins) =>
        JsonText.Of(parent, name) is { } text && FeedDate.TryParse(text, options.AssumedZone, out var utc)
            ? origins.Note(field, name, (DateTimeOffset?)utc)
            : null;
}

/// <summary>Which member each field was read from.</summary>
internal sealed class JsonOrigins
{
    private readonly string?[] names = new string?[Origins.Count];

    public Origins Done => new(names);

    /// <returns>The value; what is absent came from nowhere.</returns>
    public T Note<T>(FeedField field, string member, T value)
    {
        if (value is not null)
            names[(int)field] ??= member;
        return value;
    }
}
