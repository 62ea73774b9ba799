using Dibao.Capture.Fetch;
using Dibao.Feeds;

namespace Dibao.Capture.Sources;

/// <summary>What looking for a feed came to.</summary>
public abstract record SourceFinding
{
    private SourceFinding() { }

    /// <summary>A feed that answers and can be read.</summary>
    /// <param name="Url">Where to poll it; permanent redirects are followed.</param>
    /// <param name="Outlet">A proposal, by the feed's host and title.</param>
    /// <param name="Others">Further feeds of the page, not asked yet.</param>
    public sealed record Found(string Url, string? Title, OutletName Outlet, IReadOnlyList<FeedCandidate> Others) : SourceFinding;

    /// <param name="Message">The thing, the cause and the remedy.</param>
    public sealed record NotFound(string Message) : SourceFinding;
}

/// <summary>Finds the feed that an operator means: the address itself, or what its page points to.</summary>
public sealed class SourceFinder(PageFetcher fetcher, CaptureOptions options)
{
    private const int CandidatesAsked = 8;
    private const int MaxPageLength = 2_000_000;

    /// <param name="address">With or without <c>https://</c>.</param>
    public async Task<SourceFinding> FindAsync(string address, CancellationToken cancel)
    {
        if (!TryRead(address, out var url)) return new SourceFinding.NotFound($"\"{address}\" is not an http or https address.");
        if (new Uri(url).UserInfo.Length > 0) return new SourceFinding.NotFound("The address holds a password, and addresses are kept and shown: leave it out.");
        switch (await fetcher.FetchAsync(FetchRequest.Feed(url), cancel))
        {
            case FetchOutcome.Fetched fetched:
                var answer = FeedAnswer.Read(fetched.Final, options);
                return answer.Feed is { } feed ? Found(feed, url, fetched, []) : await FromPageAsync(fetched, answer.Problem!, cancel);
            case FetchOutcome.Refused refused: return new SourceFinding.NotFound(StatusInWords.Of(refused) + ".");
            case FetchOutcome.Failed failed: return new SourceFinding.NotFound(failed.Reason + ".");
            default: return new SourceFinding.NotFound($"{url} answered 304 to a question without a condition.");
        }
    }

    private async Task<SourceFinding> FromPageAsync(FetchOutcome.Fetched page, string problem, CancellationToken cancel)
    {
        var candidates = Candidates(page.Final);
        if (candidates.Count == 0) candidates = FeedDiscovery.WellKnown(page.Final.Url);
        foreach (var candidate in candidates.Take(CandidatesAsked))
        {
            if (await fetcher.FetchAsync(FetchRequest.Feed(candidate.Url), cancel) is not FetchOutcome.Fetched fetched) continue;
            if (FeedAnswer.Read(fetched.Final, options).Feed is not { } feed) continue;
            return Found(feed, candidate.Url, fetched, [.. candidates.Where(other => other != candidate)]);
        }
        return new SourceFinding.NotFound($"{problem} The page points to no feed that can be read: give the feed's own address.");
    }

    private IReadOnlyList<FeedCandidate> Candidates(Exchange page)
    {
        if (Payload.Decode(page.Body, page.ContentEncoding, options.MaxDecodedBytes) is not Payload.Decoded plain) return [];
        var text = TextDecoder.Decode(plain.Bytes.Span, page.ContentType).Text;
        // What a page declares stands at its front; the rest of a huge one is not worth the memory.
        return FeedDiscovery.Find(text.Length > MaxPageLength ? text[..MaxPageLength] : text, page.Url);
    }

    private static SourceFinding.Found Found(Feed feed, string asked, FetchOutcome.Fetched fetched, IReadOnlyList<FeedCandidate> others)
    {
        var url = fetched.MovedTo() ?? asked;
        return new(url, string.IsNullOrWhiteSpace(feed.Title) ? null : feed.Title, OutletNaming.Of(feed, url), others);
    }

    private static bool TryRead(string address, out string url)
    {
        var text = address.Trim();
        return ArticleUrl.TryNormalize(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, out url);
    }
}
