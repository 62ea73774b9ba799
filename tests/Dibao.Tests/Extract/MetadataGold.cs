using System.Text.Json;

namespace Dibao.Tests.Extract;

/// <summary>What people say of a gold page's title, authors and day. Null or empty where they say nothing, or that there is none.</summary>
/// <param name="NoAuthor">They looked, and there is no author.</param>
/// <param name="NoDate">They looked, and there is no date.</param>
internal sealed record MetadataGold(string Id, string? Title, IReadOnlyList<string> Authors, string? Date, bool NoAuthor, bool NoDate)
{
    private static readonly string[] Dividers = [";", "|", ", ", " and ", " & ", " und ", " et "];

    /// <param name="set">In `snippets` an empty string says "none", and null, of all three at once on 88 pages, that nobody looked; in the others null says "none".</param>
    public static MetadataGold Of(string set, JsonElement page)
    {
        var gold = page.GetProperty("gold");
        var authors = gold.TryGetProperty("author", out var author) ? Names(author) : [];
        var date = TextOf(gold, "date");
        return new MetadataGold(
            page.GetProperty("id").GetString()!, TextOf(gold, "title") is { } title ? MetadataScores.Folded(title) : null, authors, date,
            authors.Count == 0 && SaysOf(gold, "author", set), date is null && SaysOf(gold, "date", set));
    }

    private static bool SaysOf(JsonElement gold, string field, string set) => gold.TryGetProperty(field, out var value)
        && (value.ValueKind is JsonValueKind.String or JsonValueKind.Array || (set is not "snippets" && value.ValueKind == JsonValueKind.Null));

    private static string? TextOf(JsonElement gold, string name) =>
        gold.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    // A list, or one string with its names divided by ; or | or by commas and "and".
    private static IReadOnlyList<string> Names(JsonElement author)
    {
        if (author.ValueKind == JsonValueKind.Array) return [.. author.EnumerateArray().Select(n => MetadataScores.Folded(n.GetString())).Where(n => n.Length > 0)];
        if (author.ValueKind != JsonValueKind.String) return [];
        return [.. author.GetString()!.Split(Dividers, StringSplitOptions.None).Select(MetadataScores.Folded).Where(n => n.Length > 0)];
    }
}
