using System.Net;
using System.Runtime.CompilerServices;
using Dibao.Capture.Fetch;
using Dibao.Extract;
using Dibao.Extract.Sites;
using Dibao.Feeds;

namespace Dibao.Capture.FullText;

/// <summary>Which text of a source is its articles': learned of each (<see cref="TextEvidence"/>) and written into every capture.</summary>
public enum TextPreference
{
    Page = 0,
    Feed = 1,
}

/// <summary>The text that a capture's article has.</summary>
/// <param name="Origin">Of the page, or of the feed.</param>
public sealed record ChosenText(ArticleReading Reading, VersionOrigin Origin);

/// <summary>What the exchanges and the entry of a bundle say, and which of them is the article's text. Pure functions of the bundle,
/// so that a rebuild reads the same; what was read is remembered for as long as the exchange lives, since capturing asks before Keep does.</summary>
public static class ArticleText
{
    /// <summary>Bytes of a page once its compression is undone. A constant, not an option: a rebuild years later must read the same.</summary>
    public const int MaxDecodedBytes = 64 << 20;

    // A page that holds less than this share of the feed's own full text is a paywall, a shell, or the wrong container.
    private const double LeastShareOfFeed = 0.6;

    // A variant is taken only when it clearly has more to read.
    private const double VariantGain = 1.3;

    private static readonly ConditionalWeakTable<object, Remembered> Memory = [];

    /// <summary>Null when there is no article in the bundle.</summary>
    public static ChosenText? Of(CaptureBundle bundle)
    {
        var (page, feed) = (OfPage(bundle), OfEntry(bundle));
        if (page is null) return feed is null ? null : new(feed, VersionOrigin.Feed);
        return feed is null || !IsFeedBetter(page, feed, bundle.Prefer) ? new(page, VersionOrigin.Page) : new(feed, VersionOrigin.Feed);
    }

    /// <summary>The article of the page with all its further pages, or of its fullest variant; null when there is none.</summary>
    public static ArticleReading? OfPage(CaptureBundle bundle)
    {
        if (bundle.Exchanges is not [.., { Status: 200, Role: ExchangeRole.Page } final] || bundle.PageError is not null) return null;
        var drawn = bundle.Rendered is { } rendered ? Read(rendered.InPlaceOf(final), bundle) : null;
        var whole = (drawn ?? Read(final, bundle)) is { } first ? Join(first, Readings(bundle, ExchangeRole.NextPage)) : null;
        foreach (var variant in Readings(bundle, ExchangeRole.Variant))
        {
            if (whole is null || variant.Text.Length > whole.Text.Length * VariantGain) whole = Under(whole, variant);
        }
        return whole;
    }

    /// <summary>What the feed says in the place of a text; null when it says nothing.</summary>
    public static ArticleReading? OfEntry(CaptureBundle bundle)
    {
        if (bundle.Entry is not { } entry || (entry.Content ?? entry.Summary) is not { } html) return null;
        var reading = Remember(entry, bundle, () => ArticleReader.ReadFragment(html, bundle.Url, HintsOf(bundle)));
        return reading is { Text.Length: > 0 } ? reading : null;
    }

    /// <summary>What kind of page an answer is; null when it is none.</summary>
    internal static PageKind? KindOf(Exchange answer, CaptureBundle bundle) => ReadAny(answer, bundle)?.Kind;

    /// <summary>The article in one answer; null when it holds none.</summary>
    internal static ArticleReading? Read(Exchange answer, CaptureBundle bundle)
    {
        var reading = ReadAny(answer, bundle);
        return reading is { IsArticle: true, Text.Length: > 0 } ? reading : null;
    }

    private static ArticleReading? ReadAny(Exchange answer, CaptureBundle bundle) => Remember(answer, bundle, () => HtmlOf(answer) is { } html
        ? ArticleReader.Read(html, answer.Url, new ReadingOptions { Hints = HintsOf(bundle), Rules = RulesOf(bundle), Template = TemplateOf(bundle), Fetched = answer.At })
        : null);

