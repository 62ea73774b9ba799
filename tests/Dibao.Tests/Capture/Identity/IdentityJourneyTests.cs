using Dibao.Capture;
using Dibao.Capture.Coverage;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Identity;

/// <summary>Which article it is, from an outlet's server over real HTTP to the catalogue.</summary>
public sealed class IdentityJourneyTests : IAsyncLifetime
{
    private const string Story = "渡轮公司说，码头将在春天之前完成修缮，乘客可以照常买票，班次也不会减少。";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dibao-identity-");
    private readonly ManualTime time = new();
    private TestSite site = null!;
    private Archive archive = null!;

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync();
        archive = Archive.Open(folder.FullName, new CaptureOptions { AllowHosts = [site.Authority] }, time);
    }

    public async ValueTask DisposeAsync()
    {
        await archive.DisposeAsync();
        await site.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_GUID_that_changes_makes_no_second_article_and_no_second_request()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("old-1", "/a/1", "渡轮复航")), TestFeed.Type).On("/a/1", Page("渡轮复航"));
        await CaptureAsync("/feed");
        site.On("/feed", TestFeed.Of(new TestFeed.Item("new-1", "/a/1", "渡轮复航")), TestFeed.Type);
        await CaptureAsync("/feed");

        Articles().ShouldBe(1);
        site.TimesAsked("/a/1").ShouldBe(1);
        Sightings("/a/1").Select(sighting => sighting.EntryId).ShouldBe(["old-1", "new-1"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_link_that_changes_leads_to_the_article_that_is_there()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/2026/ferry", "渡轮复航")), TestFeed.Type).On("/2026/ferry", Page("渡轮复航"));
        await CaptureAsync("/feed");
        Articles().ShouldBe(1);
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/news/ferry-again", "渡轮复航")), TestFeed.Type).On("/news/ferry-again", Page("渡轮复航"));
        await CaptureAsync("/feed");

        site.TimesAsked("/news/ferry-again").ShouldBe(1);
        Articles().ShouldBe(1);
    }

    [Fact]
    public async Task An_identifier_that_is_given_to_another_text_makes_another_article()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/a/1", "渡轮复航")), TestFeed.Type).On("/a/1", Page("渡轮复航"));
        await CaptureAsync("/feed");
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/a/2", "图书馆搬家")), TestFeed.Type)
            .On("/a/2", Page("图书馆搬家", "市立图书馆从今天起搬到河对岸，十二万册书装了三百个木箱，由志愿者一箱一箱抬过桥去。"));
        await CaptureAsync("/feed");

        Articles().ShouldBe(2);
    }

    [Fact]
    public async Task One_article_in_two_sources_of_an_outlet_is_one_article_with_two_sightings()
    {
        site.On("/news", TestFeed.Of(new TestFeed.Item("n-1", "/a/1?utm_source=news", "渡轮复航")), TestFeed.Type)
            .On("/local", TestFeed.Of(new TestFeed.Item("l-1", "/a/1", "渡轮复航")), TestFeed.Type).On("/a/1", Page("渡轮复航"));
        await CaptureAsync("/news", "/local");

        Articles().ShouldBe(1);
        site.TimesAsked("/a/1").ShouldBe(1);
        Sightings("/a/1").Select(sighting => new Uri(sighting.SourceUrl).AbsolutePath).ShouldBe(["/news", "/local"], ignoreOrder: true);
    }

    [Fact]
    public async Task One_text_at_two_outlets_stays_two_articles()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/a/1", "渡轮复航")), TestFeed.Type).On("/a/1", Page("渡轮复航"));
        await using var other = await TestSite.StartAsync();
        other.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/b/1", "渡轮复航")), TestFeed.Type).On("/b/1", Page("渡轮复航"));
        await archive.DisposeAsync();
        archive = Archive.Open(folder.FullName, new CaptureOptions { AllowHosts = [site.Authority, other.Authority] }, time);
        await WatchAsync(other.Url("/feed"), "other");
        await CaptureAsync("/feed");

        Articles().ShouldBe(2);
        var article = archive.Reader.Catalogue.Article(site.Url("/a/1")).ShouldNotBeNull();
        archive.Reader.Catalogue.Article(other.Url("/b/1")).ShouldNotBeNull().Id.ShouldNotBe(article.Id);
    }

    private async Task CaptureAsync(params string[] feeds)
    {
        foreach (var feed in feeds) await WatchAsync(site.Url(feed), "harbour");
        // Once an hour: long enough that a poll is due.
        time.Advance(TimeSpan.FromHours(1));
        var report = await archive.Capture.Round.RunAsync(archive.Capture.Book.Active(), archive.KeepAsync, null, TestContext.Current.CancellationToken);
        report.Sources.ShouldAllBe(source => source.End != PollEnd.Failed);
    }

    private async Task WatchAsync(string url, string outlet) => await archive.Capture.Book.AddAsync(url, null, new(outlet, outlet), archive.KeepAsync, default);

    private long Articles() => archive.Reader.Catalogue.Counts().Articles;

    private IReadOnlyList<Sighting> Sightings(string path)
    {
        var article = archive.Reader.Catalogue.Article(site.Url(path)).ShouldNotBeNull(path);
        return archive.Reader.Coverage.Sightings(article.Outlet.Id, article.Url);
    }

    private static string Page(string title, string story = Story) =>
        $"<html lang=zh><head><title>{title}</title></head><body><nav><a href=/>首页</a></nav><article><h1>{title}</h1>"
        + string.Concat(Enumerable.Range(1, 6).Select(paragraph => $"<p>第{paragraph}段：{story}{title}的消息传开以后，第{paragraph}位居民在河边等候。</p>")) + "</article></body></html>";
}
