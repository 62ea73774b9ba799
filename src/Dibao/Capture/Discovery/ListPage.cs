using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dibao.Extract.Page;

namespace Dibao.Capture.Discovery;

/// <summary>A link of a list page that leads to an article.</summary>
public readonly record struct ListedArticle(string Url, string Title);

/// <summary>What a list page lists.</summary>
/// <param name="Title">The page's own.</param>
/// <param name="Problem">In words, when nothing was found; null otherwise.</param>
public sealed record ListReading(string? Title, IReadOnlyList<ListedArticle> Articles, IReadOnlyList<string> Shapes, string? Problem);

/// <summary>
/// Reads a page that lists articles and has no feed: its links fall into groups by the shape of their addresses, and the groups
/// whose parts differ as articles' do, whose texts read like headlines and which stand outside of menus are the articles.
/// A selector, where the operator gives one, decides instead.
/// </summary>
public static class ListPage
{
    public const int MaxArticles = 300;

    private const int MaxPageLength = 2_000_000;
    private const int MaxLinks = 5_000;
    private const int LeastGroup = 3;
    private const int LeastHeadline = 12;
    private const double NextBest = 0.3;

    private static readonly HashSet<string> Furniture = new(StringComparer.OrdinalIgnoreCase) { "nav", "header", "footer", "menu", "aside" };

    private static readonly HashSet<string> NotArticles = new(StringComparer.OrdinalIgnoreCase)
    {
        "tag", "tags", "topic", "topics", "category", "categories", "author", "authors", "page", "login", "signin", "signup", "register", "about",
        "contact", "privacy", "terms", "search", "subscribe", "account", "user", "users", "profile", "cart", "shop", "help", "faq", "share", "feed", "rss",
    };

    /// <param name="html">Decoded text of the page; what is longer than 2 million characters is cut there.</param>
    /// <param name="selector">CSS, of the links or of what holds one each; null learns them by the shape of their addresses.</param>
    public static ListReading Read(string html, string pageUrl, string? selector)
    {
        using var page = PageParser.Parse(html.Length > MaxPageLength ? html[..MaxPageLength] : html, out _);
        var title = page.Title is { Length: > 0 } named ? named.Trim() : null;
        var baseUrl = ArticleUrl.TryResolve(pageUrl, page.QuerySelector("base[href]")?.GetAttribute("href"), out var declared) ? declared : pageUrl;
        if (selector is not null) return BySelector(page, title, baseUrl, selector);
        var links = Links(page.QuerySelectorAll("a[href]"), baseUrl).Where(link => IsOfSite(link.Url, pageUrl)).ToList();
        var groups = links.GroupBy(link => link.Shape).Select(group => new LinkGroup(group.Key, [.. group])).Where(group => group.Score > 0).ToList();
        if (groups.Count == 0)
        {
            return new(title, [], [], $"{pageUrl} shows no group of links that look like articles: name them with a CSS selector (--selector), or give a feed's address");
        }
        var best = groups.Max(group => group.Score);
        var chosen = groups.Where(group => group.Score >= best * NextBest).Select(group => group.Shape).ToHashSet();
        return new(title, InOrder(links.Where(link => chosen.Contains(link.Shape))), [.. chosen.Select(shape => shape.Pattern).Order(StringComparer.Ordinal)], null);
    }

    /// <summary>Whether a selector can be read at all.</summary>
    public static bool IsSelector(string selector)
    {
        using var page = PageParser.Parse("<p>", out _);
        try { return page.QuerySelectorAll(selector) is not null; }
        catch (DomException) { return false; }
    }

    private static ListReading BySelector(IHtmlDocument page, string? title, string baseUrl, string selector)
    {
        IEnumerable<IElement> found;
        try { found = page.QuerySelectorAll(selector); }
        catch (DomException) { return new(title, [], [], $"\"{selector}\" is no CSS selector that can be read: give the source another (dibao add URL --selector)"); }
        var anchors = found.Take(MaxLinks).Select(element => element.LocalName == "a" ? element : element.QuerySelector("a[href]")).OfType<IElement>();
        var articles = InOrder(Links(anchors, baseUrl));
        return new(title, articles, [], articles.Count > 0 ? null
            : $"{baseUrl} has nothing that \"{selector}\" selects: the page was rebuilt, perhaps; give the source another selector (dibao add URL --selector)");
    }

