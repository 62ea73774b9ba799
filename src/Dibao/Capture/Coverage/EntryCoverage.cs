using Dibao.Capture.Fetch;

namespace Dibao.Capture.Coverage;

/// <summary>What became of something that a source announced. The numbers stand in the catalogue.</summary>
public enum CoverageState
{
    /// <summary>Its page is kept.</summary>
    Captured = 0,

    /// <summary>Its page could not be had; what the feed said of it is kept.</summary>
    FeedOnly = 1,

    /// <summary>Seen, and left for the next round.</summary>
    Waiting = 2,

    /// <summary>Nothing could be had of it so far; it is tried again for as long as the source lists it.</summary>
    Failed = 3,

    /// <summary>Nothing could be had of it, and the source lists it no more.</summary>
    Lost = 4,

    /// <summary>Its page was looked at and holds no article.</summary>
    NoArticle = 5,
}

/// <summary>What became of one entry, and why.</summary>
/// <param name="Why">The thing, the cause and the remedy; null when all is well.</param>
public readonly record struct EntryCoverage(CoverageState State, FailureKind Failure = FailureKind.None, string? Why = null)
{
    /// <summary>What a kept bundle says became of its entry.</summary>
    public static EntryCoverage Of(CaptureBundle bundle) => bundle.PageError is { } error
        ? new(CoverageState.FeedOnly, bundle.Exchanges is [.., var last] ? OfStatus(last.Status) : FailureKind.NoAnswer, error)
        : default;

    /// <summary>What kind of failure it is when nothing came.</summary>
    public static FailureKind OfCause(FailureCause cause) => cause switch
    {
        FailureCause.Robots or FailureCause.Address => FailureKind.Refused,
        FailureCause.Peace => FailureKind.TooOften,
        FailureCause.Type or FailureCause.Redirects => FailureKind.Unreadable,
        _ => FailureKind.NoAnswer,
    };

    /// <summary>What kind of failure an HTTP status is; one that is no refusal is an answer that could not be read.</summary>
    public static FailureKind OfStatus(int status) => status switch
    {
        404 => FailureKind.NotThere,
        410 or 451 => FailureKind.Gone,
        429 => FailureKind.TooOften,
        >= 500 => FailureKind.ServerTrouble,
        >= 400 => FailureKind.Refused,
        _ => FailureKind.Unreadable,
    };
}
