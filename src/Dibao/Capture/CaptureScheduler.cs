using Dibao.Capture.Sources;

namespace Dibao.Capture;

/// <summary>Runs sources and rechecks as they come due, for as long as the archive is up. A slow one holds back no other.</summary>
public sealed class CaptureScheduler(SourceBook book, CaptureRound round, Rechecks rechecks, KeepCapture keep, TimeProvider time)
{
    private const int RechecksUnderWay = 64;

    // Rechecks have no calendar of their own here, so they are asked for this often.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Kind, long Id), Task> running = [];
    private volatile TaskCompletionSource wake = NewWake();

    /// <summary>Told of each poll as it ends.</summary>
    public IProgress<SourceReport>? Progress { get; init; }

    /// <summary>Looks for due sources now: one was added.</summary>
    public void Wake() => wake.TrySetResult();

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
                StartDue(stop.Token);
                await SleepAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested) { /* the way it is meant to end */ }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void StartDue(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        foreach (var source in book.Due(now))
        {
            Start(("source", source.Source.Id), () => round.PollAsync(source, keep, Progress, stop), stop);
        }
        var room = RechecksUnderWay - running.Keys.Count(key => key.Kind == "article");
        if (room <= 0) return;
        foreach (var article in rechecks.Due(now, RechecksUnderWay))
        {
            if (room-- > 0) Start(("article", article.ArticleId), () => round.RecheckAsync(article, rechecks, keep, stop), stop);
        }
    }

    private void Start((string, long) key, Func<Task> work, CancellationToken stop)
    {
        if (running.ContainsKey(key)) return;
        // On the pool, so that parsing one feed does not hold back the start of the next.
        var task = Task.Run(work, stop);
        running[key] = task;
        _ = task.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // Awaiting what has ended brings up its exception: a full disk stops the loop, a failed poll is only a report.
    private async Task ReapAsync()
    {
        foreach (var (key, task) in running.Where(entry => entry.Value.IsCompleted).ToList())
        {
            running.Remove(key);
            await task;
        }
    }

    private async Task SleepAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var pause = book.NextDue(now) - now;
        if (pause is null || pause > LongestSleep) pause = LongestSleep;
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(Task.Delay(pause.Value, time, awake.Token), wake.Task);
        await awake.CancelAsync();
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
