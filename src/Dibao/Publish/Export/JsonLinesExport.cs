using System.Text.Encodings.Web;
using System.Text.Json;
using Dibao.Extract;

namespace Dibao.Publish.Export;

/// <summary>One article a line, as a JSON object: everything that is known of it, and every wording.</summary>
/// <remarks>jsonlines.org; times are RFC 3339 in UTC.</remarks>
public static class JsonLinesExport
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>How many articles were written.</returns>
    public static long Write(ArchiveReader archive, IEnumerable<Article> articles, Stream output, CancellationToken cancel)
    {
        var count = 0L;
        using var json = new Utf8JsonWriter(output, Layout);
        foreach (var article in articles)
        {
            cancel.ThrowIfCancellationRequested();
            Write(archive, article, json);
            json.Flush();
            output.WriteByte((byte)'\n');
            json.Reset();
            count++;
        }
        return count;
    }

    private static void Write(ArchiveReader archive, Article article, Utf8JsonWriter json)
    {
        var body = archive.Catalogue.Body(article.Current.Id);
        json.WriteStartObject();
        json.WriteNumber("id", article.Id);
        json.WriteString("outlet", article.Outlet.Slug);
        json.WriteString("url", article.Url);
        WriteWording(article.Current, json);
        json.WriteString("captured", Time(article.FirstCaptured));
        json.WriteString("lastCaptured", Time(article.LastCaptured));
        json.WriteString("state", NameOf(article.State));
        json.WriteString("text", body.Text);
        json.WriteString("html", body.Html);
        json.WriteString("markdown", MarkdownWriter.Write(body.Html));
        json.WriteStartArray("versions");
        foreach (var version in archive.Catalogue.Versions(article.Id)) WriteVersion(archive, version, article.Current, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The current wording's text stands above already.
    private static void WriteVersion(ArchiveReader archive, ArticleVersion version, ArticleVersion current, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", version.Ordinal);
        json.WriteString("captured", Time(version.Captured));
        json.WriteString("origin", NameOf(version.Origin));
        json.WriteString("wording", version.Wording.ToString());
        if (version.Id != current.Id)
        {
            WriteWording(version, json);
            json.WriteString("text", archive.Catalogue.Body(version.Id).Text);
        }
        json.WriteEndObject();
    }

    private static void WriteWording(ArticleVersion version, Utf8JsonWriter json)
    {
        json.WriteString("title", version.Title);
        json.WriteString("standfirst", version.Standfirst);
        WriteArray("authors", version.Authors, json);
        json.WriteString("published", Time(version.Published));
        json.WriteString("modified", Time(version.Modified));
        json.WriteString("language", version.Language);
        WriteArray("sections", version.Sections, json);
        json.WriteString("image", version.LeadImage);
        json.WriteString("imageCaption", version.LeadCaption);
    }

    private static void WriteArray(string name, IReadOnlyList<string> values, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    internal static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);

    internal static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
