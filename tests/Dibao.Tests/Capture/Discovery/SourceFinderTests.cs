using Dibao.Capture;
using Dibao.Capture.Discovery;
using Dibao.Capture.Sources;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Discovery;

public sealed class SourceFinderTests : StageTest
{
    [Fact]
    public async Task A_feed_is_found_as_itself_and_names_its_outlet()
    {
        Site.On("/feed", TestFeed.Of(), TestFeed.Type);
        var found = (await FindAsync("/feed")).ShouldBeOfType<SourceFinding.Found>();
        found.Url.ShouldBe(Site.Url("/feed"));
        found.Outlet.ShouldBe(new OutletName($"127.0.0.1-{new Uri(Site.Root).Port}", "试验报", Site.Url("/")));
    }

    [Fact]
    public async Task A_page_leads_to_the_first_of_its_feeds_that_can_be_read()
    {
        Site.On("/", """
            <head><link rel="alternate" type="application/rss+xml" href="/broken" title="Broken">
            <link rel="alternate" type="application/rss+xml" href="/good.xml" title="Good"></head>
            """).On("/broken", 500).On("/good.xml", TestFeed.Of(), TestFeed.Type);
        var found = (await FindAsync("/")).ShouldBeOfType<SourceFinding.Found>();
        found.Url.ShouldBe(Site.Url("/good.xml"));
        found.Others.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_declares_nothing_is_tried_at_the_usual_paths()
    {
        Site.On("/news", "<p>no links</p>").On("/atom.xml", TestFeed.Of(), TestFeed.Type);
        (await FindAsync("/news")).ShouldBeOfType<SourceFinding.Found>().Url.ShouldBe(Site.Url("/atom.xml"));
    }

    [Fact]
    public async Task A_page_without_feeds_says_what_to_do()
    {
        Site.On("/", "<!DOCTYPE html><p>no feeds</p>");
        (await FindAsync("/")).ShouldBeOfType<SourceFinding.NotFound>().Message.ShouldEndWith("give the feed's own address.");
    }

    [Fact]
    public async Task A_permanent_redirect_is_taken_at_its_word_when_adding()
    {
        Site.On("/old", 308, "/new").On("/new", TestFeed.Of(), TestFeed.Type);
        (await FindAsync("/old")).ShouldBeOfType<SourceFinding.Found>().Url.ShouldBe(Site.Url("/new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://example.org/feed")]
    [InlineData("not an address")]
    public async Task What_is_no_address_says_so(string address) =>
        (await Stage.Stage.Finder.FindAsync(address, default)).ShouldBeOfType<SourceFinding.NotFound>().Message.ShouldContain("not an http or https address");

    [Fact]
    public async Task An_address_with_a_password_is_not_taken() =>
        (await Stage.Stage.Finder.FindAsync("https://me:secret@example.org/feed", default))
            .ShouldBeOfType<SourceFinding.NotFound>().Message.ShouldNotContain("secret");

    [Fact]
    public async Task An_address_in_the_house_names_the_setting() =>
        (await Stage.Stage.Finder.FindAsync("http://127.0.0.1:9/", default)).ShouldBeOfType<SourceFinding.NotFound>().Message.ShouldContain("AllowHosts");

    private Task<SourceFinding> FindAsync(string path) => Stage.Stage.Finder.FindAsync(Site.Url(path), default);
}

public class PageFeedsTests
{
    [Fact]
    public void Declared_feeds_come_before_linked_ones_and_comments_last()
    {
        var found = PageFeeds.Find("""
            <html><head><base href="https://cdn.example/x/">
            <link rel="alternate" type="application/rss+xml" href="/comments/feed" title="Comments">
            <link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" href="atom">
            <link rel="alternate" type="text/html" hreflang="en" href="/en">
            <link rel="stylesheet" href="/feed.xml">
            <link rel="alternate" type="application/feed+json" href="javascript:alert(1)">
            </head><body><a href="/about">About</a> <a href="https://other.example/rss.xml?all#x"> All
            news </a><a href="atom">again</a></body></html>
            """, "https://site.example/");
        found.ShouldBe(
        [
            new("https://cdn.example/x/atom", null, SourceKind.Feed, CandidateOrigin.Declared),
            new("https://cdn.example/comments/feed", "Comments", SourceKind.Feed, CandidateOrigin.Declared),
            new("https://other.example/rss.xml?all#x", "All news", SourceKind.Feed, CandidateOrigin.Linked),
        ]);
    }

    [Fact]
    public void A_page_with_countless_links_gives_a_handful() =>
        PageFeeds.Find(string.Concat(Enumerable.Range(0, 1000).Select(i => $"<a href='/{i}/feed'>x</a>")), "https://site.example/").Count.ShouldBe(20);

    [Theory]
    [InlineData("<div>")]
    [InlineData("<a href=x>")]
    [InlineData("<a")]
    [InlineData("<table><td>")]
    [InlineData("<b><p>")]
    [InlineData("&lt")]
    [InlineData("<!--")]
    public void A_page_nested_without_end_is_read_in_linear_time(string piece)
    {
        var found = PageFeeds.Find("<a href='/feed'>x</a>" + string.Concat(Enumerable.Repeat(piece, 200_000)), "https://site.example/");
        found.ShouldBe([new("https://site.example/feed", "x", SourceKind.Feed, CandidateOrigin.Linked)]);
    }

    [Fact]
    public void A_tag_with_countless_attributes_is_read_in_linear_time()
    {
        var attributes = string.Concat(Enumerable.Range(0, 150_000).Select(i => $" a{i}=b"));
        PageFeeds.Find($"<a{attributes}>x</a><a href=/feed>y</a>", "https://site.example/").Count.ShouldBe(1);
    }

    [Fact]
    public void Markup_inside_of_scripts_and_comments_is_no_link() =>
        PageFeeds.Find("<script>'<a href=/a/feed>'</script><style><a href=/b/feed></style><!-- <a href=/c/feed> --><textarea><a href=/d/feed></textarea>",
            "https://site.example/").ShouldBeEmpty();

    [Theory]
    [InlineData("https://www.News.example/feed", "news.example")]
    [InlineData("http://127.0.0.1:8401/feed", "127.0.0.1-8401")]
    [InlineData("http://[::1]:8401/feed", "--1-8401")]
    public void An_outlet_is_named_by_its_host(string url, string slug) => OutletNaming.Slug(url).ShouldBe(slug);

    [Theory]
    [InlineData("  法广 RFI / 中文 ", "法广-rfi-中文")]
    [InlineData("../../etc", "etc")]
    [InlineData("!!!", null)]
    public void A_name_becomes_a_slug_that_is_never_a_path(string name, string? slug) => OutletNaming.SlugOf(name).ShouldBe(slug);
}