    // A picture, a headline and “read more” often lead to the same article: the longest words are its title.
    private static List<ListedArticle> InOrder(IEnumerable<PageAnchor> links) =>
    [
        .. links.GroupBy(link => link.Url).Take(MaxArticles)
            .Select(same => new ListedArticle(same.Key, same.MaxBy(link => link.Weight)!.Text))
            .Where(article => article.Title.Length > 0),
    ];

    private static IEnumerable<PageAnchor> Links(IEnumerable<IElement> anchors, string baseUrl)
    {
        foreach (var anchor in anchors.Take(MaxLinks))
        {
            if (!ArticleUrl.TryResolve(baseUrl, anchor.GetAttribute("href"), out var url)) continue;
            var fragment = url.IndexOf('#', StringComparison.Ordinal);
            if (fragment >= 0) url = url[..fragment];
            yield return new(url, UrlShape.Of(url), Words(anchor), IsFurniture(anchor), Place(anchor));
        }
    }

    private static string Words(IElement anchor)
    {
        var text = OneLine(anchor.QuerySelector("h1, h2, h3, h4, h5, h6")?.TextContent ?? anchor.TextContent);
        if (text.Length == 0) text = OneLine(anchor.GetAttribute("title") ?? anchor.QuerySelector("img[alt]")?.GetAttribute("alt") ?? "");
        return text.Length > 300 ? text[..300] : text;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private static bool IsFurniture(IElement anchor)
    {
        var depth = 0;
        for (var parent = anchor.ParentElement; parent is not null && depth < 40; parent = parent.ParentElement, depth++)
        {
            if (Furniture.Contains(parent.LocalName) && !IsInArticle(parent)) return true;
        }
        return false;
    }

    // A header inside of an article's teaser is no site's header.
    private static bool IsInArticle(IElement element) =>
        element.LocalName is "header" or "footer" && element.ParentElement is { LocalName: "article" or "li" or "section" };

    // Where it stands: the elements around it, without their numbers.
    private static string Place(IElement anchor)
    {
        var place = anchor.LocalName;
        var parent = anchor.ParentElement;
        for (var depth = 0; parent is not null && depth < 4; depth++, parent = parent.ParentElement) place = parent.LocalName + ">" + place;
        return place;
    }

    private static bool IsOfSite(string url, string pageUrl)
    {
        var (host, own) = (ArticleUrl.Host(url), ArticleUrl.Host(pageUrl));
        if (host != own && !host.EndsWith("." + own, StringComparison.Ordinal) && !own.EndsWith("." + host, StringComparison.Ordinal)) return false;
        var uri = new Uri(url);
        if (uri.AbsolutePath.Length <= 1 && uri.Query.Length == 0) return false;
        return url != pageUrl && !uri.AbsolutePath.Split('/').Any(NotArticles.Contains);
    }

    private sealed record PageAnchor(string Url, UrlShape Shape, string Text, bool Furniture, string Place)
    {
        /// <summary>How much there is to read: a Han character says about as much as two letters.</summary>
        public int Weight { get; } = Text.Sum(c => c >= '\u2E80' ? 2 : 1);
    }

    private sealed class LinkGroup
    {
        public LinkGroup(UrlShape shape, IReadOnlyList<PageAnchor> links)
        {
            Shape = shape;
            var titles = links.Where(link => !link.Furniture).GroupBy(link => link.Url).Select(same => same.Max(link => link.Weight)).ToList();
            if (titles.Count < LeastGroup || shape.Weight == 0) return;
            var headlines = titles.Average(weight => Math.Min(weight, 60));
            if (headlines < LeastHeadline) return;
            // Repeated at one place of the page, as lists are made.
            var repeated = links.Where(link => !link.Furniture).GroupBy(link => link.Place).Max(place => place.Count());
            Score = Math.Min(titles.Count, 40) * headlines * shape.Weight * (repeated >= LeastGroup ? 1.0 : 0.5);
        }

        public UrlShape Shape { get; }

        /// <summary>0: no articles.</summary>
        public double Score { get; }
    }
}
