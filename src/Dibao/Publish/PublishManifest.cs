using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dibao.Publish;

/// <summary>Which files of a published folder are ours: only these are ever replaced or removed.</summary>
/// <remarks><c>.dibao-publish.json</c>: <c>{"format":1,"files":[…]}</c>, paths with '/', sorted by their UTF-16 units, one a line.</remarks>
internal static class PublishManifest
{
    public const string Name = ".dibao-publish.json";

    private const int Format = 1;

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(IEnumerable<string> files)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Layout))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteStartArray("files");
            foreach (var file in files.Order(StringComparer.Ordinal)) json.WriteStringValue(file);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <returns>Null when it is none of ours, or names a file that publishing could never have written.</returns>
    public static IReadOnlyList<string>? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, new() { MaxDepth = 4 });
            if (json.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("format", out var format) || !format.ValueEquals(Format)
                || !root.TryGetProperty("files", out var files) || files.ValueKind != JsonValueKind.Array)
            {
                return null;
            }
            var paths = files.EnumerateArray().Select(file => file.ValueKind == JsonValueKind.String ? file.GetString()! : "").ToList();
            return paths.TrueForAll(IsOurs) ? paths : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool ValueEquals(this JsonElement element, int number) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) && value == number;

    // A folder may come from a stranger's git repository: a path in it must not lead out.
    private static bool IsOurs(string path) => path is "README.md"
        || (path.EndsWith(".md", StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(path) < 1024
            && path.Split('/') is ["articles", _, _] or ["lists", _]
            && Array.TrueForAll(path.Split('/'), part => part is { Length: > 0 } and not ['.', ..] && part.AsSpan().IndexOfAny("\\:\0") < 0));
}
