using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;

namespace Dibao.SampleOutlet;

/// <summary>The three titles' feeds, one of each kind.</summary>
internal static class FeedWriter
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static string ContentType(SampleTitle title) => title.Path switch
    {
        "hewan" => "application/rss+xml",
        "gangpan" => "application/atom+xml",
        _ => "application/feed+json",
    };

    public static byte[] Write(SampleTitle title, IReadOnlyList<SampleArticle> articles, Uri root) => Encoding.UTF8.GetBytes(title.Path switch
    {
        "hewan" => Rss(title, articles, root),
        "gangpan" => Atom(title, articles, root),
        _ => Json(title, articles, root),
    });

    // Full text for every second article only: a reader must fetch the pages of the others.
    private static string Rss(SampleTitle title, IReadOnlyList<SampleArticle> articles, Uri root)
    {
        XNamespace content = "http://purl.org/rss/1.0/modules/content/";
        XNamespace creator = "http://purl.org/dc/elements/1.1/";
        var channel = new XElement("channel",
            new XElement("title", title.Name),
            new XElement("link", new Uri(root, $"/{title.Path}/")),
            new XElement("language", "zh-cn"),
            new XElement("description", title.Name),
            articles.Select((article, i) => new XElement("item",
                new XElement("title", article.Title),
                new XElement("link", new Uri(root, title.PathOf(article))),
                new XElement("guid", new XAttribute("isPermaLink", "false"), $"{title.Path}:{article.Slug}"),
                new XElement("pubDate", article.Published.ToString("ddd, dd MMM yyyy HH:mm:ss zz'00'", CultureInfo.InvariantCulture)),
                new XElement(creator + "creator", article.Author),
                article.Tags.Select(tag => new XElement("category", tag)),
                new XElement("description", article.Standfirst ?? article.Caption ?? article.Title),
                i % 2 == 0 ? new XElement(content + "encoded", new XCData(article.Html)) : null)));
        var rss = new XElement("rss", new XAttribute("version", "2.0"),
            new XAttribute(XNamespace.Xmlns + "content", content), new XAttribute(XNamespace.Xmlns + "dc", creator), channel);
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + rss;
    }

    private static string Atom(SampleTitle title, IReadOnlyList<SampleArticle> articles, Uri root)
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = new XElement(atom + "feed", new XAttribute(XNamespace.Xml + "lang", title.Language),
            new XElement(atom + "title", title.Name),
            new XElement(atom + "id", $"tag:gangpan.example,2026:{title.Path}"),
            new XElement(atom + "updated", articles.Max(a => a.Published).ToString("yyyy-MM-dd'T'HH:mm:sszzz", null)),
            new XElement(atom + "link", new XAttribute("rel", "alternate"), new XAttribute("href", new Uri(root, $"/{title.Path}/"))),
            articles.Select(article => new XElement(atom + "entry",
                new XElement(atom + "title", article.Title),
                new XElement(atom + "id", $"tag:gangpan.example,2026:{article.Slug}"),
                new XElement(atom + "link", new XAttribute("href", new Uri(root, title.PathOf(article)))),
                new XElement(atom + "published", article.Published.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null)),
                new XElement(atom + "updated", article.Published.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null)),
                new XElement(atom + "author", new XElement(atom + "name", article.Author)),
                new XElement(atom + "summary", article.Standfirst ?? article.Caption ?? article.Title))));
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + feed;
    }

    private static string Json(SampleTitle title, IReadOnlyList<SampleArticle> articles, Uri root) => JsonSerializer.Serialize(
        new
        {
            version = "https://jsonfeed.org/version/1.1",
            title = title.Name,
            home_page_url = new Uri(root, $"/{title.Path}/"),
            language = title.Language,
            items = articles.Select(article => new
            {
                id = $"{title.Path}/{article.Slug}",
                url = new Uri(root, title.PathOf(article)),
                title = article.Title,
                content_html = article.Html,
                date_published = article.Published,
                authors = new[] { new { name = article.Author } },
                tags = article.Tags,
            }),
        }, Readable);
}
