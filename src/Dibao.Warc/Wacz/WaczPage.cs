using System.Globalization;
using System.Text.Json;

namespace Dibao.Warc;

/// <summary>One line of <c>pages/pages.jsonl</c>: where a reader begins.</summary>
/// <remarks>Source: WACZ 1.1.1 §5.2.2.</remarks>
/// <param name="At">When it was captured; times of records have seconds.</param>
/// <param name="Text">For full-text search in the reader; null leaves it out.</param>
public sealed record WaczPage(string Id, string Url, DateTimeOffset At, string? Title, string? Text = null)
{
    internal void WriteTo(Stream output)
    {
        using (var json = new Utf8JsonWriter(output, WaczJson.OneLine))
        {
            json.WriteStartObject();
            json.WriteString("id", Id);
            json.WriteString("url", Url);
            json.WriteString("ts", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            if (Title is not null) json.WriteString("title", Title);
            if (Text is not null) json.WriteString("text", Text);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }
}
