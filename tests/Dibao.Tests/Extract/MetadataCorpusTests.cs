using System.Security.Cryptography;
using Dibao.Extract;
using Dibao.Tests.Specs;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>
/// Titles, authors and days on real pages, and how often nothing is said where there is nothing to say. The floors lie a little under
/// what is reached; both halves of a set are printed, of which only one was looked at while rules were made.
/// </summary>
public sealed class MetadataCorpusTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("news", "53b41c085826e64eebd6ba4c0fee8c57691f74edd2e4eb015a7644dcfe9943ac", 0.90, 0.88, 0.99, 0, 0)]
    [InlineData("snippets", "733eb723bc87914f0011a6388b31f1e9558d5cbea8cd83ce2fd74481b63d5dc9", 0.845, 0.615, 0.91, 0.78, 0.62)]
    [InlineData("mixed", "bd93e4d97ddb7dc187f266219a158e7322eaac5dbc7981b69c8f1f55751720e3", 0.85, 0.715, 0.915, 0.95, 0.79)]
    [InlineData("dates", "6cdee37f6f32fe37379548600b37b328086654c80861454aa82e5788a92cfafd", 0, 0, 0.948, 0, 0)]
    [InlineData("readability", "7a8a5bd430aa94659901462f8391d80ab847bb45298d02c4268534e089e8bb40", 0.53, 0.53, 0.86, 0.88, 0.48)]
    public void Metadata_is_read_at_least_as_well_as_before(string set, string sha256, double title, double authors, double day, double noAuthors, double noDay)
    {
        var path = Checkout.Shared($"benchmarks/extraction/{set}.jsonl.gz");
        using (var file = File.OpenRead(path))
            Convert.ToHexStringLower(SHA256.HashData(file)).ShouldBe(sha256, "the floors hold for this very set");
        var read = GoldPage.In(path).Select(gold => (Gold: gold, Reading: ArticleReader.Read(gold.Html, gold.Url))).ToList();
        var scores = read.ConvertAll(page => MetadataScores.Of(page.Gold.Said, page.Reading));
        foreach (var (half, pages) in new[] { ("all", scores), ("looked at", scores.FindAll(s => !s.IsHeld)), ("held", scores.FindAll(s => s.IsHeld)) }) Print(set, half, pages);
        var articles = read.Count(page => page.Reading.IsArticle) / (double)read.Count;
        output.WriteLine($"{set}: {articles:P1} read as articles; the others: {string.Join(", ", read.Where(page => !page.Reading.IsArticle).Select(page => $"{page.Gold.Id} {page.Reading.Kind}"))}");

        MetadataScores.Share(scores, s => s.Title).Share.ShouldBeGreaterThanOrEqualTo(title);
        MetadataScores.Share(scores, s => s.Authors).Share.ShouldBeGreaterThanOrEqualTo(authors);
        MetadataScores.Share(scores, s => s.Day).Share.ShouldBeGreaterThanOrEqualTo(day);
        MetadataScores.Share(scores, s => s.HonestAuthors).Share.ShouldBeGreaterThanOrEqualTo(noAuthors);
        MetadataScores.Share(scores, s => s.HonestDay).Share.ShouldBeGreaterThanOrEqualTo(noDay);
        articles.ShouldBeGreaterThanOrEqualTo(0.96);
    }

    private void Print(string set, string half, List<MetadataScore> scores) => output.WriteLine(
        $"{set}, {half}: title {Told(scores, s => s.Title)}, authors {Told(scores, s => s.Authors)}, day {Told(scores, s => s.Day)}, none invented: authors {Told(scores, s => s.HonestAuthors)}, day {Told(scores, s => s.HonestDay)}");

    private static string Told(List<MetadataScore> scores, Func<MetadataScore, bool?> measure) =>
        MetadataScores.Share(scores, measure) is var (count, share) && count > 0 ? $"{share:F3} of {count}" : "-";
}
