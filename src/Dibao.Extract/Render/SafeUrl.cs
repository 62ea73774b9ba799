namespace Dibao.Extract.Render;

/// <summary>The only way for a URL into a reading: absolute, http, https or mailto.</summary>
internal static class SafeUrl
{
    private const int MaxLength = 8192;

    public static string? Link(string? href, Uri? root)
    {
        if (Resolve(href, root) is not { } url) return null;
        return url.Scheme is "http" or "https" or "mailto" ? url.AbsoluteUri : null;
    }

    public static string? Image(string? src, Uri? root) =>
        Resolve(src, root) is { Scheme: "http" or "https" } url ? url.AbsoluteUri : null;

    public static Uri? Root(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var root) && root.Scheme is "http" or "https" ? root : null;

    /// <summary>Up to the query and the fragment.</summary>
    public static ReadOnlySpan<char> WithoutQuery(ReadOnlySpan<char> url) => url.IndexOfAny('?', '#') is >= 0 and var end ? url[..end] : url;

    private static Uri? Resolve(string? text, Uri? root)
    {
        if (text is null || text.Length > MaxLength) return null;
        var trimmed = text.Trim();
        if (trimmed.Length == 0 || trimmed[0] == '#') return null;

        // On Unix a path is an absolute file: URL to Uri; here it belongs to the page.
        if (trimmed[0] is not ('/' or '\\') && Uri.TryCreate(trimmed, UriKind.Absolute, out var absolute)) return Known(absolute);
        return root is not null && Uri.TryCreate(root, trimmed, out var resolved) ? Known(resolved) : null;
    }

    private static Uri? Known(Uri url) => url.Scheme is "mailto" || url.Host.Length > 0 ? url : null;
}
