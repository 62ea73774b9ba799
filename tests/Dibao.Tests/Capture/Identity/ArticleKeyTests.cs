using Dibao.Capture.Identity;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Identity;

public class ArticleKeyTests
{
    [Theory]
    [InlineData("https://n.example/a?utm_source=rss&utm_medium=feed", "https://n.example/a")]
    [InlineData("https://n.example/a?id=7&fbclid=abc&x=1", "https://n.example/a?id=7&x=1")]
    [InlineData("https://n.example/a#comments", "https://n.example/a")]
    [InlineData("https://n.example/#!/story/7", "https://n.example/#!/story/7")]
    [InlineData("https://n.example/a?b&c=", "https://n.example/a?b&c=")]
    [InlineData("https://n.example/a?UTM_Source=x&spm=1.2.3", "https://n.example/a")]
    public void What_says_who_sent_the_reader_is_left_out(string url, string clean) => ArticleKey.Clean(url).ShouldBe(clean);

    [Theory]
    [InlineData("https://www.n.example/a", "http://n.example/a/")]
    [InlineData("https://m.n.example/a?id=7", "https://n.example/a?id=7")]
    [InlineData("https://mobile.news.n.example/a", "https://news.n.example/a")]
    [InlineData("https://n.example/a/amp", "https://n.example/a")]
    [InlineData("https://n.example/a/b/amp/", "https://n.example/a/b")]
    [InlineData("https://n.example/a?amp=1", "https://n.example/a")]
    [InlineData("https://amp.n.example/a", "https://n.example/a")]
    [InlineData("https://n.example/amp/s/story", "https://n.example/s/story")]
    [InlineData("https://n.example/story.amp.html", "https://n.example/story.html")]
    [InlineData("https://n.example/a/index.html", "https://n.example/a/")]
    [InlineData("https://n.example/a?b=2&a=1", "https://n.example/a?a=1&b=2")]
    [InlineData("https://n.example:443/a", "https://n.example/a")]
    public void One_article_has_one_key(string one, string other) => ArticleKey.Of(one).ShouldBe(ArticleKey.Of(other));

    [Theory]
    [InlineData("https://n.example/a", "https://n.example/b")]
    [InlineData("https://n.example/a?id=7", "https://n.example/a?id=8")]
    [InlineData("https://en.n.example/a", "https://zh.n.example/a")]
    [InlineData("https://n.example:8080/a", "https://n.example/a")]
    [InlineData("https://m.example/a", "https://example/a")]
    [InlineData("https://n.example/Amp", "https://n.example/")]
    [InlineData("https://n.example/A", "https://n.example/a")]
    public void Two_articles_have_two(string one, string other) => ArticleKey.Of(one).ShouldNotBe(ArticleKey.Of(other));

    [Theory]
    [InlineData("https://n.example/2026/story", "https://n.example/2026/story?ref=x", "https://n.example/2026/story")]
    [InlineData("/2026/story", "https://m.n.example/2026/s", "https://m.n.example/2026/story")]
    [InlineData("https://www.n.co.uk/story", "https://amp.n.co.uk/story", "https://www.n.co.uk/story")]
    [InlineData("https://n.example/", "https://n.example/2026/story", null)]
    [InlineData("https://n.example/index.html", "https://n.example/2026/story", null)]
    [InlineData("https://n.example/2026", "https://n.example/2026/story", null)]
    [InlineData("https://staging.other.example/2026/story", "https://n.example/2026/story", null)]
    [InlineData("https://other.co.uk/story", "https://n.co.uk/story", null)]
    [InlineData("mailto:a@n.example", "https://n.example/2026/story", null)]
    [InlineData(null, "https://n.example/2026/story", null)]
    public void A_declared_address_is_believed_when_it_can_be_the_articles(string? declared, string url, string? expected) =>
        DeclaredAddress.Of(declared, url).ShouldBe(expected);
}
