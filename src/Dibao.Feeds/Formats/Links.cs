using System.Globalization;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Links of RSS (text), of Atom (attributes), and of RSS written as Atom's.</summary>
internal static class Links
{
    private const int MaxLinks = 200;

    public static List<FeedLink> Of(XmlElement parent)
    {
        var links = new List<FeedLink>();
        foreach (var child in parent.Elements)
            if (links.Count < MaxLinks && (child.IsNativeTag(Tag.Link) ? Read(child) : child.IsNativeTag(Tag.Enclosure) ? Enclosed(child) : null) is { } link)
                links.Add(link);
        // CDF.
        if (links.Count == 0 && Urls.Resolve(parent.Attribute("href"), parent.BaseUrl) is { } page)
            links.Add(new(page, "alternate", null, null, null, null));
        return links;
    }

    // RSS's enclosure is what Atom writes as a link.
    private static FeedLink? Enclosed(XmlElement enclosure) =>
        Urls.Resolve(enclosure.Attribute("url") ?? enclosure.Attribute("href") ?? enclosure.Text(), enclosure.BaseUrl) is { } url
            ? new(url, "enclosure", enclosure.Attribute("type"), null, null, LengthOf(enclosure))
            : null;

    /// <summary>Null when it leads nowhere.</summary>
    public static FeedLink? Read(XmlElement link)
    {
        var relation = RelationOf(link);
        var written = link.Attribute("href") ?? link.Text();
        // The empty reference is the base itself (RFC 3986 §4.4): so a feed may name itself, but no page.
        var url = Urls.Resolve(written, link.BaseUrl) ?? (relation == "self" && written.Length == 0 ? link.BaseUrl : null);
        return url is null ? null : new(
            url, relation, link.Attribute("type"), link.Attribute("title"), link.Attribute("hreflang"), LengthOf(link));
    }

    public static string RelationOf(XmlElement link)
    {
        if (!link.TryAttribute("rel", out var span))
            return "alternate";
        var relation = link.Fragment[span].Trim();
        return relation switch
        {
            "alternate" or "" => "alternate",
            "self" => "self",
            "enclosure" => "enclosure",
            "hub" => "hub",
            "next" => "next",
            "replies" => "replies",
            _ => Other(link.Decode(span)),
        };
    }

    // IANA's registered relations may be written as URIs (RFC 4287 §4.2.7.2).
    private static string Other(string relation)
    {
        const string Iana = "http://www.iana.org/assignments/relation/";
        return (relation.StartsWith(Iana, StringComparison.OrdinalIgnoreCase) ? relation[Iana.Length..] : relation).ToLowerInvariant();
    }

    /// <summary>How far a link is trusted to be the article's page; lower is better, null when it is not.</summary>
    public static int? RankOf(XmlElement link, bool isAtom)
    {
        if (RelationOf(link) != "alternate")
            return null;
        if (!link.TryAttribute("href", out var href))
            return link.IsFilled ? isAtom ? 3 : 0 : null;
        if (link.Fragment[href].IsWhiteSpace())
            return null;
        return !link.TryAttribute("type", out var type) || IsHtml(link.Fragment[type].Trim()) ? 1 : 2;
    }

    private static bool IsHtml(ReadOnlySpan<char> type) => type.IsEmpty || type is "text/html" or "application/xhtml+xml" or "html";

    public static long? LengthOf(XmlElement element) =>
        element.TryAttribute("length", out var written) &&
        long.TryParse(element.Fragment[written], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : null;
}
