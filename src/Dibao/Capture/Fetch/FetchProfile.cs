using System.Text.Json.Serialization;

namespace Dibao.Capture.Fetch;

/// <summary>When a page is drawn by a browser as well.</summary>
public enum BrowserUse
{
    Never,

    /// <summary>When the plain page proves to be an empty shell.</summary>
    WhenEmpty,
    Always,
}

/// <summary>How one source's servers are asked, where it is not as everybody's. Holds secrets: never logged, never in a WARC file, never in an answer of the API.</summary>
public sealed record FetchProfile
{
    /// <summary>A source about which nothing was said.</summary>
    public static FetchProfile Standard { get; } = new();

    /// <summary>Further request headers, and those that take the place of ours, in this order. All of them count as secrets.</summary>
    public IReadOnlyList<RequestHeader> Headers { get; init; } = [];

    /// <summary>The Cookie header's value, as a browser would send it; null sends none.</summary>
    public string? Cookie { get; init; }

    /// <summary>Hosts beside the source's own that <see cref="Headers"/> and <see cref="Cookie"/> go to, their subdomains included.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// Through whom everything of this source goes: <c>http://</c>, <c>socks5://</c> (names are resolved here) or <c>socks5h://</c>
    /// (names are resolved there, as Tor needs it), with user and password where it asks for them; null asks directly.
    /// </summary>
    public string? Proxy { get; init; }

    /// <summary>As <see cref="CaptureOptions.HostDelay"/>; the longer of the two counts.</summary>
    public TimeSpan? Delay { get; init; }

    public BrowserUse Browser { get; init; }

    [JsonIgnore]
    public bool IsStandard => !HasSecrets && Hosts.Count == 0 && Proxy is null && Delay is null && Browser is BrowserUse.Never;

    [JsonIgnore]
    public bool HasSecrets => Headers.Count > 0 || Cookie is not null;

    /// <summary>What is wrong with it, each in words that repeat no secret; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. Headers.Where(header => !header.IsValid).Select(header => $"The header \"{header.Name}\" cannot be sent: a name is letters, digits and hyphens, a value has no line break."),
        .. Headers.Where(header => header.IsOurs).Select(header => $"The header \"{header.Name}\" belongs to the protocol and cannot be set."),
        .. Cookie is not null && !RequestHeader.IsValue(Cookie) ? ["The cookie holds a line break or a control character."] : Array.Empty<string>(),
        .. Proxy is not null && ProxyAddress.Problem(Proxy) is { } problem ? [problem] : Array.Empty<string>(),
        .. Delay is { } delay && (delay < TimeSpan.Zero || delay > TimeSpan.FromHours(1)) ? ["The delay is not between 0 and an hour."] : Array.Empty<string>(),
        .. Hosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown).Select(host => $"\"{host}\" is no host."),
    ];

    /// <summary>Whether secrets may go to <paramref name="asked"/>: the source's own host or one of <see cref="Hosts"/>, and never in the clear where the source itself is encrypted.</summary>
    /// <param name="source">The source's address; null sends no secret anywhere.</param>
    public bool EntrustsTo(Uri asked, string? source)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var home)) return false;
        if (home.Scheme == Uri.UriSchemeHttps && asked.Scheme != Uri.UriSchemeHttps) return false;
        if (IsWithin(asked.IdnHost, home.IdnHost)) return asked.Port == home.Port || (asked.IsDefaultPort && home.IsDefaultPort);
        return Hosts.Any(host => IsWithin(asked.IdnHost, host));
    }

    // Records print their members: a log line must not.
    public override string ToString() => nameof(FetchProfile);

    private static bool IsWithin(string host, string of)
    {
        var apex = of.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? of[4..] : of;
        return host.Equals(apex, StringComparison.OrdinalIgnoreCase)
            || (host.Length > apex.Length && host[^(apex.Length + 1)] == '.' && host.EndsWith(apex, StringComparison.OrdinalIgnoreCase)
                && Uri.CheckHostName(apex) == UriHostNameType.Dns && apex.Contains('.', StringComparison.Ordinal));
    }
}

/// <summary>A request header; its value is a secret.</summary>
public readonly record struct RequestHeader(string Name, string Value)
{
    private static readonly string[] Protocol =
        ["Host", "Connection", "Content-Length", "Transfer-Encoding", "TE", "Upgrade", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "Accept-Encoding",
            "If-None-Match", "If-Modified-Since", "Cookie"];

    [JsonIgnore]
    public bool IsValid => !string.IsNullOrEmpty(Name) && Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && Value is not null && IsValue(Value);

    [JsonIgnore]
    public bool IsOurs => Protocol.Contains(Name, StringComparer.OrdinalIgnoreCase);

    public override string ToString() => $"{Name}: …";

    internal static bool IsValue(string text) => text.All(c => c is >= ' ' and < '\u007f' or > '\u00a0' and <= '\u00ff' or '\t');
}
