using System.Text;
using Dibao.Feeds;

namespace Dibao.Capture.Sources;

/// <summary>How an outlet is named when the operator does not say.</summary>
public static class OutletNaming
{
    /// <summary>Slug by host, so that the feeds of one site are one outlet; name by the feed's title, or else the host.</summary>
    public static OutletName Of(Feed feed, string feedUrl)
    {
        var home = ArticleUrl.TryResolve(feedUrl, feed.Link, out var link) ? link : null;
        var slug = Slug(feedUrl);
        return new(slug, string.IsNullOrWhiteSpace(feed.Title) ? slug : feed.Title, home, feed.Language);
    }

    /// <summary>Host without <c>www.</c>, and the port where it is not the scheme's own: <c>example.org</c>, <c>127.0.0.1-8401</c>.</summary>
    public static string Slug(string url)
    {
        var uri = new Uri(url);
        var host = ArticleUrl.Host(url).Trim('[', ']').Replace(':', '-');
        return uri.IsDefaultPort ? host : $"{host}-{uri.Port}";
    }

    /// <summary>A slug from a name that a person typed: letters and digits of any script, the rest as hyphens. Null when nothing is left.</summary>
    public static string? SlugOf(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var rune in name.Trim().ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (rune.Value == '.' && slug.Length > 0)) slug.Append(rune.ToString());
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        var text = slug.ToString().Trim('-', '.');
        return text.Length is 0 or > 100 ? null : text;
    }
}
