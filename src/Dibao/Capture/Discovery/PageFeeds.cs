namespace Dibao.Capture.Discovery;

/// <summary>Finds the feeds of a page.</summary>
/// <remarks>Source: HTML Living Standard §4.6.7.1 (link type <c>alternate</c>), and the paths that publishing systems use.</remarks>
public static class PageFeeds
{
    private const int MaxCandidates = 20;

    private static readonly string[] FeedTypes =
        ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json", "text/xml", "application/xml"];

    private static readonly string[] FeedEndings =
        ["/feed", "/feed/", "/rss", "/rss/", "/atom", "/feeds", ".rss", ".atom", ".rdf", "/rss.xml", "/atom.xml", "/feed.xml", "/feed.json", "/index.xml"];

    private static readonly string[] WellKnownPaths = ["/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feed.json", "/index.rdf", "/blog/feed", "/feeds/posts/default", "/?feed=rss2", "/blog-feed.xml"];

    /// <summary>The feeds that the page declares, then those its body links to, best first; feeds of comments come last in each.</summary>
    /// <param name="html">Decoded text of the page.</param>
    public static IReadOnlyList<SourceCandidate> Find(string html, string pageUrl)
    {
        var page = PageLinks.Read(html);
        var baseUrl = ArticleUrl.TryResolve(pageUrl, page.BaseHref, out var declared) ? declared : pageUrl;
        var found = CommentsLast(page.Links.Where(IsDeclared)).Concat(CommentsLast(page.Links.Where(IsLinked)))
            .Select(link => (Known: ArticleUrl.TryResolve(baseUrl, link.Href, out var url), Url: url, Link: link))
            .Where(link => link.Known)
            .Select(link => new SourceCandidate(link.Url, link.Link.Title, SourceKind.Feed, link.Link.Rel is null ? CandidateOrigin.Linked : CandidateOrigin.Declared))
            .DistinctBy(candidate => candidate.Url);
        return [.. found.Take(MaxCandidates)];
    }

    /// <summary>Addresses where sites of this kind often have a feed, for pages that declare none.</summary>
    public static IReadOnlyList<SourceCandidate> WellKnown(string pageUrl) =>
        [
        // The page's own folder first: a section or a blog under a site has its feed there.
        .. ((string[])[.. OwnPaths(pageUrl), .. WellKnownPaths]).Where(path => ArticleUrl.TryResolve(pageUrl, path, out _))
            .Select(path => new SourceCandidate(new Uri(new(pageUrl), path).AbsoluteUri, null, SourceKind.Feed, CandidateOrigin.WellKnown)),
    ];

    private static string[] OwnPaths(string pageUrl)
    {
        var path = new Uri(pageUrl).AbsolutePath;
        var folder = path[..(path.LastIndexOf('/') + 1)];
        return folder.Length <= 1 ? [] : [folder + "feed", folder + "rss.xml", folder + "index.xml"];
    }

    private static bool IsDeclared(PageLink link) =>
        link.Rel is { } rel
        && rel.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Contains("alternate", StringComparer.OrdinalIgnoreCase)
        && FeedTypes.Contains(link.Type?.Split(';')[0].Trim().ToLowerInvariant());

    private static bool IsLinked(PageLink link)
    {
        if (link.Rel is not null) return false;
        var path = link.Href.Trim().Split('?', '#')[0];
        return Array.Exists(FeedEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<PageLink> CommentsLast(IEnumerable<PageLink> links) => links.OrderBy(link => IsOfComments(link) ? 1 : 0);

    private static bool IsOfComments(PageLink link) =>
        link.Href.Contains("comment", StringComparison.OrdinalIgnoreCase)
        || link.Title?.Contains("comment", StringComparison.OrdinalIgnoreCase) == true
        || link.Title?.Contains("评论", StringComparison.Ordinal) == true
        || link.Title?.Contains("評論", StringComparison.Ordinal) == true;
}
