using Dibao.Extract.Markup;
using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Metadata;

/// <summary>What a page says about its article outside of the running text.</summary>
internal sealed record PageMetadata
{
    // A page may hold hundreds of thousands of links, and each takes on what is stated once.
    private const int MaxBase = 512;

    public required LinkedData Data { get; init; }
    public required MetaTags Tags { get; init; }
    public Found<string>? Publisher { get; private init; }
    public Found<string>? Canonical { get; private init; }
    public string? LeadImage { get; private init; }
    public string? Description { get; private init; }
    public string? DeclaredLanguage { get; private init; }

    public string? SiteName => Publisher?.Value;

    /// <summary>All that the site calls itself, and the labels of its host: what is taken off titles, and is no author.</summary>
    public IReadOnlyList<string> SiteNames { get; private init; } = [];

    /// <summary>What relative URLs are resolved against: base href, else the page's own.</summary>
    public string? BaseUrl { get; private init; }

    public static PageMetadata Read(MarkupTree document, string? url, ArticleHints hints)
    {
        var stating = StatingElements.In(document);
        var data = LinkedData.Read(stating, url);
        var tags = MetaTags.Read(document.Title, stating);
        var root = SafeUrl.Root(url);
        var names = Outlets.Names(data, tags, hints, url);
        return new PageMetadata
        {
            Data = data,
            Tags = tags,
            BaseUrl = SafeUrl.Link(tags.Base, root) is { Length: <= MaxBase } stated ? stated : url,
            Publisher = Outlets.Publisher(data, tags, hints, url),
            SiteNames = names,
            Canonical = PageAddress.Canonical(tags, data, url),
            LeadImage = Lead(tags.First("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")) ?? Lead(data.Image),
            Description = data.Description ?? tags.First("og:description", "description", "twitter:description", "dc.description"),
            DeclaredLanguage = data.Language ?? document.Root?.GetAttribute("lang") ?? tags.First("og:locale", "content-language", "dc.language"),
        };

        string? Lead(string? stated) => SafeUrl.Image(stated, root) is { } image && !SiteImages.Is(image, names) ? image : null;
    }
}
