using Dibao.Capture.Fetch;
using Dibao.Feeds;

namespace Dibao.Capture.Sources;

/// <summary>The feed in an answer, or in words why there is none.</summary>
/// <param name="Problem">Null exactly when <paramref name="Feed"/> is not.</param>
public readonly record struct FeedAnswer(Feed? Feed, string? Problem)
{
    public static FeedAnswer Read(Exchange answer, CaptureOptions options)
    {
        if (answer.Truncated is not null) return new(null, $"{answer.Url} is larger than {options.MaxBodyBytes:N0} bytes, which no feed needs to be");
        return Payload.Decode(answer.Body, answer.ContentEncoding, options.MaxDecodedBytes) switch
        {
            Payload.Decoded plain => Read(plain.Bytes, answer),
            Payload.Unreadable broken => new(null, $"{answer.Url} cannot be read: {broken.Reason}"),
            _ => throw new ArgumentOutOfRangeException(nameof(answer)),
        };
    }

    private static FeedAnswer Read(ReadOnlyMemory<byte> bytes, Exchange answer) =>
        FeedReader.Read(bytes, answer.ContentType, answer.Url) switch
        {
            FeedReading.Found { Feed.Format: FeedFormat.SitemapIndex } => new(null, $"{answer.Url} is a list of sitemaps, not a feed: add one of those it lists"),
            FeedReading.Found found => new(found.Feed, null),
            FeedReading.NotAFeed not => new(null, $"{answer.Url} is no feed: {not.Message}"),
            _ => throw new ArgumentOutOfRangeException(nameof(bytes)),
        };

    /// <summary>The feed's entries as the archive keeps them, oldest first, each identifier once. Entries without a web address are left out.</summary>
    /// <param name="baseUrl">The feed's address.</param>
    public static IReadOnlyList<Entry> Announcements(Feed feed, string baseUrl)
    {
        var entries = new List<Entry>(feed.Entries.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in feed.Entries)
        {
            // Without its end its identifier may be missing: it would come back as another one when the feed is whole again.
            if (!item.IsPartial && Announcement(item, feed, baseUrl) is { } entry && ids.Add(entry.Id)) entries.Add(entry);
        }
        // Feeds put the newest first, and numbers are given in the order of keeping; the sort is stable.
        entries.Reverse();
        return [.. entries.OrderBy(entry => entry.Published ?? entry.Updated ?? DateTimeOffset.MaxValue)];
    }

    private static Entry? Announcement(FeedEntry item, Feed feed, string baseUrl)
    {
        // An identifier that is an address serves where the entry has no link (RSS 2.0, guid isPermaLink).
        if (!ArticleUrl.TryResolve(baseUrl, item.Link, out var link) && !ArticleUrl.TryNormalize(item.Id, out link)) return null;
        return new()
        {
            Id = string.IsNullOrWhiteSpace(item.Id) ? link : item.Id,
            Link = link,
            Title = item.Title,
            Published = item.Published,
            Updated = item.Updated,
            Authors = item.Authors,
            Categories = item.Categories,
            Summary = item.Summary,
            Content = item.Content,
            Language = item.Language ?? feed.Language,
        };
    }
}
