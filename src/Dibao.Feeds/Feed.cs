namespace Dibao.Feeds;

/// <summary>The family a feed's root element belongs to.</summary>
public enum FeedFormat
{
    /// <summary>RSS 0.9x to 2.0 with an <c>rss</c> root, and Netscape's CDF.</summary>
    Rss,

    /// <summary>RSS 0.90 and 1.0 with an <c>rdf:RDF</c> root; items stand beside the channel.</summary>
    Rdf,

    /// <summary>Atom 0.3 and 1.0 (RFC 4287).</summary>
    Atom,

    /// <summary>JSON Feed 1.0 and 1.1.</summary>
    Json,
}

/// <summary>A feed as its publisher wrote it, with URLs made absolute and times in UTC.</summary>
public sealed record Feed
{
    public required FeedFormat Format { get; init; }

    /// <summary>As declared, <c>2.0</c> or <c>0.91</c>; for RDF and Atom by namespace. Empty when nothing says.</summary>
    public string Version { get; init; } = "";

    /// <summary>The encoding the bytes were really in: a lower-case name such as <c>utf-8</c>, <c>gb18030</c>, <c>big5</c>.</summary>
    public required string Encoding { get; init; }

    /// <summary>Plain text on one line; empty when the feed has none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The site the feed belongs to; absolute where a base was known.</summary>
    public string? Link { get; init; }

    /// <summary>Atom <c>id</c> or <c>rdf:about</c>, untouched.</summary>
    public string? Id { get; init; }

    /// <summary>Where the feed says it lives (<c>rel="self"</c>, <c>feed_url</c>).</summary>
    public string? SelfUrl { get; init; }

    /// <summary>BCP 47, <c>_</c> corrected to <c>-</c>; otherwise as written.</summary>
    public string? Language { get; init; }

    /// <summary>Description, tagline or subtitle: HTML as written, unsanitized.</summary>
    public string? Subtitle { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Names, without addresses where both are given; each once.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<FeedEntry> Entries { get; init; } = [];

    /// <summary>What was repaired, ignored or cut off: English sentences, at most 20.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How long the publisher wants caches to hold the feed (<c>ttl</c> in minutes, RSS 2.0; <c>sy:updatePeriod</c>).</summary>
    public TimeSpan? TimeToLive { get; init; }
}

/// <summary>One item or entry. All HTML in it is as the publisher wrote it: sanitize before showing.</summary>
public sealed record FeedEntry
{
    /// <summary><c>guid</c>, Atom <c>id</c>, <c>rdf:about</c> or JSON <c>id</c>, untouched; null when the entry has none.</summary>
    public string? Id { get; init; }

    /// <summary>The article's page: absolute where a base was known.</summary>
    public string? Link { get; init; }

    /// <summary>The title's markup as written: HTML for RSS and Atom <c>html</c>, plain text for Atom <c>text</c>.</summary>
    public string TitleRaw { get; init; } = "";

    /// <summary>Plain text on one line; empty when there is none.</summary>
    public string Title { get; init; } = "";

    /// <summary>UTC. Null when absent or unreadable.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>UTC. Null when absent or unreadable.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Names, without addresses where both are given; each once.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>HTML, unsanitized. Relative URLs in it refer to <see cref="Base"/>.</summary>
    public string? Summary { get; init; }

    /// <summary>The full text when the feed carries it: HTML, unsanitized. Relative URLs in it refer to <see cref="Base"/>.</summary>
    public string? Content { get; init; }

    /// <summary>What relative URLs inside <see cref="Summary"/> and <see cref="Content"/> refer to; null when nothing said.</summary>
    public string? Base { get; init; }

    /// <summary>Labels as written, each once.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<Enclosure> Enclosures { get; init; } = [];

    /// <summary>BCP 47; the feed's own language is not repeated here unless <c>xml:lang</c> is inherited.</summary>
    public string? Language { get; init; }

    /// <summary>The lead image's URL: media thumbnail or content, <c>itunes:image</c>, JSON <c>image</c>.</summary>
    public string? Image { get; init; }
}

/// <summary>A file that belongs to an entry.</summary>
/// <param name="Type">Media type as declared.</param>
/// <param name="Length">Bytes as declared; null when absent or not a number.</param>
public sealed record Enclosure(string Url, string? Type, long? Length);
