using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Scores on real pages. The floors lie a little under what is reached: a change that falls below made reading worse.</summary>
public sealed class GoldCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void News_pages_are_read_at_least_as_well_as_before()
    {
        var pages = Pages("news", "53b41c085826e64eebd6ba4c0fee8c57691f74edd2e4eb015a7644dcfe9943ac");
        var scores = pages.ConvertAll(p => ExtractionScores.Shingles(p.Gold, p.Read));
        var (f1, title, author, day) = (ExtractionScores.F1(scores), Share(pages, p => p.SameTitle), Share(pages, p => p.SameAuthors), Share(pages, p => p.SameDay));
        output.WriteLine($"news: shingle F1 {f1:F4}, title {title:F3}, authors {author:F3}, day {day:F3}");
        f1.ShouldBeGreaterThan(0.948);
        title.ShouldBeGreaterThan(0.79);
        author.ShouldBeGreaterThan(0.85);
        day.ShouldBeGreaterThan(0.97);
    }

    [Fact]
    public void Asian_pages_are_read_at_least_as_well_as_before()
    {
        var pages = Pages("asian", "81022c5ba4c6e5b1e9dfc101058c75bb9bb0046f6b4856ab63b743aeee763d9f");
        var cjk = pages.FindAll(p => ExtractionScores.IsMostlyCjk(p.Gold));
        var rest = pages.FindAll(p => !ExtractionScores.IsMostlyCjk(p.Gold));
        var (cjkF1, restF1) = (F1(cjk), F1(rest));
        output.WriteLine($"asian: shingle F1 of {cjk.Count} CJK pages {cjkF1:F4}, of {rest.Count} others {restF1:F4}");
        cjkF1.ShouldBeGreaterThan(0.950);
        restF1.ShouldBeGreaterThan(0.850);
    }

    [Fact]
    public void Mixed_pages_are_read_at_least_as_well_as_before()
    {
        var pages = Pages("mixed", "bd93e4d97ddb7dc187f266219a158e7322eaac5dbc7981b69c8f1f55751720e3");
        var f1 = pages.Average(p => ExtractionScores.WordF1(p.Gold, p.Read));
        output.WriteLine($"mixed: word F1 {f1:F4}");
        f1.ShouldBeGreaterThan(0.930);
    }

    private static double F1(List<GoldPage> pages) => ExtractionScores.F1(pages.ConvertAll(p => ExtractionScores.Shingles(p.Gold, p.Read)));

    private static double Share(List<GoldPage> pages, Func<GoldPage, bool> holds) => pages.Count(holds) / (double)pages.Count;

    private static List<GoldPage> Pages(string set, string sha256)
    {
        var path = SharedFiles.Require($"benchmarks/extraction/{set}.jsonl.gz");
        using (var file = File.OpenRead(path))
            Convert.ToHexStringLower(SHA256.HashData(file)).ShouldBe(sha256, "the floors hold for this very set");
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var pages = new List<GoldPage>();
        while (lines.ReadLine() is { } line) pages.Add(GoldPage.Of(line));
        return pages;
    }

    private sealed record GoldPage(string Gold, string Read, bool SameTitle, bool SameAuthors, bool SameDay)
    {
        public static GoldPage Of(string line)
        {
            using var json = JsonDocument.Parse(line);
            var page = json.RootElement;
            var gold = page.GetProperty("gold");
            var reading = ArticleReader.Read(page.GetProperty("html").GetString()!, page.GetProperty("url").GetString());
            return new GoldPage(
                gold.GetProperty("text").GetString()!,
                reading.Standfirst + "\n\n" + reading.Text,
                Folded(Text(gold, "title")) == Folded(reading.Title),
                Names(gold).SetEquals(reading.Authors),
                IsSameDay(Text(gold, "date"), reading.Published));
        }

        private static string? Text(JsonElement gold, string name) =>
            gold.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        private static HashSet<string> Names(JsonElement gold) =>
            gold.TryGetProperty("author", out var names) && names.ValueKind == JsonValueKind.Array
                ? [.. names.EnumerateArray().Select(n => n.GetString()!)]
                : [];

        private static string Folded(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        private static bool IsSameDay(string? gold, DateTimeOffset? read)
        {
            if (!DateTimeOffset.TryParse(gold, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)) return read is null;
            return read is { } time && (time.UtcDateTime.Date == day.UtcDateTime.Date || time.ToOffset(day.Offset).Date == day.Date);
        }
    }
}
