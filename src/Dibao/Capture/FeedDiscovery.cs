using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Dibao.Capture;

/// <summary>A feed that a page points to; nobody asked it yet.</summary>
/// <param name="Title">As the page names it; null when it does not.</param>
public readonly record struct FeedCandidate(string Url, string? Title);

/// <summary>Finds the feeds of a page.</summary>
/// <remarks>Source: HTML Living Standard §4.6.7.1 (link type <c>alternate</c>), and the paths that publishing systems use.</remarks>
public static class FeedDiscovery
{
    private const int MaxCandidates = 20;

    private static readonly string[] FeedTypes =
        ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json", "text/xml", "application/xml"];

    private static readonly string[] FeedEndings =
        ["/feed", "/feed/", "/rss", "/rss/", "/atom", "/feeds", ".rss", ".atom", ".rdf", "/rss.xml", "/atom.xml", "/feed.xml", "/feed.json", "/index.xml"];

    private static readonly string[] WellKnownPaths = ["/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.json", "/index.xml"];

    /// <summary>The feeds that the page declares, then those its body links to, best first; feeds of comments come last in each.</summary>
    /// <param name="html">Decoded text of the page.</param>
    public static IReadOnlyList<FeedCandidate> Find(string html, string pageUrl)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var baseUrl = BaseOf(document, pageUrl);
        var found = Declared(document).Concat(Linked(document))
            .Select(link => (Known: ArticleUrl.TryResolve(baseUrl, link.Href, out var url), Url: url, link.Title))
            .Where(link => link.Known)
            .Select(link => new FeedCandidate(link.Url, link.Title))
            .DistinctBy(candidate => candidate.Url);
        return [.. found.Take(MaxCandidates)];
    }

    /// <summary>Addresses where sites of this kind often have a feed, for pages that declare none.</summary>
    public static IReadOnlyList<FeedCandidate> WellKnown(string pageUrl) =>
        [.. WellKnownPaths.Where(path => ArticleUrl.TryResolve(pageUrl, path, out _)).Select(path => new FeedCandidate(new Uri(new(pageUrl), path).AbsoluteUri, null))];

    private static string BaseOf(IHtmlDocument document, string pageUrl) =>
        ArticleUrl.TryResolve(pageUrl, document.QuerySelector("base[href]")?.GetAttribute("href"), out var url) ? url : pageUrl;

    private static IEnumerable<Link> Declared(IHtmlDocument document) => CommentsLast(document.QuerySelectorAll("link[rel~=alternate i][href]")
        .Where(link => FeedTypes.Contains(link.GetAttribute("type")?.Split(';')[0].Trim().ToLowerInvariant()))
        .Select(link => new Link(link.GetAttribute("href")!, Words(link.GetAttribute("title")))));

    private static IEnumerable<Link> Linked(IHtmlDocument document) => CommentsLast(document.QuerySelectorAll("a[href]")
        .Select(link => new Link(link.GetAttribute("href")!, Words(link.TextContent)))
        .Where(link => EndsAsFeed(link.Href)));

    private static IEnumerable<Link> CommentsLast(IEnumerable<Link> links) => links.OrderBy(link => IsOfComments(link) ? 1 : 0);

    private static bool EndsAsFeed(string href)
    {
        var path = href.Trim().Split('?', '#')[0];
        return Array.Exists(FeedEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOfComments(Link link) =>
        link.Href.Contains("comment", StringComparison.OrdinalIgnoreCase)
        || link.Title?.Contains("comment", StringComparison.OrdinalIgnoreCase) == true
        || link.Title?.Contains("评论", StringComparison.Ordinal) == true
        || link.Title?.Contains("評論", StringComparison.Ordinal) == true;

    private static string? Words(string? text)
    {
        var words = text is null ? "" : string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return words.Length is 0 or > 200 ? null : words;
    }

    private readonly record struct Link(string Href, string? Title);
}
