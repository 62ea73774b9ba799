using System.Diagnostics;
using Dibao.Server.Replay;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Replay;

public sealed class ReplayRewriterTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("<p class=a>1 < 2 &amp; <b>x</p>", "<p class=a>1 < 2 &amp; <b>x</p>")]
    [InlineData("<a href=/x>y</a>", "<a href=\"/web/20261120080000mp_/https://hewan.example/x\">y</a>")]
    [InlineData("<A HREF='?a=1&amp;b=2'>", "<A href=\"/web/20261120080000mp_/https://hewan.example/news/1?a=1&amp;b=2\">")]
    [InlineData("<a href=#top>", "<a href=#top>")]
    [InlineData("<a href='javascript:x()'>", "<a data-archived-href=\"javascript:x()\">")]
    [InlineData("<img src=\"a b.png\" alt>", "<img src=\"/web/20261120080000im_/https://hewan.example/news/a%20b.png\" alt>")]
    [InlineData("<img src=data:image/png;base64,AA== data-src=/b.png>", "<img src=\"/web/20261120080000im_/https://hewan.example/b.png\" data-src=\"/b.png\">")]
    [InlineData("<img srcset='/a.png 1x, //cdn.example/b,c.png 2x,/d.png'>", "<img srcset=\"/web/20261120080000im_/https://hewan.example/a.png 1x, /web/20261120080000im_/https://cdn.example/b,c.png 2x,/d.png\">")]
    [InlineData("<img srcset='/a.png 480w, /b.png 800w'/>", "<img srcset=\"/web/20261120080000im_/https://hewan.example/a.png 480w, /web/20261120080000im_/https://hewan.example/b.png 800w\"/>")]
    [InlineData("<base href=/deep/><img src=a.png>", "<base data-archived-href=\"/deep/\"><img src=\"/web/20261120080000im_/https://hewan.example/deep/a.png\">")]
    [InlineData("<link rel=stylesheet href=a.css integrity=x>", "<link rel=\"stylesheet\" href=\"/web/20261120080000cs_/https://hewan.example/news/a.css\" data-archived-integrity=\"x\">")]
    [InlineData("<link rel=preload href=a.js>", "<link rel=\"preload\" data-archived-href=\"a.js\">")]
    [InlineData("<meta http-equiv=refresh content='0;url=/x'>", "<meta data-archived-http-equiv=\"refresh\" content=\"0;url=/x\">")]
    [InlineData("<iframe src=/f></iframe>", "<iframe data-archived-src=\"/f\"></iframe>")]
    [InlineData("<script src=/s.js>a<b</script>", "<script src=\"/web/20261120080000js_/https://hewan.example/s.js\">a<b</script>")]
    [InlineData("<script>'<img src=/x>'</script>", "<script>'<img src=/x>'</script>")]
    [InlineData("<!-- <img src=/x> --><img src=/y>", "<!-- <img src=/x> --><img src=\"/web/20261120080000im_/https://hewan.example/y\">")]
    [InlineData("<style>a{background:url( /x.png )}</style>", "<style>a{background:url(\"/web/20261120080000oe_/https://hewan.example/x.png\")}</style>")]
    [InlineData("<p style=\"background:url('x.png')\">", "<p style=\"background:url(&quot;/web/20261120080000oe_/https://hewan.example/news/x.png&quot;)\">")]
    [InlineData("<svg><use xlink:href=\"#a\"/><image href=/i.svg /></svg>", "<svg><use xlink:href=\"#a\"/><image href=\"/web/20261120080000im_/https://hewan.example/i.svg\"/></svg>")]
    [InlineData("<img src=/x", "<img src=/x")]
    [InlineData("<", "<")]
    [InlineData("<!", "<!")]
    [InlineData("<a href", "<a href")]
    public void Markup_is_pointed_at_the_archive(string html, string rewritten) => new ReplayRewriter(At, "https://hewan.example/news/1").Html(html).ShouldBe(rewritten);

    [Theory]
    [InlineData("@import 'a.css'; @import url(\"b.css\") screen;", "@import \"/web/20261120080000oe_/https://hewan.example/a.css\"; @import url(\"/web/20261120080000oe_/https://hewan.example/b.css\") screen;")]
    [InlineData("/* url(x) */ a { color: red }", "/* url(x) */ a { color: red }")]
    [InlineData("a{src:URL(data:font/woff,AA)}", "a{src:url(\"data:font/woff,AA\")}")]
    [InlineData("a{b:url(javascript:x)}", "a{b:url(\"about:invalid\")}")]
    [InlineData("a{b:url(", "a{b:url(\"\"")]
    [InlineData("a{b:url('x", "a{b:url(\"/web/20261120080000oe_/https://hewan.example/x\"")]
    public void Style_sheets_are_pointed_at_the_archive(string css, string rewritten) => new ReplayRewriter(At, "https://hewan.example/").Css(css).ShouldBe(rewritten);

    [Fact]
    public void Markup_made_to_be_slow_is_rewritten_in_linear_time()
    {
        foreach (var part in (string[])["<a ", "<a href=", "<!--", "<div>", "<a b='", "<style>url(", "</", "<b x=1 x=2 ", "<script>"])
        {
            var html = string.Concat(Enumerable.Repeat(part, 400_000));
            var started = Stopwatch.GetTimestamp();
            new ReplayRewriter(At, "https://hewan.example/").Html(html).ShouldNotBeEmpty();
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20), part);
        }
    }
}
