using AngleSharp.Html.Dom;
using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Metadata;

/// <summary>What a page says about its article outside of the running text.</summary>
internal sealed record PageMetadata
{
    public required LinkedData Data { get; init; }
    public required MetaTags Tags { get; init; }
    public string? SiteName { get; private init; }
    public string? CanonicalUrl { get; private init; }
    public string? LeadImage { get; private init; }
    public string? Description { get; private init; }
    public string? DeclaredLanguage { get; private init; }
    public IReadOnlyList<string> Sections { get; private init; } = [];

    /// <summary>What relative URLs are resolved against: base href, else the page's own.</summary>
    public string? BaseUrl { get; private init; }

    public static PageMetadata Read(IHtmlDocument document, string? url)
    {
        var data = LinkedData.Read(document);
        var tags = MetaTags.Read(document);
        var root = SafeUrl.Root(url);
        var baseUrl = SafeUrl.Link(document.QuerySelector("base")?.GetAttribute("href"), root) ?? url;
        return new PageMetadata
        {
            Data = data,
            Tags = tags,
            BaseUrl = baseUrl,
            SiteName = tags.First("og:site_name", "application-name") ?? data.Publisher,
            CanonicalUrl = SafeUrl.Link(tags.Canonical ?? tags.First("og:url"), root),
            LeadImage = SafeUrl.Image(tags.First("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src") ?? data.Image, root),
            Description = data.Description ?? tags.First("og:description", "description", "twitter:description", "dc.description"),
            DeclaredLanguage = data.Language ?? document.DocumentElement?.GetAttribute("lang") ?? tags.First("og:locale", "content-language", "dc.language"),
            Sections = SectionsOf(data, tags),
        };
    }

    private static IReadOnlyList<string> SectionsOf(LinkedData data, MetaTags tags)
    {
        var sections = data.Sections.Count > 0 ? data.Sections : tags.All("article:section");
        return [.. sections.Where(s => s.Length is > 0 and < 80).Distinct(StringComparer.OrdinalIgnoreCase).Take(8)];
    }
}
