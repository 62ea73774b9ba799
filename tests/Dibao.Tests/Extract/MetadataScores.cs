using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dibao.Extract;

namespace Dibao.Tests.Extract;

/// <summary>How one page's title, authors and day compare with its gold. Null where the gold says nothing about it.</summary>
/// <param name="HonestAuthors">Of a page whose gold names no author: whether none was read.</param>
/// <param name="HonestDay">Of a page whose gold has no date: whether none was read.</param>
internal sealed record MetadataScore(string Id, bool? Title, bool? Authors, bool? Day, bool? HonestAuthors, bool? HonestDay)
{
    /// <summary>Half of the pages are never looked at while rules are made.</summary>
    public bool IsHeld => SHA256.HashData(Encoding.UTF8.GetBytes(Id))[0] % 2 == 1;
}

/// <summary>A gold page: its HTML and what people say of its title, authors and day.</summary>
internal sealed class MetadataGold(string set, JsonElement page)
{
    private readonly JsonElement gold = page.GetProperty("gold");

    public string Id => page.GetProperty("id").GetString()!;

    public string Url => page.GetProperty("url").GetString() ?? "";

    public string Html => page.GetProperty("html").GetString()!;

    public string? Title => TextOf("title") is { Length: > 0 } title ? MetadataScores.Folded(title) : null;

    public string? Text => TextOf("text");

    public string? Date => TextOf("date") is { Length: > 0 } date ? date : null;

    public IReadOnlyList<string> Authors => gold.TryGetProperty("author", out var author) ? MetadataScores.Names(author) : [];

    /// <summary>In `snippets` an empty string says "none", and null "nobody looked"; in the others null says "none".</summary>
    public bool SaysOf(string field) => gold.TryGetProperty(field, out var value)
        && (value.ValueKind == JsonValueKind.String || value.ValueKind == JsonValueKind.Array || (set is not "snippets" && value.ValueKind == JsonValueKind.Null));

    private string? TextOf(string name) => gold.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>The measures of titles, authors and days: equal after folding white space, equal as sets, the same day in UTC or in the page's zone.</summary>
internal static class MetadataScores
{
    public static MetadataScore Of(MetadataGold gold, ArticleReading read)
    {
        var (authors, title, date) = (gold.Authors, gold.Title, gold.Date);
        return new MetadataScore(
            gold.Id,
            title is null ? null : title == Folded(read.Title),
            authors.Count == 0 ? null : authors.ToHashSet().SetEquals(read.Authors),
            date is null ? null : IsSameDay(date, read.Metadata.Published?.Value),
            authors.Count == 0 && gold.SaysOf("author") ? read.Authors.Count == 0 : null,
            date is null && gold.SaysOf("date") ? read.Published is null : null);
    }

    /// <summary>Share of the pages of which something can be said.</summary>
    public static (int Count, double Share) Share(IEnumerable<MetadataScore> scores, Func<MetadataScore, bool?> measure)
    {
        var told = scores.Select(measure).OfType<bool>().ToList();
        return (told.Count, told.Count == 0 ? 0 : told.Count(held => held) / (double)told.Count);
    }

    public static IEnumerable<MetadataGold> Read(string path, string set)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            yield return new MetadataGold(set, json.RootElement.Clone());
        }
    }

    public static string Folded(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A list, or one string with its names divided by ; or | or by commas and "and".</summary>
    public static IReadOnlyList<string> Names(JsonElement author)
    {
        if (author.ValueKind == JsonValueKind.Array) return [.. author.EnumerateArray().Select(n => Folded(n.GetString())).Where(n => n.Length > 0)];
        if (author.ValueKind != JsonValueKind.String) return [];
        string[] dividers = [";", "|", ", ", " and ", " & ", " und ", " et "];
        return [.. author.GetString()!.Split(dividers, StringSplitOptions.None).Select(Folded).Where(n => n.Length > 0)];
    }

    private static bool IsSameDay(string gold, DateTimeOffset? read)
    {
        if (read is not { } time || !DateTimeOffset.TryParse(gold, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)) return false;
        return time.UtcDateTime.Date == day.UtcDateTime.Date || time.ToOffset(day.Offset).Date == day.Date || time.Date == day.Date;
    }
}
