using System.Text.Json;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>JSON's values as text.</summary>
internal static class JsonText
{
    /// <summary>Ids are numbers in the wild; the specification asks readers to take them as text. A lone surrogate cannot be text at all.</summary>
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
            return null;
        }
    }

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
