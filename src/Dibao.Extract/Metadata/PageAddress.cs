using Dibao.Extract.Render;

namespace Dibao.Extract.Metadata;

/// <summary>The addresses that a page gives itself.</summary>
internal static class PageAddress
{
    private const int MaxLength = 2048;

    /// <summary>Host and path, without what the same page may be asked with: scheme, www, a slash at the end, query, fragment.</summary>
    public static string Bare(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        var rest = start < 0 ? url.AsSpan() : url.AsSpan(start + 3);
        rest = SafeUrl.WithoutQuery(rest);
        if (rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) rest = rest[4..];
        return rest.TrimEnd('/').ToString();
    }

    /// <summary>
    /// The canonical address as the page wrote it, made absolute. Refused: another site's; the front page's for a page that is not it;
    /// one with a login or a fragment that is not a script's path.
    /// </summary>
    public static Found<string>? Canonical(MetaTags tags, LinkedData data, string? url)
    {
        var root = SafeUrl.Root(url);
        var claims = new List<Claim<string>>();
        Add(tags.Canonical, FoundIn.Markup, 0.85);
        Add(tags.First("og:url"), FoundIn.OpenGraph, 0.7);
        Add(data.Url, FoundIn.JsonLd, 0.6);
        return Claims.Judge(claims, (one, other) => Bare(one) == Bare(other));

        void Add(string? address, FoundIn source, double weight)
        {
            if (Absolute(address, root) is { } whole && IsCredible(whole, root)) claims.Add(new(whole, source, weight));
        }
    }

    // As written: Uri.AbsoluteUri would change %41, %2F and the case of escapes, and so name a page that nobody linked.
    private static string? Absolute(string? address, Uri? root)
    {
        var text = address?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || text.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0) return null;
        if (text.StartsWith("//", StringComparison.Ordinal)) text = (root?.Scheme ?? "https") + ":" + text;
        if (SafeUrl.Root(text) is { UserInfo.Length: 0 } absolute && text.Contains("://", StringComparison.Ordinal)) return absolute.Host.Length == 0 ? null : text;
        return text[0] == '/' && root is not null ? root.GetLeftPart(UriPartial.Authority) + text : SafeUrl.Link(text, root);
    }

    private static bool IsCredible(string address, Uri? root)
    {
        if (SafeUrl.Root(address) is not { } canonical) return false;
        if (root is null) return true;
        if (!IsSameSite(canonical.Host, root.Host)) return false;
        return canonical.AbsolutePath.Length > 1 || root.AbsolutePath.Length <= 1 || canonical.Query.Length > 0;
    }

    // m.news.example and news.example are one site; a.github.example and b.github.example are taken for one too, which harms little here.
    private static bool IsSameSite(string one, string other) =>
        Site(one).Equals(Site(other), StringComparison.OrdinalIgnoreCase)
        || one.EndsWith("." + other, StringComparison.OrdinalIgnoreCase) || other.EndsWith("." + one, StringComparison.OrdinalIgnoreCase);

    private static string Site(string host)
    {
        var labels = host.Split('.');
        var take = labels.Length > 2 && labels[^1].Length == 2 && labels[^2].Length <= 3 ? 3 : 2;
        return string.Join('.', labels.TakeLast(take));
    }
}
