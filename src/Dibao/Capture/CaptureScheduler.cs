using System.Collections.Concurrent;
using Dibao.Capture.Push;
using Dibao.Capture.Sources;

namespace Dibao.Capture;

/// <summary>Runs sources and rechecks as they come due, for as long as the archive is up. A slow one holds back no other.</summary>
public sealed class CaptureScheduler(SourceBook book, CaptureRound round, Rechecks rechecks, KeepCapture keep, TimeProvider time)
{
    // Rechecks and hubs have no calendar of their own here, so they are asked for this often.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly SourceCalendar calendar = new();
    private readonly RecheckQueue articles = new(rechecks, time);
    private readonly ConcurrentDictionary<Task, byte> running = new();
    private readonly ConcurrentQueue<Ended> ended = new();
    private readonly ConcurrentQueue<(long Source, DateTimeOffset Due)> brought = new();
    private volatile TaskCompletionSource wake = NewWake();
    private volatile bool changed = true;
    private Task renewing = Task.CompletedTask;
    private long? renewed;

    /// <summary>Told of each poll as it ends.</summary>
    public IProgress<SourceReport>? Progress { get; init; }

    /// <summary>Who tells of news; null when nobody does.</summary>
    public PushSubscriptions? Push { get; init; }

    /// <summary>Looks for due sources now: one was added, removed or changed.</summary>
    public void Wake()
    {
        changed = true;
        wake.TrySetResult();
    }

    /// <summary>Somebody says that a source has news: it is polled as soon as its last poll is a minute past.</summary>
    public void PollSoon(long source)
    {
        if (book.BringForward(source) is not { } due) return;
        brought.Enqueue((source, due));
        wake.TrySetResult();
    }

    /// <summary>Ends when <paramref name="cancel"/> fires, after everything that was being kept is kept.</summary>
    /// <exception cref="IOException">Keeping failed: nothing more is captured until the cause is gone.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                wake = NewWake();
                await ReapAsync();
                StartPolls(stop.Token);
                StartRechecks(stop.Token);
                await RenewAsync(stop.Token);
                await SleepAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested) { /* the way it is meant to end */ }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll([.. running.Keys, renewing]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void StartPolls(CancellationToken stop)
    {
        if (changed)
        {
            changed = false;
            calendar.Load(book.Calendar());
        }
        while (brought.TryDequeue(out var news)) calendar.Set(news.Source, news.Due);
        var now = time.GetUtcNow();
        while (calendar.UnderWay < CaptureRound.UnderWayAtMost && calendar.TryTake(now, out var source))
        {
            var host = calendar.HostOf(source)!;
            Start(() => PollAsync(source, host, stop), stop);
        }
    }

    private void StartRechecks(CancellationToken stop)
    {
        foreach (var article in articles.Take())
        {
            Start(async () =>
            {
                await round.RecheckAsync(article, rechecks, keep, stop);
                return () => articles.End(article);
            }, stop);
        }
    }

    /// <returns>What the loop does about it.</returns>
    private async Task<Action> PollAsync(long source, string host, CancellationToken stop)
    {
        if (book.Find(source) is not { Source.State: SourceState.Active } target) return () => calendar.End(source, host, next: null);
        var report = await round.PollAsync(target, keep, Progress, stop);
        if (Push is not null) await Push.AfterPollAsync(report, stop);
        return () => calendar.End(source, host, report.NextPoll);
    }

    private void Start(Func<Task<Action>> work, CancellationToken stop)
    {
        // On the pool, so that parsing one feed does not hold back the start of the next.
        var task = Task.Run(work, stop);
        running[task] = 0;
        _ = task.ContinueWith(
            done =>
            {
                running.TryRemove(done, out _);
                ended.Enqueue(new(task));
                wake.TrySetResult();
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // Awaiting what has ended brings up its exception: a full disk stops the loop, a failed poll is only a report.
    private async Task ReapAsync()
    {
        while (ended.TryDequeue(out var next)) (await next.Task)();
    }

    private async Task RenewAsync(CancellationToken stop)
    {
        if (Push is null || !renewing.IsCompleted || (renewed is { } last && time.GetElapsedTime(last) < LongestSleep)) return;
        await renewing;
        renewed = time.GetTimestamp();
        renewing = Task.Run(() => Push.RenewAsync(stop), stop);
    }

    private async Task SleepAsync(CancellationToken stop)
    {
        // With all places taken, only an end opens one.
        var due = calendar.UnderWay >= CaptureRound.UnderWayAtMost ? null : calendar.NextDue;
        var pause = due is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) - time.GetUtcNow() : LongestSleep;
        if (pause > LongestSleep) pause = LongestSleep;
        if (pause <= TimeSpan.Zero) return;
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(Task.Delay(pause, time, awake.Token), wake.Task);
        await awake.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly record struct Ended(Task<Action> Task);
}
