using System.Globalization;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>RSS 0.9x, 1.0 (RDF) and 2.0 with the modules news feeds use, and CDF.</summary>
internal static class Rss
{
    public static Feed ReadFeed(XmlElement root, FeedFormat format, string? documentUrl)
    {
        var channel = root.Name == "channel" ? root : root.Native("channel").FirstOrDefault() ?? root;
        var baseUrl = Urls.BaseOf(channel, documentUrl);
        var link = Urls.Resolve(LinkOf(channel), baseUrl);
        return new()
        {
            Format = format,
            Version = VersionOf(root, format),
            Encoding = "",
            Title = TitleOf(channel) is { } title ? TextConstruct.Rss(title).Plain : "",
            Link = link,
            Id = channel.Attribute("rdf:about") ?? channel.Native("id").FirstText(),
            SelfUrl = Urls.Resolve(Atom.LinkByRel(channel, "self"), baseUrl),
            Language = Elements.Language(channel.Native("language").FirstText()
                ?? channel.All(Vocabulary.DublinCore, "language").FirstText() ?? channel.Inherited("xml:lang")),
            Subtitle = SubtitleOf(channel),
            Updated = UpdatedOf(channel),
            Authors = People.Of(channel),
            TimeToLive = TimeToLiveOf(channel),
        };
    }

    /// <param name="baseUrl">The channel's link or the document's URL.</param>
    public static FeedEntry ReadEntry(XmlElement item, string? baseUrl)
    {
        var title = TitleOf(item) is { } element ? TextConstruct.Rss(element) : new("", IsHtml: true);
        var body = EntryText.Of(item);
        return new()
        {
            Id = item.Native("guid").FirstText() ?? item.Native("id").FirstText() ?? item.Attribute("rdf:about"),
            Link = Urls.Resolve(LinkOf(item), Urls.BaseOf(item, baseUrl)),
            TitleRaw = title.Raw,
            Title = title.Plain,
            Published = PublishedOf(item),
            Updated = UpdatedOf(item),
            Authors = People.Of(item),
            Summary = body.Summary,
            Content = body.Content,
            Base = Urls.BaseOf(item, baseUrl),
            Categories = CategoriesOf(item),
            Enclosures = Attachments.EnclosuresOf(item, baseUrl),
            Language = Elements.Language(item.All(Vocabulary.DublinCore, "language").FirstText() ?? item.Inherited("xml:lang")),
            Image = Attachments.ImageOf(item, baseUrl),
        };
    }

    private static string VersionOf(XmlElement root, FeedFormat format) =>
        format == FeedFormat.Rdf
            ? root.Attributes.Any(a => a.Value.Contains("netscape.com", StringComparison.OrdinalIgnoreCase)) ? "0.90" : "1.0"
            : root.Attribute("version")?.Trim() ?? "";

    private static XmlElement? TitleOf(XmlElement parent) =>
        parent.Native("title").FirstFilled() ?? parent.All(Vocabulary.DublinCore, "title").FirstFilled()
        ?? Attachments.Media(parent).Where(element => element.Name == "title").FirstFilled();

    private static string? SubtitleOf(XmlElement channel)
    {
        var element = channel.Native("description").FirstFilled() ?? channel.Native("tagline").FirstFilled()
            ?? channel.Native("subtitle").FirstFilled() ?? channel.Native("abstract").FirstFilled()
            ?? channel.All(Vocabulary.DublinCore, "description").FirstFilled()
            ?? channel.All(Vocabulary.Itunes, "subtitle").FirstFilled() ?? channel.All(Vocabulary.Itunes, "summary").FirstFilled();
        return element is null ? null : TextConstruct.Rss(element).Html;
    }

    // RSS's link is text; some write it as Atom's, or leave it to a guid that is one.
    private static string? LinkOf(XmlElement parent) =>
        parent.Native("link").Where(link => link.Attribute("rel") is null or "alternate").FirstText()
        ?? Atom.LinkByRel(parent, "alternate")
        ?? parent.Native("guid").FirstOrDefault(IsPermaLink)?.Text()
        ?? parent.Attribute("href");

    private static bool IsPermaLink(XmlElement guid) =>
        guid.Attribute("isPermaLink")?.Trim().Equals("false", StringComparison.OrdinalIgnoreCase) != true && Urls.IsHttp(guid.Text());

    private static DateTimeOffset? PublishedOf(XmlElement item) => Elements.FirstDate(
        item.Native("pubdate"), item.All(Vocabulary.DublinCoreTerms, "issued"), item.Native("published"),
        item.All(Vocabulary.DublinCore, "date"), item.All(Vocabulary.DublinCoreTerms, "created"),
        item.All(Vocabulary.DublinCore, "pubdate"), item.Native("date"));

    private static DateTimeOffset? UpdatedOf(XmlElement parent) =>
        Elements.FirstDate(
            parent.Native("updated"), parent.All(Vocabulary.DublinCoreTerms, "modified"), parent.Native("lastbuilddate"),
            parent.All(Vocabulary.DublinCore, "date"), parent.Native("modified"),
            parent.Name == "channel" ? parent.Native("pubdate") : [])
        ?? (FeedDate.TryParse(parent.Attribute("lastmod") ?? "", out var utc) ? utc : null);

    private static IReadOnlyList<string> CategoriesOf(XmlElement item) => Elements.Distinct(
        item.Elements
            .Where(child => child.IsNative() && child.Name == "category" ||
                            child.Vocabulary is Vocabulary.Itunes or Vocabulary.Media && child.Name == "category" ||
                            child.Vocabulary == Vocabulary.DublinCore && child.Name == "subject")
            .Select(Label));

    private static string? Label(XmlElement category) =>
        category.Text() is { Length: > 0 } text ? text
        : category.Attribute("text") ?? category.Attribute("label") ?? category.Attribute("term");

    private static TimeSpan? TimeToLiveOf(XmlElement channel)
    {
        if (Positive(channel.Native("ttl").FirstText()) is { } minutes)
            return TimeSpan.FromMinutes(minutes);
        var period = channel.All(Vocabulary.Syndication, "updateperiod").FirstText()?.ToLowerInvariant() switch
        {
            "hourly" => TimeSpan.FromHours(1),
            "daily" => TimeSpan.FromDays(1),
            "weekly" => TimeSpan.FromDays(7),
            "monthly" => TimeSpan.FromDays(30),
            "yearly" => TimeSpan.FromDays(365),
            _ => (TimeSpan?)null,
        };
        return period / (Positive(channel.All(Vocabulary.Syndication, "updatefrequency").FirstText()) ?? 1);
    }

    private static int? Positive(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000
            ? number
            : null;
}
