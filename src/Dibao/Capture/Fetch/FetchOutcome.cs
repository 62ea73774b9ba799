using Dibao.Capture.Robots;

namespace Dibao.Capture.Fetch;

/// <summary>What is asked for.</summary>
public sealed record FetchRequest
{
    private const string FeedTypes =
        "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, " +
        "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1";


    private const string PageTypes = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5";

    /// <summary>Absolute, http or https, as <see cref="ArticleUrl"/> writes it.</summary>
    public required string Url { get; init; }

    /// <summary>The Accept header.</summary>
    public required string Accept { get; init; }

    /// <summary>The last answer's ETag: asks for a 304 when nothing changed (RFC 9110 §13.1.2).</summary>
    public string? ETag { get; init; }

    /// <summary>The last answer's Last-Modified, word for word (RFC 9110 §13.1.3).</summary>
    public string? LastModified { get; init; }

    /// <summary>Whether sounds, films, pictures and archives are given up as soon as their headers name them.</summary>
    public bool TextOnly { get; init; }

    /// <summary>Address of the source on whose behalf it is asked: its <see cref="FetchProfile"/> applies. Where it is null, the source counts that announced the page (<see cref="FetchProfiles.AnnouncedBy"/>).</summary>
    public string? Source { get; init; }

    /// <summary>The page that it belongs to, for pictures and further pages; null for a page of its own.</summary>
    public string? PartOf { get; init; }

    /// <summary>Whether robots.txt may forbid it (RFC 9309): what an operator named is asked for regardless, what was found is not.</summary>
    public bool ObeysRobots { get; init; }

    /// <summary>Where less than <see cref="CaptureOptions.MaxBodyBytes"/> is enough.</summary>
    public int? MaxBodyBytes { get; init; }

    /// <summary>Sent as a form's (POST); null asks (GET).</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Fields { get; init; }

    /// <summary>Who goes first where several wait for one host.</summary>
    public FetchRank Rank { get; init; }

    public static FetchRequest Feed(string url, string? etag = null, string? lastModified = null) =>
        new() { Url = url, Accept = FeedTypes, ETag = etag, LastModified = lastModified, TextOnly = true };

    public static FetchRequest Page(string url) => new() { Url = url, Accept = PageTypes, TextOnly = true, ObeysRobots = true, Rank = FetchRank.Page };

    /// <summary>A sitemap, which may be a gzip file.</summary>
    public static FetchRequest Sitemap(string url) => new() { Url = url, Accept = "application/xml, text/xml;q=0.9, */*;q=0.5" };

    /// <summary>A page that is known already, to see whether it changed.</summary>
    public static FetchRequest Recheck(string url, string? etag, string? lastModified) =>
        Page(url) with { ETag = etag, LastModified = lastModified, Rank = FetchRank.Recheck };

    /// <summary>A host's robots.txt: asked for on behalf of whoever wants a page there.</summary>
    public static FetchRequest Robots(string url) => new() { Url = url, Accept = "text/plain, */*;q=0.5", MaxBodyBytes = RobotsRules.MaxBytes };

    /// <summary>A form to be sent (POST), to a machine that takes such.</summary>
    public static FetchRequest Form(string url, params IReadOnlyList<KeyValuePair<string, string>> fields) =>
        new() { Url = url, Accept = "*/*", Fields = fields, MaxBodyBytes = 64 << 10 };

    public static FetchRequest Image(string url) => Media(url, "image/avif, image/webp, image/*;q=0.9, */*;q=0.1");

    public static FetchRequest Recording(string url) => Media(url, "audio/*, video/*;q=0.9, */*;q=0.1");

    private static FetchRequest Media(string url, string accept) => new() { Url = url, Accept = accept, ObeysRobots = true, Rank = FetchRank.Page };
}

/// <summary>The order at one host's door: what is new goes before what is looked at again.</summary>
public enum FetchRank
{
    Feed,
    Page,
    Recheck,
    Backfill,
}

/// <summary>What a fetch can end as. Expected ends are cases; bugs and full disks are exceptions.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome(IReadOnlyList<Exchange> exchanges) => Exchanges = exchanges;

    /// <summary>Redirects first, the last answer last; empty when nothing answered.</summary>
    public IReadOnlyList<Exchange> Exchanges { get; }

    /// <summary>Status 2xx. A body longer than the limit is cut and marked <c>length</c>.</summary>
    public sealed record Fetched(IReadOnlyList<Exchange> Exchanges) : FetchOutcome(Exchanges)
    {
        public Exchange Final => Exchanges[^1];
    }

    /// <summary>Status 304: as it was at the last answer.</summary>
    public sealed record Unchanged(IReadOnlyList<Exchange> Exchanges) : FetchOutcome(Exchanges);

    /// <summary>Status 400 or more.</summary>
    /// <param name="RetryAfter">What the server asked for (RFC 9110 §10.2.3), never negative; null when it asked for nothing.</param>
    public sealed record Refused(int Status, TimeSpan? RetryAfter, IReadOnlyList<Exchange> Exchanges) : FetchOutcome(Exchanges);

    /// <summary>Nothing answered, not in time, not whole, or not sensibly.</summary>
    /// <param name="Reason">The thing, the cause and, where there is one, the remedy.</param>
    public sealed record Failed(string Reason, IReadOnlyList<Exchange> Exchanges) : FetchOutcome(Exchanges)
    {
        /// <summary>Whether asking again would very likely end the same: a film, a loop, an address that is refused.</summary>
        public bool Lasting { get; init; }

        public FailureCause Cause { get; init; }

        /// <summary>When asking again may make sense, where that is known: a host that asked for peace, a robots.txt that cannot be read.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>Until when the answer itself says that nothing changes (RFC 9111 §4.2); null when it says nothing. Believed for a day at the most.</summary>
    public DateTimeOffset? FreshUntil => Exchanges is [.., var last] && this is Fetched or Unchanged ? Freshness.Until(last) : null;

    /// <summary>Where the leading permanent redirects (301, 308) end; null when the first answer was none.</summary>
    public string? MovedTo()
    {
        string? target = null;
        foreach (var exchange in Exchanges)
        {
            if (exchange.Status is not (301 or 308) || exchange.Location is null) break;
            target = exchange.Location;
        }
        return target;
    }
}

/// <summary>Why nothing came, for counting and for ledgers.</summary>
public enum FailureCause
{
    /// <summary>None of the others.</summary>
    Protocol,
    Name,
    Connection,
    Tls,
    Timeout,

    /// <summary>The body broke off, or went on for too long.</summary>
    Truncated,

    /// <summary>The address is no public one, or no web address.</summary>
    Address,
    Redirects,
    Type,

    /// <summary>robots.txt forbids it, or cannot be read.</summary>
    Robots,

    /// <summary>The host asked for peace.</summary>
    Peace,
    Proxy,
}
