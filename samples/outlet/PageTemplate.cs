using System.Net;
using System.Text.Json;

namespace Dibao.SampleOutlet;

/// <summary>The outlet's page around an article: everything that a real one puts there and a reader does not want kept.</summary>
internal static class PageTemplate
{
    public static string Article(SampleTitle title, SampleArticle article, IEnumerable<SampleArticle> related, Uri root)
    {
        var url = new Uri(root, title.PathOf(article)).ToString();
        return $"""
            {Head(title, article.Title + " - " + title.Name, Meta(title, article, url, root), root)}
            <div class="cookie-banner" role="dialog">{Say(title, "我们使用 Cookie。", "本站使用 Cookie。", "We use cookies.")} <button>OK</button></div>
            <main><article class="story">
            <h1>{E(article.Title)}</h1>
            {(article.Standfirst is null ? "" : $"<p class=\"standfirst\"><strong>{E(article.Standfirst)}</strong></p>")}
            <p class="byline"><span class="author">{E(article.Author)}</span> · <time datetime="{article.Published:yyyy-MM-dd'T'HH:mm:sszzz}">{article.Published:dd/MM/yyyy - HH:mm}</time></p>
            {Picture(article)}
            <div class="body">
            {article.Html}
            </div>
            {Share(title, article, url)}
            <div class="newsletter">{Say(title, "订阅早报，每天一封。", "訂閱早報，每天一封。", "Get our morning letter.")} <form action="/subscribe"><input name="email"><button>OK</button></form></div>
            </article>
            <aside class="related"><h2>{Say(title, "相关阅读", "延伸閱讀", "Read more")}</h2><ul>{string.Concat(related.Select(other => $"<li><a href=\"{title.PathOf(other)}\">{E(other.Title)}</a></li>"))}</ul></aside>
            <section id="comments"><h2>{Say(title, "评论", "留言", "Comments")}</h2><p>{Say(title, "沙发！", "搶頭香！", "First!")}</p></section>
            </main>
            {Foot(title)}
            """;
    }

    public static string Front(SampleTitle title, IEnumerable<SampleArticle> articles, Uri root) =>
        $"""
        {Head(title, title.Name, "", root)}
        <main><h1>{E(title.Name)}</h1><ul class="headlines">
        {string.Concat(articles.Select(article => $"<li><a href=\"{title.PathOf(article)}\">{E(article.Title)}</a></li>\n"))}
        </ul></main>
        {Foot(title)}
        """;

    private static string Head(SampleTitle title, string heading, string meta, Uri root) =>
        $"""
        <!doctype html>
        <html lang="{title.Language}"><head><meta charset="utf-8"><title>{E(heading)}</title>
        <link rel="alternate" type="{FeedWriter.ContentType(title)}" title="{E(title.Name)}" href="{new Uri(root, title.FeedPath)}">
        {meta}
        <script>window.dataLayer=[];</script></head><body>
        <header class="site"><a class="logo" href="/{title.Path}/">{E(title.Name)}</a>
        <nav><a href="/{title.Path}/">{Say(title, "首页", "首頁", "Home")}</a> <a href="/{title.Path}/#local">{Say(title, "本地", "本地", "Local")}</a> <a href="/{title.Path}/#culture">{Say(title, "文化", "文化", "Culture")}</a></nav></header>
        """;

    private static string Meta(SampleTitle title, SampleArticle article, string url, Uri root)
    {
        var linked = new Dictionary<string, object>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "NewsArticle",
            ["headline"] = article.Title,
            ["datePublished"] = article.Published.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null),
            ["author"] = new Dictionary<string, string> { ["@type"] = "Person", ["name"] = article.Author },
            ["articleSection"] = article.Section,
            ["inLanguage"] = title.Language,
        };
        return $"""
            <link rel="canonical" href="{url}">
            <meta property="og:type" content="article"><meta property="og:site_name" content="{E(title.Name)}">
            <meta property="og:title" content="{E(article.Title)}"><meta property="og:url" content="{url}">
            {(article.Image is null ? "" : $"<meta property=\"og:image\" content=\"{new Uri(root, "/images/" + article.Image)}\">")}
            <meta property="article:published_time" content="{article.Published:yyyy-MM-dd'T'HH:mm:sszzz}">
            <script type="application/ld+json">{JsonSerializer.Serialize(linked)}</script>
            """;
    }

    private static string Picture(SampleArticle article) => article.Image is null ? ""
        : $"<figure><img src=\"/images/{article.Image}\" alt=\"{E(article.Caption!)}\" width=\"480\" height=\"270\"><figcaption>{E(article.Caption!)}</figcaption></figure>";

    private static string Share(SampleTitle title, SampleArticle article, string url)
    {
        var (link, text) = (Uri.EscapeDataString(url), Uri.EscapeDataString(article.Title));
        return $"""
            <div class="share"><div>{Say(title, "分享 :", "分享 :", "Share:")}</div>
            <a href="https://www.facebook.com/sharer/sharer.php?u={link}"><span></span></a>
            <a href="https://x.com/intent/tweet?url={link}&amp;text={text}"><span></span></a>
            <a href="whatsapp://send?text={text}%20{link}"><span></span></a></div>
            """;
    }

    private static string Foot(SampleTitle title) =>
        $"""
        <footer><p>© 2026 {E(title.Name)} · {Say(title, "本报为虚构，如有雷同，纯属巧合。", "本報純屬虛構，如有雷同，實屬巧合。", "A made-up newspaper. Any likeness is chance.")}</p></footer>
        </body></html>
        """;

    private static string Say(SampleTitle title, string simplified, string traditional, string english) =>
        title.Language switch { "zh-Hans" => simplified, "zh-Hant" => traditional, _ => english };

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
