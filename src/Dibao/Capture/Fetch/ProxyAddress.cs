using System.Diagnostics.CodeAnalysis;

namespace Dibao.Capture.Fetch;

/// <summary>A proxy that an operator chose. It may stand anywhere: the operator named it.</summary>
/// <param name="Kind">How it is spoken to.</param>
/// <param name="User">Null where it asks for none.</param>
public sealed record ProxyAddress(ProxyKind Kind, string Host, int Port, string? User, string? Password)
{
    /// <summary>What is wrong with a proxy's address, in words that repeat no password; null when nothing is.</summary>
    public static string? Problem(string text) =>
        TryParse(text, out _) ? null : "The proxy is none of http://host:port, socks5://host:port and socks5h://host:port, with user:password@ before the host where it needs them.";

    public static bool TryParse(string text, [NotNullWhen(true)] out ProxyAddress? proxy)
    {
        proxy = null;
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.IdnHost.Length == 0 || uri.PathAndQuery is not ("/" or "")) return false;
        ProxyKind? kind = uri.Scheme.ToLowerInvariant() switch
        {
            "http" => ProxyKind.Http,
            "socks5" => ProxyKind.Socks5,
            "socks5h" => ProxyKind.Socks5WithNames,
            _ => null,
        };
        if (kind is null) return false;
        var credentials = uri.UserInfo.Split(':', 2);
        var user = uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(credentials[0]);
        var password = credentials.Length == 2 ? Uri.UnescapeDataString(credentials[1]) : null;
        if (user?.Length > 255 || password?.Length > 255) return false;
        var port = uri.Port > 0 ? uri.Port : kind == ProxyKind.Http ? 8080 : 1080;
        proxy = new(kind.Value, uri.IdnHost, port, user, password);
        return true;
    }

    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>How a proxy is spoken to.</summary>
public enum ProxyKind
{
    /// <summary>RFC 9110 §9.3.6: CONNECT for https, absolute addresses for http. Names are resolved there.</summary>
    Http,

    /// <summary>RFC 1928, names resolved and checked here.</summary>
    Socks5,

    /// <summary>RFC 1928, names resolved there.</summary>
    Socks5WithNames,
}
