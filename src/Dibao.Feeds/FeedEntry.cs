using Dibao.Feeds.Formats;

namespace Dibao.Feeds;

/// <summary>One item or entry. All HTML in it is as the publisher wrote it, but for its URLs: sanitize before showing.</summary>
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

    /// <summary>The authors with what else is said of them, then the contributors.</summary>
    public IReadOnlyList<FeedPerson> People { get; init; } = [];

    /// <summary>HTML, unsanitized, its URLs absolute where a base was known.</summary>
    public string? Summary { get; init; }

    /// <summary>The full text when the feed carries it: HTML, unsanitized, its URLs absolute where a base was known.</summary>
    public string? Content { get; init; }

    /// <summary>What relative URLs inside the entry referred to; null when nothing said.</summary>
    public string? Base { get; init; }

    /// <summary>Labels as written, each once.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<Enclosure> Enclosures { get; init; } = [];

    /// <summary>BCP 47; the feed's own language is not repeated here unless <c>xml:lang</c> is inherited.</summary>
    public string? Language { get; init; }

    /// <summary>The lead image's URL: media thumbnail or content, <c>itunes:image</c>, JSON <c>image</c>.</summary>
    public string? Image { get; init; }

    /// <summary>The page with readers' comments (RSS 2.0 <c>comments</c>, Atom <c>rel="replies"</c>).</summary>
    public string? CommentsUrl { get; init; }

    /// <summary>Copyright: HTML, unsanitized.</summary>
    public string? Rights { get; init; }

    /// <summary>The document ended inside the entry: only the elements that were complete were read, and the id may be missing.</summary>
    public bool IsPartial { get; init; }

    internal Origins Origins { get; init; }

    internal Original? Original { get; init; }

    /// <summary><see cref="Summary"/> as plain text on one line.</summary>
    public string? SummaryText => Summary is null ? null : Text.PlainText.FromHtml(Summary);

    /// <summary>What a field was read from: <c>pubDate</c>, <c>dc:date</c>, <c>media:thumbnail</c>, <c>content_html</c>. Null when it is absent.</summary>
    public string? OriginOf(FeedField field) => Origins[field];

    /// <summary>The entry with everything in it, as the publisher wrote it; read on first use. Not thread-safe.</summary>
    public FeedElement Element => Original?.Element ?? FeedElement.Empty;

    /// <summary>Elements of the entry that no property above is ever read from: modules, and what nobody knows.</summary>
    public IEnumerable<FeedElement> Extensions => Element.Children.Where(child => !child.IsField);

    /// <summary>Atom's and RSS's links with all their relations; read on use.</summary>
    public IReadOnlyList<FeedLink> Links => Original?.Links(this) ?? [];

    /// <summary>The categories with scheme and label; read on use.</summary>
    public IReadOnlyList<FeedCategory> CategoryDetails => Original?.Categories(this) ?? [];

    /// <summary>The feed that the entry was taken from (Atom <c>source</c>, RSS <c>source</c>), as far as the entry tells; null when it tells nothing.</summary>
    public Feed? Source => Original?.Source(this);
}

/// <summary>Fields whose origin is told.</summary>
public enum FeedField
{
    Id,
    Link,
    Title,
    Published,
    Updated,
    Authors,
    Summary,
    Content,
    Categories,
    Enclosures,
    Language,
    Image,
    Rights,
    Comments,

    /// <summary>Of a feed only.</summary>
    Generator,

    /// <summary>Of a feed only.</summary>
    Icon,
}

/// <summary>What each field was read from. Nothing is formatted before somebody asks: the names are shared.</summary>
internal readonly struct Origins
{
    public static readonly int Count = Enum.GetValues<FeedField>().Length;

    private readonly string?[]? names;

    public Origins(string?[] names) => this.names = names;

    public string? this[FeedField field] => names?[(int)field];
}
