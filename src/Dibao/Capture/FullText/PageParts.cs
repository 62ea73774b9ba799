using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dibao.Extract.Page;

namespace Dibao.Capture.FullText;

/// <summary>Where the rest of an article is: its next page, and other forms of the same page.</summary>
public static partial class PageParts
{
    private const int MaxLinks = 5_000;

    private static readonly string[] PrintWords = ["print", "printer", "打印", "列印", "印刷", "인쇄"];

    /// <summary>The page after this one of the same article; null when it is the last.</summary>
    /// <remarks>
    /// <c>rel="next"</c> means the next article as often as the next page, and "2" may be a page of comments: what counts is that
    /// the address is this page's own but for the number of a page, one higher.
    /// </remarks>
    /// <param name="first">Address of the article's first page.</param>
    /// <param name="number">Of the page that is looked for: 2 or more.</param>
    public static string? Next(string html, string pageUrl, string first, int number)
    {
        using var page = PageParser.Parse(html, out _);
        return Addresses(page.QuerySelectorAll("link[rel~=next][href], a[href]").Take(MaxLinks), BaseOf(page, pageUrl))
            .FirstOrDefault(url => IsPage(url, first, number));
    }

    /// <summary>Other forms of the page: AMP first, then print.</summary>
    public static IReadOnlyList<string> Variants(string html, string pageUrl)
    {
        using var page = PageParser.Parse(html, out _);
        var amp = page.QuerySelectorAll("link[rel~=amphtml][href]");
        var print = page.QuerySelectorAll("link[rel~=alternate][media=print][href]").Concat(page.QuerySelectorAll("a[href]").Take(MaxLinks).Where(IsPrint));
        return [.. Addresses(amp.Concat(print), BaseOf(page, pageUrl))
            .Where(url => url != pageUrl && IsSameSite(url, pageUrl))
            .Distinct()];
    }

    private static IEnumerable<string> Addresses(IEnumerable<IElement> links, string baseUrl) =>
        links.Select(link => ArticleUrl.TryResolve(baseUrl, link.GetAttribute("href"), out var url) ? url : null).OfType<string>();

    /// <summary>Whether an address is that of a further page of the article at <paramref name="first"/>.</summary>
    public static bool IsPage(string url, string first, int number)
    {
        if (ArticleUrl.Host(url) != ArticleUrl.Host(first)) return false;
        var (page, start) = (new Uri(url), new Uri(first));
        return IsPageInPath(page.AbsolutePath, start.AbsolutePath, number) && page.Query == start.Query
            || (page.AbsolutePath == start.AbsolutePath && IsPageInQuery(page.Query, start.Query, number));
    }

    // /a/b.html → /a/b_2.html, /a/b-2.html, /a/b/2, /a/b/page/2, /a/b.html/2; /a/index.html → /a/index_1.html, counted from 0.
    private static bool IsPageInPath(string path, string first, int number)
    {
        var (stem, ending) = Stem(first);
        var (pageStem, pageEnding) = Stem(path);
        if (!pageStem.StartsWith(stem, StringComparison.Ordinal) || pageStem.Length == stem.Length) return false;
        var rest = pageStem[stem.Length..] + (pageEnding == ending ? "" : pageEnding);
        if (rest.StartsWith(ending, StringComparison.Ordinal) && ending.Length > 0) rest = rest[ending.Length..];
        var match = PageSuffix().Match(rest.TrimEnd('/'));
        return match.Success && IsNumber(match.Groups["n"].Value, number);
    }

    // ?page=2, &p=2: one parameter more, or the same one higher.
    private static bool IsPageInQuery(string query, string first, int number)
    {
        var (there, here) = (Parameters(query), Parameters(first));
        var added = there.Where(pair => !here.TryGetValue(pair.Key, out var value) || value != pair.Value).ToList();
        return added is [var only] && here.Keys.All(there.ContainsKey) && PageParameter().IsMatch(only.Key) && IsNumber(only.Value, number);
    }

    // The second page is 2, or 1 where counting begins with 0.
    private static bool IsNumber(string text, int number) =>
        int.TryParse(text, NumberStyles.None, null, out var found) && (found == number || found == number - 1 && number > 1 && found > 0 && text.Length == 1 && number == 2);

    private static (string Stem, string Ending) Stem(string path)
    {
        var trimmed = path.TrimEnd('/');
        var dot = trimmed.LastIndexOf('.');
        return dot > trimmed.LastIndexOf('/') && trimmed.Length - dot <= 6 ? (trimmed[..dot], trimmed[dot..]) : (trimmed, "");
    }

    private static Dictionary<string, string> Parameters(string query) => query.TrimStart('?')
        .Split('&', 32, StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
        .GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.First().Length > 1 ? pair.First()[1] : "");

    private static bool IsPrint(IElement link)
    {
        var marks = $"{link.GetAttribute("href")} {link.ClassName} {link.GetAttribute("title")} {(link.TextContent.Length < 40 ? link.TextContent : "")}";
        return Array.Exists(PrintWords, word => marks.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsSameSite(string url, string pageUrl)
    {
        var (host, own) = (ArticleUrl.Host(url), ArticleUrl.Host(pageUrl));
        return host == own || host.EndsWith("." + own, StringComparison.Ordinal) || own.EndsWith("." + host, StringComparison.Ordinal)
            || host == "amp." + own || own.EndsWith(host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal);
    }

    private static string BaseOf(IHtmlDocument page, string pageUrl) =>
        ArticleUrl.TryResolve(pageUrl, page.QuerySelector("base[href]")?.GetAttribute("href"), out var declared) ? declared : pageUrl;

    [GeneratedRegex("^(?:[_-]|/page/|/page-|/p/?|/)(?<n>[0-9]{1,3})$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PageSuffix();

    [GeneratedRegex("^(page|p|pg|paged|pageno|page_no|currentpage|pn|seite|pagina)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PageParameter();
}
