using Dibao.Feeds.Xml;

namespace Dibao.Feeds;

/// <summary>References against their base.</summary>
/// <remarks>RFC 3986 §5; XML Base.</remarks>
internal static class Urls
{
    private const int MaxLength = 32 << 10;

    /// <summary>
    /// An absolute URL as written, or a relative one against <paramref name="baseUrl"/>; as written when there is no base. Null for
    /// nothing at all, for <c>javascript:</c> and its like.
    /// </summary>
    public static string? Resolve(string? url, string? baseUrl)
    {
        url = url?.Trim();
        if (string.IsNullOrEmpty(url) || url.Length > MaxLength)
            return null;
        if (url.AsSpan().IndexOfAny('\n', '\r', '\t') >= 0)
            url = string.Concat(url.Where(character => character is not ('\n' or '\r' or '\t')));
        if (HasScheme(url))
            return IsScript(url) ? null : url;
        var hasBase = IsHttp(baseUrl) & Uri.TryCreate(baseUrl, UriKind.Absolute, out var root);
        return hasBase && Uri.TryCreate(root, url, out var joined) ? joined.AbsoluteUri
            : url.StartsWith("//", StringComparison.Ordinal) ? "https:" + url
            : url;
    }

    public static bool IsAbsolute(string? url) => url is not null && HasScheme(url);

    public static bool IsHttp(string? url) =>
        url is not null && (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ||
                            url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    /// <summary>The base in force at an element: each <c>xml:base</c> from the root inwards, starting from the document's.</summary>
    public static string? BaseOf(XmlElement element, string? documentBase)
    {
        var outer = element.Parent is null ? documentBase : BaseOf(element.Parent, documentBase);
        foreach (var (name, value) in element.Attributes)
            if (name.Equals("xml:base", StringComparison.OrdinalIgnoreCase))
                return Resolve(value, outer) ?? outer;
        return outer;
    }

    private static bool HasScheme(string url)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon < 2 || !char.IsAsciiLetter(url[0]))
            return false;
        foreach (var character in url.AsSpan(0, colon))
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.'))
                return false;
        return true;
    }

    private static bool IsScript(string url) =>
        url.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) ||
        url.StartsWith("vbscript:", StringComparison.OrdinalIgnoreCase) ||
        url.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
}
