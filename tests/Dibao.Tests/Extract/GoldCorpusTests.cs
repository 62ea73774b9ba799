using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dibao.Extract;
using Dibao.Extract.Page;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Scores on real pages. The floors lie a little under what is reached: a change that falls below made reading worse.</summary>
public sealed partial class GoldCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void News_pages_are_read_at_least_as_well_as_before()
    {
        var pages = Scores("news", "53b41c085826e64eebd6ba4c0fee8c57691f74edd2e4eb015a7644dcfe9943ac");
        var (f1, exact) = Shingles(pages);
        output.WriteLine($"news: shingle F1 {f1:F4}, accuracy {exact:F3}");
        f1.ShouldBeGreaterThan(0.981);
        exact.ShouldBeGreaterThan(0.48);
    }

    [Theory]
    [InlineData("news", "53b41c085826e64eebd6ba4c0fee8c57691f74edd2e4eb015a7644dcfe9943ac")]
    [InlineData("asian", "81022c5ba4c6e5b1e9dfc101058c75bb9bb0046f6b4856ab63b743aeee763d9f")]
    [InlineData("mixed", "bd93e4d97ddb7dc187f266219a158e7322eaac5dbc7981b69c8f1f55751720e3")]
    [InlineData("snippets", "733eb723bc87914f0011a6388b31f1e9558d5cbea8cd83ce2fd74481b63d5dc9")]
    public void Markdown_says_what_html_says_to_the_letter(string set, string sha256)
    {
        foreach (var page in GoldPage.In(Require(set, sha256)))
        {
            var reading = ArticleReader.Read(page.Html, page.Url);
            if (ReadBack.Letters(ReadBack.Html(reading.Markdown)) != ReadBack.Letters(reading.Html)) Assert.Fail($"{set} {page.Id}");
        }
    }

    [Theory]
    [InlineData("news", "53b41c085826e64eebd6ba4c0fee8c57691f74edd2e4eb015a7644dcfe9943ac", 157, 198, 17)]
    [InlineData("asian", "81022c5ba4c6e5b1e9dfc101058c75bb9bb0046f6b4856ab63b743aeee763d9f", 255, 380, 34)]
    [InlineData("snippets", "733eb723bc87914f0011a6388b31f1e9558d5cbea8cd83ce2fd74481b63d5dc9", 435, 2000, 235)]
    [InlineData("mixed", "bd93e4d97ddb7dc187f266219a158e7322eaac5dbc7981b69c8f1f55751720e3", 632, 2100, 310)]
    [InlineData("readability", "7a8a5bd430aa94659901462f8391d80ab847bb45298d02c4268534e089e8bb40", 135, 670, 80)]
    public void Captions_pictures_and_what_is_shown_from_elsewhere_stay_as_often_as_before(string set, string sha256, int captions, int pictures, int embeds)
    {
        var readings = GoldPage.In(Require(set, sha256)).Select(page => ArticleReader.Read(page.Html, page.Url).Html).ToList();
        int Count(string opening) => readings.Sum(html => html.AsSpan().Count(opening));
        output.WriteLine($"{set}: {Count("<figcaption")} captions, {Count("<img ")} pictures, {Count("<figure><p><a ")} films, posts and charts");
        Count("<figcaption").ShouldBeGreaterThanOrEqualTo(captions);
        Count("<img ").ShouldBeGreaterThanOrEqualTo(pictures);
        Count("<figure><p><a ").ShouldBeGreaterThanOrEqualTo(embeds);
    }

    [Theory]
    [InlineData("news", "53b41c085826e64eebd6ba4c0fee8c57691f74edd2e4eb015a7644dcfe9943ac", 480, 305, 77)]
    [InlineData("asian", "81022c5ba4c6e5b1e9dfc101058c75bb9bb0046f6b4856ab63b743aeee763d9f", 660, 210, 73)]
    [InlineData("snippets", "733eb723bc87914f0011a6388b31f1e9558d5cbea8cd83ce2fd74481b63d5dc9", 3740, 1700, 347)]
    [InlineData("mixed", "bd93e4d97ddb7dc187f266219a158e7322eaac5dbc7981b69c8f1f55751720e3", 6500, 5900, 129)]
    public void Links_headings_and_the_openings_that_descriptions_begin_with_stay_as_often_as_before(string set, string sha256, int links, int headings, int openings)
    {
        var (a, h, o) = (0, 0, 0);
        foreach (var page in GoldPage.In(Require(set, sha256)))
        {
            var reading = ArticleReader.Read(page.Html, page.Url);
            a += reading.Html.AsSpan().Count("<a ");
            h += Enumerable.Range(2, 5).Sum(level => reading.Html.AsSpan().Count($"<h{level}>"));
            if (Beginning(page.Html) is { } beginning && MarkupText.Fingerprint(GoldPage.Shown(reading)).Contains(beginning, StringComparison.Ordinal)) o++;
        }

        output.WriteLine($"{set}: {a} links, {h} headings, {o} openings");
        a.ShouldBeGreaterThanOrEqualTo(links);
        h.ShouldBeGreaterThanOrEqualTo(headings);
        o.ShouldBeGreaterThanOrEqualTo(openings);
    }

    // Of the page's description, as letters and digits; null for none, or a short one.
    private static string? Beginning(string html)
    {
        var print = MarkupText.Fingerprint(WebUtility.HtmlDecode(Description().Match(html).Groups["text"].Value));
        return print.Length < 24 ? null : print[..20];
    }

    [GeneratedRegex("<meta[^>]*[\"'](og:)?description[\"'][^>]*content=[\"](?<text>[^\"]*)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Description();

    [Fact]
    public void Asian_pages_are_read_at_least_as_well_as_before()
    {
        var path = Require("asian", "81022c5ba4c6e5b1e9dfc101058c75bb9bb0046f6b4856ab63b743aeee763d9f");
        var byScript = GoldPage.In(path).ToLookup(page => ExtractionScores.IsMostlyCjk(page.Text!), page => Read(page, byWords: false));
        var (cjk, others) = (Shingles([.. byScript[true]]), Shingles([.. byScript[false]]));
        output.WriteLine($"asian: shingle F1 of CJK pages {cjk.F1:F4}, accuracy {cjk.Exact:F3}; of others {others.F1:F4}");
        cjk.F1.ShouldBeGreaterThan(0.968);
        cjk.Exact.ShouldBeGreaterThan(0.49);
        others.F1.ShouldBeGreaterThan(0.900);
    }

    [Fact]
    public void Mixed_pages_are_read_at_least_as_well_as_before()
    {
        var pages = Scores("mixed", "bd93e4d97ddb7dc187f266219a158e7322eaac5dbc7981b69c8f1f55751720e3", byWords: true);
        var f1 = pages.Average(p => p.WordF1!.Value);
        output.WriteLine($"mixed: word F1 {f1:F4}");
        f1.ShouldBeGreaterThan(0.963);
    }

    [Fact]
    public void Wanted_and_unwanted_snippets_are_told_apart_at_least_as_well_as_before()
    {
        var f1 = ExtractionScores.SnippetF1(Scores("snippets", "733eb723bc87914f0011a6388b31f1e9558d5cbea8cd83ce2fd74481b63d5dc9"));
        output.WriteLine($"snippets: F1 {f1:F4}");
        f1.ShouldBeGreaterThan(0.945);
    }

    [Fact]
    public void The_test_pages_of_another_reader_are_read_at_least_as_well_as_before()
    {
        var pages = Scores("readability", "7a8a5bd430aa94659901462f8391d80ab847bb45298d02c4268534e089e8bb40");
        var f1 = pages.Average(p => p.HtmlF1!.Value);
        output.WriteLine($"readability: word F1 of the HTML {f1:F4}");
        f1.ShouldBeGreaterThan(0.957);
    }

    private static (double F1, double Exact) Shingles(List<GoldScore> pages) =>
        (ExtractionScores.Set(pages.ConvertAll(p => p.Shingles!.Value)).F1, pages.Count(p => p.Shingles!.Value.Exact) / (double)pages.Count);

    private static List<GoldScore> Scores(string set, string sha256, bool byWords = false) =>
        [.. GoldPage.In(Require(set, sha256)).Select(page => Read(page, byWords))];

    private static GoldScore Read(GoldPage page, bool byWords) => GoldScore.Of(page, ArticleReader.Read(page.Html, page.Url), byWords);

    private static string Require(string set, string sha256)
    {
        var path = SharedFiles.Require($"benchmarks/extraction/{set}.jsonl.gz");
        using var file = File.OpenRead(path);
        Convert.ToHexStringLower(SHA256.HashData(file)).ShouldBe(sha256, "the floors hold for this very set");
        return path;
    }
}
