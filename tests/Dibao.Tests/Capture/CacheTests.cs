using Dibao.Capture.Sources;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture;

/// <summary>What a feed's answer says about the next question.</summary>
public sealed class CacheTests : IAsyncLifetime
{
    private TestSite site = null!;
    private TestStage archive = null!;

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync();
        archive = new(site.Authority);
    }

    public async ValueTask DisposeAsync()
    {
        archive.Dispose();
        await site.DisposeAsync();
    }

    [Theory]
    [InlineData("max-age=7200", 120)]
    [InlineData("max-age=31536000", 24 * 60)]
    public async Task A_feed_that_says_how_long_it_holds_is_not_polled_before(string control, int minutes) =>
        (await PauseAsync(control)).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData("no-store, max-age=7200")]
    [InlineData("no-cache")]
    [InlineData("max-age=60")]
    public async Task A_feed_that_may_not_be_stored_is_polled_by_its_rhythm(string control) =>
        (await PauseAsync(control)).ShouldBeInRange(PollRhythm.Unknown * 0.9, PollRhythm.Unknown * 1.1);

    [Fact]
    public async Task A_304_that_says_how_long_it_holds_counts_as_well()
    {
        await PauseAsync("max-age=60");
        site.On("/feed", http =>
        {
            http.Response.StatusCode = 304;
            http.Response.Headers.CacheControl = "max-age=10800";
            return Task.CompletedTask;
        });
        await archive.RoundAsync();
        (archive.Health(site.Url("/feed")).NextPoll - archive.Time.GetUtcNow()).ShouldBe(TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task Answers_that_disagree_move_nothing()
    {
        site.On("/a", TestFeed.Of(), TestFeed.Type).On("/b", TestFeed.Of(), TestFeed.Type);
        await archive.WatchAsync(site.Url("/feed"));
        foreach (var target in new[] { "/a", "/a", "/b", "/a", "/a" })
        {
            site.On("/feed", 301, target);
            await archive.RoundAsync();
        }
        archive.Book.Find(site.Url("/feed"))!.Source.State.ShouldBe(SourceState.Active);
        await archive.RoundAsync();
        archive.Book.Find(site.Url("/feed")).ShouldBeNull();
        archive.Book.Find(site.Url("/a"))!.Source.State.ShouldBe(SourceState.Active);
    }

    private async Task<TimeSpan> PauseAsync(string control)
    {
        site.On("/feed", http =>
        {
            http.Response.Headers.CacheControl = control;
            return http.Response.WriteAsync(TestFeed.Of());
        });
        await archive.WatchAsync(site.Url("/feed"));
        await archive.RoundAsync();
        return archive.Health(site.Url("/feed")).NextPoll!.Value - archive.Time.GetUtcNow();
    }
}
