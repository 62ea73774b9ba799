using Dibao.Extract;
using Dibao.Extract.Sites;
using Dibao.Tests.Specs;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

public sealed class TemplateLearnerTests(ITestOutputHelper output)
{
    private const string Promise = "The Halden Post is read in forty-one countries, and its reporters have never once missed the boat, not even in the storm.";

    private static readonly string[] Stories =
    [
        "It was raining when the first cars rolled aboard, and nobody seemed to mind, for the crossing takes only eleven minutes.",
        "The bakery on Main Street has sold the same bread for a hundred years, and sees no reason why it should sell another.",
        "Forty rowers came back at dusk, tired and wet, and told everyone on the pier about the seal that they had met.",
        "The lighthouse keeper, who retires this week, says that what he will miss is the sound of the door on windy nights.",
    ];

    [Fact]
    public void What_stands_on_most_pages_is_learned_and_left_out()
    {
        var template = TemplateLearner.Learn(Stories.Select((story, i) => (Page(story, i), (string?)$"https://halden.example/{i}")));

        template.Pages.ShouldBe(4);
        template.Blocks.ShouldContain(block => block.Text.StartsWith("The Halden Post is read", StringComparison.Ordinal) && block.Seen == 4);
        var page = Page("Nobody had seen the comet before the children did, who were out late because the ferry was, and who pointed at it.", 9);
        ArticleReader.Read(page, "https://halden.example/9").Text.ShouldContain("forty-one countries");
        var reading = ArticleReader.Read(page, "https://halden.example/9", new ReadingOptions { Template = template });
        reading.Text.ShouldNotContain("forty-one countries");
        reading.Text.ShouldContain("the comet");
        reading.Title.ShouldBe("Story 9");
    }

    [Fact]
    public void The_same_pages_give_the_same_template_in_any_order_and_it_survives_being_written()
    {
        var pages = Stories.Select((story, i) => (Page(story, i), (string?)$"https://halden.example/{i}")).ToList();
        var written = TemplateLearner.Learn(pages).ToString();

        TemplateLearner.Learn(pages.AsEnumerable().Reverse()).ToString().ShouldBe(written);
        SiteTemplate.TryParse(written, out var read).ShouldBeTrue();
        read.ToString().ShouldBe(written);
        written.ShouldContain("The Halden Post is read");
        SiteTemplate.TryParse("something else", out _).ShouldBeFalse();
        SiteTemplate.TryParse("dibao-template 1 x", out _).ShouldBeFalse();
    }

    [Fact]
    public void From_two_pages_or_from_one_page_thrice_nothing_is_learned()
    {
        TemplateLearner.Learn([(Page(Stories[0], 0), "https://halden.example/0"), (Page(Stories[1], 1), "https://halden.example/1")]).Blocks.ShouldBeEmpty();
        TemplateLearner.Learn(Enumerable.Repeat((Page(Stories[0], 0), (string?)"https://halden.example/0"), 5)).Blocks.ShouldBeEmpty();
    }

    [Fact]
    public void On_hosts_with_three_gold_pages_or_more_it_does_not_hurt()
    {
        var pages = GoldPage.In(Checkout.Shared("benchmarks/extraction/news.jsonl.gz")).ToList();
        var (plain, learned) = (new List<double>(), new List<double>());
        foreach (var host in pages.GroupBy(page => new Uri(page.Url!).Host).Where(group => group.Count() >= TemplateLearner.MinPages))
        {
            foreach (var page in host)
            {
                // Learned without the page itself where there are enough others; three pages learn from all three.
                var others = host.Where(other => host.Count() == TemplateLearner.MinPages || other != page).Select(other => (other.Html, (string?)other.Url));
                var template = TemplateLearner.Learn(others);
                plain.Add(Shingles(page, ArticleReader.Read(page.Html, page.Url)));
                learned.Add(Shingles(page, ArticleReader.Read(page.Html, page.Url, new ReadingOptions { Template = template })));
            }
        }

        output.WriteLine($"{plain.Count} pages: mean shingle F1 {plain.Average():F4} without a template, {learned.Average():F4} with one");
        learned.Average().ShouldBeGreaterThanOrEqualTo(plain.Average());
    }

    private static double Shingles(GoldPage page, ArticleReading read)
    {
        var (precision, recall, _, _) = ExtractionScores.Shingles(page.Text ?? "", read.Standfirst + "\n\n" + read.Text);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static string Page(string story, int number) =>
        $"<html><head><title>Story {number}</title></head><body><article><h1>Story {number}</h1><p>{story}</p><p>{story.Replace("the", "every", StringComparison.Ordinal)} {number}.</p><p>{Promise}</p></article></body></html>";
}
