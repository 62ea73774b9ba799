using Dibao.Capture.Fetch;
using Dibao.Capture.Sources;

namespace Dibao.Capture.Discovery;

/// <summary>What looking for a source came to.</summary>
public abstract record SourceFinding
{
    private SourceFinding() { }

    /// <summary>Something that answers and can be read.</summary>
    /// <param name="Best">Where to poll; permanent redirects are followed.</param>
    /// <param name="Outlet">A proposal, by the source's host and title.</param>
    /// <param name="Others">What else there is, best first.</param>
    public sealed record Found(SourceCandidate Best, OutletName Outlet, IReadOnlyList<SourceCandidate> Others) : SourceFinding
    {
        public string Url => Best.Url;
        public string? Title => Best.Title;

        /// <summary>Feeds that the page itself names beside the best: an operator has to say which is meant.</summary>
        public IReadOnlyList<SourceCandidate> OtherFeeds =>
            [.. Others.Where(other => other is { Kind: SourceKind.Feed, Origin: CandidateOrigin.Declared or CandidateOrigin.Linked })];
    }

    /// <param name="Message">The thing, the cause and the remedy.</param>
    public sealed record NotFound(string Message) : SourceFinding;
}

/// <summary>
/// Finds what an operator may mean by an address: the address itself, the feeds that its page names, those of its platform, those
/// that lie where feeds usually lie, its sitemaps, and at last the page itself as a list of links. Each is asked before it is offered.
/// </summary>
public sealed class SourceFinder(PageFetcher fetcher, CaptureOptions options, TimeProvider time)
{
    private const int NamedAsked = 8;
    private const int PlatformAsked = 4;
    private const int SitemapsAsked = 3;
    private const int MaxPageLength = 2_000_000;

    /// <param name="address">With or without <c>https://</c>.</param>
    public async Task<SourceFinding> FindAsync(string address, CancellationToken cancel)
    {
        if (!TryRead(address, out var url)) return new SourceFinding.NotFound($"\"{address}\" is not an http or https address.");
        if (new Uri(url).UserInfo.Length > 0) return new SourceFinding.NotFound("The address holds a password, and addresses are kept and shown: leave it out.");
        switch (await fetcher.FetchAsync(FetchRequest.Feed(url), cancel))
        {
            case FetchOutcome.Fetched fetched:
                var answer = SourceAnswer.Read(fetched.Final, SourceKind.Feed, selector: null, options);
                return answer.Problem is null
                    ? Found(new(url, null, answer.Kind, CandidateOrigin.Given), fetched, answer)
                    : await FromPageAsync(fetched, answer.Problem, cancel);
            // A platform may refuse its pages and still serve its feeds.
            case FetchOutcome.Refused refused: return await FromPlatformAsync(url, StatusInWords.Of(refused) + ".", cancel);
            case FetchOutcome.Failed failed: return new SourceFinding.NotFound(failed.Reason + ".");
            default: return new SourceFinding.NotFound($"{url} answered 304 to a question without a condition.");
        }
    }

    /// <summary>A page as a list of links, whatever else it has.</summary>
    /// <param name="selector">CSS, of the links; null learns them.</param>
    public async Task<SourceFinding> FindListAsync(string address, string? selector, CancellationToken cancel)
    {
        if (!TryRead(address, out var url)) return new SourceFinding.NotFound($"\"{address}\" is not an http or https address.");
        if (selector is not null && !ListPage.IsSelector(selector)) return new SourceFinding.NotFound($"\"{selector}\" is no CSS selector.");
        switch (await fetcher.FetchAsync(FetchRequest.Page(url), cancel))
        {
            case FetchOutcome.Fetched fetched:
                var answer = SourceAnswer.Read(fetched.Final, SourceKind.ListPage, selector, options);
                var candidate = new SourceCandidate(url, null, SourceKind.ListPage, CandidateOrigin.Given) { Selector = selector };
                return answer.Problem is { } problem ? new SourceFinding.NotFound(problem + ".") : Found(candidate, fetched, answer);
            case FetchOutcome.Refused refused: return new SourceFinding.NotFound(StatusInWords.Of(refused) + ".");
            case FetchOutcome.Failed failed: return new SourceFinding.NotFound(failed.Reason + ".");
            default: return new SourceFinding.NotFound($"{url} answered 304 to a question without a condition.");
        }
    }

