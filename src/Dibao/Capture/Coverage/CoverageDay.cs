namespace Dibao.Capture.Coverage;

/// <summary>One day of one source.</summary>
public sealed record CoverageDay
{
    public required DateOnly Day { get; init; }

    /// <summary>Entries first seen on that day, by what became of them since; states without any are left out.</summary>
    public required IReadOnlyDictionary<CoverageState, int> Counts { get; init; }

    /// <summary>How much of the day the archive itself was not capturing.</summary>
    public TimeSpan Down { get; init; }

    /// <summary>How much of the day the source could not be read.</summary>
    public TimeSpan Failing { get; init; }

    /// <summary>Before the first sign of life, or still to come: nothing can be said.</summary>
    public bool Unwatched { get; init; }

    public int Seen => Counts.Values.Sum();

    public int Of(CoverageState state) => Counts.GetValueOrDefault(state);

    /// <summary>Failed and lost.</summary>
    public int Missed => Of(CoverageState.Failed) + Of(CoverageState.Lost);
}

/// <summary>A stretch of time in which a source could not be read.</summary>
public sealed record SourceTrouble
{
    public required long Id { get; init; }
    public required long SourceId { get; init; }
    public required DateTimeOffset Began { get; init; }

    /// <summary>The last attempt that failed.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>When it could be read again; null while it cannot.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Attempts that failed.</summary>
    public required int Attempts { get; init; }

    public required FailureKind Failure { get; init; }
    public required string Words { get; init; }
}

/// <summary>Something that was announced and is not kept.</summary>
public sealed record MissedEntry
{
    public required long SourceId { get; init; }
    public required string EntryId { get; init; }
    public required string Url { get; init; }
    public string? Title { get; init; }
    public required DateTimeOffset FirstSeen { get; init; }
    public required DateTimeOffset LastSeen { get; init; }
    public required CoverageState State { get; init; }
    public required FailureKind Failure { get; init; }
    public string? Why { get; init; }
    public required int Attempts { get; init; }
}

/// <summary>That a source announced an article.</summary>
/// <param name="EntryId">As the source names it.</param>
public sealed record Sighting(long SourceId, string SourceUrl, string? SourceTitle, string EntryId, DateTimeOffset FirstSeen);
