using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dibao.Publish.Feeds;

/// <summary>Writes a feed as JSON Feed, each article with its full text.</summary>
/// <remarks>Source: JSON Feed 1.1 (jsonfeed.org/version/1.1).</remarks>
public static class JsonFeedWriter
{
    public const string ContentType = "application/feed+json; charset=utf-8";

    // Han characters as they are: a feed is JSON of its own, never part of an HTML page.
    private static readonly JsonWriterOptions Settings = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8; the same feed gives the same bytes.</summary>
    public static byte[] Write(ArticleFeed feed)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Settings))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", feed.Title);
            json.WriteString("home_page_url", feed.HomeUrl);
            json.WriteString("feed_url", feed.SelfUrl);
            if (feed.Language is { Length: > 0 } language) json.WriteString("language", language);
            json.WriteStartArray("items");
            foreach (var article in feed.Articles) Item(json, article);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return [.. bytes.WrittenSpan, (byte)'\n'];
    }

    private static void Item(Utf8JsonWriter json, FeedArticle item)
    {
        var version = item.Article.Current;
        json.WriteStartObject();
        json.WriteString("id", FeedIdentifier.Of(item.Article));
        json.WriteString("url", item.PageUrl);
        json.WriteString("external_url", item.Article.Url);
        json.WriteString("title", version.Title);
        json.WriteString("content_html", item.Body.Html);
        if (!string.IsNullOrWhiteSpace(version.Standfirst)) json.WriteString("summary", version.Standfirst);
        if (version.LeadImage is { } image) json.WriteString("image", image);
        if (version.Published is { } published) json.WriteString("date_published", Time(published));
        json.WriteString("date_modified", Time(item.Updated));
        Authors(json, item.Article);
        if (version.Sections.Count > 0) Tags(json, version.Sections);
        if (version.Language is { Length: > 0 } language) json.WriteString("language", language);
        json.WriteEndObject();
    }

    private static void Authors(Utf8JsonWriter json, Article article)
    {
        json.WriteStartArray("authors");
        foreach (var name in article.Current.Authors is { Count: > 0 } named ? named : [article.Outlet.Name])
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Tags(Utf8JsonWriter json, IReadOnlyList<string> sections)
    {
        json.WriteStartArray("tags");
        foreach (var section in sections) json.WriteStringValue(section);
        json.WriteEndArray();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