    /// <summary>The decoded text of an HTML answer; null when it is none, or cannot be unpacked.</summary>
    internal static string? HtmlOf(Exchange answer) =>
        IsHtml(answer.ContentType) && Payload.Decode(answer.Body, answer.ContentEncoding, MaxDecodedBytes) is Payload.Decoded { Bytes: var bytes }
            ? TextDecoder.Decode(bytes.Span, answer.ContentType).Text
            : null;

    internal static ArticleHints HintsOf(CaptureBundle bundle) => new()
    {
        Title = string.IsNullOrWhiteSpace(bundle.Entry?.Title) ? null : bundle.Entry.Title,
        Published = bundle.Entry?.Published,
        Language = bundle.Entry?.Language ?? bundle.Outlet.Language,
        OutletName = bundle.Outlet.Name,
    };

    private static bool IsFeedBetter(ArticleReading page, ArticleReading feed, TextPreference? prefer) => prefer switch
    {
        TextPreference.Feed => feed.Text.Length >= page.Text.Length * LeastShareOfFeed,
        _ => page.Text.Length < feed.Text.Length * LeastShareOfFeed,
    };

    // The same teaser, byline or closing line on every page is one.
    private static ArticleReading Join(ArticleReading first, IEnumerable<ArticleReading> further)
    {
        var (blocks, paragraphs) = (first.Html.Split('\n').ToList(), first.Text.Split("\n\n").ToList());
        var (seenBlocks, seenParagraphs) = (blocks.ToHashSet(), paragraphs.ToHashSet());
        foreach (var page in further)
        {
            // What stood at the page's head was taken for its lead image; here it is a picture between two paragraphs.
            if (page.LeadImage is { } image && image != first.LeadImage && seenBlocks.Add(image)) blocks.Add($"<p><img src=\"{WebUtility.HtmlEncode(image)}\" alt=\"\"></p>");
            blocks.AddRange(page.Html.Split('\n').Where(seenBlocks.Add));
            paragraphs.AddRange(page.Text.Split("\n\n").Where(seenParagraphs.Add));
        }
        return blocks.Count == 0 ? first : first with { Html = string.Join('\n', blocks), Text = string.Join("\n\n", paragraphs) };
    }

    // What the page says of itself stands; a variant lends its text, and what the page does not say.
    private static ArticleReading Under(ArticleReading? page, ArticleReading variant) => page is null ? variant : variant with
    {
        Standfirst = page.Standfirst ?? variant.Standfirst,
        Metadata = page.Metadata.Or(variant.Metadata),
    };

    private static IEnumerable<ArticleReading> Readings(CaptureBundle bundle, ExchangeRole role) =>
        bundle.Exchanges.Where(exchange => exchange.Role == role && exchange.Status == 200).Select(exchange => Read(exchange, bundle)).OfType<ArticleReading>();

    private static ArticleReading? Remember(object of, CaptureBundle bundle, Func<ArticleReading?> read)
    {
        var hints = HintsOf(bundle);
        if (Memory.TryGetValue(of, out var known) && known.Hints == hints && known.Rule == bundle.Rule && known.Template == bundle.Template) return known.Reading;
        var reading = read();
        Memory.AddOrUpdate(of, new(hints, bundle.Rule, bundle.Template, reading));
        return reading;
    }

    private static SiteRules? RulesOf(CaptureBundle bundle) => RuleOf(bundle) is { } rule ? new([rule]) : null;

    private static SiteTemplate? TemplateOf(CaptureBundle bundle) => bundle.Template is { } text && SiteTemplate.TryParse(text, out var template) ? template : null;

    /// <summary>The page that is read for the article's text, as HTML: drawn where a browser drew it; null where there is none.</summary>
    internal static string? PageHtml(CaptureBundle bundle) =>
        bundle is { PageError: null, Exchanges: [.., { Status: 200, Role: ExchangeRole.Page } final] } ? HtmlOf(bundle.Rendered?.InPlaceOf(final) ?? final) : null;

    /// <summary>The rule that is kept with a bundle, read.</summary>
    internal static SiteRule? RuleOf(CaptureBundle bundle) => bundle.Rule is { } kept ? SiteRules.Parse(kept.Host, kept.Text) : null;

    private static bool IsHtml(string? contentType) => contentType is null
        || contentType.Contains("html", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase);

    private sealed record Remembered(ArticleHints Hints, KeptSiteRule? Rule, string? Template, ArticleReading? Reading);
}
