using System.Text.Json;
using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1).</summary>
internal static class JsonFeed
{
    private const string VersionPrefix = "jsonfeed.org/version/";

    /// <returns>Null when the text is no JSON, or JSON that is no JSON Feed.</returns>
    public static Feed? TryRead(string text, string? documentUrl, FeedLimits limits)
    {
        try
        {
            var options = new JsonDocumentOptions
            {
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
                MaxDepth = limits.MaxDepth,
            };
            using var document = JsonDocument.Parse(text, options);
            return IsFeed(document.RootElement) ? ReadFeed(document.RootElement, documentUrl, limits) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsFeed(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object &&
        (Text(root, "version")?.Contains(VersionPrefix, StringComparison.OrdinalIgnoreCase) == true || List(root, "items") is not null);

    private static Feed ReadFeed(JsonElement root, string? documentUrl, FeedLimits limits)
    {
        var version = Text(root, "version") ?? "";
        var at = version.IndexOf(VersionPrefix, StringComparison.OrdinalIgnoreCase);
        var home = Urls.Resolve(Text(root, "home_page_url"), documentUrl);
        var baseUrl = Urls.IsAbsolute(home) ? home : documentUrl;
        var items = List(root, "items") ?? [];
        return new()
        {
            Format = FeedFormat.Json,
            Version = at < 0 ? "" : version[(at + VersionPrefix.Length)..].TrimEnd('/'),
            Encoding = "",
            Title = PlainText.Fold(Text(root, "title") ?? ""),
            Link = home,
            SelfUrl = Urls.Resolve(Text(root, "feed_url"), documentUrl),
            Language = Elements.Language(Text(root, "language")),
            Subtitle = Text(root, "description") is { } description ? XmlText.Escape(description) : null,
            Authors = AuthorsOf(root),
            Entries = [.. items.Where(item => item.ValueKind == JsonValueKind.Object).Take(limits.MaxEntries)
                .Select(item => ReadEntry(item, baseUrl))],
            Warnings = items.Count > limits.MaxEntries ? [$"Only the first {limits.MaxEntries} entries were read."] : [],
        };
    }

    private static FeedEntry ReadEntry(JsonElement item, string? baseUrl)
    {
        var title = Text(item, "title") ?? "";
        return new()
        {
            Id = Text(item, "id"),
            Link = Urls.Resolve(Text(item, "url") ?? Text(item, "external_url"), baseUrl),
            TitleRaw = title,
            Title = PlainText.Fold(title),
            Published = Date(item, "date_published"),
            Updated = Date(item, "date_modified"),
            Authors = AuthorsOf(item),
            Summary = Text(item, "summary") is { } summary ? XmlText.Escape(summary) : null,
            Content = Text(item, "content_html") ?? (Text(item, "content_text") is { } plain ? XmlText.Escape(plain) : null),
            Base = baseUrl,
            Categories = Elements.Distinct((List(item, "tags") ?? []).Select(AsText)),
            Enclosures = [.. (List(item, "attachments") ?? []).Select(attachment => ReadAttachment(attachment, baseUrl)).OfType<Enclosure>()],
            Language = Elements.Language(Text(item, "language")),
            Image = Urls.Resolve(Text(item, "image") ?? Text(item, "banner_image"), baseUrl),
        };
    }

    private static Enclosure? ReadAttachment(JsonElement attachment, string? baseUrl) =>
        Urls.Resolve(Text(attachment, "url"), baseUrl) is { } url
            ? new(url, Text(attachment, "mime_type"), Bytes(attachment))
            : null;

    private static long? Bytes(JsonElement attachment) =>
        attachment.TryGetProperty("size_in_bytes", out var size) && size.ValueKind == JsonValueKind.Number &&
        size.TryGetInt64(out var bytes) && bytes >= 0 ? bytes : null;

    private static IReadOnlyList<string> AuthorsOf(JsonElement parent)
    {
        var people = List(parent, "authors") ?? [];
        if (people.Count == 0 && parent.TryGetProperty("author", out var author))
            people = [author];
        return Elements.Distinct(people.Select(person => AsText(person) ?? Text(person, "name")));
    }

    private static DateTimeOffset? Date(JsonElement parent, string name) =>
        Text(parent, name) is { } text && FeedDate.TryParse(text, out var utc) ? utc : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? AsText(value) : null;

    // Ids are numbers in the wild; the specification asks readers to take them as text. A lone surrogate cannot be text at all.
    private static string? AsText(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.GetRawText();
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString() is { Length: > 0 } text ? XmlText.Clean(text) : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static List<JsonElement>? List(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : null;
}
