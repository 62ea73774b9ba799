namespace Dibao.Capture.Identity;

/// <summary>The address that a page gives itself (<c>rel="canonical"</c>, <c>og:url</c>), where it can be believed.</summary>
/// <remarks>Source: RFC 6596. Real pages declare their home page, their section, another page of a series, or the staging server;
/// whether the one declared by many articles is any of theirs, only the archive can tell: it compares the texts.</remarks>
public static class DeclaredAddress
{
    /// <summary>The declared address, normalised; null when there is none, or it cannot be this article's.</summary>
    /// <param name="declared">As the page wrote it.</param>
    /// <param name="url">Where the page was found.</param>
    public static string? Of(string? declared, string url)
    {
        if (declared is null || !ArticleUrl.TryResolve(url, declared, out var normal)) return null;
        var clean = ArticleKey.Clean(normal);
        return IsSameSite(clean, url) && !IsFront(clean) && !IsAbove(clean, url) ? clean : null;
    }

    private static bool IsSameSite(string one, string other)
    {
        var (a, b) = (ArticleUrl.Host(one).Split('.'), ArticleUrl.Host(other).Split('.'));
        if (Uri.CheckHostName(ArticleUrl.Host(other)) is UriHostNameType.IPv4 or UriHostNameType.IPv6) return ArticleUrl.Host(one) == ArticleUrl.Host(other);
        // The name under the public suffix, as far as the number of labels tells it: news.site.example and m.site.example.
        var labels = Math.Min(2, Math.Min(a.Length, b.Length));
        return a.AsSpan(a.Length - labels).SequenceEqual(b.AsSpan(b.Length - labels)) && (a.Length <= 2 || b.Length <= 2 || !IsShortSuffix(a) || a[^3] == b[^3]);
    }

    // co.uk, com.cn, ne.jp: three labels make a name there.
    private static bool IsShortSuffix(string[] labels) => labels[^1].Length == 2 && labels[^2].Length <= 3;

    private static bool IsFront(string url) => new Uri(url) is { Query.Length: 0 } uri && uri.AbsolutePath.Trim('/') is "" or "index.html" or "index.php";

    // A section that the article lies in.
    private static bool IsAbove(string declared, string url)
    {
        var (above, below) = (new Uri(declared).AbsolutePath.TrimEnd('/') + "/", new Uri(url).AbsolutePath);
        return new Uri(declared).Query.Length == 0 && below.Length > above.Length && below.StartsWith(above, StringComparison.Ordinal)
            && below[above.Length..].Trim('/') is { Length: > 0 } rest && rest is not ("amp" or "amp.html" or "print");
    }
}
