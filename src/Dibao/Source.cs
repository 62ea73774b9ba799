namespace Dibao;

/// <summary>A feed that the archive polls for an outlet's entries.</summary>
public sealed record Source
{
    public required long Id { get; init; }
    public required long OutletId { get; init; }

    /// <summary>The address that is polled now; moves when a permanent redirect moves it.</summary>
    public required string Url { get; init; }

    public string? Title { get; init; }
    public required SourceState State { get; init; }
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

    /// <summary>Attempts in a row that failed.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? NextPoll { get; init; }

    /// <summary>Articles of the outlet that the archive holds.</summary>
    public long Articles { get; init; }
}
