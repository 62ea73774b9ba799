using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Tests.Capture.Fetch;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Robots;

public sealed class RobotsBookTests : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private TestSite site = null!;
    private TestFetcher fetcher = null!;

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync();
        site.On("/a", "page").On("/private", "page");
        fetcher = new(new CaptureOptions { AllowHosts = [site.Authority] }, time);
    }

    public async ValueTask DisposeAsync()
    {
        fetcher.Dispose();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task A_page_that_robots_txt_forbids_is_not_asked_for()
    {
        site.On("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain");
        var failed = (await PageAsync("/private")).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Cause.ShouldBe(FailureCause.Robots);
        failed.Lasting.ShouldBeTrue();
        failed.Reason.ShouldContain("robots.txt forbids /private");
        (await PageAsync("/a")).ShouldBeOfType<FetchOutcome.Fetched>();
        site.TimesAsked("/private").ShouldBe(0);
        site.TimesAsked("/robots.txt").ShouldBe(1);
    }

    [Fact]
    public async Task A_feed_that_the_operator_named_is_asked_for_regardless()
    {
        site.On("/robots.txt", "User-agent: *\nDisallow: /", "text/plain");
        (await fetcher.Fetcher.FetchAsync(FetchRequest.Feed(site.Url("/a")), default)).ShouldBeOfType<FetchOutcome.Fetched>();
        site.TimesAsked("/robots.txt").ShouldBe(0);
    }

    [Fact]
    public async Task Where_a_redirect_leads_robots_txt_is_asked_again()
    {
        await using var other = await TestSite.StartAsync();
        other.On("/robots.txt", "User-agent: Dibao\nDisallow: /", "text/plain").On("/b", "there");
        site.On("/a", 302, other.Url("/b"));
        using var both = new TestFetcher(new CaptureOptions { AllowHosts = [site.Authority, other.Authority] }, time);
        var failed = (await both.Fetcher.FetchAsync(FetchRequest.Page(site.Url("/a")), default)).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Cause.ShouldBe(FailureCause.Robots);
        failed.Exchanges.ShouldHaveSingleItem().Status.ShouldBe(302);
        other.TimesAsked("/b").ShouldBe(0);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Without_a_robots_txt_all_is_allowed(int status)
    {
        site.On("/robots.txt", status);
        (await PageAsync("/a")).ShouldBeOfType<FetchOutcome.Fetched>();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_robots_txt_that_cannot_be_read_forbids_everything_until_it_can(int status)
    {
        site.On("/robots.txt", status);
        var failed = (await PageAsync("/a")).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Cause.ShouldBe(FailureCause.Robots);
        failed.Lasting.ShouldBeFalse();
        failed.RetryAfter.ShouldBe(TimeSpan.FromMinutes(5));
        failed.Reason.ShouldContain(status.ToString());
        await PageAsync("/a");
        site.TimesAsked("/robots.txt").ShouldBe(1);
        site.TimesAsked("/a").ShouldBe(0);

        site.On("/robots.txt", "User-agent: *", "text/plain");
        time.Advance(TimeSpan.FromMinutes(5));
        (await PageAsync("/a")).ShouldBeOfType<FetchOutcome.Fetched>();
    }

    [Fact]
    public async Task What_was_read_of_it_counts_while_it_cannot_be_read_again()
    {
        site.On("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain");
        await PageAsync("/a");
        site.On("/robots.txt", 503);
        time.Advance(TimeSpan.FromHours(24));
        (await PageAsync("/a")).ShouldBeOfType<FetchOutcome.Fetched>();
        (await PageAsync("/private")).ShouldBeOfType<FetchOutcome.Failed>().Cause.ShouldBe(FailureCause.Robots);
        site.TimesAsked("/robots.txt").ShouldBe(2);
    }

    [Fact]
    public async Task It_is_read_again_after_a_day()
    {
        site.On("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain");
        await PageAsync("/a");
        site.On("/robots.txt", "User-agent: *\nDisallow: /a", "text/plain");
        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await PageAsync("/a")).ShouldBeOfType<FetchOutcome.Fetched>();
        time.Advance(TimeSpan.FromSeconds(1));
        (await PageAsync("/a")).ShouldBeOfType<FetchOutcome.Failed>();
    }

    [Fact]
    public async Task After_thirty_days_without_an_answer_it_is_taken_to_be_none()
    {
        site.On("/robots.txt", 500);
        await PageAsync("/a");
        time.Advance(TimeSpan.FromDays(30));
        (await PageAsync("/a")).ShouldBeOfType<FetchOutcome.Fetched>();
    }

    [Fact]
    public async Task Its_redirects_are_followed()
    {
        site.On("/robots.txt", 301, "/r1");
        for (var hop = 1; hop < 5; hop++) site.On($"/r{hop}", 302, $"/r{hop + 1}");
        site.On("/r5", "User-agent: *\nDisallow: /private", "text/plain");
        (await PageAsync("/private")).ShouldBeOfType<FetchOutcome.Failed>().Cause.ShouldBe(FailureCause.Robots);
    }

    [Fact]
    public async Task A_robots_txt_in_a_loop_is_none()
    {
        site.On("/robots.txt", 302, "/robots.txt");
        (await PageAsync("/a")).ShouldBeOfType<FetchOutcome.Fetched>();
    }

    [Fact]
    public async Task A_packed_robots_txt_is_unpacked()
    {
        var packed = PayloadTests.Packed("User-agent: *\nDisallow: /private"u8.ToArray(), "gzip");
        site.On("/robots.txt", async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await http.Response.Body.WriteAsync(packed);
        });
        (await PageAsync("/private")).ShouldBeOfType<FetchOutcome.Failed>().Cause.ShouldBe(FailureCause.Robots);
    }

    [Fact]
    public async Task Of_a_robots_txt_without_end_the_beginning_counts()
    {
        site.On("/robots.txt", async http =>
        {
            await http.Response.WriteAsync("User-agent: *\nDisallow: /private\n");
            var line = new string('#', 1000) + "\n";
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.WriteAsync(line);
        });
        (await PageAsync("/private")).ShouldBeOfType<FetchOutcome.Failed>().Cause.ShouldBe(FailureCause.Robots);
        (await PageAsync("/a")).ShouldBeOfType<FetchOutcome.Fetched>();
    }

    [Fact]
    public async Task Many_pages_at_once_ask_for_it_once()
    {
        site.On("/robots.txt", "User-agent: *", "text/plain");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PageAsync("/a")));
        site.TimesAsked("/robots.txt").ShouldBe(1);
    }

    [Fact]
    public async Task The_crawl_delay_is_kept()
    {
        site.On("/robots.txt", "User-agent: *\nCrawl-delay: 7", "text/plain");
        await PageAsync("/a");
        var second = PageAsync("/a");
        await time.Armed(TimeSpan.FromSeconds(7));
        second.IsCompleted.ShouldBeFalse();
        site.TimesAsked("/a").ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(7));
        await second;
        site.TimesAsked("/a").ShouldBe(2);
    }

    [Fact]
    public async Task A_crawl_delay_that_means_never_is_two_minutes()
    {
        site.On("/robots.txt", "User-agent: *\nCrawl-delay: 86400", "text/plain");
        await PageAsync("/a");
        var second = PageAsync("/a");
        await time.Armed(TimeSpan.FromMinutes(2));
        time.Advance(TimeSpan.FromMinutes(2));
        await second;
    }

    private Task<FetchOutcome> PageAsync(string path) => fetcher.Fetcher.FetchAsync(FetchRequest.Page(site.Url(path)), default);
}
