namespace Dibao.Feeds;

/// <summary>What is known about a feed's bytes besides the bytes.</summary>
public sealed record FeedOptions
{
    /// <summary>The HTTP header, whose charset is one witness among others.</summary>
    public string? ContentType { get; init; }

    /// <summary>The HTTP header: the feed's language where the feed says nothing.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>Where the bytes came from: relative URLs refer to it where the feed gives no other base.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>What dates without a zone are in; null leaves it to <see cref="FeedDate"/>, which takes UTC for most.</summary>
    public TimeZoneInfo? AssumedZone { get; init; }

    public FeedLimits Limits { get; init; } = new();
}
