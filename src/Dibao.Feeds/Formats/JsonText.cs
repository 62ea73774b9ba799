using System.Text.Json;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>JSON's values as text.</summary>
internal static class JsonText
{
    /// <summary>Ids are numbers in the wild; the specification asks readers to take them as text. Half a surrogate pair becomes U+FFFD.</summary>
    public static string? Of(JsonElement value)
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
            return WithoutHalves(value.GetRawText());
        }
    }

    // Half of a surrogate pair, escaped: a title cut off in the middle of an emoji.
    private static string? WithoutHalves(string raw)
    {
        var text = new System.Text.StringBuilder(raw);
        for (var at = raw.IndexOf("\\u", StringComparison.Ordinal); at >= 0; at = raw.IndexOf("\\u", at + 2, StringComparison.Ordinal))
        {
            var isPair = IsEscape(raw, at, "89ab") && IsEscape(raw, at + 6, "cdef");
            if (isPair)
                at += 6;
            else if (IsEscape(raw, at, "89abcdef"))
                text.Remove(at, 6).Insert(at, "\\ufffd");
        }

        using var mended = JsonDocument.Parse(text.ToString());
        return XmlText.Clean(mended.RootElement.GetString()!);
    }

    private static bool IsEscape(string raw, int at, string halves) =>
        at + 6 <= raw.Length && raw[at] == '\\' && raw[at + 1] == 'u' && raw[at + 2] is 'd' or 'D' && halves.Contains(char.ToLowerInvariant(raw[at + 3]));

    public static string? Of(JsonElement parent, string name) => TryMember(parent, name, out var value) ? Of(value) : null;

    public static bool TryMember(JsonElement parent, string name, out JsonElement value)
    {
        value = default;
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out value);
    }

    /// <summary>A list, or one value where somebody forgot the brackets; empty when absent.</summary>
    public static IEnumerable<JsonElement> List(JsonElement parent, string name)
    {
        if (!TryMember(parent, name, out var value))
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray(),
            JsonValueKind.Null or JsonValueKind.Undefined => [],
            _ => [value],
        };
    }
}
