using Dibao.Capture.FullText;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.FullText;

public class PagePartsTests
{
    [Theory]
    [InlineData("https://n.example/a/b.html", "https://n.example/a/b_2.html", 2, true)]
    [InlineData("https://n.example/a/b.html", "https://n.example/a/b-3.html", 3, true)]
    [InlineData("https://n.example/a/b.html", "https://n.example/a/b.html?page=2", 2, true)]
    [InlineData("https://n.example/a?id=7", "https://n.example/a?id=7&page=2", 2, true)]
    [InlineData("https://n.example/a?id=7&page=1", "https://n.example/a?id=7&page=2", 2, true)]
    [InlineData("https://n.example/a/b", "https://n.example/a/b/2", 2, true)]
    [InlineData("https://n.example/a/b/", "https://n.example/a/b/page/2/", 2, true)]
    [InlineData("https://n.example/a/b.html", "https://n.example/a/b_1.html", 2, true)]
    [InlineData("https://n.example/a/b.html", "https://n.example/a/b_3.html", 2, false)]
    [InlineData("https://n.example/a/b.html", "https://n.example/a/c_2.html", 2, false)]
    [InlineData("https://n.example/a/b.html", "https://other.example/a/b_2.html", 2, false)]
    [InlineData("https://n.example/a?id=7", "https://n.example/a?id=8", 2, false)]
    [InlineData("https://n.example/a?id=7", "https://n.example/a?id=7&comments=2", 2, false)]
    [InlineData("https://n.example/2026/11/story", "https://n.example/2026/11/story-two", 2, false)]
    [InlineData("https://n.example/a/b.html", "https://n.example/a/b.html", 2, false)]
    public void A_further_page_has_the_articles_address_and_a_number_one_higher(string first, string url, int number, bool expected) =>
        PageParts.IsPage(url, first, number).ShouldBe(expected);

    [Fact]
    public void The_next_article_is_no_next_page() =>
        PageParts.Next("<link rel=next href='/another-story'><a href='/b_2.html'>2</a>", "https://n.example/b.html", "https://n.example/b.html", 2)
            .ShouldBe("https://n.example/b_2.html");

    [Fact]
    public void Amp_comes_before_print_and_other_sites_are_left_out() =>
        PageParts.Variants("""
            <link rel=amphtml href="https://amp.n.example/b"><link rel=amphtml href="https://cdn.other.example/b">
            <a href="/print/b">打印</a><a href="/blueprints">Plans of the new quay, in blue, on paper and in print, for everyone</a>
            """, "https://n.example/b").ShouldBe(["https://amp.n.example/b", "https://n.example/print/b", "https://n.example/blueprints"]);
}
