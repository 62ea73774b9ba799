using Dibao.Capture.Browser;
using Dibao.Capture.Fetch;
using Dibao.Capture.FullText;

namespace Dibao.Capture;

/// <summary>Everything that belongs to one capture, before it is kept: what was asked, answered, announced or imported.</summary>
public sealed record CaptureBundle
{
    public required CaptureKind Kind { get; init; }

    /// <summary>The article's, the feed's or the source's URL.</summary>
    public required string Url { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The outlet it belongs to, made when new; <see cref="OutletName.None"/> for what is the archive's own.</summary>
    public required OutletName Outlet { get; init; }

    /// <summary>The feed that announced it; null for imports.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>What belongs to the page first (<see cref="ExchangeRole"/>), then its redirects, its final answer last; empty when nothing was
    /// fetched or nothing answered.</summary>
    public IReadOnlyList<Exchange> Exchanges { get; init; } = [];

    /// <summary>What the feed said; null for feeds, imports and rechecks.</summary>
    public Entry? Entry { get; init; }

    /// <summary>The file it was imported from.</summary>
    public ImportedFile? File { get; init; }

    /// <summary>Why the article's page could not be fetched, when only the feed's text is kept.</summary>
    public string? PageError { get; init; }

    /// <summary>Which text the source was known to have the better of; null judges this article by itself.</summary>
    public TextPreference? Prefer { get; init; }

    /// <summary>The operator's rule for the page's site, as it stood when the page was captured; null where there was none.</summary>
    public KeptSiteRule? Rule { get; init; }

    /// <summary>What of the outlet's template stands on the page (<see cref="Dibao.Extract.Sites.SiteTemplate"/> as text), as it was known when the
    /// page was captured; null where nothing was.</summary>
    public string? Template { get; init; }

    /// <summary>The page as a browser drew it; null for most.</summary>
    public RenderedPage? Rendered { get; init; }

    /// <summary>What happened to a source; only with <see cref="CaptureKind.Source"/>.</summary>
    public SourceChange? Source { get; init; }

    /// <summary>What is removed; only with <see cref="CaptureKind.Takedown"/>.</summary>
    public Takedown? Takedown { get; init; }

    /// <summary>Who signs the log from now on; only with <see cref="CaptureKind.LogKey"/>.</summary>
    public LogKeyChange? LogKey { get; init; }

    /// <summary>What the segment before this one was; only with <see cref="CaptureKind.Seal"/>.</summary>
    public SegmentSeal? Seal { get; init; }
}

/// <summary>A rule in the <c>ftr-site-config</c> syntax, kept with what it was used on: files change, and a rebuild must read the same.</summary>
/// <param name="Host">As the file is named, without its ending.</param>
public sealed record KeptSiteRule(string Host, string Text);

/// <summary>A source as it stands from now on.</summary>
/// <param name="MovedFrom">Its former URL, when a permanent redirect moved it.</param>
/// <param name="Kind">Null leaves it as it was; a new source is a feed then.</param>
/// <param name="Selector">As <see cref="Dibao.Source.Selector"/>; null leaves it as it was.</param>
public sealed record SourceChange(string? Title, SourceState State, string? MovedFrom = null, SourceKind? Kind = null, string? Selector = null);

/// <summary>Keeps a bundle: once the task ends, its bytes survive a power cut.</summary>
public delegate Task<KeepOutcome> KeepCapture(CaptureBundle bundle, CancellationToken cancel);

/// <summary>What keeping a bundle came to.</summary>
public readonly record struct KeepOutcome(long CaptureId, long? ArticleId, ArticleChange Change);

/// <summary>What a capture changed about its article.</summary>
public enum ArticleChange
{
    /// <summary>It was no article's capture, or its page held none.</summary>
    None,
    New,
    Changed,
    Unchanged,

    /// <summary>The outlet's server says that it is gone.</summary>
    Gone,

    /// <summary>It was gone or led elsewhere, and is there again as it was.</summary>
    Back,

    /// <summary>Its address leads elsewhere now.</summary>
    Redirected,
}

/// <summary>What a capture holds. The numbers stand in manifests: never reuse one.</summary>
public enum CaptureKind
{
    /// <summary>An article: its page, its feed entry, or both.</summary>
    Article = 1,

    /// <summary>A feed's answer to a poll.</summary>
    Feed = 2,

    /// <summary>An article from a file that an operator imported.</summary>
    File = 3,

    /// <summary>A source that was added, moved, retired or removed.</summary>
    Source = 4,

    /// <summary>A URL known from a list or an empty file, its article never captured.</summary>
    Known = 5,

    /// <summary>An order to remove earlier captures.</summary>
    Takedown = 6,

    /// <summary>The log's signing key was replaced.</summary>
    LogKey = 7,

    /// <summary>A segment was sealed.</summary>
    Seal = 8,
}

/// <summary>A change of the key that signs the archive's log.</summary>
/// <param name="Key">Verifier key from now on.</param>
/// <param name="Before">Verifier key that signed until now.</param>
public sealed record LogKeyChange(string Key, string Before);

/// <summary>What a segment was when it was sealed. Stands as the first capture of the next one, which so holds it to the log.</summary>
/// <param name="Segment">Its file name.</param>
/// <param name="Bytes">Its length: a takedown rewrites it at the same.</param>
/// <param name="Sha256">Of the whole file, hexadecimal, as <c>sha256sum</c> shows it; not of what a takedown makes of it later.</param>
/// <param name="Leaves">Leaves of the log up to its end, and so the position of the leaf that says this.</param>
public sealed record SegmentSeal(string Segment, long Bytes, string Sha256, long Leaves);

/// <summary>How an outlet is named when something of it is captured.</summary>
/// <param name="Slug">As <see cref="Dibao.Outlet.Slug"/>.</param>
/// <param name="Name">As <see cref="Dibao.Outlet.Name"/>.</param>
public readonly record struct OutletName(string Slug, string Name, string? HomeUrl = null, string? Language = null)
{
    /// <summary>Of what belongs to no outlet: a seal, a key of the log.</summary>
    public static OutletName None => default;
}

/// <summary>A file as an operator handed it in: original bytes, and what was read from it.</summary>
public sealed record ImportedFile
{
    /// <summary>Path inside the folder or archive that was imported, with '/' between the parts.</summary>
    public required string Path { get; init; }

    /// <summary>The file's bytes, unchanged.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Which form it has.</summary>
    public required FileDialect Dialect { get; init; }
}

/// <summary>The forms of article files that are read. The names stand in manifests.</summary>
public enum FileDialect
{
    /// <summary>Dialect A: time comment, link, rule, HTML.</summary>
    ArticleFile,

    /// <summary>Dialect B: link, rule, 日期： line, HTML.</summary>
    EarlyCdt,

    /// <summary>Dialect C: YAML front matter, then HTML, a whole page, or dialect A.</summary>
    Jekyll,

    /// <summary>Dialect D: a list of titles and links alone.</summary>
    List,

    /// <summary>A page saved from a browser.</summary>
    Html,
}
