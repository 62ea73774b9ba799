using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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

/// <summary>The measures of titles, authors and days: equal after folding white space, equal as sets, the same day in UTC or in the page's zone.</summary>
internal static class MetadataScores
{
    public static MetadataScore Of(MetadataGold gold, ArticleReading read) => new(
        gold.Id,
        gold.Title is null ? null : gold.Title == Folded(read.Title),
        gold.Authors.Count == 0 ? null : gold.Authors.ToHashSet().SetEquals(read.Authors),
        gold.Date is null ? null : IsSameDay(gold.Date, read.Metadata.Published?.Value),
        gold.NoAuthor ? read.Authors.Count == 0 : null,
        gold.NoDate ? read.Published is null : null);

    /// <summary>Share of the pages of which something can be said.</summary>
    public static (int Count, double Share) Share(IEnumerable<MetadataScore> scores, Func<MetadataScore, bool?> measure)
    {
        var told = scores.Select(measure).OfType<bool>().ToList();
        return (told.Count, told.Count == 0 ? 0 : told.Count(held => held) / (double)told.Count);
    }

    public static string Folded(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsSameDay(string gold, DateTimeOffset? read)
    {
        if (read is not { } time || !DateTimeOffset.TryParse(gold, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)) return false;
        return time.UtcDateTime.Date == day.UtcDateTime.Date || time.ToOffset(day.Offset).Date == day.Date || time.Date == day.Date;
    }
}
