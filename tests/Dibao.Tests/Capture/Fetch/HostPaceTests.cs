using Dibao.Capture;
using Dibao.Capture.Fetch;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Fetch;

public class HostPaceTests
{
    private static readonly Uri Slow = new("https://slow.example/");
    private static readonly Uri Quick = new("https://quick.example/");

    private readonly ManualTime time = new();

    [Fact]
    public async Task A_host_that_hangs_holds_back_no_other()
    {
        using var pace = Pace(new());
        var gate = new TaskCompletionSource<int>();
        var hanging = pace.RunAsync(Slow, default, null, _ => gate.Task, default);
        (await pace.RunAsync(Quick, default, null, _ => Task.FromResult(2), default)).ShouldBe(2);
        hanging.IsCompleted.ShouldBeFalse();
        gate.SetResult(1);
        (await hanging).ShouldBe(1);
    }

    [Fact]
    public async Task A_host_is_asked_one_thing_at_a_time_with_a_pause_between()
    {
        using var pace = Pace(new() { HostDelay = TimeSpan.FromSeconds(3) });
        var gate = new TaskCompletionSource<int>();
        var secondAsked = false;
        var first = pace.RunAsync(Slow, default, null, _ => gate.Task, default);
        var second = pace.RunAsync(Slow, default, null, _ => { secondAsked = true; return Task.FromResult(2); }, default);
        secondAsked.ShouldBeFalse();
        gate.SetResult(1);
        await first;
        await time.Armed(TimeSpan.FromSeconds(3));
        secondAsked.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(3));
        await second;
        secondAsked.ShouldBeTrue();
    }

    [Fact]
    public async Task A_failed_request_frees_its_host()
    {
        using var pace = Pace(new() { HostDelay = TimeSpan.Zero });
        await Should.ThrowAsync<IOException>(pace.RunAsync<int>(Slow, default, null, _ => throw new IOException("no"), default));
        (await pace.RunAsync(Slow, default, null, _ => Task.FromResult(2), default)).ShouldBe(2);
    }

    [Fact]
    public async Task Giving_up_in_the_queue_frees_the_place()
    {
        using var pace = Pace(new() { HostDelay = TimeSpan.Zero });
        var gate = new TaskCompletionSource<int>();
        var first = pace.RunAsync(Slow, default, null, _ => gate.Task, default);
        using var stop = new CancellationTokenSource();
        var second = pace.RunAsync(Slow, default, null, _ => Task.FromResult(2), stop.Token);
        var third = pace.RunAsync(Slow, default, null, _ => Task.FromResult(3), default);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        gate.SetResult(1);
        await first;
        (await third).ShouldBe(3);
    }

    [Fact]
    public async Task No_more_requests_are_under_way_than_allowed()
    {
        using var pace = Pace(new() { MaxConcurrentRequests = 2 });
        var gate = new TaskCompletionSource<int>();
        var started = 0;
        var all = Enumerable.Range(0, 5)
            .Select(i => pace.RunAsync(new($"https://h{i}.example/"), default, null, _ => { Interlocked.Increment(ref started); return gate.Task; }, default)).ToList();
        started.ShouldBe(2);
        gate.SetResult(0);
        await Task.WhenAll(all);
        started.ShouldBe(5);
    }

    [Fact]
    public async Task The_operators_own_hosts_get_no_pause_by_default()
    {
        using var pace = Pace(new() { AllowHosts = ["quick.example"] });
        await pace.RunAsync(Quick, default, null, _ => Task.FromResult(1), default);
        pace.RunAsync(Quick, default, null, _ => Task.FromResult(2), default).IsCompleted.ShouldBeTrue();
    }

    private HostPace Pace(CaptureOptions options) => new(options, new(options, time), time);
}
