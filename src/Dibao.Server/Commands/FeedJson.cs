using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dibao.Feeds;

namespace Dibao.Server.Commands;

/// <summary>A feed as one JSON object. Every member is always there; what the feed does not say is null, or an empty list. Documented in docs/feeds.md.</summary>
internal static class FeedJson
{
    private static readonly JsonWriterOptions OnOneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="path">Null leaves the member out.</param>
    /// <returns>UTF-8, a line break at the end.</returns>
    public static ReadOnlyMemory<byte> Line(string? path, FeedReading reading)
    {
        var bytes = new ArrayBufferWriter<byte>(16 << 10);
        using (var json = new Utf8JsonWriter(bytes, OnOneLine))
        {
            json.WriteStartObject();
            if (path is not null) json.WriteString("path", path);
            if (reading is FeedReading.Found found) WriteFeed(json, found.Feed);
            else WriteRefusal(json, (FeedReading.NotAFeed)reading);
            json.WriteEndObject();
        }
        bytes.Write("\n"u8);
        return bytes.WrittenMemory;
    }

    /// <summary>For what could not even be read.</summary>
    public static ReadOnlyMemory<byte> Line(string? path, string problem) => Line(path, new FeedReading.NotAFeed(NotAFeedReason.Unknown, problem));

    private static void WriteRefusal(Utf8JsonWriter json, FeedReading.NotAFeed refusal)
    {
        json.WriteString("error", refusal.Message);
        json.WriteString("reason", JsonNamingPolicy.CamelCase.ConvertName(refusal.Reason.ToString()));
    }

    private static void WriteFeed(Utf8JsonWriter json, Feed feed)
    {
        json.WriteString("title", feed.Title);
        json.WriteString("title_raw", feed.TitleRaw);
        json.WriteString("link", feed.Link);
        json.WriteString("id", feed.Id);
        json.WriteString("language", feed.Language);
        Write(json, "updated", feed.Updated);
        json.WriteString("subtitle", feed.Subtitle);
        json.WriteString("subtitle_text", feed.SubtitleText);
        Write(json, "authors", feed.Authors);
        Write(json, "categories", feed.Categories);
        json.WriteString("image", feed.Image);
        json.WriteString("rights", feed.Rights);
        json.WriteString("generator", feed.Generator);
        json.WriteString("self", feed.SelfUrl);
        Write(json, "hubs", feed.Hubs);
        json.WriteString("next", feed.NextPage);
        Write(json, "ttl", feed.TimeToLive);
        json.WriteStartArray("entries");
        foreach (var entry in feed.Entries) WriteEntry(json, entry);
        json.WriteEndArray();
        WriteSitemaps(json, feed);
        json.WriteString("format", JsonNamingPolicy.CamelCase.ConvertName(feed.Format.ToString()));
        json.WriteString("version", feed.Version);
        json.WriteString("encoding", feed.Encoding);
        Write(json, "warnings", feed.Warnings);
    }

    private static void WriteEntry(Utf8JsonWriter json, FeedEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Id);
        json.WriteString("title", entry.Title);
        json.WriteString("title_raw", entry.TitleRaw);
        json.WriteString("link", entry.Link);
        Write(json, "published", entry.Published);
        Write(json, "updated", entry.Updated);
        Write(json, "authors", entry.Authors);
        json.WriteString("summary", entry.Summary);
        json.WriteString("summary_text", entry.SummaryText);
        json.WriteString("content", entry.Content);
        Write(json, "categories", entry.Categories);
        WriteEnclosures(json, entry);
        json.WriteString("language", entry.Language);
        json.WriteString("image", entry.Image);
        json.WriteString("comments", entry.CommentsUrl);
        json.WriteBoolean("partial", entry.IsPartial);
        json.WriteEndObject();
    }

    private static void WriteEnclosures(Utf8JsonWriter json, FeedEntry entry)
    {
        json.WriteStartArray("enclosures");
        foreach (var enclosure in entry.Enclosures)
        {
            json.WriteStartObject();
            json.WriteString("url", enclosure.Url);
            json.WriteString("type", enclosure.Type);
            if (enclosure.Length is { } length) json.WriteNumber("length", length);
            else json.WriteNull("length");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteSitemaps(Utf8JsonWriter json, Feed feed)
    {
        json.WriteStartArray("sitemaps");
        foreach (var sitemap in feed.Sitemaps)
        {
            json.WriteStartObject();
            json.WriteString("url", sitemap.Url);
            Write(json, "updated", sitemap.LastModified);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static void Write(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } span) json.WriteNumber(name, (long)span.TotalSeconds);
        else json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
