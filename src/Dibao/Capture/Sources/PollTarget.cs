using Dibao.Capture.Fetch;

namespace Dibao.Capture.Sources;

/// <summary>A source with what its next poll needs.</summary>
public sealed record PollTarget
{
    public required Source Source { get; init; }
    public required OutletName Outlet { get; init; }

    /// <summary>As the last answer gave it; null asks unconditionally.</summary>
    public string? ETag { get; init; }

    /// <inheritdoc cref="ETag"/>
    public string? LastModified { get; init; }

    /// <summary>Of the last answer's body as received.</summary>
    public Digest? Payload { get; init; }
}

/// <summary>What a poll came to, as the source book records it.</summary>
public abstract record PollResult
{
    private PollResult() { }

    /// <summary>Where permanent redirects led, when they did.</summary>
    public string? MovedTo { get; init; }

    /// <summary>The feed answered and was read, or had nothing new to read.</summary>
    /// <param name="Conditions">What makes the next poll conditional; null when entries were left for it.</param>
    public sealed record Succeeded(PollConditions? Conditions) : PollResult
    {
        /// <summary>The feed's own title.</summary>
        public string? Title { get; init; }

        /// <summary>Until then the answer says that nothing changes; null when it says nothing.</summary>
        public DateTimeOffset? NotBefore { get; init; }
    }

    /// <param name="Words">The thing, the cause and the remedy.</param>
    public sealed record Failed(string Words, TimeSpan? RetryAfter = null) : PollResult
    {
        /// <summary>What there is to do about it.</summary>
        public FailureKind Kind { get; init; } = FailureKind.NoAnswer;
    }
}

/// <summary>What an answer leaves behind for the next question.</summary>
public readonly record struct PollConditions(string? ETag, string? LastModified, Digest? Payload);

/// <summary>What recording a poll came to.</summary>
/// <param name="MoveTo">Where the source should move, once enough answers agree.</param>
public readonly record struct PollRecorded(DateTimeOffset NextPoll, string? MoveTo);

/// <summary>What an entry is to the archive.</summary>
public enum EntryNews
{
    /// <summary>Announced before, in the same words.</summary>
    Known,
    New,

    /// <summary>Announced before, in other words.</summary>
    Changed,
}
