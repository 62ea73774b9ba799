using Dibao.Capture;
using Dibao.Capture.Coverage;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Coverage;

public sealed class CoverageLedgerTests : IAsyncLifetime
{
    private TestSite site = null!;
    private TestStage archive = null!;

    private CoverageLedger Ledger => new(archive.Database);

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

    [Fact]
    public async Task What_failed_is_tried_again_and_once_the_feed_drops_it_it_is_lost()
    {
        site.On("/feed", TestFeed.Of(new("2", "/2", "二"), new("1", "/1", "一")), TestFeed.Type).On("/1", "<p>one</p>").On("/2", 503);
        var target = await archive.WatchAsync(site.Url("/feed"));
        await archive.RoundAsync();
        var missed = Ledger.Missed(target.Source.Id, 10).ShouldHaveSingleItem();
        (missed.State, missed.Failure, missed.Attempts, missed.Title).ShouldBe((CoverageState.Failed, FailureKind.ServerTrouble, 1, "二"));

        archive.Time.Advance(TimeSpan.FromHours(1));
        await archive.RoundAsync();
        Ledger.Missed(target.Source.Id, 10).ShouldHaveSingleItem().Attempts.ShouldBe(2);

        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1", "一")), TestFeed.Type);
        archive.Time.Advance(TimeSpan.FromHours(1));
        await archive.RoundAsync();
        Ledger.Missed(target.Source.Id, 10).ShouldHaveSingleItem().State.ShouldBe(CoverageState.Lost);
        Ledger.Missed(10).ShouldHaveSingleItem().Why!.ShouldContain("503");
        var today = Ledger.Days(target.Source.Id, 1, archive.Time.GetUtcNow()).ShouldHaveSingleItem();
        (today.Seen, today.Of(CoverageState.Captured), today.Missed).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task What_failed_once_and_then_answered_is_captured()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1", "一")), TestFeed.Type).On("/1", 503);
        var target = await archive.WatchAsync(site.Url("/feed"));
        await archive.RoundAsync();
        site.On("/1", "<p>one</p>");
        await archive.RoundAsync();
        Ledger.Missed(target.Source.Id, 10).ShouldBeEmpty();
        Ledger.Days(target.Source.Id, 1, archive.Time.GetUtcNow())[0].Of(CoverageState.Captured).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_round_has_no_room_for_waits()
    {
        using var small = new TestStage(new CaptureOptions { AllowHosts = [site.Authority], MaxEntriesPerPoll = 1 });
        site.On("/feed", TestFeed.Of(new("2", "/2", "二"), new("1", "/1", "一")), TestFeed.Type).On("/1", "<p>one</p>").On("/2", "<p>two</p>");
        var target = await small.WatchAsync(site.Url("/feed"));
        await small.RoundAsync();
        var ledger = new CoverageLedger(small.Database);
        ledger.Days(target.Source.Id, 1, small.Time.GetUtcNow())[0].Of(CoverageState.Waiting).ShouldBe(1);
        await small.RoundAsync();
        ledger.Days(target.Source.Id, 1, small.Time.GetUtcNow())[0].Of(CoverageState.Captured).ShouldBe(2);
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_is_in_trouble_until_it_can()
    {
        site.On("/feed", 404);
        var target = await archive.WatchAsync(site.Url("/feed"));
        var began = archive.Time.GetUtcNow();
        await archive.RoundAsync();
        archive.Time.Advance(TimeSpan.FromHours(6));
        await archive.RoundAsync();
        var trouble = Ledger.Troubles(target.Source.Id, 10).ShouldHaveSingleItem();
        (trouble.Began, trouble.Ended, trouble.Attempts, trouble.Failure).ShouldBe((began, null, 2, FailureKind.NotThere));
        archive.Health(site.Url("/feed")).Failure.ShouldBe(FailureKind.NotThere);

        site.On("/feed", TestFeed.Of(), TestFeed.Type);
        archive.Time.Advance(TimeSpan.FromHours(6));
        await archive.RoundAsync();
        Ledger.Troubles(target.Source.Id, 10).ShouldHaveSingleItem().Ended.ShouldBe(began.AddHours(12));
        Ledger.Days(target.Source.Id, 2, archive.Time.GetUtcNow()).Sum(day => day.Failing.TotalHours).ShouldBe(12);
        archive.Health(site.Url("/feed")).Failure.ShouldBe(FailureKind.None);
    }

    [Fact]
    public async Task Time_in_which_nothing_ran_is_a_gap_and_no_silence()
    {
        using var stop = new CancellationTokenSource();
        var uptime = archive.Stage.Uptime;
        var began = uptime.Begin();
        archive.Time.Advance(TimeSpan.FromHours(2));
        uptime.Show(began);
        archive.Time.Advance(TimeSpan.FromHours(30));
        var again = archive.Time.GetUtcNow();
        Ledger.Gaps(began, again).ShouldHaveSingleItem().ShouldBe(new(again.AddHours(-30), again), "it goes on until now");
        var second = uptime.Begin();
        archive.Time.Advance(TimeSpan.FromMinutes(10));
        uptime.Show(second);
        archive.Time.Advance(TimeSpan.FromMinutes(5));
        uptime.Begin().ShouldBe(second, "a short pause is no gap");
        Ledger.Gaps(began, archive.Time.GetUtcNow()).ShouldHaveSingleItem().ShouldBe(new(again.AddHours(-30), again));
        var source = (await archive.WatchAsync("https://x.example/feed")).Source.Id;
        var days = Ledger.Days(source, 4, archive.Time.GetUtcNow());
        days.Sum(day => day.Down.TotalHours).ShouldBe(30);
        days[^1].Unwatched.ShouldBeTrue();
        days[0].Unwatched.ShouldBeFalse();
    }

    [Fact]
    public async Task Life_is_shown_while_it_runs()
    {
        using var stop = new CancellationTokenSource();
        var began = archive.Time.GetUtcNow();
        var running = archive.Stage.Uptime.RunAsync(stop.Token);
        for (var minute = 0; minute < 60; minute++)
        {
            await archive.Time.Armed(TimeSpan.FromMinutes(1));
            archive.Time.Advance(TimeSpan.FromMinutes(1));
        }
        await stop.CancelAsync();
        await running;
        Ledger.Gaps(began, archive.Time.GetUtcNow()).ShouldBeEmpty();
        Ledger.Gaps(began, archive.Time.GetUtcNow().AddHours(1)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Days_begin_when_they_begin_for_the_reader()
    {
        var now = new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.FromHours(8));
        var span = DaySpan.Until(now, 2);
        span.Days().ShouldBe([new(2026, 3, 2), new(2026, 3, 1)]);
        span.Overlap(new(2026, 3, 1), [(now.AddHours(-2), now)]).ShouldBe(TimeSpan.FromHours(1));
    }
}
