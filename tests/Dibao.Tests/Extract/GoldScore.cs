using System.Globalization;
using Dibao.Extract;

namespace Dibao.Tests.Extract;

/// <summary>How well one page was read, by every measure that its set's gold allows.</summary>
internal sealed record GoldScore
{
    public required string Id { get; init; }

    /// <summary>4-gram shingles of text; null where the set has no text.</summary>
    public PageShingles? Shingles { get; init; }
    public double? WordF1 { get; init; }

    /// <summary>Words of the HTML form against the set's expected HTML.</summary>
    public double? HtmlF1 { get; init; }
    public int WithFound { get; init; }
    public int WithMissed { get; init; }
    public int WithoutFound { get; init; }

    /// <summary>Null where the set says nothing; where it says that there is none, see <see cref="HonestAuthors"/>.</summary>
    public bool? SameTitle { get; init; }
    public bool? SameAuthors { get; init; }
    public bool? SameDay { get; init; }

    /// <summary>The page names none, and none was answered.</summary>
    public bool? HonestAuthors { get; init; }
    public bool? HonestDay { get; init; }

    /// <summary>The one measure by which its set ranks the page: 0 to 1.</summary>
    public double Quality => Shingles is { } s && WordF1 is null ? s.F1
        : WordF1 ?? HtmlF1 ?? (WithFound + WithMissed + WithoutFound == 0 ? 1 : 2.0 * WithFound / ((2 * WithFound) + WithMissed + WithoutFound));

    public static GoldScore Of(GoldPage page, ArticleReading reading, bool byWords)
    {
        var shown = GoldPage.Shown(reading);
        var folded = Folded(shown);
        return new GoldScore
        {
            Id = page.Id,
            Shingles = page.Text is null ? null : ExtractionScores.Shingles(page.Text, shown),
            WordF1 = page.Text is not null && byWords ? ExtractionScores.WordF1(page.Text, shown) : null,
            HtmlF1 = page.ExpectedHtml is null ? null : ExtractionScores.WordF1(GoldPage.TextOf(page.ExpectedHtml), GoldPage.TextOf(reading.Html) + "\n" + reading.Standfirst),
            WithFound = page.With.Count(w => folded.Contains(Folded(w), StringComparison.Ordinal)),
            WithMissed = page.With.Count(w => !folded.Contains(Folded(w), StringComparison.Ordinal)),
            WithoutFound = page.Without.Count(w => folded.Contains(Folded(w), StringComparison.Ordinal)),
            SameTitle = page.Title is null ? null : Folded(page.Title) == Folded(reading.Title),
            SameAuthors = page.Authors is { Count: > 0 } names ? names.SetEquals(reading.Authors) : null,
            SameDay = page.Date is null ? null : IsSameDay(page.Date, reading.Published),
            HonestAuthors = page.HasAuthors && page.Authors is null or { Count: 0 } && page.HasAuthors ? reading.Authors.Count == 0 : null,
            HonestDay = page.HasDate && page.Date is null ? reading.Published is null : null,
        };
    }

    public static string Folded(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsSameDay(string gold, DateTimeOffset? read)
    {
        if (!DateTimeOffset.TryParse(gold, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)) return read is null;
        return read is { } time && (time.UtcDateTime.Date == day.UtcDateTime.Date || time.ToOffset(day.Offset).Date == day.Date);
    }
}

/// <summary>Precision and recall of one page's 4-grams.</summary>
/// <param name="Predicted">Whether anything was read at all: else the page has no precision.</param>
/// <param name="Exact">Whether the tokens are the gold's, all and in order.</param>
internal readonly record struct PageShingles(double Precision, double Recall, bool Predicted, bool Exact)
{
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}
