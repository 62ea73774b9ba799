using System.Buffers;

namespace Dibao.Feeds;

/// <summary>References against their base.</summary>
/// <remarks>RFC 3986 §5; XML Base.</remarks>
internal static class Urls
{
    private const int MaxLength = 32 << 10;

    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\r\t");
    private static readonly SearchValues<char> PathStart = SearchValues.Create("/?#\\");
    private static readonly SearchValues<char> SchemeEnd = SearchValues.Create(":/?#");

    /// <summary>
    /// An absolute URL as written, or a relative one against <paramref name="baseUrl"/>; as written when there is no base. Null for
    /// nothing at all, for <c>javascript:</c> and its like.
    /// </summary>
    public static string? Resolve(string? url, string? baseUrl)
    {
        url = url?.Trim();
        if (string.IsNullOrEmpty(url) || url.Length > MaxLength)
            return null;
        if (url.AsSpan().ContainsAny(LineBreaks))
            url = string.Concat(url.Where(character => character is not ('\n' or '\r' or '\t')));
        if (HasScheme(url))
            return IsScript(url) ? null : url;
        return Join(url, baseUrl) ?? (url.StartsWith("//", StringComparison.Ordinal) ? "https:" + url : url);
    }

    /// <summary>
    /// A reference against an absolute base, characters as both are written but for spaces; null when there is no base to join it with.
    /// </summary>
    public static string? Join(string reference, string? baseUrl)
    {
        if (!IsHttp(baseUrl))
            return null;
        var authority = baseUrl!.IndexOf("//", StringComparison.Ordinal) + 2;
        var path = baseUrl.AsSpan(authority).IndexOfAny(PathStart) is >= 0 and var at ? authority + at : baseUrl.Length;
        if (path == authority)
            return null;
        var pathEnd = baseUrl.AsSpan(path).IndexOfAny('?', '#') is >= 0 and var length ? path + length : baseUrl.Length;
        return Join(reference.Replace(" ", "%20", StringComparison.Ordinal), baseUrl, authority, path, pathEnd);
    }

    private static string Join(string reference, string baseUrl, int authority, int path, int pathEnd)
    {
        if (reference.StartsWith("//", StringComparison.Ordinal))
            return string.Concat(baseUrl.AsSpan(0, authority - 2), reference);
        if (reference.Length == 0 || reference[0] == '#')
            return string.Concat(baseUrl.AsSpan(0, baseUrl.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? hash : baseUrl.Length), reference);
        if (reference[0] == '?')
            return string.Concat(baseUrl.AsSpan(0, pathEnd), reference);
        var suffix = reference.AsSpan().IndexOfAny('?', '#') is >= 0 and var at ? at : reference.Length;
        var directory = reference[0] == '/' ? [] : baseUrl.AsSpan(path, Math.Max(0, baseUrl.AsSpan(path, pathEnd - path).LastIndexOf('/')));
        var joined = string.Concat(directory, reference[0] == '/' ? "" : "/", reference.AsSpan(0, suffix));
        return string.Concat(baseUrl.AsSpan(0, path), WithoutDots(joined), reference.AsSpan(suffix));
    }

    // RFC 3986 §5.2.4.
    private static string WithoutDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal))
            return path;
        var segments = path.Split('/');
        var kept = new List<string>(segments.Length);
        for (var i = 1; i < segments.Length; i++)
        {
            var isLast = i == segments.Length - 1;
            if (segments[i] == ".." && kept.Count > 0)
                kept.RemoveAt(kept.Count - 1);
            if (segments[i] is not ("." or ".."))
                kept.Add(segments[i]);
            else if (isLast)
                kept.Add("");
        }

        return "/" + string.Join('/', kept);
    }

    /// <summary>The base that an <c>xml:base</c> sets inside another.</summary>
    public static string? Rebase(string written, string? outer) =>
        Resolve(written, outer) is { } resolved && IsAbsolute(resolved) ? resolved : outer;

    public static bool IsAbsolute(string? url) => url is not null && HasScheme(url);

    public static bool IsHttp(string? url) =>
        url is not null && (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ||
                            url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    public static bool HasScheme(ReadOnlySpan<char> url)
    {
        var colon = url.IndexOfAny(SchemeEnd);
        if (colon < 2 || url[colon] != ':' || !char.IsAsciiLetter(url[0]))
            return false;
        foreach (var character in url[..colon])
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.'))
                return false;
        return true;
    }

    public static bool IsScript(ReadOnlySpan<char> url) =>
        url.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) ||
        url.StartsWith("vbscript:", StringComparison.OrdinalIgnoreCase) ||
        url.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
}
