using System.Text;
using Dibao.Capture.Import;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Import;

public class SavedPageTests
{
    [Theory]
    [InlineData("<!-- saved from url=(0026)https://hewan.example/news --><link rel=canonical href=https://hewan.example/other>", "https://hewan.example/news")]
    [InlineData("<link rel=\"canonical\" href=\"https://hewan.example/news?a=1&amp;b=2\">", "https://hewan.example/news?a=1&b=2")]
    [InlineData("<link href=https://hewan.example/news rel=canonical>", "https://hewan.example/news")]
    [InlineData("<LINK REL='Canonical nofollow' HREF='https://hewan.example/news'/>", "https://hewan.example/news")]
    [InlineData("<meta content='https://hewan.example/news' property='og:url'>", "https://hewan.example/news")]
    [InlineData("<meta property=og:url content=https://hewan.example/shared><link rel=canonical href=https://hewan.example/news>", "https://hewan.example/news")]
    [InlineData("<script>'<link rel=canonical href=https://trap.example/>'</script><meta property=og:url content=https://hewan.example/news>", "https://hewan.example/news")]
    public void A_saved_page_says_where_it_is_from(string head, string url) =>
        Read($"<!doctype html><html><head><title>潮</title>{head}</head><body><p>水</p></body></html>")
            .ShouldBeOfType<ArticleFileReading.Parsed>().Url.ShouldBe(url);

    [Theory]
    [InlineData("<html><body><p>水</p></body></html>")]
    [InlineData("<link rel=canonical href=/news>")]
    [InlineData("<link rel=canonical href=file:///home/me/news.html>")]
    [InlineData("<body><link rel=canonical href=https://hewan.example/news>")]
    [InlineData("<link rel=canonical href=https://hewan.example/never-clo")]
    public void A_page_that_does_not_is_refused(string html) => Read(html).ShouldBeOfType<ArticleFileReading.Refused>();

    private static ArticleFileReading Read(string html) => ArticleFile.Read(Encoding.UTF8.GetBytes(html), "saved.html");
}
