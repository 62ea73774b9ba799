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
    public string? Title { get; init; }

    /// <summary>The summary that stands between title and first paragraph; null when the page shows none.</summary>
    public string? Standfirst { get; init; }

    /// <summary>Names only, in the page's order.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>UTC; null when nothing says it.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>What <see cref="Published"/> was taken from.</summary>
    public TimeSource PublishedFrom { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>BCP 47, with the script for Chinese: <c>zh-Hans</c> or <c>zh-Hant</c>.</summary>
    public string? Language { get; init; }

    public string? CanonicalUrl { get; init; }
    public string? SiteName { get; init; }

    /// <summary>Absolute http or https URL.</summary>
    public string? LeadImage { get; init; }

    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>Safe to show: through the allow-list of <see cref="HtmlSanitizer"/>. Neither title, standfirst nor lead image are in it.</summary>
    public string Html { get; init; } = "";

    /// <summary>Running text without captions; paragraphs divided by one empty line.</summary>
    public string Text { get; init; } = "";

    /// <summary>CommonMark.</summary>
    public string Markdown { get; init; } = "";

    /// <summary>English sentences: why the page is no article, what was cut, which time was assumed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

public enum PageKind
{
    Article = 0,

    /// <summary>A list, a home page, an error page, an empty shell.</summary>
    NotAnArticle = 1,
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
