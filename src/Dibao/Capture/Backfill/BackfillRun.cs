using Dibao.Capture.Coverage;
using Dibao.Capture.Discovery;
using Dibao.Capture.Fetch;
using Dibao.Capture.Sources;

namespace Dibao.Capture.Backfill;

/// <summary>
/// Fetches the past articles of a source: the list of them from its site's sitemaps and from the older pages of its feed, then a few each
/// day, the newest first. At a host's door it stands behind everything that is live (<see cref="FetchRank.Backfill"/>).
/// </summary>
public sealed class BackfillRun(BackfillBook backfills, SourceBook book, SourceFinder finder, PageFetcher fetcher, ArticleCapture articles, CaptureOptions options)
{
    private const int MaxSitemaps = 500;
    private const int MaxFeedPages = 200;
    private const int ProblemsTold = 5;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    /// <summary>Goes on with every backfill that is under way, for as long as the archive is up.</summary>
    public async Task RunAsync(KeepCapture keep, TimeProvider time, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var worked = false;
            foreach (var progress in backfills.List().Where(progress => progress.Ended is null))
            {
                if (book.Find(progress.SourceUrl) is { Source.State: SourceState.Active } target) worked |= await StepAsync(target, keep, cancel);
            }
            if (!worked) await Task.Delay(Idle, time, cancel);
        }
    }

    /// <summary>Makes the list where there is none yet, or else fetches one article.</summary>
    /// <returns>False when there is nothing to do, or nothing today.</returns>
    public async Task<bool> StepAsync(PollTarget target, KeepCapture keep, CancellationToken cancel)
    {
        if (backfills.Of(target.Source.Id) is not { Ended: null } progress) return false;
        if (progress.Listed is null)
        {
            await ListAsync(target, progress.Since, keep, cancel);
            return true;
        }
        if (backfills.Next(target.Source.Id) is not { } item)
        {
            backfills.EndWhenEmpty(target.Source.Id);
            return false;
        }
        var result = await articles.TakeAsync(target, item.Entry, keep, cancel);
        backfills.Note(target.Source.Id, item.Key, StateOf(result), result.Coverage.Why);
        return true;
    }

    private async Task ListAsync(PollTarget target, DateTimeOffset since, KeepCapture keep, CancellationToken cancel)
    {
        Task Keep(IReadOnlyList<Exchange> exchanges) => keep(SourcePoll.AnswerBundle(target, exchanges), CancellationToken.None);
        var (entries, problems) = (new List<Entry>(), new List<string>());
        if (target.Source.Kind == SourceKind.Feed) await FeedPagesAsync(target, since, entries, problems, Keep, cancel);
        var roots = target.Source.Kind == SourceKind.Sitemap ? [target.Source.Url] : await finder.SitemapsAsync(target.Source.Url, cancel);
        var found = await new SitemapWalk(fetcher, options).WalkAsync(roots, since, MaxSitemaps, target.Source.Url, Keep, cancel);
        entries.AddRange(found.Entries.Where(entry => IsArticle(entry, target.Source.Url)));
        problems.AddRange(found.Problems);
        backfills.Listed(target.Source.Id, entries, problems.Count == 0 ? null : string.Join("; ", problems.Take(ProblemsTold)));
        backfills.EndWhenEmpty(target.Source.Id);
    }

    // RFC 5005 and JSON Feed say where the older entries are; WordPress answers ?paged=2.
    private async Task FeedPagesAsync(PollTarget target, DateTimeOffset since, List<Entry> entries, List<string> problems, KeepAnswer keep, CancellationToken cancel)
    {
        var asked = new HashSet<string>();
        for (string? url = target.Source.Url; url is not null && asked.Count < MaxFeedPages && asked.Add(url);)
        {
            var outcome = await fetcher.FetchAsync(FetchRequest.Feed(url) with { Source = target.Source.Url, Rank = FetchRank.Backfill }, cancel);
            if (outcome.Exchanges.Count > 0) await keep(outcome.Exchanges);
            if (outcome is not FetchOutcome.Fetched fetched) return;
            var answer = SourceAnswer.Read(fetched.Final, SourceKind.Feed, null, options);
            if (answer.Problem is { } problem) { problems.Add(problem); return; }
            var within = answer.Entries.Where(entry => (entry.Published ?? entry.Updated) is not { } at || at >= since).ToList();
            entries.AddRange(within);
            url = within.Count == 0 ? null : answer.NextPage;
        }
    }

    // Sitemaps name sections, authors and legal notes as well: an article's address has something that differs from article to article.
    private static bool IsArticle(Entry entry, string sourceUrl)
    {
        var (host, own) = (ArticleUrl.Host(entry.Link), ArticleUrl.Host(sourceUrl));
        return (host == own || host.EndsWith("." + own, StringComparison.Ordinal) || own.EndsWith("." + host, StringComparison.Ordinal))
            && (entry.Title.Length > 0 || UrlShape.Of(entry.Link).Weight > 0);
    }

    private static BackfillState StateOf(ArticleCapture.Result result) => result switch
    {
        { Coverage.State: CoverageState.NoArticle } => BackfillState.NoArticle,
        { Outcome.Change: ArticleChange.Unchanged } => BackfillState.There,
        { Outcome.ArticleId: not null } => BackfillState.Kept,
        _ => BackfillState.Failed,
    };
}
