using Dibao.Capture.Discovery;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Discovery;

public class ListPageTests
{
    private const string Page = "https://news.example/local/";

    [Theory]
    [InlineData("/2026/11/05/ferry-runs-again", "news.example/{year}/{nn}/{nn}/{slug}", 3)]
    [InlineData("/local/20261105/c1001-40012345.html", "news.example/local/{day}/{slug}.html", 3)]
    [InlineData("/a/4471823", "news.example/a/{id}", 2)]
    [InlineData("/story/art_4471823.shtml", "news.example/story/art_{id}.shtml", 2)]
    [InlineData("/show.php?id=88123&lang=zh", "news.example/show.php&id={id}&lang=zh", 2)]
    [InlineData("/about", "news.example/about", 0)]
    [InlineData("/local/page/2", "news.example/local/page/{nn}", 0)]
    [InlineData("/x/0f3a9c44d1e24b7788aa", "news.example/x/{hash}", 2)]
    public void An_address_has_a_shape(string path, string pattern, int weight)
    {
        var shape = UrlShape.Of("https://www.news.example" + path);
        if (path.Contains("c1001", StringComparison.Ordinal)) { shape.Weight.ShouldBe(weight); return; }
        shape.ShouldBe(new(pattern, weight));
    }

    [Fact]
    public void Articles_are_told_from_menus_sections_and_footers()
    {
        var list = Read($"""
            <title>本地新闻</title><nav>{Links(6, n => $"/section-{n}-of-the-whole-site/", n => $"第{n}个很长很长的栏目名称")}</nav>
            <ul>{Links(8, n => $"/2026/11/0{n}/story-{n}-about-the-river", n => $"河湾渡轮第{n}次延长末班时间")}</ul>
            <footer>{Links(5, n => $"/legal/{n}{n}{n}{n}-terms-and-rights", n => $"第{n}条使用条款与免责声明")}</footer>
            <ol class=pager>{Links(5, n => $"/local/page/{n}", n => $"{n}")}</ol>
            """);
        list.Problem.ShouldBeNull();
        list.Title.ShouldBe("本地新闻");
        list.Articles.Count.ShouldBe(8);
        list.Articles[0].ShouldBe(new("https://news.example/2026/11/01/story-1-about-the-river", "河湾渡轮第1次延长末班时间"));
    }

    [Fact]
    public void Of_a_picture_a_headline_and_a_read_more_the_headline_is_the_title()
    {
        var list = Read(string.Concat(Enumerable.Range(1, 4).Select(n => $"""
            <div><a href="/a/4471{n}00"><img src=x.jpg alt="boats"></a><h2><a href="/a/4471{n}00">A long headline about the harbour, number {n}</a></h2><a href="/a/4471{n}00#comments">more</a></div>
            """)));
        list.Articles.Select(article => article.Title).ShouldBe(Enumerable.Range(1, 4).Select(n => $"A long headline about the harbour, number {n}"));
    }

    [Fact]
    public void Links_that_leave_the_site_are_none_of_its_articles() =>
        Read(Links(8, n => $"https://other.example/2026/11/0{n}/story-of-the-river", n => $"A headline of another paper, number {n}")).Articles.ShouldBeEmpty();

    [Fact]
    public void A_page_without_articles_says_what_to_do() =>
        Read("<p>nothing here</p>").Problem!.ShouldContain("--selector");

    [Fact]
    public void A_selector_by_hand_decides_alone()
    {
        const string Html = """<p><a class=n href="/x">one</a> <a href="/y">two</a></p><div class=n><a href="/z">three</a></div>""";
        ListPage.Read(Html, Page, ".n").Articles.Select(article => article.Title).ShouldBe(["one", "three"]);
        ListPage.Read(Html, Page, "a[").Problem!.ShouldContain("no CSS selector");
        ListPage.Read(Html, Page, ".gone").Problem!.ShouldContain("selects");
    }

    [Theory]
    [InlineData("<a href=/2026/11/05/x>")]
    [InlineData("<div>")]
    [InlineData("<li><a href='/a/123456'>a headline that is long enough</a>")]
    public void A_page_without_end_ends(string piece) => Read(string.Concat(Enumerable.Repeat(piece, 100_000))).ShouldNotBeNull();

    private static ListReading Read(string html) => ListPage.Read(html, Page, null);

    private static string Links(int count, Func<int, string> url, Func<int, string> title) =>
        string.Concat(Enumerable.Range(1, count).Select(n => $"<li><a href=\"{url(n)}\">{title(n)}</a></li>"));
}
