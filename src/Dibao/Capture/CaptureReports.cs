using Dibao.Capture.Push;
using Dibao.Capture.Sources;

namespace Dibao.Capture;

/// <summary>How polling a source ended.</summary>
public enum PollEnd
{
    /// <summary>Status 304, or the same bytes as before.</summary>
    Unchanged,

    /// <summary>The feed was read; it may still have had nothing new.</summary>
    Read,
    Failed,

    /// <summary>Status 410: it is polled no more.</summary>
    Retired,
}

/// <summary>What happened to one source in one round.</summary>
public sealed record SourceReport
{
    public required PollTarget Target { get; init; }
    public required PollEnd End { get; init; }

    /// <summary>What happened, for an operator: one line.</summary>
    public required string Words { get; init; }

    /// <summary>Null when it is polled no more.</summary>
    public DateTimeOffset? NextPoll { get; init; }

    /// <summary>Entries that the feed holds.</summary>
    public int Entries { get; init; }

    /// <summary>Articles that the archive did not have.</summary>
    public int New { get; init; }

    /// <summary>Articles that got a new version.</summary>
    public int Changed { get; init; }

    /// <summary>Entries that wait for the next round.</summary>
    public int Left { get; init; }

    /// <summary>Why pages were missing; at most 20.</summary>
    public IReadOnlyList<string> PageErrors { get; init; } = [];

    /// <summary>The hub that the feed names (WebSub); null when it names none.</summary>
    public HubOffer? Hub { get; init; }

    /// <summary>The source's new address, when this round moved it.</summary>
    public string? MovedTo { get; init; }
}

/// <summary>What happened to one article that was looked at again.</summary>
/// <param name="Change">Null when nothing was kept: nothing changed, or the page did not answer.</param>
public sealed record RecheckReport(RecheckTarget Target, ArticleChange? Change, string Words);

/// <summary>What happened in one round.</summary>
public sealed record RoundReport
{
    public required IReadOnlyList<SourceReport> Sources { get; init; }
    public IReadOnlyList<RecheckReport> Rechecks { get; init; } = [];

    public int Failed => Sources.Count(source => source.End is PollEnd.Failed);
    public int New => Sources.Sum(source => source.New);
    public int Changed => Sources.Sum(source => source.Changed) + Rechecks.Count(recheck => recheck.Change is ArticleChange.Changed);
}
