using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dibao.SampleOutlet;

/// <summary>
/// What the titles keep beside their feeds, as outlets do: a list page without a feed, an article on three pages, a teaser whose
/// text is in its AMP form, an agency's text that two of them print, robots.txt, and sitemaps of everything.
/// </summary>
public static class Annex
{
    /// <summary>The list page without a feed.</summary>
    public const string ListPath = "/estuary/harbour-notices/";

    /// <summary>First of three pages.</summary>
    public const string LongPath = "/estuary/long/history-of-the-ferry.html";

    /// <summary>A teaser; its whole text is in its AMP form.</summary>
    public const string BriefPath = "/estuary/brief/tide-table.html";

    /// <summary>Feed of <see cref="LongPath"/> and <see cref="BriefPath"/>.</summary>
    public const string FeedPath = "/estuary/annex.xml";

    /// <summary>Feeds whose one entry is the agency's text.</summary>
    public const string HewanWirePath = "/hewan/wire.xml", GangpanWirePath = "/gangpan/wire.xml";

    public const string SitemapPath = "/sitemap.xml";

    private const string AmpPath = "/estuary/brief/tide-table.amp.html";
    private const string HewanStory = "/hewan/wire/20261105-4471.html", GangpanStory = "/gangpan/wire/2026/11/05/chaoxun-king-tide.html";

    /// <summary>The notices that the list page lists, the newest first: the last part of their address, and their headline.</summary>
    public static IReadOnlyList<(string Slug, string Title)> Notices { get; } =
    [
        ("2026-11-06-north-lock-closed-for-gate-repairs", "North lock closed for gate repairs until Thursday"),
        ("2026-11-05-dredger-working-off-the-old-mole", "Dredger working off the old mole, keep to the eastern channel"),
        ("2026-11-04-new-leading-lights-from-midnight", "New leading lights shown from midnight on the ferry quay"),
        ("2026-11-02-seal-pups-on-the-south-bar", "Seal pups on the south bar: no landing before Sunday"),
        ("2026-10-30-fuel-berth-moves-to-pontoon-four", "Fuel berth moves to pontoon four for the winter"),
        ("2026-10-28-king-tide-expected-in-november", "King tide expected in November, double your warps"),
    ];

    private static readonly string[] LongPages =
    [
        "The first ferry across the estuary was a hay barge that a farmer named Wat Perrin pulled along a rope, and he charged a loaf for a cow and nothing for a child. The rope was cut by ice in its second winter, and the farmer bought a sail with what the loaves had brought him. For forty years his family crossed when the tide let them and slept when it did not, and the parish register dates three marriages by the hour of high water.",
        "Steam came late, because the mud took two engines before anybody thought of a flat keel. The third boat, the Patience, had one, and ran for fifty-one years without drowning anybody but a piano. Her captain kept the log in verse on Sundays, and the museum has all of it but the year of the great fog, when he wrote only the word no, eleven times.",
        "The bridge was meant to end it, and for six months it did. Then the lorries came, the bridge was narrowed to one lane, and the night nurses of the south bank asked for their boat. The council bought the present ferry second-hand from a lake; the crew painted out her old name and found a fourth one under it. She still turns a full circle at midnight, for no reason that anyone can give.",
    ];

    private const string AgencyText = """
        潮讯社十一月五日电　气象台预计本周末将出现今年最高的天文大潮，河口水位可能比平均高潮位高出一米二，两岸低洼路段须提前做好防备。
        气象台首席预报员褚望说，大潮本身并不罕见，但这一次正好遇上东北风，海水会在河口停留得更久，退得更慢，夜里一点到三点是水位最高的时候。
        水务部门已经在码头和老街口摆放了四千个沙袋，并请沿岸商户把地下室的货物搬到高处。渡轮公司表示，如果水位超过警戒线，末班船会提前到晚上九点。
        两岸的志愿者说，他们会在潮水最高的时候守在老街口的水尺旁边，每半小时用手电向对岸报一次数字，就像他们的祖父做过的那样。
        """;

    internal static void Map(WebApplication app, IReadOnlyList<SampleTitle> titles, Func<Uri> root)
    {
        app.MapGet(ListPath, () => Html(ListPage()));
        foreach (var (slug, title) in Notices) app.MapGet(ListPath + slug, () => Html(Page("en", title, NoticeText(title), "")));
        app.MapGet(LongPath, (int? page) => LongPage(page ?? 1));
        app.MapGet(BriefPath, () => Html(Page("en", "Tide table for the week, with the hours of the ferry", "<p>High water on Monday at 04:12. The rest is for readers of the full page.</p>",
            $"<link rel=\"amphtml\" href=\"{AmpPath}\">")));
        app.MapGet(AmpPath, () => Html(Page("en", "Tide table for the week, with the hours of the ferry", Paragraphs(LongPages[1], LongPages[2]), $"<link rel=\"canonical\" href=\"{BriefPath}\">")));
        app.MapGet(FeedPath, () => Rss("The Estuary Post, annex", root(), (LongPath, "A short history of the ferry, in three parts"), (BriefPath, "Tide table for the week, with the hours of the ferry")));
        app.MapGet(HewanWirePath, () => Rss("河湾日报通稿", root(), (HewanStory, "天文大潮周末来临，两岸低洼路段备沙袋")));
        app.MapGet(GangpanWirePath, () => Rss("港畔時報通稿", root(), (GangpanStory, "周末天文大潮，水位或高出一米二")));
        app.MapGet(HewanStory, () => Html(Page("zh-Hans", "天文大潮周末来临，两岸低洼路段备沙袋", Paragraphs(AgencyText.Split('\n')), "")));
        app.MapGet(GangpanStory, () => Html(Page("zh-Hans", "周末天文大潮，水位或高出一米二", Paragraphs([.. AgencyText.Split('\n'), "本报记者在老街口看到，商户已经把货物搬上二楼。"]), "")));
        app.MapGet("/robots.txt", () => Results.Text($"User-agent: *\nDisallow: /trap/private/\n\nSitemap: {new Uri(root(), SitemapPath)}\n"));
        app.MapGet(SitemapPath, () => Xml(Index(root())));
        app.MapGet("/sitemaps/2026.xml", () => Xml(Sitemap(titles, root(), title => title.Articles)));
        app.MapGet("/sitemaps/news.xml", () => Xml(Sitemap(titles, root(), title => title.Articles.Take(2))));
    }

