using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Warc;

public class SurtTests
{
    [Theory]
    [InlineData("https://hewan.example/", "example,hewan)/")]
    [InlineData("http://hewan.example", "example,hewan)/")]
    [InlineData("https://www.hewan.example/News/1.html", "example,hewan)/news/1.html")]
    [InlineData("https://www2.hewan.example/", "example,hewan)/")]
    [InlineData("https://www.example/", "example)/")]
    [InlineData("https://wwwhewan.example/", "example,wwwhewan)/")]
    [InlineData("https://hewan.example:8443/a", "example,hewan:8443)/a")]
    [InlineData("https://hewan.example:443/a", "example,hewan)/a")]
    [InlineData("http://hewan.example:443/a", "example,hewan:443)/a")]
    [InlineData("https://user:word@hewan.example/a", "example,hewan)/a")]
    [InlineData("https://hewan.example/a?z=1&b=2&a=3", "example,hewan)/a?a=3&b=2&z=1")]
    [InlineData("https://hewan.example/a?", "example,hewan)/a")]
    [InlineData("https://hewan.example/a#part", "example,hewan)/a")]
    [InlineData("https://hewan.example/a?x=1#part", "example,hewan)/a?x=1")]
    [InlineData("https://hewan.example/新闻/桥", "example,hewan)/%E6%96%B0%E9%97%BB/%E6%A1%A5")]
    [InlineData("https://hewan.example/%E6%96%B0", "example,hewan)/%e6%96%b0")]
    [InlineData("https://hewan.example/a/../b/./c", "example,hewan)/b/c")]
    [InlineData("https://hewan.example/a/..", "example,hewan)/")]
    [InlineData("https://hewan.example/a/%2E%2e/b", "example,hewan)/b")]
    [InlineData("https://hewan.example//a//b", "example,hewan)//a//b")]
    [InlineData("https://hewan.example/a b?c d", "example,hewan)/a%20b?c%20d")]
    [InlineData("https://hewan.example/a?it's", "example,hewan)/a?it%27s")]
    [InlineData("https://hewan.example\\a", "example,hewan)/a")]
    [InlineData("https://[::1]:8080/a", "[::1]:8080)/a")]
    [InlineData("https://127.0.0.1/a", "1,0,0,127)/a")]
    [InlineData("https://河湾.example/a", "example,xn--ovw41b)/a")]
    [InlineData("urn:uuid:1", "urn:uuid:1")]
    [InlineData("file:///a/B", "file:///a/B")]
    [InlineData("http://", "http://")]
    public void A_url_has_its_key(string url, string key) => Surt.Of(url).ShouldBe(key);
}
