using Dibao.Extract;
using Dibao.Extract.Sites;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

public sealed class SiteRuleTests
{
    private const string Sentence = "The bridge opened again, and people who had waited for two years walked across it before noon, in the rain. ";

    private const string Page =
        "<html><head><title>x</title></head><body><div class='story-head'><b id=t>Bridge reopens</b><i class=who>Von Jana Vogt</i><u class=when>8.11.2023 17:08</u></div>"
        + "<div class='blob'><p>Other text that is longer than the story: " + Sentence + Sentence + Sentence + Sentence + Sentence + Sentence + "</p></div>"
        + "<div class='part'><p>First. " + Sentence + "</p><p class='advert-slot'>Buy soap.</p><img src='https://img.example/pixel/1.gif'></div><p>Between.</p>"
        + "<div class='part'><p>Second. " + Sentence + "</p></div>"
        + "<a class='more' href='/bridge?page=2'>Next</a><a class='all' href='/bridge/all'>All</a></body></html>";

    [Fact]
    public void A_rule_names_title_author_date_and_body_and_strips_what_it_names()
    {
        var reading = Read("title: //b[@id='t']\nauthor: //i[@class='who']\ndate: //u[@class='when']\nbody: //div[@class='part']\nstrip_id_or_class: advert-\nstrip_image_src: /pixel/\ntimezone: Europe/Berlin\n");

        reading.Title.ShouldBe("Bridge reopens");
        reading.Metadata.Title!.Source.ShouldBe(FoundIn.SiteRule);
        reading.Authors.ShouldBe(["Jana Vogt"]);
        reading.Published.ShouldBe(new DateTimeOffset(2023, 11, 8, 16, 8, 0, TimeSpan.Zero));
        reading.Text.ShouldBe($"First. {Sentence.Trim()}\n\nSecond. {Sentence.Trim()}");
        reading.Html.ShouldNotContain("pixel");
    }

    [Fact]
    public void Our_own_form_adds_selectors_sentences_and_a_last_day()
    {
        const string Rule = "body: css: .part, .blob + p\nstrip_text: Buy soap\nholds_until: 2024-01-31\n";

        Read(Rule, fetched: "2024-01-31T23:00:00Z").Text.ShouldStartWith("First.");
        Read(Rule, fetched: "2024-01-31T23:00:00Z").Text.ShouldNotContain("Buy soap");
        Read(Rule, fetched: "2024-02-01T00:00:00Z").Text.ShouldContain("Other text");
    }

    [Fact]
    public void A_body_that_is_not_there_is_found_without_the_rule_and_said()
    {
        var reading = Read("body: //div[@id='gone']\n");

        reading.Text.ShouldContain("Other text");
        reading.Warnings.ShouldContain(warning => warning.Contains("finds no body", StringComparison.Ordinal));
    }

    [Fact]
    public void Links_to_the_next_and_the_single_page_are_absolute_and_conditional()
    {
        var rule = Rules("next_page_link: //a[@class='more']\nsingle_page_link: //a[@class='all']/@href\nif_page_contains: //a[@class='more']\n").For("news.example")!;

        rule.NextPageLink(Page, "https://news.example/bridge").ShouldBe("https://news.example/bridge?page=2");
        rule.SinglePageLink(Page, "https://news.example/bridge").ShouldBe("https://news.example/bridge/all");
        rule.SinglePageLink(Page.Replace("class='more'", "", StringComparison.Ordinal), "https://news.example/bridge").ShouldBeNull();
        Rules("next_page_link: concat('javascript:', 'x')\n").For("news.example")!.NextPageLink(Page, "https://news.example/bridge").ShouldBeNull();
    }

    [Fact]
    public void Text_is_replaced_before_the_page_is_parsed()
    {
        var reading = Read("find_string: <div class='blob'>\nreplace_string: <div class='blob' hidden>\nreplace_string(Second.): Third.\nbody: //div[@class='part']\n");

        reading.Text.ShouldContain("Third.");
        reading.Text.ShouldNotContain("Second.");
    }