    private static IResult LongPage(int number)
    {
        if (number < 1 || number > LongPages.Length) return Results.NotFound();
        // A link to the next article stands on every page, as blogs have it, and is none to the next page.
        var pager = string.Concat(Enumerable.Range(1, LongPages.Length).Select(page => page == number ? $" <b>{page}</b>" : $" <a href=\"{LongPath}?page={page}\">{page}</a>"));
        var next = $"<link rel=\"next\" href=\"{BriefPath}\">";
        return Html(Page("en", "A short history of the ferry, in three parts", Paragraphs(LongPages[number - 1]) + $"<div class=\"pager\">Page {number} of {LongPages.Length}:{pager}</div>", next));
    }

    private static string ListPage() => $"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour notices</title></head><body>
        <header><nav><a href="/estuary/">The Estuary Post, the paper of both banks</a> <a href="/estuary/about-the-harbour-office">About the harbour office and its people</a></nav></header>
        <main><h1>Harbour notices</h1><ul class="notices">
        {string.Concat(Notices.Select(notice => $"<li class=\"notice\"><h3><a href=\"{ListPath}{notice.Slug}\">{E(notice.Title)}</a></h3><a href=\"{ListPath}{notice.Slug}\">read</a></li>\n"))}
        </ul><p><a href="{ListPath}page/2">Older notices</a></p></main>
        <footer><a href="/estuary/terms-of-use-of-this-site">Terms of use of this site</a> <a href="/estuary/privacy-of-our-readers">Privacy of our readers</a></footer></body></html>
        """;

    private static string NoticeText(string title) => Paragraphs(
        $"{title}. The harbour master asks all masters of vessels to take note, and to call on channel twelve before they enter the narrows between the moles.",
        "Small craft may pass at slack water under the eyes of the watchman, who shows a green lantern when the way is free. The notice holds until it is taken down at the harbour office.");

    private static string Page(string language, string title, string body, string head) => $"""
        <!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{E(title)}</title>{head}</head>
        <body><header><a href="/">Home</a></header><main><article><h1>{E(title)}</h1>{body}</article></main><footer><p>© 2026</p></footer></body></html>
        """;

    private static string Paragraphs(params string[] texts) => string.Concat(texts.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => $"<p>{E(text.Trim())}</p>\n"));

    private static IResult Rss(string title, Uri root, params (string Path, string Title)[] items) => Results.Bytes(
        Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>{title}</title><link>{root}</link>"
            + string.Concat(items.Select(item => $"<item><guid isPermaLink=\"false\">{item.Path}</guid><link>{new Uri(root, item.Path)}?utm_source=rss</link><title>{E(item.Title)}</title><pubDate>Thu, 05 Nov 2026 06:00:00 GMT</pubDate></item>"))
            + "</channel></rss>"), "application/rss+xml; charset=utf-8");

    private static string Index(Uri root) =>
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?><sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap><loc>{new Uri(root, "/sitemaps/2026.xml")}</loc></sitemap>"
        + $"<sitemap><loc>{new Uri(root, "/sitemaps/news.xml")}</loc></sitemap></sitemapindex>";

    private static string Sitemap(IReadOnlyList<SampleTitle> titles, Uri root, Func<SampleTitle, IEnumerable<SampleArticle>> articles) =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">"
        + string.Concat(titles.SelectMany(title => articles(title).Select(article =>
            $"<url><loc>{new Uri(root, title.PathOf(article))}</loc><lastmod>{article.Published:yyyy-MM-dd'T'HH:mm:sszzz}</lastmod><news:news><news:publication><news:name>{title.Name}</news:name>"
            + $"<news:language>{title.Language[..2]}</news:language></news:publication><news:publication_date>{article.Published:yyyy-MM-dd'T'HH:mm:sszzz}</news:publication_date><news:title>{E(article.Title)}</news:title></news:news></url>")))
        + "</urlset>";

    private static IResult Html(string page) => Results.Content(page, "text/html; charset=utf-8");

    private static IResult Xml(string text) => Results.Content(text, "application/xml; charset=utf-8");

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
