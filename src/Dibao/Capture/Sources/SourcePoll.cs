using Dibao.Capture.Coverage;
using Dibao.Capture.Discovery;
using Dibao.Capture.Fetch;
using Dibao.Capture.Identity;

namespace Dibao.Capture.Sources;

/// <summary>Asks one source what is new, and captures it.</summary>
public sealed class SourcePoll(SourceBook book, PageFetcher fetcher, ArticleCapture articles, CaptureOptions options, TimeProvider time)
{
    // A site that is down should not cost one timeout for each of its articles.
    private const int PageFailuresBeforeSkipping = 3;
    private const int PageErrorsReported = 20;
    private const int LongestCutBody = 64 << 10;
    private const int SitemapsOfIndex = 6;
    private const int UndatedTaken = 200;
    private readonly Turns<(long Outlet, string Article)> turns = new();
    private static readonly TimeSpan SitemapWindow = TimeSpan.FromDays(3);

    /// <summary>
    /// 1. Ask, conditionally. 2. Keep the answer first, whatever it is: feeds forget. 3. Capture each article that is new or announced
    /// in other words, oldest first; keeping an article also notes the sighting, so a crash in between costs a repeated fetch, no article.
    /// 4. Record how it went, last: until then the next poll starts over. 5. Follow a permanent redirect that enough answers agree on.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired; what was being kept then is kept.</exception>
    public async Task<SourceReport> RunAsync(PollTarget target, KeepCapture keep, CancellationToken cancel)
    {
        var outcome = await fetcher.FetchAsync(Question(target) with { Source = target.Source.Url }, cancel);
        if (outcome.Exchanges.Count > 0) await keep(AnswerBundle(target, outcome.Exchanges), CancellationToken.None);
        return outcome switch
        {
            FetchOutcome.Unchanged => await UnchangedAsync(target, outcome, new(target.ETag, target.LastModified, target.Payload), keep),
            FetchOutcome.Refused { Status: 410 } gone => await RetireAsync(target, gone, keep),
            FetchOutcome.Refused refused => Fail(target, new(StatusInWords.Of(refused), refused.RetryAfter) { Kind = EntryCoverage.OfStatus(refused.Status) }),
            FetchOutcome.Failed failed => Fail(target, new(failed.Reason, failed.RetryAfter) { Kind = EntryCoverage.OfCause(failed.Cause) }),
            FetchOutcome.Fetched fetched => await FetchedAsync(target, fetched, keep, cancel),
            _ => throw new InvalidOperationException($"Unexpected outcome {outcome.GetType().Name}."),
        };
    }

    private async Task<SourceReport> FetchedAsync(PollTarget target, FetchOutcome.Fetched fetched, KeepCapture keep, CancellationToken cancel)
    {
        var payload = Digest.Of(fetched.Final.Body.Span);
        var conditions = new PollConditions(fetched.Final.ETag, fetched.Final.LastModified, payload);
        if (payload == target.Payload) return await UnchangedAsync(target, fetched, conditions, keep);

        var answer = SourceAnswer.Read(fetched.Final, target.Source.Kind, target.Source.Selector, options);
        if (answer.Problem is { } problem) return Fail(target, new(problem) { Kind = FailureKind.Unreadable });
        var entries = await EntriesAsync(target, answer, keep, cancel);
        var news = entries.Where(entry => book.NewsOf(target, entry) is not EntryNews.Known).ToList();
        book.Listed(target, entries, [.. news.Skip(options.MaxEntriesPerPoll)]);
        var tally = await CaptureAsync(target, news, keep, cancel);

        // What was left would hide behind a 304: with entries waiting, the next poll asks unconditionally.
        // An index may stay as it is while its branches change.
        var asksAgain = tally.Left > 0 || answer.Sitemaps.Count > 0;
        var result = new PollResult.Succeeded(asksAgain ? null : conditions) { Title = answer.Title, MovedTo = fetched.MovedTo(), NotBefore = fetched.FreshUntil };
        var report = tally.ToReport(target, entries.Count) with { Hub = answer.Hub };
        return await RecordAsync(target, result, report, keep);
    }

    private async Task<Tally> CaptureAsync(PollTarget target, List<Entry> news, KeepCapture keep, CancellationToken cancel)
    {
        var tally = new Tally { Left = Math.Max(0, news.Count - options.MaxEntriesPerPoll) };
        var failuresInARow = 0;
        foreach (var entry in news.Take(options.MaxEntriesPerPoll))
        {
            cancel.ThrowIfCancellationRequested();
            // Two sources of an outlet that announce one article in the same minute: the second waits, and finds it there.
            using var turn = await turns.EnterAsync((target.Source.OutletId, ArticleKey.Of(entry.Link)), cancel);
            if (book.IsKnownArticle(target, entry) && book.NewsOf(target, entry) is EntryNews.New)
            {
                book.Saw(target, entry);
                continue;
            }
            var skip = failuresInARow < PageFailuresBeforeSkipping ? null
                : $"{entry.Link} was not asked for: the last {PageFailuresBeforeSkipping} pages did not answer";
            var result = await articles.CaptureAsync(target, entry, skip, keep, cancel);
            // What no bundle says of an entry, the ledger must be told.
            if (result.Outcome is null || result.Coverage.State is CoverageState.NoArticle) book.Saw(target, entry, result.Coverage);
            failuresInARow = result.Transient ? failuresInARow + 1 : 0;
            tally.Add(result);
        }
        return tally;
    }

