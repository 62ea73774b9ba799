using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dibao.Extract;

namespace Dibao.Server.Commands;

/// <summary>An article as one JSON object, in the fields of <c>dibao extract</c>. Documented in docs/extraction.md.</summary>
internal static class ArticleJson
{
    public static object Of(string? url, ArticleReading reading, JsonElement? id = null) => new
    {
        id, url, title = reading.Title, authors = reading.Authors,
        published = Iso(reading.Metadata.Published?.Value), modified = Iso(reading.Metadata.Modified?.Value),
        language = reading.Language, section = reading.Sections.Count > 0 ? reading.Sections[0] : null, image = reading.LeadImage,
        text = WithStandfirst(reading, reading.Text), markdown = WithStandfirst(reading, reading.Markdown), html = HtmlOf(reading),
        kind = Name(reading.Kind), warnings = reading.Warnings,
    };

    /// <summary>The same of one page, with all that its metadata says, where each was found, and how sure that is.</summary>
    public static JsonObject Whole(string? url, ArticleReading reading)
    {
        var whole = JsonSerializer.SerializeToNode(Of(url, reading), Output.Readable)!.AsObject();
        whole["kindReason"] = reading.KindReason;
        whole["standfirst"] = reading.Standfirst;
        whole["words"] = reading.Length.Words;
        whole["characters"] = reading.Length.Characters;
        whole["readingMinutes"] = (int)reading.Length.ReadingTime.TotalMinutes;
        whole["metadata"] = JsonSerializer.SerializeToNode(reading.Metadata, Output.Readable);
        return whole;
    }

    /// <summary>ISO 8601, in the outlet's own zone where it is known, so that the day is the one its readers saw.</summary>
    public static string? Iso(DateTimeOffset? time) => time is not { } at ? null
        : at.ToString(at.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static string Name(PageKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static string HtmlOf(ArticleReading reading) =>
        reading.Standfirst is { Length: > 0 } standfirst ? $"<p>{WebUtility.HtmlEncode(standfirst)}</p>\n{reading.Html}" : reading.Html;

    // What a reader of the page reads first is of its text.
    private static string WithStandfirst(ArticleReading reading, string body) => reading.Standfirst is { Length: > 0 } standfirst ? standfirst + "\n\n" + body : body;
}
