using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.FullText;
using Dibao.Capture.Identity;
using Dibao.Capture.Import;
using Dibao.Capture.Media;
using Dibao.Extract;

namespace Dibao.Keep;

/// <summary>What a bundle says: the article in it, or that the outlet says it is gone. A pure function of the bundle, so that a rebuild reads the same.</summary>
/// <param name="Draft">Null when there is no article in it.</param>
/// <param name="Status">HTTP status of the final answer; null when nothing answered.</param>
public sealed record BundleReading(VersionDraft? Draft, int? Status)
{
    private static readonly BundleReading Nothing = new(null, null);

    /// <summary>The address that the page gives itself, where it can be believed; null otherwise.</summary>
    public string? Declared { get; init; }

    /// <summary>By which texts nearly the same are found; null when it is too short, or there is none.</summary>
    public TextPrint? Print { get; init; }

    /// <summary>Pictures and recordings that were kept with it.</summary>
    public IReadOnlyList<KeptMedia> Media { get; init; } = [];

    /// <summary>The outlet's server says that the article is no more: 404, 410 or 451 (RFC 9110, RFC 7725).</summary>
    public bool Gone => Status is 404 or 410 or 451;

    /// <param name="file">What was read of the bundle's file already; null reads it.</param>
    public static BundleReading Of(CaptureBundle bundle, ArticleFileReading.Parsed? file = null) => bundle.Kind switch
    {
        CaptureKind.Article => OfArticle(bundle),
        CaptureKind.File => OfFile(bundle.File!, file) is var draft ? new(draft, null) { Print = draft is null ? null : TextPrint.Of(draft.Text) } : Nothing,
        CaptureKind.Feed => new(null, bundle.Exchanges is [.., var last] ? last.Status : null),
        _ => Nothing,
    };

    private static BundleReading OfArticle(CaptureBundle bundle)
    {
        var text = ArticleText.Of(bundle);
        var final = bundle.Exchanges is [.., { Role: ExchangeRole.Page } last] ? last : null;
        return new(text is null ? null : DraftOf(text.Reading, text.Origin, bundle.Entry), final?.Status)
        {
            Declared = final is null ? null : DeclaredAddress.Of(ArticleText.OfPage(bundle)?.CanonicalUrl, final.Url),
            Print = text is null ? null : TextPrint.Of(text.Reading.Text),
            Media = KeptMedia.Of(bundle),
        };
    }

    private static VersionDraft? OfFile(ImportedFile file, ArticleFileReading.Parsed? parsed)
    {
        parsed ??= ArticleFile.Read(file) as ArticleFileReading.Parsed;
        if (parsed is null) return null;
        var hints = new ArticleHints { Title = parsed.Title, Published = parsed.Published, Language = parsed.Language };
        var reading = parsed.WholePage
            ? ArticleReader.Read(parsed.Html, parsed.Url, hints)
            : ArticleReader.ReadFragment(parsed.Html, parsed.Url, hints);
        return DraftOf(reading, VersionOrigin.File, entry: null, parsed);
    }

    // What a file says of itself goes before what is read out of its page, and that before what a feed says.
    private static VersionDraft DraftOf(ArticleReading reading, VersionOrigin origin, Entry? entry, ArticleFileReading.Parsed? file = null) => new()
    {
        Origin = origin,
        Title = file?.Title is { Length: > 0 } title ? title : reading.Title ?? entry?.Title ?? "",
        Standfirst = reading.Standfirst,
        Authors = file?.Authors is { Count: > 0 } authors ? authors : reading.Authors is { Count: > 0 } ? reading.Authors : entry?.Authors ?? [],
        Published = file?.Published ?? reading.Published ?? entry?.Published,
        Modified = reading.Modified ?? entry?.Updated,
        Language = reading.Language ?? entry?.Language,
        LeadImage = reading.LeadImage,
        LeadCaption = reading.Metadata.LeadImageCaption,
        Sections = file?.Tags is { Count: > 0 } tags ? tags : reading.Sections is { Count: > 0 } ? reading.Sections : entry?.Categories ?? [],
        Html = reading.Html,
        Text = reading.Text,
    };
}
