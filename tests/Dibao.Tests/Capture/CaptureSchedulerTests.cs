using Dibao.Capture;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture;

public sealed class CaptureSchedulerTests : IAsyncLifetime
{
    private TestSite site = null!;
    private TestSite slow = null!;
    private TestStage archive = null!;

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync();
        slow = await TestSite.StartAsync();
        archive = new(site.Authority, slow.Authority);
    }

    public async ValueTask DisposeAsync()
    {
        archive.Dispose();
        await site.DisposeAsync();
        await slow.DisposeAsync();
    }

    [Fact]
    public async Task Sources_run_when_due_though_another_takes_long()
    {
        var gate = new TaskCompletionSource();
        archive.BeforeKeeping = bundle => bundle is { Kind: CaptureKind.Feed, Outlet.Slug: "slow" } ? gate.Task : Task.CompletedTask;
        slow.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type);
        site.On("/feed", TestFeed.Of(), TestFeed.Type);
        await archive.WatchAsync(slow.Url("/feed"), "slow");
        await archive.WatchAsync(site.Url("/feed"), "quick");

        using var polls = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        var running = Scheduler(new Told(report => { if (report.Target.Outlet.Slug == "quick") polls.Release(); })).RunAsync(stop.Token);
        await polls.WaitAsync();
        await AdvanceUntil(polls);
        await AdvanceUntil(polls);
        slow.TimesAsked("/feed").ShouldBe(1);
        gate.SetResult();
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_source_that_is_added_is_run_at_a_wake()
    {
        using var stop = new CancellationTokenSource();
        var polled = new TaskCompletionSource<SourceReport>();
        var scheduler = Scheduler(new Told(polled.SetResult));
        var running = scheduler.RunAsync(stop.Token);
        await archive.Time.Armed(TimeSpan.FromMinutes(1));
        site.On("/feed", TestFeed.Of(), TestFeed.Type);
        await archive.WatchAsync(site.Url("/feed"));
        scheduler.Wake();
        (await polled.Task).End.ShouldBe(PollEnd.Read);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Stopping_finishes_what_is_being_kept()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1"), new TestFeed.Item("2", "/2")), TestFeed.Type).On("/1", "page").On("/2", "page");
        await archive.WatchAsync(site.Url("/feed"));
        var (keeping, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        archive.BeforeKeeping = async bundle =>
        {
            if (bundle.Kind != CaptureKind.Article) return;
            keeping.TrySetResult();
            await gate.Task;
        };
        using var stop = new CancellationTokenSource();
        var running = Scheduler(null).RunAsync(stop.Token);
        await keeping.Task;
        await stop.CancelAsync();
        running.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        await running;
        archive.Articles.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_disk_that_is_full_ends_it_with_the_cause()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/1", "page");
        await archive.WatchAsync(site.Url("/feed"));
        archive.BeforeKeeping = _ => throw new IOException("No space left on device");
        (await Should.ThrowAsync<IOException>(Scheduler(null).RunAsync(default))).Message.ShouldContain("No space");
    }

    private CaptureScheduler Scheduler(IProgress<SourceReport>? progress) =>
        new(archive.Book, archive.Stage.Round, Rechecks.None, archive.KeepAsync, archive.Time) { Progress = progress };

    // The scheduler sleeps a minute at most, so it must be given many.
    private async Task AdvanceUntil(SemaphoreSlim polled)
    {
        while (!await polled.WaitAsync(TimeSpan.FromMilliseconds(1))) archive.Time.Advance(TimeSpan.FromMinutes(1));
    }
}
