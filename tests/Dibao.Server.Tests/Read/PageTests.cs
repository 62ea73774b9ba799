using System.Net;
using System.Text;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

[Collection(ReaderTests.Name)]
public sealed class PageTests(ReaderHost host) : IDisposable
{
    private readonly HttpClient client = ReaderHost.Client(host.Root);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("/")]
    [InlineData("/outlets")]
    [InlineData("/o/hewan")]
    [InlineData("/search")]
    [InlineData("/search?q=轮渡")]
    [InlineData("/search?q=没有这样的词")]
    [InlineData("/sources")]
    [InlineData("/sources/add")]
    [InlineData("/about")]
    public async Task Every_page_is_html_with_a_strict_policy(string path)
    {
        var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldNotContain(" style=");
        html.ShouldNotContain(" onclick=");
        html.ShouldContain("<main id=\"main\"");
    }

    [Fact]
    public async Task The_front_page_lists_the_newest_first_with_outlet_day_and_excerpt()
    {
        var html = await client.GetStringAsync("/");
        html.IndexOf("两岸轮渡下周恢复夜航", StringComparison.Ordinal).ShouldBeLessThan(html.IndexOf("旧粮仓改成的县志馆开馆", StringComparison.Ordinal));
        html.ShouldContain("河湾日报");
        html.ShouldContain("停航三年的夜间轮渡");
        html.ShouldContain("改过 2 次");
        html.ShouldContain("原文已撤");
        html.ShouldContain("<time datetime=\"2026-11-20\">");
    }

    [Fact]
    public async Task The_list_goes_on_by_cursor_and_repeats_nothing()
    {
        var titles = new List<string>();
        for (string? path = "/o/hewan"; path is not null; path = NextPage(titles[^1]))
        {
            titles.Add(await client.GetStringAsync(path));
            if (titles.Count > 10) break;
        }
        titles.Count.ShouldBe(1);
        var small = host.Archive.Reader.Catalogue.Newest(null, null, 10);
        var second = await client.GetStringAsync($"/?cursor={small.Next}");
        second.ShouldNotContain("两岸轮渡下周恢复夜航");
        second.ShouldContain("回到最新");

        static string? NextPage(string html)
        {
            var at = html.IndexOf("rel=\"next\" href=\"", StringComparison.Ordinal);
            return at < 0 ? null : WebUtility.HtmlDecode(html[(at + 17)..html.IndexOf('"', at + 17)]);
        }
    }

    [Fact]
    public async Task An_article_shows_its_text_its_source_and_both_times_with_their_zone()
    {
        var html = await client.GetStringAsync($"/a/{host.IdOf(SampleNews.Ferry)}");
        html.ShouldContain("高峰时段每二十分钟一班");
        html.ShouldContain("https://hewan.example/ferry");
        WebUtility.HtmlDecode(html).ShouldContain("2026年11月20日 19:30（UTC+8）发表");
        html.ShouldContain("林溪");
        html.ShouldContain("首次存档");
        html.ShouldContain("第 3 版");
        html.ShouldContain("lang=\"zh-Hans\"");
    }

    [Fact]
    public async Task A_withdrawn_article_keeps_its_text_under_a_banner()
    {
        var html = await client.GetStringAsync($"/a/{host.IdOf(SampleNews.Withdrawn)}");
        html.ShouldContain("原网站已撤下此文");
        html.ShouldContain("北山水庫有三項指標未達標");
        html.ShouldContain("lang=\"zh-Hant\"");
    }

    [Fact]
    public async Task An_older_version_is_shown_and_said_to_be_older()
    {
        var html = await client.GetStringAsync($"/a/{host.IdOf(SampleNews.Ferry)}/v/1");
        html.ShouldContain("高峰时段每三十分钟一班");
        html.ShouldContain("这是旧版文字");
    }

    [Fact]
    public async Task Two_versions_are_compared_character_by_character()
    {
        var html = await client.GetStringAsync($"/a/{host.IdOf(SampleNews.Ferry)}/compare?from=1&to=2");
        html.ShouldContain("</span>三</del>");
        html.ShouldContain("</span>二</ins>");
        html.ShouldContain("第 1 版与第 2 版的差别");
    }

    [Fact]
    public async Task Nothing_of_a_hostile_page_reaches_the_reader()
    {
        var html = await client.GetStringAsync($"/a/{host.IdOf(SampleNews.Hostile)}");
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        html.ShouldNotContain("<script>alert");
        html.ShouldNotContain("onerror");
        html.ShouldNotContain("javascript:");
        html.ShouldNotContain("<iframe");
    }

    [Fact]
    public async Task A_search_marks_what_it_found_and_counts_it()
    {
        var html = await client.GetStringAsync("/search?q=河湾");
        html.ShouldContain("<mark>河湾</mark>天气手记");
        html.ShouldContain("<svg");
        html.ShouldContain("outlet%3Ahewan");
    }

    [Fact]
    public async Task A_traditional_query_finds_simplified_text() =>
        (await client.GetStringAsync("/search?q=縣誌館 糧倉")).ShouldContain("旧<mark>粮仓</mark>改成的");

    [Fact]
    public async Task A_search_without_hits_says_what_to_try()
    {
        var html = await client.GetStringAsync("/search?q=没有这样的词");
        html.ShouldContain("没有找到");
        html.ShouldContain("搜索写法");
    }

    [Fact]
    public async Task A_query_that_cannot_be_read_is_explained()
    {
        var answer = await client.GetAsync("/search?q=after:yesterday");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("这个查询读不懂");
        html.ShouldContain("after:yesterday is not a date");
    }

    [Theory]
    [InlineData("/a/999999", 404)]
    [InlineData("/a/99999999999999999999999999", 404)]
    [InlineData("/a/-1", 404)]
    [InlineData("/a/abc", 404)]
    [InlineData("/a/1/v/0", 404)]
    [InlineData("/a/1/v/99999999999", 404)]
    [InlineData("/a/1/compare?from=7&to=9", 404)]
    [InlineData("/a/1/compare?from=x", 400)]
    [InlineData("/a/999999/original", 404)]
    [InlineData("/a/999999.md", 404)]
    [InlineData("/a/1.exe", 404)]
    [InlineData("/o/nobody", 404)]
    [InlineData("/o/nobody/feed.atom", 404)]
    [InlineData("/o/%2e%2e%2f%2e%2e%2fetc", 404)]
    [InlineData("/?cursor=nonsense", 400)]
    [InlineData("/?cursor=99999999999999999999-1", 400)]
    [InlineData("/o/hewan?cursor=-", 400)]
    [InlineData("/search?q=a&cursor=%27%22", 400)]
    [InlineData("/search.atom?q=after:x", 400)]
    [InlineData("/assets/../../../etc/passwd", 404)]
    [InlineData("/assets/reader.css", 404)]
    [InlineData("/nowhere", 404)]
    [InlineData("/error/200", 404)]
    public async Task A_wrong_address_gets_a_page_in_words(string path, int status)
    {
        var answer = await client.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(status);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain(status == 404 ? "没有这一页" : "请求读不懂");
        html.ShouldContain("class=\"nameplate\"");
    }

    [Fact]
    public async Task A_huge_query_is_refused_in_words()
    {
        var answer = await client.GetAsync("/search?q=" + new string('a', 5000));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("这个查询读不懂");
    }

    [Fact]
    public async Task A_bug_gets_a_page_that_shows_no_details()
    {
        var answer = await client.GetAsync("/broken");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("出了差错");
        html.ShouldNotContain("a bug");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
    }

    [Fact]
    public async Task Assets_have_their_digest_in_their_address_and_are_cached_for_ever()
    {
        var html = await client.GetStringAsync("/");
        var at = html.IndexOf("/assets/reader.", StringComparison.Ordinal);
        var answer = await client.GetAsync(html[at..html.IndexOf('"', at)]);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("text-autospace: normal");
    }

    [Theory]
    [InlineData("md", "text/markdown", "# 两岸轮渡")]
    [InlineData("txt", "text/plain", "两岸轮渡")]
    [InlineData("html", "text/html", "<h1>两岸轮渡")]
    [InlineData("json", "application/json", "\"title\":\"两岸轮渡")]
    public async Task An_article_can_be_taken_away_as_a_file(string ending, string type, string start)
    {
        var answer = await client.GetAsync($"/a/{host.IdOf(SampleNews.Ferry)}.{ending}");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain(start);
        text.ShouldContain("白鹭号");
    }

    [Fact]
    public async Task The_subscription_list_names_every_source()
    {
        var opml = await client.GetStringAsync("/opml.xml");
        opml.ShouldContain("xmlUrl=\"https://hewan.example/feed.xml\"");
        Encoding.UTF8.GetByteCount(opml).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Sources_tell_their_health_in_words()
    {
        var html = await client.GetStringAsync("/sources");
        html.ShouldContain("answered 503 Service Unavailable");
        html.ShouldContain("失败 1 次");
        html.ShouldContain("等待首次收取");
    }
}
