using Dibao.Capture.Sources;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture;

/// <summary>What a feed's answer says about the next question.</summary>
public sealed class CacheTests : StageTest
{
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
        Site.On("/feed", http =>
        {
            http.Response.StatusCode = 304;
            http.Response.Headers.CacheControl = "max-age=10800";
            return Task.CompletedTask;
        });
        await Stage.RoundAsync();
        (Stage.Health(Site.Url("/feed")).NextPoll - Stage.Time.GetUtcNow()).ShouldBe(TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task Answers_that_disagree_move_nothing()
    {
        Site.On("/a", TestFeed.Of(), TestFeed.Type).On("/b", TestFeed.Of(), TestFeed.Type);
        await Stage.WatchAsync(Site.Url("/feed"));
        foreach (var target in new[] { "/a", "/a", "/b", "/a", "/a" })
        {
            Site.On("/feed", 301, target);
            await Stage.RoundAsync();
        }
        Stage.Book.Find(Site.Url("/feed"))!.Source.State.ShouldBe(SourceState.Active);
        await Stage.RoundAsync();
        Stage.Book.Find(Site.Url("/feed")).ShouldBeNull();
        Stage.Book.Find(Site.Url("/a"))!.Source.State.ShouldBe(SourceState.Active);
    }

    private async Task<TimeSpan> PauseAsync(string control)
    {
        Site.On("/feed", http =>
        {
            http.Response.Headers.CacheControl = control;
            return http.Response.WriteAsync(TestFeed.Of());
        });
        await Stage.WatchAsync(Site.Url("/feed"));
        await Stage.RoundAsync();
        return Stage.Health(Site.Url("/feed")).NextPoll!.Value - Stage.Time.GetUtcNow();
    }
}
