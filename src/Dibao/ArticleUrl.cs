using System.Text;

namespace Dibao;

/// <summary>URLs as the archive keeps them: serialised as the WHATWG URL standard does, never decoded.</summary>
/// <remarks>Source: url.spec.whatwg.org. <see cref="Uri"/> alone will not do: it decodes <c>%41</c>, and so loses the bytes the outlet wrote.</remarks>
public static class ArticleUrl
{
    /// <summary>Longest URL that is kept, characters.</summary>
    public const int MaxLength = 8192;

    /// <summary>Absolute http or https URL in its serialised form; false for anything else.</summary>
    public static bool TryNormalize(string? text, out string url)
    {
        url = "";
        if (text is null || text.Length > MaxLength) return false;
        var trimmed = text.Trim();
        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var uri) || !IsWeb(uri)) return false;
        if (uri.Host.Length == 0) return false;
        url = Serialize(trimmed, uri);
        return true;
    }

    /// <summary>As <see cref="TryNormalize"/>, with <paramref name="text"/> resolved against <paramref name="baseUrl"/>.</summary>
    public static bool TryResolve(string? baseUrl, string? text, out string url)
    {
        if (TryNormalize(text, out url)) return true;
        return text is not null
            && Uri.TryCreate(baseUrl, UriKind.Absolute, out var root)
            && Uri.TryCreate(root, text.Trim(), out var resolved)
            && TryNormalize(resolved.OriginalString.Length > 0 ? resolved.AbsoluteUri : null, out url);
    }

    /// <summary>Host without a leading <c>www.</c>, lower case; the empty string when there is none.</summary>
    public static string Host(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return "";
        var host = uri.IdnHost.ToLowerInvariant();
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    private static bool IsWeb(Uri uri) => uri.Scheme is "http" or "https";

    // Scheme, host and default port from Uri; path, query and fragment as written, non-ASCII percent-encoded.
    private static string Serialize(string text, Uri uri)
    {
        var afterScheme = text.IndexOf("://", StringComparison.Ordinal);
        if (afterScheme < 0) return uri.AbsoluteUri;
        var authorityEnd = text.AsSpan(afterScheme + 3).IndexOfAny("/?#\\");
        var rest = authorityEnd < 0 ? "" : text[(afterScheme + 3 + authorityEnd)..];
        if (rest.Contains("/.", StringComparison.Ordinal) || rest.Contains('\\')) return uri.AbsoluteUri;

        var url = new StringBuilder(text.Length + 16);
        url.Append(uri.Scheme).Append("://");
        if (uri.UserInfo.Length > 0) url.Append(uri.UserInfo).Append('@');
        url.Append(uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost.ToLowerInvariant());
        if (!uri.IsDefaultPort) url.Append(':').Append(uri.Port);
        if (rest.Length == 0 || rest[0] != '/') url.Append('/');
        Encode(rest, url);
        return url.ToString();
    }

    private static void Encode(string rest, StringBuilder url)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in rest.EnumerateRunes())
        {
            if (rune.IsAscii && !MustEncode((char)rune.Value)) { url.Append((char)rune.Value); continue; }
            if (rune.Value is '\t' or '\n' or '\r') continue;
            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)]) url.Append('%').Append(octet.ToString("X2", null));
        }
    }

    private static bool MustEncode(char c) => c <= ' ' || c is '"' or '<' or '>' or '`' or '{' or '}' or '\u007f';
}
