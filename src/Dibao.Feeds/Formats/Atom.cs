using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Atom 1.0 (RFC 4287) and 0.3.</summary>
internal static class Atom
{
    public static Feed ReadFeed(XmlElement root, string? documentUrl)
    {
        var baseUrl = Urls.BaseOf(root, documentUrl);
        var subtitle = root.Native("subtitle").FirstFilled() ?? root.Native("tagline").FirstFilled();
        return new()
        {
            Format = FeedFormat.Atom,
            Version = VersionOf(root),
            Encoding = "",
            Title = root.Native("title").FirstFilled() is { } title ? TextConstruct.Atom(title).Plain : "",
            Link = Urls.Resolve(LinkOf(root), baseUrl),
            Id = root.Native("id").FirstText(),
            SelfUrl = Urls.Resolve(LinkByRel(root, "self"), baseUrl),
            Language = Elements.Language(root.Inherited("xml:lang") ?? root.All(Vocabulary.DublinCore, "language").FirstText()),
            Subtitle = subtitle is null ? null : TextConstruct.Atom(subtitle).Html,
            Updated = UpdatedOf(root),
            Authors = People.Of(root),
        };
    }

    public static FeedEntry ReadEntry(XmlElement entry, string? documentUrl)
    {
        var baseUrl = Urls.BaseOf(entry, documentUrl);
        var title = entry.Native("title").FirstFilled() is { } element ? TextConstruct.Atom(element) : new("", IsHtml: false);
        return new()
        {
            Id = entry.Native("id").FirstText(),
            Link = Urls.Resolve(LinkOf(entry), baseUrl),
            TitleRaw = title.Raw,
            Title = title.Plain,
            Published = PublishedOf(entry),
            Updated = UpdatedOf(entry),
            Authors = AuthorsOf(entry),
            Summary = HtmlOf(entry, "summary"),
            Content = HtmlOf(entry, "content"),
            Base = BaseOf(entry, documentUrl),
            Categories = Elements.Distinct(entry.Elements.Where(IsCategory).Select(Label)),
            Enclosures = Attachments.EnclosuresOf(entry, documentUrl),
            Language = Elements.Language(LanguageOf(entry)),
            Image = Attachments.ImageOf(entry, documentUrl),
        };
    }

    /// <summary>The <c>href</c> of the first link with a relation, HTML before other types.</summary>
    public static string? LinkByRel(XmlElement parent, string relation)
    {
        var links = parent.Elements.Where(child => child.Name == "link" && child.IsNative() && child.Attribute("href") is { Length: > 0 })
            .Where(link => (link.Attribute("rel") ?? "alternate").Trim().Equals(relation, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var html = links.Find(link => link.Attribute("type") is null or "text/html" or "application/xhtml+xml");
        return (html ?? links.FirstOrDefault())?.Attribute("href");
    }

    private static string VersionOf(XmlElement root) =>
        root.Attribute("version")?.Trim() is { Length: > 0 } version ? version
        : root.Vocabulary == Vocabulary.Atom &&
          root.Attributes.Any(a => a.Value.Contains("purl.org/atom/ns", StringComparison.OrdinalIgnoreCase)) ? "0.3"
        : "1.0";

    // RFC 4287 §4.1.1: alternate. Text in the link is RSS's habit; an id that is a URL is the last straw.
    private static string? LinkOf(XmlElement parent) =>
        LinkByRel(parent, "alternate")
        ?? TextLink(parent)
        ?? (parent.Native("id").FirstText() is { } id && Urls.IsHttp(id) ? id : null);

    private static string? TextLink(XmlElement parent) => parent.Native("link")
        .Where(link => link.Attribute("href") is null && link.Attribute("rel") is null or "alternate")
        .FirstText();

    private static DateTimeOffset? PublishedOf(XmlElement entry) => Elements.FirstDate(
        entry.Native("published"), entry.Native("issued"), entry.Native("pubdate"), entry.Native("created"),
        entry.All(Vocabulary.DublinCoreTerms, "issued"), entry.All(Vocabulary.DublinCore, "date"));

    private static DateTimeOffset? UpdatedOf(XmlElement parent) => Elements.FirstDate(
        parent.Native("updated"), parent.Native("modified"), parent.All(Vocabulary.DublinCoreTerms, "modified"),
        parent.All(Vocabulary.DublinCore, "date"));

    // RFC 4287 §4.2.1: an entry without authors has those of its source; the feed's are the reader's to add.
    private static IReadOnlyList<string> AuthorsOf(XmlElement entry)
    {
        var own = People.Of(entry);
        return own.Count == 0 && entry.Native("source").FirstOrDefault() is { } source ? People.Of(source) : own;
    }

    private static string? HtmlOf(XmlElement entry, string name)
    {
        var element = entry.Native(name).FirstOrDefault(child => child.Children.Count > 0);
        if (element is null)
            return null;
        var html = TextConstruct.Atom(element).Html;
        return html.Length == 0 ? null : html;
    }

    private static string? BaseOf(XmlElement entry, string? documentUrl) =>
        Urls.BaseOf(entry.Native("content").FirstOrDefault() ?? entry, documentUrl);

    private static string? LanguageOf(XmlElement entry) =>
        (entry.Native("content").FirstOrDefault() ?? entry).Inherited("xml:lang")
        ?? entry.All(Vocabulary.DublinCore, "language").FirstText();

    private static bool IsCategory(XmlElement child) =>
        child.IsNative() && child.Name == "category" || child.Vocabulary == Vocabulary.DublinCore && child.Name == "subject";

    private static string? Label(XmlElement category) =>
        category.Attribute("label") is { Length: > 0 } label ? label
        : category.Attribute("term") is { Length: > 0 } term ? term
        : category.Text();
}
