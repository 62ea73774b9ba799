using System.Collections.Concurrent;
using System.Diagnostics;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Fetch;

/// <summary>What a host sees of us, measured there.</summary>
public sealed class PolitenessTests : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private TestSite site = null!;

    public async ValueTask InitializeAsync() => site = await TestSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task No_two_requests_to_a_host_overlap_or_come_closer_than_the_delay()
    {
        var delay = TimeSpan.FromMilliseconds(20);
        using var fetcher = new TestFetcher(new CaptureOptions { AllowHosts = [site.Authority], AllowedHostDelay = delay });
        var seen = new ConcurrentQueue<(long From, long To)>();
        for (var i = 0; i < 30; i++)
        {
            var takes = i % 7;
            site.On($"/{i}", async http =>
            {
                var from = Stopwatch.GetTimestamp();
                await Task.Delay(takes);
                if (takes == 3) http.Response.StatusCode = 500;
                if (takes == 5) http.Response.Redirect("/0");
                await http.Response.WriteAsync("x");
                await http.Response.CompleteAsync();
                seen.Enqueue((from, Stopwatch.GetTimestamp()));
            });
        }
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => fetcher.Fetcher.FetchAsync(
            FetchRequest.Page(site.Url($"/{i}")) with { Rank = (FetchRank)(i % 3) }, default)));
        var visits = seen.OrderBy(visit => visit.From).ToList();
        visits.Count.ShouldBeGreaterThan(30);
        foreach (var (before, after) in visits.Zip(visits.Skip(1))) Stopwatch.GetElapsedTime(before.To, after.From).ShouldBeGreaterThanOrEqualTo(delay);
    }

    [Fact]
    public async Task What_is_new_goes_before_what_is_looked_at_again()
    {
        var gate = new TaskCompletionSource();
        site.On("/first", http => gate.Task);
        foreach (var path in new[] { "/again1", "/again2", "/page", "/feed" }) site.On(path, "x");
        using var fetcher = new TestFetcher(new CaptureOptions { AllowHosts = [site.Authority] });
        var first = fetcher.GetAsync(site.Url("/first"));
        List<Task> waiting =
        [
            first,
            .. new[] { "/again1", "/again2" }.Select(path => Ask(FetchRequest.Recheck(site.Url(path), null, null))),
            Ask(FetchRequest.Page(site.Url("/page"))),
            Ask(FetchRequest.Feed(site.Url("/feed"))),
        ];
        gate.SetResult();
        await Task.WhenAll(waiting);
        site.Requests.Select(request => request.Path).ShouldBe(["/first", "/feed", "/page", "/again1", "/again2"]);

        Task Ask(FetchRequest request) => fetcher.Fetcher.FetchAsync(request with { ObeysRobots = false }, default);
    }

    [Theory]
    [InlineData(429, "600", 10)]
    [InlineData(503, "600", 10)]
    [InlineData(429, null, 1)]
    [InlineData(429, "86400", 60)]
    [InlineData(503, "Sun, 01 Mar 2026 08:10:00 GMT", 10)]
    public async Task A_host_that_asks_for_peace_is_asked_nothing_until_then(int status, string? retryAfter, int minutes)
    {
        site.On("/a", status, retryAfter: retryAfter).On("/b", "x");
        using var fetcher = new TestFetcher(new CaptureOptions { AllowHosts = [site.Authority] }, time);
        (await fetcher.GetAsync(site.Url("/a"))).ShouldBeOfType<FetchOutcome.Refused>();
        var failed = (await fetcher.GetAsync(site.Url("/b"))).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Cause.ShouldBe(FailureCause.Peace);
        failed.RetryAfter.ShouldBe(TimeSpan.FromMinutes(minutes));
        failed.Lasting.ShouldBeFalse();
        site.TimesAsked("/b").ShouldBe(0);
        time.Advance(TimeSpan.FromMinutes(minutes));
        (await fetcher.GetAsync(site.Url("/b"))).ShouldBeOfType<FetchOutcome.Fetched>();
    }

    [Fact]
    public async Task A_503_that_names_no_time_speaks_of_its_page_alone()
    {
        site.On("/a", 503).On("/b", "x");
        using var fetcher = new TestFetcher(new CaptureOptions { AllowHosts = [site.Authority] }, time);
        await fetcher.GetAsync(site.Url("/a"));
        (await fetcher.GetAsync(site.Url("/b"))).ShouldBeOfType<FetchOutcome.Fetched>();
    }

    [Fact]
    public async Task A_short_peace_is_waited_for()
    {
        site.On("/a", 429, retryAfter: "20").On("/b", "x");
        using var fetcher = new TestFetcher(new CaptureOptions { AllowHosts = [site.Authority] }, time);
        await fetcher.GetAsync(site.Url("/a"));
        var waiting = fetcher.GetAsync(site.Url("/b"));
        await time.Armed(TimeSpan.FromSeconds(20));
        site.TimesAsked("/b").ShouldBe(0);
        time.Advance(TimeSpan.FromSeconds(20));
        (await waiting).ShouldBeOfType<FetchOutcome.Fetched>();
    }

    [Fact]
    public async Task A_sources_own_delay_counts_where_it_is_longer()
    {
        site.On("/a", "x");
        using var fetcher = new TestFetcher(new CaptureOptions { AllowHosts = [site.Authority] }, time);
        fetcher.Profiles.Set(site.Url("/feed"), new() { Delay = TimeSpan.FromSeconds(9) });
        await fetcher.GetAsync(site.Url("/a"), site.Url("/feed"));
        var second = fetcher.GetAsync(site.Url("/a"));
        await time.Armed(TimeSpan.FromSeconds(9));
        site.TimesAsked("/a").ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(9));
        await second;
    }
}
