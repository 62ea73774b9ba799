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

    /// <summary>A sitemap (sitemaps.org/protocol.html), with Google's news, image and video extensions: each <c>url</c> is an entry.</summary>
    Sitemap,

    /// <summary>A list of sitemaps: no entries, <see cref="Feed.Sitemaps"/> instead.</summary>
    SitemapIndex,
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

    /// <summary>The title's markup as written.</summary>
    public string TitleRaw { get; init; } = "";

    /// <summary>The site the feed belongs to; absolute where a base was known.</summary>
    public string? Link { get; init; }

    /// <summary>Atom <c>id</c>, <c>guid</c> or <c>rdf:about</c>, untouched.</summary>
    public string? Id { get; init; }

    /// <summary>Where the feed says it lives (<c>rel="self"</c>, <c>feed_url</c>).</summary>
    public string? SelfUrl { get; init; }

    /// <summary>Hubs that announce the feed's changes (WebSub, <c>rel="hub"</c>; JSON Feed <c>hubs</c>).</summary>
    public IReadOnlyList<string> Hubs { get; init; } = [];

    /// <summary>The next page of the feed (RFC 5005 <c>rel="next"</c>, JSON Feed <c>next_url</c>).</summary>
    public string? NextPage { get; init; }

    /// <summary>Where the feed says it has moved to (<c>itunes:new-feed-url</c>).</summary>
    public string? MovedTo { get; init; }

    /// <summary>BCP 47, <c>_</c> corrected to <c>-</c>; otherwise as written.</summary>
    public string? Language { get; init; }

    /// <summary>Description, tagline or subtitle: HTML, unsanitized, its URLs absolute where a base was known.</summary>
    public string? Subtitle { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>UTC: RSS <c>pubDate</c>.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>Names, without addresses where both are given; each once.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>The authors with what else is said of them, then the contributors.</summary>
    public IReadOnlyList<FeedPerson> People { get; init; } = [];

    /// <summary>Labels as written, each once.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The same with scheme and label.</summary>
    public IReadOnlyList<FeedCategory> CategoryDetails { get; init; } = [];

    /// <summary>Links by their relation, in the order of the document.</summary>
    public IReadOnlyList<FeedLink> Links { get; init; } = [];

    /// <summary>The picture of the feed: RSS <c>image</c>, <c>itunes:image</c>, Atom <c>logo</c>.</summary>
    public string? Image { get; init; }

    /// <summary>A small square picture: Atom <c>icon</c>, JSON Feed <c>favicon</c>.</summary>
    public string? Icon { get; init; }

    /// <summary>Copyright: HTML, unsanitized.</summary>
    public string? Rights { get; init; }

    /// <summary>The program that wrote the feed.</summary>
    public string? Generator { get; init; }

    /// <summary>That program's page.</summary>
    public string? GeneratorUrl { get; init; }

    public string? GeneratorVersion { get; init; }

    /// <summary>In the order of the document. Empty where the entries were given out one by one.</summary>
    public IReadOnlyList<FeedEntry> Entries { get; init; } = [];

    /// <summary>The sitemaps that a sitemap index lists.</summary>
    public IReadOnlyList<SitemapReference> Sitemaps { get; init; } = [];

    /// <summary>What was repaired, ignored or cut off: English sentences, at most 20.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How long the publisher wants caches to hold the feed (<c>ttl</c> in minutes, RSS 2.0; <c>sy:updatePeriod</c>).</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Hours of the day, 0 to 23 in GMT, in which the publisher wants no requests (RSS 2.0 <c>skipHours</c>).</summary>
    public IReadOnlyList<int> SkipHours { get; init; } = [];

    /// <summary>Days on which the publisher wants no requests (RSS 2.0 <c>skipDays</c>).</summary>
    public IReadOnlyList<DayOfWeek> SkipDays { get; init; } = [];

    /// <summary>Elements of the feed itself, entries left out, that no property above was read from.</summary>
    public IReadOnlyList<FeedElement> Extensions { get; init; } = [];

    internal Origins Origins { get; init; }

    /// <summary><see cref="Subtitle"/> as plain text on one line.</summary>
    public string? SubtitleText => Subtitle is null ? null : Text.PlainText.FromHtml(Subtitle);

    /// <summary>What a field was read from: <c>title</c>, <c>dc:date</c>, <c>link[@rel=self]</c>, <c>home_page_url</c>. Null when it is absent.</summary>
    public string? OriginOf(FeedField field) => Origins[field];
}

/// <summary>One of an index's sitemaps.</summary>
/// <param name="LastModified">UTC.</param>
public sealed record SitemapReference(string Url, DateTimeOffset? LastModified);

/// <summary>Somebody who made a feed or an entry.</summary>
/// <param name="Name">Plain text; the address where there is no name.</param>
/// <param name="Url">Absolute where a base was known.</param>
/// <param name="Role"><c>author</c>, <c>contributor</c>, <c>editor</c>, <c>publisher</c>, <c>webmaster</c> or <c>owner</c>.</param>
public sealed record FeedPerson(string Name, string? Email, string? Url, string Role);

/// <summary>A label.</summary>
/// <param name="Term">The label as written: RSS's text, Atom's <c>term</c>.</param>
/// <param name="Scheme">What the term is a term of: Atom's <c>scheme</c>, RSS's <c>domain</c>.</param>
/// <param name="Label">The label for people, where Atom gives one.</param>
public sealed record FeedCategory(string Term, string? Scheme, string? Label);

/// <summary>A link (RFC 4287 §4.2.7).</summary>
/// <param name="Url">Absolute where a base was known.</param>
/// <param name="Relation"><c>alternate</c> where none is written; lower case.</param>
/// <param name="Length">Bytes as declared.</param>
public sealed record FeedLink(string Url, string Relation, string? Type, string? Title, string? Language, long? Length);

/// <summary>A file that belongs to an entry.</summary>
/// <param name="Type">Media type as declared.</param>
/// <param name="Length">Bytes as declared; null when absent or not a number.</param>
public sealed record Enclosure(string Url, string? Type, long? Length);