    private Task<SourceReport> UnchangedAsync(PollTarget target, FetchOutcome outcome, PollConditions conditions, KeepCapture keep) =>
        RecordAsync(
            target, new PollResult.Succeeded(conditions) { MovedTo = outcome.MovedTo(), NotBefore = outcome.FreshUntil },
            new() { Target = target, End = PollEnd.Unchanged, Words = "unchanged" }, keep);

    private async Task<SourceReport> RecordAsync(PollTarget target, PollResult result, SourceReport report, KeepCapture keep)
    {
        var recorded = book.Record(target, result);
        if (recorded.MoveTo is not { } moved) return report with { NextPoll = recorded.NextPoll };
        await book.MoveAsync(target, moved, keep, CancellationToken.None);
        return report with { NextPoll = recorded.NextPoll, MovedTo = moved, Words = $"{report.Words}; moved to {moved}" };
    }

    private SourceReport Fail(PollTarget target, PollResult.Failed failed)
    {
        var recorded = book.Record(target, failed);
        return new() { Target = target, End = PollEnd.Failed, Words = failed.Words, NextPoll = recorded.NextPoll };
    }

    private async Task<SourceReport> RetireAsync(PollTarget target, FetchOutcome.Refused gone, KeepCapture keep)
    {
        var words = $"{StatusInWords.Of(gone)}: it is polled no more; add it again if it comes back";
        book.Record(target, new PollResult.Failed(words) { Kind = FailureKind.Gone });
        await book.RetireAsync(target, keep, CancellationToken.None);
        return new() { Target = target, End = PollEnd.Retired, Words = words };
    }

    // What the operator named is asked for whatever robots.txt says, and before its articles.
    private static FetchRequest Question(PollTarget target) => (target.Source.Kind switch
    {
        SourceKind.ListPage => FetchRequest.Page(target.Source.Url),
        SourceKind.Sitemap => FetchRequest.Sitemap(target.Source.Url),
        _ => FetchRequest.Feed(target.Source.Url),
    }) with { ETag = target.ETag, LastModified = target.LastModified, ObeysRobots = false, Rank = FetchRank.Feed };

    // A sitemap may name everything a site ever had: what is older than these days is for a backfill. An index is walked for its newest branches.
    private async Task<IReadOnlyList<Entry>> EntriesAsync(PollTarget target, SourceAnswer answer, KeepCapture keep, CancellationToken cancel)
    {
        if (answer.Kind != SourceKind.Sitemap) return answer.Entries;
        var since = time.GetUtcNow() - SitemapWindow;
        IReadOnlyList<Entry> entries = answer.Entries;
        if (answer.Sitemaps.Count > 0)
        {
            Task Keep(IReadOnlyList<Exchange> exchanges) => keep(AnswerBundle(target, exchanges), CancellationToken.None);
            var found = await new SitemapWalk(fetcher, options).WalkAsync(
                SitemapWalk.Branches(answer.Sitemaps, since), since, SitemapsOfIndex, target.Source.Url, Keep, cancel);
            entries = [.. entries, .. found.Entries];
        }
        var dated = entries.Where(entry => (entry.Published ?? entry.Updated) >= since);
        var undated = entries.Where(entry => entry.Published is null && entry.Updated is null && UrlShape.Of(entry.Link).Weight > 0);
        return [.. dated, .. undated.Take(UndatedTaken)];
    }

    internal static CaptureBundle AnswerBundle(PollTarget target, IReadOnlyList<Exchange> exchanges) => new()
    {
        Kind = CaptureKind.Feed,
        Url = target.Source.Url,
        At = exchanges[0].At,
        Outlet = target.Outlet,
        SourceUrl = target.Source.Url,
        Exchanges = [.. exchanges.Select(Bounded)],
    };

    // What was cut off for its size is no feed; its beginning is evidence enough, at every poll.
    private static Exchange Bounded(Exchange exchange) =>
        exchange.Truncated is null || exchange.Body.Length <= LongestCutBody ? exchange : exchange with { Body = exchange.Body[..LongestCutBody] };

    private sealed class Tally
    {
        private readonly List<string> pageErrors = [];
        private int created;
        private int changed;

        public int Left { get; set; }

        public void Add(ArticleCapture.Result result)
        {
            if (result.Outcome is null) Left++;
            if (result.Outcome?.Change is ArticleChange.New) created++;
            if (result.Outcome?.Change is ArticleChange.Changed) changed++;
            if (result.PageError is { } error && pageErrors.Count < PageErrorsReported) pageErrors.Add(error);
        }

        public SourceReport ToReport(PollTarget target, int entries) => new()
        {
            Target = target,
            End = PollEnd.Read,
            Words = InWords(entries),
            Entries = entries,
            New = created,
            Changed = changed,
            Left = Left,
            PageErrors = pageErrors,
        };

        private string InWords(int entries)
        {
            var words = $"{entries} entries, {created} new, {changed} changed";
            if (Left > 0) words += $", {Left} left for the next round";
            return pageErrors.Count > 0 ? $"{words}; pages missing: {pageErrors[0]}{(pageErrors.Count > 1 ? $", and {pageErrors.Count - 1} more" : "")}" : words;
        }
    }
}