    private async Task<SourceFinding> FromPageAsync(FetchOutcome.Fetched page, string problem, CancellationToken cancel)
    {
        var (html, url) = (Text(page.Final), page.Final.Url);
        var asked = new CandidateAsking(fetcher, options, time, cancel);
        // 1. What the page and its platform name. 2. Only for want of those, what often is there. 3. The page itself.
        await asked.AllAsync(PageFeeds.Find(html, url), NamedAsked);
        if (!asked.HasFeed) await asked.AllAsync([.. PlatformFeeds.Of(url), .. PlatformFeeds.InPage(html, url)], PlatformAsked);
        if (!asked.HasFeed) await asked.FirstAsync(PageFeeds.WellKnown(url));
        // What is no page at all was meant to be a feed: its fault is what there is to say.
        var isPage = page.Final.Truncated is null && FullText.ArticleText.HtmlOf(page.Final) is { Length: > 0 };
        if (isPage && !asked.HasFeed) await asked.AllAsync([.. (await SitemapsAsync(url, cancel)).Select(map => new SourceCandidate(map, null, SourceKind.Sitemap, CandidateOrigin.Sitemap))], SitemapsAsked);
        if (isPage && !asked.HasFeed) asked.Add(new(url, null, SourceKind.ListPage, CandidateOrigin.Page), page, SourceAnswer.Read(page.Final, SourceKind.ListPage, null, options));
        return asked.ToFinding()
            ?? (SourceFinding)new SourceFinding.NotFound($"{problem} The page points to no feed that can be read, and shows no list of articles: give the feed's own address.");
    }

    private async Task<SourceFinding> FromPlatformAsync(string url, string problem, CancellationToken cancel)
    {
        var asked = new CandidateAsking(fetcher, options, time, cancel);
        await asked.AllAsync(PlatformFeeds.Of(url), PlatformAsked);
        return asked.ToFinding() ?? (SourceFinding)new SourceFinding.NotFound(problem);
    }

    /// <summary>The sitemaps of a page's site: those that robots.txt names, news first, or else where they usually lie.</summary>
    public async Task<IReadOnlyList<string>> SitemapsAsync(string pageUrl, CancellationToken cancel)
    {
        var robots = new Uri(new Uri(pageUrl), "/robots.txt").AbsoluteUri;
        IReadOnlyList<string> named = [];
        if (await fetcher.FetchAsync(FetchRequest.Robots(robots), cancel) is FetchOutcome.Fetched { Final: var answer }
            && Payload.Decode(answer.Body, answer.ContentEncoding, options.MaxDecodedBytes) is Payload.Decoded plain)
        {
            named = RobotsSitemaps.Of(plain.Bytes.Span, answer.Url);
        }
        // News sitemaps hold the last two days, which is what watching needs.
        var sitemaps = named.OrderByDescending(url => url.Contains("news", StringComparison.OrdinalIgnoreCase)).ToList();
        return sitemaps.Count > 0 ? sitemaps : [new Uri(new Uri(pageUrl), "/sitemap.xml").AbsoluteUri];
    }

    private string Text(Exchange page)
    {
        if (Payload.Decode(page.Body, page.ContentEncoding, options.MaxDecodedBytes) is not Payload.Decoded plain) return "";
        var text = Feeds.TextDecoder.Decode(plain.Bytes.Span, page.ContentType).Text;
        // What a page declares stands at its front; the rest of a huge one is not worth the memory.
        return text.Length > MaxPageLength ? text[..MaxPageLength] : text;
    }

    private static SourceFinding.Found Found(SourceCandidate candidate, FetchOutcome.Fetched fetched, SourceAnswer answer)
    {
        var known = CandidateAsking.Checked(candidate, fetched, answer);
        return new(known, answer.Outlet(known.Url), []);
    }

    private static bool TryRead(string address, out string url)
    {
        var text = address.Trim();
        return ArticleUrl.TryNormalize(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, out url);
    }
}
