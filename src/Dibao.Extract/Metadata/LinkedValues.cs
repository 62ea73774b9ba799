using System.Text.Json;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>Reads the values of a JSON-LD node in whichever of their forms the template wrote them.</summary>
internal static class LinkedValues
{
    private const int MaxItems = 64;

    public static IEnumerable<string> Types(JsonElement node)
    {
        if (!node.TryGetProperty("@type", out var type)) return [];
        return Strings(type).Select(name => name[(name.LastIndexOfAny(['/', ':', '#']) + 1)..]);
    }

    /// <summary>The first text of a property; null when it has none.</summary>
    public static string? Text(JsonElement node, string property)
    {
        if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty(property, out var value)) return null;
        return Strings(value).FirstOrDefault();
    }

    /// <summary>Without the tags and entities that templates write into JSON.</summary>
    public static string? PlainText(JsonElement node, string property) => Text(node, property) is { } text ? Plain(text) : null;

    public static string Plain(string text) => FoldedText.Of(MarkupText.Plain(text));

    /// <summary>Strings, numbers and {"@value": …}, alone or in a list.</summary>
    public static IEnumerable<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? [text] : [],
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [value.GetRawText()],
        JsonValueKind.Array => value.EnumerateArray().Take(MaxItems).Where(item => item.ValueKind != JsonValueKind.Array).SelectMany(Strings),
        JsonValueKind.Object when value.TryGetProperty("@value", out var inner) && inner.ValueKind != JsonValueKind.Object => Strings(inner),
        _ => [],
    };

    public static IEnumerable<JsonElement> Items(JsonElement node, string property)
    {
        if (!node.TryGetProperty(property, out var value)) return [];
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Take(MaxItems) : [value];
    }

    /// <summary>A picture as URL, ImageObject or reference.</summary>
    public static string? ImageUrl(JsonElement image, LinkedNodes nodes)
    {
        if (image.ValueKind == JsonValueKind.String) return image.GetString();
        if (image.ValueKind == JsonValueKind.Array)
            return image.EnumerateArray().Take(MaxItems).Where(e => e.ValueKind != JsonValueKind.Array).Select(e => ImageUrl(e, nodes)).FirstOrDefault(u => u is not null);
        if (image.ValueKind != JsonValueKind.Object) return null;
        var known = nodes.Resolve(image);
        return Text(known, "url") ?? Text(known, "contentUrl");
    }

    /// <summary>Names of people or organisations: a string, an object with a name, a reference, or a list of these.</summary>
    public static IEnumerable<LinkedName> Names(JsonElement node, string property, LinkedNodes nodes)
    {
        foreach (var item in Items(node, property))
        {
            var known = nodes.Resolve(item);
            if (known.ValueKind == JsonValueKind.String) yield return new(Plain(known.GetString()!), IsOrganization: false, IsPerson: false);
            if (known.ValueKind != JsonValueKind.Object) continue;
            var types = Types(known).ToList();
            var organization = types.Any(type => type.EndsWith("Organization", StringComparison.Ordinal) || type is "Corporation" or "WebSite");
            foreach (var name in known.TryGetProperty("name", out var names) ? Strings(names) : [])
                yield return new(Plain(name), organization, types.Contains("Person"));
        }
    }
}

/// <param name="IsPerson">The template says so; some say it of newsrooms too.</param>
internal readonly record struct LinkedName(string Name, bool IsOrganization, bool IsPerson);
