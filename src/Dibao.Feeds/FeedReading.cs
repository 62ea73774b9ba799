namespace Dibao.Feeds;

/// <summary>What reading bytes as a feed can end as. Nothing else happens: bad input is a case, never an exception.</summary>
public abstract record FeedReading
{
    private FeedReading() { }

    /// <summary>A feed, possibly with no entries; what was repaired or lost on the way is in <see cref="Feed.Warnings"/>.</summary>
    public sealed record Found(Feed Feed) : FeedReading;

    /// <param name="Message">One English sentence or two for a person: the thing, the cause and the remedy.</param>
    public sealed record NotAFeed(NotAFeedReason Reason, string Message) : FeedReading;
}

/// <summary>Why bytes were not read as a feed.</summary>
public enum NotAFeedReason
{
    /// <summary>Some other document: another XML vocabulary, JSON that is no JSON Feed, an image.</summary>
    Unknown,

    /// <summary>No bytes, or only white space.</summary>
    Empty,

    /// <summary>An HTML page: often the outlet's site, a login or an error page.</summary>
    Html,

    /// <summary>More than <see cref="FeedLimits.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>Elements nested deeper than <see cref="FeedLimits.MaxDepth"/> before the first complete entry.</summary>
    TooDeep,

    /// <summary>DTD entities that would expand beyond <see cref="FeedLimits.MaxEntityExpansion"/>.</summary>
    EntityBomb,
}
