namespace Dibao.Capture;

/// <summary>An article whose page is due to be looked at again.</summary>
public sealed record RecheckTarget
{
    public required long ArticleId { get; init; }
    public required string Url { get; init; }
    public required OutletName Outlet { get; init; }

    /// <summary>When it was published, or else first captured: its age decides its rung on <see cref="RecheckLadder"/>.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Of the last capture's final answer; null asks unconditionally.</summary>
    public string? ETag { get; init; }

    /// <inheritdoc cref="ETag"/>
    public string? LastModified { get; init; }
}

/// <summary>Where articles that are due come from, since articles are not this stage's.</summary>
public sealed record Rechecks
{
    /// <summary>At most so many articles due at a time, the longest overdue first. Keeping a recheck makes it due later, by <see cref="RecheckLadder"/>.</summary>
    public required Func<DateTimeOffset, int, IReadOnlyList<RecheckTarget>> Due { get; init; }

    /// <summary>There was no news of the article: look again at the time given, or never when it is null.</summary>
    public required Action<RecheckTarget, DateTimeOffset?> Postpone { get; init; }

    /// <summary>No article is ever looked at again.</summary>
    public static Rechecks None { get; } = new() { Due = (_, _) => [], Postpone = (_, _) => { } };
}
