namespace Dibao.Extract;

/// <summary>What is known of an article before its page is read: from its feed entry or its archive file.</summary>
public sealed record ArticleHints
{
    public string? Title { get; init; }

    /// <summary>The feed's or the file's time of the entry.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>BCP 47; used only where the text does not decide.</summary>
    public string? Language { get; init; }

    /// <summary>IANA name (<c>Europe/Paris</c>) of the zone in which the outlet writes times without one.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Taken off the end of titles.</summary>
    public string? OutletName { get; init; }
}

/// <summary>One article as read out of its page.</summary>
public sealed record ArticleReading
{
    public required PageKind Kind { get; init; }

    /// <summary>An English sentence: by what the page was known to be of its kind; empty for a plain article.</summary>
    public string KindReason { get; init; } = "";

    /// <summary>Whether the page holds one piece to keep: an article, a live blog, a video's or a gallery's text.</summary>
    public bool IsArticle => Kind is PageKind.Article or PageKind.LiveBlog or PageKind.Video or PageKind.Gallery;

    /// <summary>What the page says of its article, each with where it says it and how sure that is.</summary>
    public required ArticleMetadata Metadata { get; init; }

    public string? Title => Metadata.Title?.Value;

    /// <summary>The summary that stands between title and first paragraph; null when the page shows none.</summary>
    public string? Standfirst { get; init; }

    /// <summary>Names only, in the page's order.</summary>
    public IReadOnlyList<string> Authors => Metadata.Authors?.Value ?? [];

    /// <summary>UTC; null when nothing says it.</summary>
    public DateTimeOffset? Published => Metadata.Published?.Value.ToUniversalTime();

    /// <summary>What <see cref="Published"/> was taken from.</summary>
    public TimeSource PublishedFrom { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? Modified => Metadata.Modified?.Value.ToUniversalTime();

    /// <summary>BCP 47, with the script for Chinese: <c>zh-Hans</c> or <c>zh-Hant</c>.</summary>
    public string? Language => Metadata.Language?.Value;

    public string? CanonicalUrl => Metadata.CanonicalUrl?.Value;

    public string? SiteName => Metadata.Publisher?.Value;

    /// <summary>Absolute http or https URL.</summary>
    public string? LeadImage => Metadata.LeadImage?.Value;

    public IReadOnlyList<string> Sections => Metadata.Sections?.Value ?? [];

    /// <summary>Safe to show: through the allow-list of <see cref="HtmlSanitizer"/>. Neither title, standfirst nor lead image are in it.</summary>
    public string Html { get; init; } = "";

    /// <summary>Running text without captions; paragraphs divided by one empty line.</summary>
    public string Text { get; init; } = "";

    /// <summary>CommonMark.</summary>
    public string Markdown { get; init; } = "";

    /// <summary>How long the text is.</summary>
    public TextLength Length { get; init; }

    /// <summary>English sentences: why the page is no article, what was cut, which time was assumed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Where a publication time came from, the most exact first.</summary>
public enum TimeSource
{
    None = 0,

    /// <summary>The page's structured data or markup, with a zone.</summary>
    Page = 1,

    /// <summary>The page's own time without a zone, read in the outlet's zone or in the one that agrees with the feed.</summary>
    PageZoneResolved = 2,

    /// <summary><see cref="ArticleHints.Published"/>.</summary>
    Hint = 3,

    /// <summary>The page's own time without a zone, read as UTC: may be some hours off.</summary>
    PageZoneUnknown = 4,

    /// <summary>A day in the URL.</summary>
    Url = 5,
}
