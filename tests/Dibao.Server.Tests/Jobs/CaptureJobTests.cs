using Dibao.Server.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Jobs;

public class CaptureJobTests
{
    [Fact]
    public async Task A_failure_is_tried_again_ever_more_slowly_and_counted()
    {
        var time = new HurriedTime();
        var tally = new CaptureTally(NullLogger<CaptureTally>.Instance);
        var runs = 0;
        var done = new TaskCompletionSource();
        using var job = new CaptureJob(
            async cancel =>
            {
                if (++runs <= 12) throw new IOException("the disk is full");
                done.SetResult();
                await Task.Delay(Timeout.Infinite, cancel);
            },
            tally, time, NullLogger<CaptureJob>.Instance);
        await job.StartAsync(CancellationToken.None);
        await done.Task;
        await job.StopAsync(CancellationToken.None);
        tally.Restarts.ShouldBe(12);
        time.Pauses.Select(pause => pause.TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    }

    [Fact]
    public async Task Stopping_waits_for_what_was_under_way()
    {
        var kept = false;
        var began = new TaskCompletionSource();
        using var job = new CaptureJob(
            async cancel =>
            {
                began.SetResult();
                await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await Task.Yield();
                kept = true;
            },
            new(NullLogger<CaptureTally>.Instance), TimeProvider.System, NullLogger<CaptureJob>.Instance);
        await job.StartAsync(CancellationToken.None);
        await began.Task;
        await job.StopAsync(CancellationToken.None);
        kept.ShouldBeTrue();
    }

    /// <summary>Every pause is over at once, and remembered.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