    [Fact]
    public void A_folder_is_loaded_with_what_is_wrong_in_it_named()
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Path, "news.example.txt"), "# ours\ntitle: //h1\ntidy: no\ntest_url: https://news.example/a\nhttp_header(user-agent): Reader/1\nbody: //div[[\nfrobnicate: yes\nno colon\n");
        File.WriteAllText(Path.Combine(folder.Path, ".group.example.txt"), "body: //article\n");
        File.WriteAllText(Path.Combine(folder.Path, "README.md"), "not a rule");

        var rules = SiteRules.Load(folder.Path);

        rules.Count.ShouldBe(2);
        rules.For("www.news.example")!.Headers["User-Agent"].ShouldBe("Reader/1");
        rules.For("news.example")!.TestUrls.ShouldBe(["https://news.example/a"]);
        rules.For("east.group.example")!.Body.Single().Query.ShouldBe("//article");
        rules.For("group.example").ShouldNotBeNull();
        rules.For("groupexample").ShouldBeNull();
        rules.For(null).ShouldBeNull();
        rules.Problems.Select(problem => problem.Line).ShouldBe([6, 7, 8]);
        rules.Problems[0].ToString().ShouldContain("news.example.txt, line 6");
    }

    [Theory]
    [InlineData("//div[@class='part'][last()]/p", "Second.")]
    [InlineData("//p[starts-with(normalize-space(.), 'First')]", "First.")]
    [InlineData("//div[contains(concat(' ', @class, ' '), ' part ')][1]/p[1]", "First.")]
    [InlineData("//a[@class='more']/preceding::p[1]", "Second.")]
    [InlineData("//img/ancestor::div[1]/p | //nothing", "First.")]
    [InlineData("//p[not(@class)][count(preceding-sibling::p)=0 and string-length(.) < 160][1]", "First.")]
    public void XPath_is_answered_as_the_standard_says(string body, string start) => Read($"body: {body}\n").Text.ShouldStartWith(start);

    [Fact]
    public void A_query_that_would_take_for_ever_is_given_up()
    {
        var page = "<html><body><article><h1>Bridge</h1><p>" + Sentence + Sentence + "</p></article>" + string.Concat(Enumerable.Repeat("<div><span>x</span></div>", 20_000)) + "</body></html>";
        var rules = Rules("body: //div[count(//span[. = //div]) > 1]\n");

        var reading = ArticleReader.Read(page, "https://news.example/a", new ReadingOptions { Rules = rules });

        reading.Warnings.ShouldContain(warning => warning.Contains("given up", StringComparison.Ordinal));
        reading.Text.ShouldContain("The bridge opened again");
    }

    [Fact]
    public void A_rule_that_finds_nothing_changes_nothing()
    {
        var nothing = new ReadingOptions { Rules = Rules("strip: //blink[@class='never']\nstrip: css: blink.never\n") };
        var none = new ReadingOptions();
        foreach (var path in Directory.GetFiles(Path.Combine(Specs.Checkout.Root, "tests", "Dibao.Tests", "Extract", "Pages"), "*.html"))
        {
            var page = File.ReadAllText(path);
            var (ruled, plain) = (ArticleReader.Read(page, "https://news.example/a", nothing), ArticleReader.Read(page, "https://news.example/a", none));
            (ruled.Html, ruled.Text, ruled.Title, string.Join('|', ruled.Authors), ruled.Published).ShouldBe((plain.Html, plain.Text, plain.Title, string.Join('|', plain.Authors), plain.Published), path);
        }
    }

    [Fact]
    public void Any_text_is_a_rule_or_names_its_problems()
    {
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, FsCheck.Fluent.Prop.ForAll<string>(text =>
        {
            var rules = Rules(text ?? "");
            _ = ArticleReader.Read(Page, "https://news.example/bridge", new ReadingOptions { Rules = rules });
        }));
    }

    private static SiteRules Rules(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Path, "news.example.txt"), text);
        return SiteRules.Load(folder.Path);
    }

    private static ArticleReading Read(string rule, string fetched = "2023-11-09T00:00:00Z") => ArticleReader.Read(Page, "https://news.example/bridge",
        new ReadingOptions { Rules = Rules(rule), Fetched = DateTimeOffset.Parse(fetched, System.Globalization.CultureInfo.InvariantCulture) });

    private sealed class TempFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("dibao-rules-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
