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

    public required MetadataScore Metadata { get; init; }

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
            Metadata = MetadataScores.Of(page.Said, reading),
        };
    }

    public static string Folded(string? text) => MetadataScores.Folded(text);
}

/// <summary>Precision and recall of one page's 4-grams.</summary>
/// <param name="Predicted">Whether anything was read at all: else the page has no precision.</param>
/// <param name="Exact">Whether the tokens are the gold's, all and in order.</param>
internal readonly record struct PageShingles(double Precision, double Recall, bool Predicted, bool Exact)
{
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}
