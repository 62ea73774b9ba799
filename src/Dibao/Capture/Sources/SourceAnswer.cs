using Dibao.Capture.Discovery;
using Dibao.Capture.Fetch;
using Dibao.Capture.Push;
using Dibao.Feeds;

namespace Dibao.Capture.Sources;

/// <summary>What a source answered: the entries in it, or in words why there are none to read.</summary>
public sealed record SourceAnswer
{
    private const int MaxEnclosures = 10;

    private readonly Feed? feed;

    private SourceAnswer(Feed? feed) => this.feed = feed;

    /// <summary>Why it cannot be read, with what to do; null when it can.</summary>
    public string? Problem { get; private init; }

    /// <summary>What it is, whatever it was taken for.</summary>
    public SourceKind Kind { get; private init; }

    /// <summary>Its own title; null when it has none.</summary>
    public string? Title { get; private init; }

    /// <summary>The hub that tells of its news (WebSub); null when it names none.</summary>
    public HubOffer? Hub { get; private init; }

    /// <summary>Oldest first, each identifier once.</summary>
    public IReadOnlyList<Entry> Entries { get; private init; } = [];

    /// <summary>The sitemaps of an index; none of anything else.</summary>
    public IReadOnlyList<SitemapReference> Sitemaps => feed?.Sitemaps ?? [];

    /// <summary>Where a feed says its older entries are; null when it does not.</summary>
    public string? NextPage => feed?.NextPage;

    /// <summary>A proposal for the outlet's name.</summary>
    public OutletName Outlet(string url) => feed is not null ? OutletNaming.Of(feed, url) : new(OutletNaming.Slug(url), Title ?? OutletNaming.Slug(url), new Uri(new Uri(url), "/").AbsoluteUri);

    /// <param name="kind">What it is taken for: a list page is read as a page, anything else as what it turns out to be.</param>
    /// <param name="selector">Of a list page's links; null learns them.</param>
    public static SourceAnswer Read(Exchange answer, SourceKind kind, string? selector, CaptureOptions options)
    {
        if (answer.Truncated is not null) return Failed($"{answer.Url} is larger than {options.MaxBodyBytes:N0} bytes, which no feed needs to be");
        return Payload.Decode(answer.Body, answer.ContentEncoding, options.MaxDecodedBytes) switch
        {
            Payload.Decoded plain => kind == SourceKind.ListPage ? ReadList(plain.Bytes, answer, selector) : ReadFeed(plain.Bytes, answer),
            Payload.Unreadable broken => Failed($"{answer.Url} cannot be read: {broken.Reason}"),
            _ => throw new ArgumentOutOfRangeException(nameof(answer)),
        };
    }

    private static SourceAnswer Failed(string problem) => new(feed: null) { Problem = problem };

    private static SourceAnswer ReadFeed(ReadOnlyMemory<byte> bytes, Exchange answer) =>
        FeedReader.Read(bytes, answer.ContentType, answer.Url) switch
        {
            FeedReading.Found { Feed: var feed } => new(feed)
            {
                Kind = feed.Format is FeedFormat.Sitemap or FeedFormat.SitemapIndex ? SourceKind.Sitemap : SourceKind.Feed,
                Title = string.IsNullOrWhiteSpace(feed.Title) ? null : feed.Title,
                Hub = HubOffer.Of(answer, feed.Hubs, feed.SelfUrl),
                Entries = Announcements(feed, answer.Url),
            },
            FeedReading.NotAFeed not => Failed($"{answer.Url} is no feed: {not.Message}"),
            _ => throw new ArgumentOutOfRangeException(nameof(bytes)),
        };

    private static SourceAnswer ReadList(ReadOnlyMemory<byte> bytes, Exchange answer, string? selector)
    {
        var list = ListPage.Read(TextDecoder.Decode(bytes.Span, answer.ContentType).Text, answer.Url, selector);
        return new(feed: null)
        {
            Kind = SourceKind.ListPage,
            Problem = list.Problem,
            Title = list.Title,
            // Pages list the newest first, and numbers are given in the order of keeping.
            Entries = [.. list.Articles.Reverse().Select(article => new Entry { Id = article.Url, Link = article.Url, Title = article.Title })],
        };
    }

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

    private static bool IsRecording(Enclosure enclosure) =>
        enclosure.Type is { } type && (type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase));

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
            Enclosures = [.. item.Enclosures.Where(IsRecording).Select(enclosure => ArticleUrl.TryResolve(baseUrl, enclosure.Url, out var url) ? url : null).OfType<string>().Take(MaxEnclosures)],
        };
    }
}
