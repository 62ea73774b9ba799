using Dibao.Capture.Fetch;
using Dibao.Capture.Sources;
using Dibao.Feeds;

namespace Dibao.Capture.Discovery;

/// <summary>Keeps a list's answer as it came.</summary>
public delegate Task KeepAnswer(IReadOnlyList<Exchange> exchanges);

/// <summary>What a walk through sitemaps found.</summary>
/// <param name="Entries">Each address once.</param>
/// <param name="Problems">Sitemaps that could not be read, in words.</param>
public sealed record SitemapFindings(IReadOnlyList<Entry> Entries, IReadOnlyList<string> Problems);

/// <summary>Walks a tree of sitemaps and indexes, the newest branches first, and gathers what is not older than asked for.</summary>
/// <remarks>Source: sitemaps.org 0.9. An index may list what it likes, itself included: depth, number and entries are bounded, and each is read once.</remarks>
public sealed class SitemapWalk(PageFetcher fetcher, CaptureOptions options)
{
    private const int MaxDepth = 3;
    private const int MaxEntries = 200_000;

    /// <param name="roots">Sitemaps or indexes.</param>
    /// <param name="since">Entries and branches that say they are older are left out; what says nothing is taken.</param>
    /// <param name="most">Sitemaps that are asked for.</param>
    /// <param name="source">On whose behalf.</param>
    public async Task<SitemapFindings> WalkAsync(
        IReadOnlyList<string> roots, DateTimeOffset since, int most, string? source, KeepAnswer keep, CancellationToken cancel)
    {
        var walk = new Walk(since);
        foreach (var root in roots) walk.Wait(root, 0);
        while (walk.Next() is var (url, depth) && url is not null && walk.Asked <= most)
        {
            var outcome = await fetcher.FetchAsync(FetchRequest.Sitemap(url) with { Source = source, Rank = FetchRank.Backfill }, cancel);
            if (outcome.Exchanges.Count > 0) await keep(outcome.Exchanges);
            switch (outcome)
            {
                case FetchOutcome.Fetched fetched: walk.Take(SourceAnswer.Read(fetched.Final, SourceKind.Sitemap, null, options), depth); break;
                case FetchOutcome.Refused refused: walk.Problems.Add(StatusInWords.Of(refused)); break;
                case FetchOutcome.Failed failed: walk.Problems.Add(failed.Reason); break;
            }
        }
        return new(walk.Entries, walk.Problems);
    }

    /// <summary>The branches of an index that may hold what is not older than <paramref name="since"/>, the newest first.</summary>
    public static IReadOnlyList<string> Branches(IReadOnlyList<SitemapReference> sitemaps, DateTimeOffset since) =>
    [
        .. sitemaps.Where(sitemap => sitemap.LastModified is not { } at || at >= since)
            .OrderByDescending(sitemap => sitemap.Url.Contains("news", StringComparison.OrdinalIgnoreCase))
            .ThenByDescending(sitemap => sitemap.LastModified ?? DateTimeOffset.MinValue)
            .Select(sitemap => sitemap.Url),
    ];

    private sealed class Walk(DateTimeOffset since)
    {
        private readonly Queue<(string Url, int Depth)> waiting = [];
        private readonly HashSet<string> known = [];
        private readonly HashSet<string> links = [];

        public List<Entry> Entries { get; } = [];
        public List<string> Problems { get; } = [];
        public int Asked { get; private set; }

        public void Wait(string url, int depth)
        {
            if (depth <= MaxDepth && known.Add(url)) waiting.Enqueue((url, depth));
        }

        public (string? Url, int Depth) Next()
        {
            if (!waiting.TryDequeue(out var next)) return (null, 0);
            Asked++;
            return next;
        }

        public void Take(SourceAnswer answer, int depth)
        {
            if (answer.Problem is { } problem) { Problems.Add(problem); return; }
            foreach (var branch in Branches(answer.Sitemaps, since)) Wait(branch, depth + 1);
            foreach (var entry in answer.Entries)
            {
                if (Entries.Count >= MaxEntries) return;
                if ((entry.Published ?? entry.Updated) is { } at && at < since) continue;
                if (links.Add(entry.Link)) Entries.Add(entry);
            }
        }
    }
}
