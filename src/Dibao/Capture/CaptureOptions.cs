using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Dibao.Capture;

/// <summary>How the archive behaves towards other people's servers. Every limit has a default that suits one machine.</summary>
public sealed record CaptureOptions
{
    /// <summary>Where an outlet's administrator can read who is asking; stands in the User-Agent.</summary>
    [Url]
    public string? ProjectUrl { get; init; }

    /// <summary>Bytes of a body as received. A larger page is kept truncated and marked so; a larger feed is refused.</summary>
    [Range(1, 1 << 30)]
    public int MaxBodyBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of a body once its Content-Encoding is undone: the limit that a decompression bomb meets.</summary>
    [Range(1, 1 << 30)]
    public int MaxDecodedBytes { get; init; } = 32 << 20;

    /// <summary>For the connection alone, its name's resolution and a proxy's greeting included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From asking to the end of the answer's headers, the connection included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For the whole body, however steadily it dribbles.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between one piece of a body and the next: a host that falls silent is given up before <see cref="BodyTimeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For a page that a browser draws, from asking to the document at rest.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan BrowserTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Redirects that are followed for one address.</summary>
    [Range(0, 50)]
    public int MaxRedirects { get; init; } = 10;

    /// <summary>Between the end of one request to a host and the start of the next.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan HostDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>As <see cref="HostDelay"/>, for hosts in <see cref="AllowHosts"/>: they are the operator's own.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan AllowedHostDelay { get; init; }

    /// <summary>Requests under way at once, over all hosts.</summary>
    [Range(1, 1024)]
    public int MaxConcurrentRequests { get; init; } = 16;

    /// <summary>Articles fetched for one source in one round; the rest wait for the next.</summary>
    [Range(1, 100_000)]
    public int MaxEntriesPerPoll { get; init; } = 200;

    /// <summary>Address under which hubs reach this archive (WebSub), without a slash at its end; null where they cannot.</summary>
    [Url]
    public string? CallbackUrl { get; init; }

    /// <summary>Pages of one article that are joined, the first included.</summary>
    [Range(1, 100)]
    public int MaxArticlePages { get; init; } = 12;

    /// <summary>Pictures kept with one article; 0 keeps none.</summary>
    [Range(0, 500)]
    public int MaxImages { get; init; } = 24;

    /// <summary>Bytes of all pictures and recordings of one article.</summary>
    [Range(0, 1 << 30)]
    public int MaxMediaBytes { get; init; } = 32 << 20;

    /// <summary>For all pictures and recordings of one article.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan MediaTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether sounds and films that a feed or a page names are kept, too, within <see cref="MaxMediaBytes"/>.</summary>
    public bool Recordings { get; init; }

    /// <summary>Folder of site rules in the <c>ftr-site-config</c> syntax; null has none.</summary>
    public string? SiteRules { get; init; }

    /// <summary>Hosts on private or loopback addresses that may be asked all the same: <c>host</c> or <c>host:port</c>.</summary>
    public IReadOnlyList<string> AllowHosts { get; init; } = [];

    /// <summary>The User-Agent header: product, version, and <see cref="ProjectUrl"/>.</summary>
    public string UserAgent => ProjectUrl is null ? $"Dibao/{Version} (news archive)" : $"Dibao/{Version} (news archive; +{ProjectUrl})";

    private static string Version => typeof(CaptureOptions).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Everything that is wrong with these options, each in words; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), found, validateAllProperties: true);
        return [
            .. found.Select(problem => problem.ErrorMessage ?? "An option is not valid."),
            .. AllowHosts.Where(host => !AllowedHost.TryParse(host, out _))
                .Select(host => $"{nameof(AllowHosts)} has \"{host}\", which is neither a host nor host:port."),
        ];
    }

    /// <exception cref="ValidationException">With all <see cref="Problems"/>, one a line.</exception>
    public CaptureOptions Validated()
    {
        var problems = Problems();
        return problems.Count == 0 ? this : throw new ValidationException(string.Join('\n', problems));
    }
}

/// <summary>One entry of <see cref="CaptureOptions.AllowHosts"/>.</summary>
/// <param name="Port">Null for every port.</param>
public readonly record struct AllowedHost(string Host, int? Port)
{
    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[v6]</c> or <c>[v6]:port</c>.</summary>
    public static bool TryParse(string text, out AllowedHost allowed)
    {
        allowed = default;
        var host = text.Trim().ToLowerInvariant();
        int? port = null;
        var colon = host.LastIndexOf(':');
        if (colon > host.IndexOf(']', StringComparison.Ordinal))
        {
            if (!ushort.TryParse(host.AsSpan(colon + 1), NumberStyles.None, null, out var number) || number == 0) return false;
            (host, port) = (host[..colon], number);
        }
        host = host.Trim('[', ']');
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) return false;
        allowed = new(host, port);
        return true;
    }
}
