using System.Text;
using System.Xml;

namespace Dibao.Publish.Feeds;

/// <summary>Writes a feed as Atom, each article with its full text.</summary>
/// <remarks>Source: RFC 4287.</remarks>
public static class AtomWriter
{
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private const string Namespace = "http://www.w3.org/2005/Atom";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
    };

    /// <summary>UTF-8 without a byte-order mark; the same feed gives the same bytes.</summary>
    public static byte[] Write(ArticleFeed feed)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("feed", Namespace);
            if (feed.Language is { Length: > 0 } language) xml.WriteAttributeString("xml", "lang", null, XmlText.Clean(language));
            Element(xml, "id", FeedIdentifier.Of(feed));
            Element(xml, "title", feed.Title);
            Element(xml, "updated", Time(feed.Updated));
            Element(xml, "generator", "Dibao");
            Link(xml, "self", feed.SelfUrl, "application/atom+xml");
            Link(xml, "alternate", feed.HomeUrl, "text/html");
            foreach (var article in feed.Articles) Entry(xml, article);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static void Entry(XmlWriter xml, FeedArticle entry)
    {
        var version = entry.Article.Current;
        xml.WriteStartElement("entry", Namespace);
        if (version.Language is { Length: > 0 } language) xml.WriteAttributeString("xml", "lang", null, XmlText.Clean(language));
        Element(xml, "id", FeedIdentifier.Of(entry.Article));
        Element(xml, "title", version.Title);
        Element(xml, "updated", Time(entry.Updated));
        if (version.Published is { } published) Element(xml, "published", Time(published));
        Authors(xml, entry.Article);
        Link(xml, "alternate", entry.PageUrl, "text/html");
        Link(xml, "via", entry.Article.Url, null);
        foreach (var section in version.Sections) Category(xml, section);
        if (!string.IsNullOrWhiteSpace(version.Standfirst)) Element(xml, "summary", version.Standfirst);
        Content(xml, entry.Body.Html);
        xml.WriteEndElement();
    }

    // RFC 4287 §4.1.2: an entry needs an author where the feed names none; the outlet answers for what names nobody.
    private static void Authors(XmlWriter xml, Article article)
    {
        IReadOnlyList<string> authors = article.Current.Authors is { Count: > 0 } named ? named : [article.Outlet.Name];
        foreach (var author in authors)
        {
            xml.WriteStartElement("author", Namespace);
            Element(xml, "name", author);
            xml.WriteEndElement();
        }
    }

    private static void Category(XmlWriter xml, string section)
    {
        xml.WriteStartElement("category", Namespace);
        xml.WriteAttributeString("term", XmlText.Clean(section));
        xml.WriteEndElement();
    }

    private static void Content(XmlWriter xml, string html)
    {
        xml.WriteStartElement("content", Namespace);
        xml.WriteAttributeString("type", "html");
        xml.WriteString(XmlText.Clean(html));
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string url, string? type)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        if (type is not null) xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", XmlText.Clean(url));
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, XmlText.Clean(text));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
