namespace Dibao;

/// <summary>An order to remove captures for good. It is kept itself, and its leaf stays in the log: what was removed, when and why can be checked for ever.</summary>
public sealed record Takedown
{
    public required TakedownCause Cause { get; init; }

    /// <summary>Shown to whoever asks for what was removed.</summary>
    public required string Reason { get; init; }

    public required IReadOnlyList<RemovedCapture> Captures { get; init; }
}

/// <summary>Why something that was kept is no more. The names stand in manifests.</summary>
public enum TakedownCause
{
    /// <summary>Somebody asked for it, and the operator agreed: readers are told 410 Gone.</summary>
    Request = 0,

    /// <summary>A court or an authority demanded it: readers are told 451 (RFC 7725).</summary>
    Law = 1,

    /// <summary>The outlet's time of keeping is over: readers are told 410 Gone.</summary>
    Retention = 2,
}

/// <param name="Leaf">Its position in the log.</param>
/// <param name="Manifest">SHA-256 of its manifest record, hexadecimal: what the leaf was made of.</param>
/// <param name="Left">Which of its records stay, since captures that stay refer to them; by their place in it, from 0. Null: none.</param>
public sealed record RemovedCapture(long Leaf, string Manifest, IReadOnlyList<int>? Left = null);

/// <summary>That an article was taken down, as readers are told.</summary>
public sealed record Removal(TakedownCause Cause, string Reason, DateTimeOffset At);
