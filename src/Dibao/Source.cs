namespace Dibao;

/// <summary>A feed, sitemap or list page that the archive polls for an outlet's entries.</summary>
public sealed record Source
{
    public required long Id { get; init; }
    public required long OutletId { get; init; }

    /// <summary>The address that is polled now; moves when a permanent redirect moves it.</summary>
    public required string Url { get; init; }

    public string? Title { get; init; }
    public required SourceState State { get; init; }
    public SourceKind Kind { get; init; }

    /// <summary>CSS: the links of a list page, where the operator says which they are.</summary>
    public string? Selector { get; init; }
}

/// <summary>What a source answers with. The names stand in manifests.</summary>
public enum SourceKind
{
    /// <summary>RSS, Atom, JSON Feed and their kin.</summary>
    Feed = 0,

    /// <summary>A sitemap or sitemap index (sitemaps.org 0.9), Google's news sitemaps among them.</summary>
    Sitemap = 1,

    /// <summary>A page that lists articles and has no feed.</summary>
    ListPage = 2,
}

/// <summary>Whether a source is polled.</summary>
public enum SourceState
{
    /// <summary>Polled when due.</summary>
    Active = 0,

    /// <summary>Its server said 410 Gone (RFC 9110 §15.5.11): kept, never polled again unless added anew.</summary>
    Retired = 1,

    /// <summary>Taken out by the operator; what it brought stays.</summary>
    Removed = 2,
}

/// <summary>How a source fares, in words that an operator can act on.</summary>
public sealed record SourceHealth
{
    public required Source Source { get; init; }
    public required Outlet Outlet { get; init; }
    public DateTimeOffset? LastAttempt { get; init; }
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>What went wrong at the last attempt: the thing, the cause and the remedy; null when it went well.</summary>
    public string? LastError { get; init; }

    /// <summary>What kind of failure <see cref="LastError"/> tells of: what there is to do about it.</summary>
    public FailureKind Failure { get; init; }

    /// <summary>Attempts in a row that failed.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? NextPoll { get; init; }

    /// <summary>Articles of the outlet that the archive holds.</summary>
    public long Articles { get; init; }
}

/// <summary>Why something could not be had, as far as it decides what there is to do.</summary>
public enum FailureKind
{
    None = 0,

    /// <summary>No connection, no name, no answer in time.</summary>
    NoAnswer = 1,

    /// <summary>401, 403 and other refusals; robots.txt.</summary>
    Refused = 2,

    /// <summary>404.</summary>
    NotThere = 3,

    /// <summary>410 and 451: for good.</summary>
    Gone = 4,

    /// <summary>429.</summary>
    TooOften = 5,

    /// <summary>5xx.</summary>
    ServerTrouble = 6,

    /// <summary>It answered with something that cannot be read as what it is meant to be.</summary>
    Unreadable = 7,

    /// <summary>Not asked at all, since others of its site had just failed.</summary>
    Skipped = 8,
}
