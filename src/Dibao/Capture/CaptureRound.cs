using Dibao.Capture.Sources;

namespace Dibao.Capture;

/// <summary>Polls sources and looks at articles again, each on its own: only a shared host makes one wait for another.</summary>
public sealed class CaptureRound(SourcePoll poll, ArticleCapture articles, TimeProvider time)
{
    /// <summary>Polls at once: each holds a feed and an article in memory.</summary>
    internal const int UnderWayAtMost = 512;

    private static readonly TimeSpan LeastPauseAfterFailure = TimeSpan.FromHours(1);

    /// <param name="progress">Told of each source as it ends, in no order.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired.</exception>
    public async Task<RoundReport> RunAsync(
        IReadOnlyList<PollTarget> sources, KeepCapture keep, IProgress<SourceReport>? progress, CancellationToken cancel)
    {
        var reports = new SourceReport[sources.Count];
        await Parallel.ForAsync(0, sources.Count, new ParallelOptions { MaxDegreeOfParallelism = UnderWayAtMost, CancellationToken = cancel },
            async (index, stop) => reports[index] = await PollAsync(sources[index], keep, progress, stop));
        return new() { Sources = reports };
    }

    /// <summary>Polls one source.</summary>
    public async Task<SourceReport> PollAsync(PollTarget source, KeepCapture keep, IProgress<SourceReport>? progress, CancellationToken cancel)
    {
        var report = await poll.RunAsync(source, keep, cancel);
        progress?.Report(report);
        return report;
    }

    /// <summary>Looks at the articles that are due, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<RecheckReport>> RecheckAsync(Rechecks rechecks, int limit, KeepCapture keep, CancellationToken cancel) =>
        await Task.WhenAll(rechecks.Due(time.GetUtcNow(), limit).Select(target => RecheckAsync(target, rechecks, keep, cancel)));

    /// <summary>Looks at one article's page again.</summary>
    public async Task<RecheckReport> RecheckAsync(RecheckTarget target, Rechecks rechecks, KeepCapture keep, CancellationToken cancel)
    {
        var look = await articles.LookAgainAsync(target, cancel);
        var outcome = look.Bundle is null ? default(KeepOutcome?) : await keep(look.Bundle, CancellationToken.None);
        if (look.News) return new(target, outcome?.Change, look.Words);
        rechecks.Postpone(target, Again(target, failed: look.Words != "unchanged", look.RetryAfter));
        return new(target, null, look.Words);
    }

    private DateTimeOffset? Again(RecheckTarget target, bool failed, TimeSpan? retryAfter)
    {
        var now = time.GetUtcNow();
        if (RecheckLadder.Next(now - target.Since) is not { } pause) return null;
        if (failed && pause < LeastPauseAfterFailure) pause = LeastPauseAfterFailure;
        return now + (retryAfter > pause && retryAfter <= PollRhythm.LongestRetryAfter ? retryAfter.Value : pause);
    }
}
