using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dibao.Extract;
using Dibao.Tests.Specs;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>What outlets, and whoever gets into their pages, might try to have the archive show.</summary>
public sealed class SafetyTests
{
    private const string Sentence = "The bridge opened again, and people who had waited for two years walked across it before noon, in the rain. ";

    public static TheoryData<string> Attacks =>
    [
        "<script>alert(1)</script>", "<script src=//evil.example/x.js></script>", "<ScRiPt>alert(1)</sCrIpT>", "<script\n>alert(1)</script\n>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<<script>alert(1)//<</script>",
        "<img src=x onerror=alert(1)>", "<img src=x:alert(1) onerror=eval(src)>", "<img \"\"\"><script>alert(1)</script>\">", "<img src=\"x` `<script>alert(1)</script>\"` `>", "<img src=1 href=1 onerror=\"javascript:alert(1)\">", "<img/src=`x`onerror=alert(1)>",
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "<svg><foreignObject><iframe src='javascript:alert(1)'></foreignObject></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", "<math href='javascript:alert(1)'>x</math>", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>", "<a href='JaVaScRiPt:alert(1)'>x</a>", "<a href='java&#10;script:alert(1)'>x</a>", "<a href='&#1;javascript:alert(1)'>x</a>", "<a href='\u0000javascript:alert(1)'>x</a>", "<a href='javascript&colon;alert(1)'>x</a>", "<a href=' &#x6A;avascript:alert(1)'>x</a>",
        "<a href='vbscript:msgbox(1)'>x</a>", "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>", "<a href='file:///etc/passwd'>x</a>", "<a href='blob:https://x.example/1'>x</a>", "<a href='//user:pw@evil.example'>x</a>", "<a href='https://ok.example' onclick=alert(1) target=_blank ping=//t.example>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<iframe src='javascript:alert(1)'>", "<object data='javascript:alert(1)'>", "<embed src='javascript:alert(1)'>", "<applet code=x>", "<frameset onload=alert(1)>", "<portal src=//evil.example>",
        "<body onload=alert(1)>", "<body background='javascript:alert(1)'>", "<input onfocus=alert(1) autofocus>", "<select onfocus=alert(1) autofocus><option>", "<textarea onfocus=alert(1) autofocus>", "<keygen onfocus=alert(1) autofocus>", "<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)><summary>x</summary></details>", "<marquee onstart=alert(1)>x</marquee>",
        "<p style='background:url(javascript:alert(1))'>x</p>", "<p style='width:expression(alert(1))'>x</p>", "<style>@import '//evil.example/x.css';</style>", "<link rel=stylesheet href=//evil.example/x.css>", "<div style='position:fixed;inset:0'>x</div>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<base href='javascript:/'>", "<base href=//evil.example>", "<isindex type=image src=1 onerror=alert(1)>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><script>alert(1)</script></template>",
        "<xss style='behavior:url(x.htc)'>", "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<!--<img src='--><img src=x onerror=alert(1)//'>", "<![CDATA[<script>alert(1)</script>]]>", "<?xml-stylesheet href='javascript:alert(1)'?>", "<plaintext><script>alert(1)</script>", "<title><img src=x onerror=alert(1)></title>",
        "<table background='javascript:alert(1)'><td background='javascript:alert(1)'>x", "<time datetime='\"><script>alert(1)</script>'>x</time>", "<abbr title='\"onmouseover=alert(1)'>x</abbr>", "<img alt='\"><script>alert(1)</script>' src='https://img.example/a.jpg'>", "<figure><figcaption><script>alert(1)</script></figcaption><img src='javascript:alert(1)'></figure>",
        "<picture><source srcset='javascript:alert(1)'><img src='data:image/svg+xml,<svg onload=alert(1)>'></picture>", "<img srcset='javascript:alert(1) 1x, data:text/html,x 2x'>", "<img data-src='javascript:alert(1)' src='x'>", "<blockquote cite='javascript:alert(1)'>x</blockquote>", "<button formaction='javascript:alert(1)'>x</button>", "<p onclick&#61;alert(1)>x</p>", "\u202e<p dir='rtl\" onclick=alert(1)'>x</p>",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nothing_that_acts_comes_out_of_a_page(string attack)
    {
        var page = $"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{Sentence}</p>{attack}<p>{Sentence}{attack}</p></article></body></html>";

        AssertSafe(ArticleReader.Read(page, "https://news.example/a"));
        AssertSafe(ArticleReader.ReadFragment(attack + page, "https://news.example/a"));
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nothing_that_acts_comes_out_of_structured_data(string attack)
    {
        var text = System.Text.Json.JsonSerializer.Serialize(string.Concat(Enumerable.Repeat(Sentence, 12)) + attack);
        var page = $"<html><head><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":{text},\"articleBody\":{text},\"author\":{text},\"image\":{text},\"url\":{text}}}</script></head><body><div id=root></div></body></html>";

        AssertSafe(ArticleReader.Read(page, "https://news.example/a"));
    }

    [Theory]
    [InlineData("<img src='https://t.example/p.gif' width=1 height=1>")]
    [InlineData("<img src='https://t.example/a.gif' width='1px'>")]
    [InlineData("<img src='https://t.example/a.gif' style='width: 1px; height:1px'>")]
    [InlineData("<img src='https://t.example/__utm.gif?utmac=1'>")]
    [InlineData("<img src='https://t.example/v1/pixel?id=7'>")]
    [InlineData("<img src='https://t.example/beacon.gif'>")]
    [InlineData("<img src='https://t.example/collect?v=1'>")]
    [InlineData("<img src='/img/spacer.gif'>")]
    public void Trackers_are_left_out(string tracker)
    {
        var reading = ArticleReader.Read($"<html><body><article><h1>Bridge</h1><p>{Sentence}</p>{tracker}<p>{Sentence}{tracker}</p></article></body></html>", "https://news.example/a");

        reading.Html.ShouldNotContain("<img");
        reading.LeadImage.ShouldBeNull();
    }

    [Theory]
    [InlineData("https://img.example/collect/bridge.jpg?w=800")]
    [InlineData("https://img.example/stats/2024/count.png")]
    public void A_picture_is_none_for_a_word_in_its_address(string source) =>
        ArticleReader.ReadFragment($"<p>{Sentence}</p><p><img src='{source}'></p><p>{Sentence}</p>", null).Html.ShouldContain(source.Replace("&", "&amp;", StringComparison.Ordinal));

    [Fact]
    [SuppressMessage("Security", "CA5394", Justification = "The same mutations each run.")]
    public void Mutated_pages_are_read_safely()
    {
        var random = new Random(20241108);
        var pages = Directory.GetFiles(Path.Combine(Checkout.Root, "tests", "Dibao.Tests", "Extract", "Pages"), "*.html").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var attacks = Attacks.Select(row => row.Data).ToList();
        for (var i = 0; i < Inputs; i++)
        {
            var page = Mutate(pages[random.Next(pages.Count)], attacks, random);
            AssertSafe(ArticleReader.Read(page, i % 7 == 0 ? attacks[random.Next(attacks.Count)] : "https://news.example/a"));
        }
    }

    // A CI run takes more.
    private static int Inputs => int.TryParse(Environment.GetEnvironmentVariable("DIBAO_FUZZ_INPUTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var inputs) ? inputs : 1500;

    [SuppressMessage("Security", "CA5394", Justification = "The same mutations each run.")]
    private static string Mutate(string page, List<string> attacks, Random random)
    {
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(page.Length);
            var length = Math.Min(random.Next(1, 200), page.Length - at);
            page = random.Next(5) switch
            {
                0 => page.Remove(at, length),
                1 => page.Insert(at, attacks[random.Next(attacks.Count)]),
                2 => page.Insert(random.Next(page.Length), page.Substring(at, length)),
                3 => page[..at] + (char)random.Next(0x3000) + page[(at + 1)..],
                _ => string.Concat(page.AsSpan(0, at), "<>\"'=&;/{}[]".AsSpan(random.Next(13) % 12, 1), page.AsSpan(at)),
            };
            if (page.Length == 0) return "<";
        }

        return page;
    }

    private static void AssertSafe(ArticleReading reading)
    {
        HtmlSanitizerTests.AssertSafe(reading.Html);
        reading.LeadImage?.ShouldMatch("^https?://[^\\s<>\"]+$");
        reading.CanonicalUrl?.ShouldMatch("^https?://[^\\s]+$");
        foreach (var image in reading.Html.Split("<img ").Skip(1)) image.ShouldNotContain("data:image");
    }
}
