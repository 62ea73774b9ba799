using Dibao.Capture.Fetch;
using Dibao.Capture.Sources;

namespace Dibao.Capture.Discovery;

/// <summary>Asks candidates, each address once, and ranks those that can be read.</summary>
internal sealed class CandidateAsking(PageFetcher fetcher, CaptureOptions options, TimeProvider time, CancellationToken cancel)
{
    private static readonly TimeSpan Stale = TimeSpan.FromDays(365);

    private readonly List<(SourceCandidate Candidate, SourceAnswer Answer)> read = [];
    private readonly List<SourceCandidate> unasked = [];
    private readonly HashSet<string> asked = [];

    public bool HasFeed => read.Exists(found => found.Candidate.Kind == SourceKind.Feed);

    /// <summary>The first of them; the rest are offered as they are.</summary>
    public async Task AllAsync(IReadOnlyList<SourceCandidate> candidates, int limit)
    {
        foreach (var candidate in candidates.Take(limit)) await AskAsync(candidate);
        unasked.AddRange(candidates.Skip(limit));
    }

    /// <summary>One after the other, until one is a feed.</summary>
    public async Task FirstAsync(IReadOnlyList<SourceCandidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            await AskAsync(candidate);
            if (HasFeed) return;
        }
    }

    /// <summary>Takes what was asked elsewhere, unless it cannot be read.</summary>
    public void Add(SourceCandidate candidate, FetchOutcome.Fetched fetched, SourceAnswer answer)
    {
        if (answer.Problem is not null) return;
        var known = Checked(candidate, fetched, answer);
        if (!read.Exists(other => other.Candidate.Url == known.Url)) read.Add((known, answer));
    }

    /// <summary>The candidates, best first; null when none can be read.</summary>
    public SourceFinding.Found? ToFinding()
    {
        var ranked = Ranked();
        if (ranked.Count == 0) return null;
        var (best, answer) = ranked[0];
        return new(best, answer.Outlet(best.Url), [.. ranked.Skip(1).Select(found => found.Candidate), .. unasked.Where(candidate => !asked.Contains(candidate.Url))]);
    }

    public static SourceCandidate Checked(SourceCandidate candidate, FetchOutcome.Fetched fetched, SourceAnswer answer) => candidate with
    {
        Url = fetched.MovedTo() ?? candidate.Url,
        Title = answer.Title ?? candidate.Title,
        Kind = answer.Kind,
        Read = true,
        Entries = answer.Entries.Count + answer.Sitemaps.Count,
        Newest = answer.Entries.Max(entry => entry.Updated ?? entry.Published),
    };

    private async Task AskAsync(SourceCandidate candidate)
    {
        if (!asked.Add(candidate.Url)) return;
        var request = candidate.Kind switch
        {
            SourceKind.ListPage => FetchRequest.Page(candidate.Url),
            SourceKind.Sitemap => FetchRequest.Sitemap(candidate.Url),
            _ => FetchRequest.Feed(candidate.Url),
        };
        if (await fetcher.FetchAsync(request, cancel) is not FetchOutcome.Fetched fetched) return;
        Add(candidate, fetched, SourceAnswer.Read(fetched.Final, candidate.Kind, candidate.Selector, options));
    }

    // Feeds before sitemaps before lists; what is alive before what fell silent; then in the order of finding.
    private List<(SourceCandidate Candidate, SourceAnswer Answer)> Ranked()
    {
        var now = time.GetUtcNow();
        return
        [
            .. read.OrderBy(found => found.Candidate.Kind)
                .ThenBy(found => found.Candidate.Entries == 0 || found.Candidate.Newest < now - Stale ? 1 : 0)
                .ThenBy(found => found.Candidate.Origin),
        ];
    }
}
