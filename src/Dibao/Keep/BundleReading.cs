using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.Import;
using Dibao.Extract;
using Dibao.Feeds;

namespace Dibao.Keep;

/// <summary>What a bundle says: the article in it, or that the outlet says it is gone. A pure function of the bundle, so that a rebuild reads the same.</summary>
/// <param name="Draft">Null when there is no article in it.</param>
/// <param name="Status">HTTP status of the final answer; null when nothing answered.</param>
public sealed record BundleReading(VersionDraft? Draft, int? Status)
{
    // A constant, not an option: a rebuild years later must read the same.
    internal const int MaxDecodedBytes = 64 << 20;

    private static readonly BundleReading Nothing = new(null, null);

    /// <summary>The outlet's server says that the article is no more: 404, 410 or 451 (RFC 9110, RFC 7725).</summary>
    public bool Gone => Status is 404 or 410 or 451;

    public static BundleReading Of(CaptureBundle bundle) => bundle.Kind switch
    {
        CaptureKind.Article => OfArticle(bundle),
        CaptureKind.File => new(OfFile(bundle.File!), null),
        CaptureKind.Feed => new(null, bundle.Exchanges is [.., var last] ? last.Status : null),
        _ => Nothing,
    };

    private static BundleReading OfArticle(CaptureBundle bundle)
    {
        var final = bundle.Exchanges is [.., var last] ? last : null;
        var page = final is { Status: 200 } && bundle.PageError is null ? OfPage(bundle, final) : null;
        var feed = bundle.Entry is { } entry ? OfEntry(bundle, entry) : null;
        return new(Better(page, feed), final?.Status);
    }

    // The page, unless it holds much less than the feed's own full text: a paywall, a shell, the wrong container.
    private static VersionDraft? Better(VersionDraft? page, VersionDraft? feed) =>
        page is null ? feed
        : feed is null || page.Text.Length >= feed.Text.Length * 0.6 ? page
        : feed;

    private static VersionDraft? OfPage(CaptureBundle bundle, Exchange final)
    {
        if (!IsHtml(final.ContentType)) return null;
        if (Payload.Decode(final.Body, final.ContentEncoding, MaxDecodedBytes) is not Payload.Decoded { Bytes: var bytes }) return null;
        var html = TextDecoder.Decode(bytes.Span, final.ContentType).Text;
        var reading = ArticleReader.Read(html, final.Url, HintsOf(bundle));
        return reading.IsArticle && reading.Text.Length > 0 ? DraftOf(reading, VersionOrigin.Page, bundle.Entry) : null;
    }

    private static VersionDraft? OfEntry(CaptureBundle bundle, Entry entry)
    {
        var html = entry.Content ?? entry.Summary;
        if (html is null) return null;
        var reading = ArticleReader.ReadFragment(html, bundle.Url, HintsOf(bundle));
        return reading.Text.Length > 0 ? DraftOf(reading, VersionOrigin.Feed, entry) : null;
    }

    private static VersionDraft? OfFile(ImportedFile file)
    {
        if (ArticleFile.Read(file) is not ArticleFileReading.Parsed parsed) return null;
        var hints = new ArticleHints { Title = parsed.Title, Published = parsed.Published, Language = parsed.Language };
        var reading = parsed.WholePage
            ? ArticleReader.Read(parsed.Html, parsed.Url, hints)
            : ArticleReader.ReadFragment(parsed.Html, parsed.Url, hints);
        var draft = DraftOf(reading, VersionOrigin.File, null);
        return draft with
        {
            Title = parsed.Title is { Length: > 0 } ? parsed.Title : draft.Title,
            Published = parsed.Published ?? draft.Published,
            Authors = parsed.Authors is { Count: > 0 } ? parsed.Authors : draft.Authors,
            Sections = parsed.Tags is { Count: > 0 } ? parsed.Tags : draft.Sections,
        };
    }

    private static VersionDraft DraftOf(ArticleReading reading, VersionOrigin origin, Entry? entry) => new()
    {
        Origin = origin,
        Title = reading.Title ?? entry?.Title ?? "",
        Standfirst = reading.Standfirst,
        Authors = reading.Authors is { Count: > 0 } ? reading.Authors : entry?.Authors ?? [],
        Published = reading.Published ?? entry?.Published,
        Modified = reading.Modified ?? entry?.Updated,
        Language = reading.Language ?? entry?.Language,
        LeadImage = reading.LeadImage,
        Sections = reading.Sections is { Count: > 0 } ? reading.Sections : entry?.Categories ?? [],
        Html = reading.Html,
        Text = reading.Text,
    };

    private static ArticleHints HintsOf(CaptureBundle bundle) => new()
    {
        Title = bundle.Entry?.Title,
        Published = bundle.Entry?.Published,
        Language = bundle.Entry?.Language ?? bundle.Outlet.Language,
        OutletName = bundle.Outlet.Name,
    };

    private static bool IsHtml(string? contentType) => contentType is null
        || contentType.Contains("html", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase);
}
