namespace Dibao.Capture.Discovery;

/// <summary>How a candidate was come by, the surest first.</summary>
public enum CandidateOrigin
{
    /// <summary>It is the address itself.</summary>
    Given = 0,

    /// <summary>The page declares it (<c>link rel="alternate"</c>).</summary>
    Declared = 1,

    /// <summary>The page's publishing platform keeps feeds there.</summary>
    Platform = 2,

    /// <summary>The page's body links to it.</summary>
    Linked = 3,

    /// <summary>Sites often have a feed there.</summary>
    WellKnown = 4,

    /// <summary>robots.txt names it, or it is where sitemaps lie.</summary>
    Sitemap = 5,

    /// <summary>The page itself, read as a list of links.</summary>
    Page = 6,
}

/// <summary>Something that might be watched for an address.</summary>
/// <param name="Title">Its own where it was asked, else as the page names it; null when nothing does.</param>
public sealed record SourceCandidate(string Url, string? Title, SourceKind Kind, CandidateOrigin Origin)
{
    /// <summary>CSS, of a list page's links.</summary>
    public string? Selector { get; init; }

    /// <summary>The platform whose feeds lie there; null for none.</summary>
    public string? Platform { get; init; }

    /// <summary>Whether it was asked and can be read.</summary>
    public bool Read { get; init; }

    /// <summary>Entries that it holds; 0 when it was not asked.</summary>
    public int Entries { get; init; }

    /// <summary>When the newest of them was published; null when nothing says it.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>What it would be watched as.</summary>
    public SourceChange ToChange() => new(Title, SourceState.Active, Kind: Kind == SourceKind.Feed ? null : Kind, Selector: Selector);
}
