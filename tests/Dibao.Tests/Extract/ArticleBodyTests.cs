using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>What belongs to an article and what stands around it, one difficulty a test.</summary>
public sealed class ArticleBodyTests
{
    private const string First = "<p>The lock keeper of Varn opened the gates at six, as her mother had done before her, and waited for the first barge of the season.</p>";
    private const string Second = "<p>It came at noon, three hours late, loaded with gravel; the skipper blamed the fog, and nobody on the quay believed him.</p>";
    private const string Third = "<p>By evening eleven boats had passed, more than in any week of the last year, and the keeper wrote each of them into her book.</p>";

    [Theory]
    [InlineData("<div class=\"box-a\"><h3><a href=/other>A ship runs aground</a></h3><p>The story of the other ship.</p></div>")]
    [InlineData("<div class=\"author-box\"><p>Ida Lund writes about rivers, canals and the people who live beside them, when she is not rowing.</p></div>")]
    [InlineData("<div class=\"email-signup\"><p>Our best stories about rivers, every Sunday morning, straight to your inbox.</p></div>")]
    [InlineData("<p><a href=/other>Read also: A ship runs aground near the bridge of Varn</a></p>")]
    [InlineData("<span class=\"sr-only\">Advertisement ends here, article goes on below</span>")]
    public void What_interrupts_an_article_goes_and_its_paragraphs_stay(string interruption)
    {
        Texts(Page(First + Second + interruption + Third)).ShouldBe(Paragraphs(3));
    }

    [Theory]
    [InlineData("<p>Sign up for our newsletter and never miss a story from the river.</p>")]
    [InlineData("<p>Follow us on the usual networks for more.</p>")]
    [InlineData("<p>© 2024 The Varn Courier. All rights reserved.</p>")]
    [InlineData("<h3>Related</h3><ul><li>A ship runs aground</li><li>The bridge that never was</li></ul>")]
    [InlineData("<p>With files from the river desk. Additional reporting by Per Moe.</p>")]
    public void What_follows_the_last_paragraph_goes(string tail)
    {
        Texts(Page(First + Second + Third + tail)).ShouldBe(Paragraphs(3));
    }

    [Theory]
    [InlineData("<ul><li>Eleven boats</li><li>Four hundred tonnes</li></ul>", "Eleven boats")]
    [InlineData("<blockquote class=\"twitter-tweet\"><p>Fog on the river again, says the keeper.</p><a href=https://social.example/1>5 March</a></blockquote>", "Fog on the river again")]
    [InlineData("<p>What do you do in winter?</p>", "What do you do in winter?")]
    [InlineData("<h2>The winter</h2><p>Ice.</p>", "Ice.")]
    [InlineData("<p>The sources are these:</p><ul><li><a href=/1>Report of the canal board</a></li><li><a href=/2>Book of the keeper</a></li></ul>", "Report of the canal board")]
    [InlineData("<table><tr><th>Boat</th><th>Hour</th></tr><tr><td>Anna</td><td>12</td></tr></table>", "Anna")]
    public void What_is_of_the_article_stays(string part, string kept)
    {
        ArticleReader.Read(Page(First + Second + part + Third), null).Text.ShouldContain(kept);
    }

    [Fact]
    public void A_picture_in_plain_boxes_becomes_a_figure_with_its_caption()
    {
        var reading = ArticleReader.Read(Page(First + "<div class=\"photo-wide\"><img src=/lock.jpg><p>The lock of Varn at noon. Photo: Per Moe</p></div>" + Second + Third), "https://varn.example/a");

        reading.Text.ShouldNotContain("Photo: Per Moe");
        reading.Html.ShouldContain("<figure><img src=\"https://varn.example/lock.jpg\" alt=\"\"><figcaption>The lock of Varn at noon. Photo: Per Moe</figcaption></figure>");
    }

    [Fact]
    public void A_caption_in_several_boxes_is_one_line()
    {
        var figure = "<figure><img src=/lock.jpg><figcaption><div>The lock of Varn.</div><div>Photo: Per Moe</div></figcaption></figure>";

        var reading = ArticleReader.Read(Page(First + figure + Second + Third), "https://varn.example/a");

        reading.Html.ShouldContain("<figcaption>The lock of Varn. Photo: Per Moe</figcaption>");
        reading.Text.ShouldNotContain("Photo");
    }

    [Fact]
    public void A_quotation_pulled_out_of_the_text_is_shown_once()
    {
        var reading = ArticleReader.Read(Page(First + "<blockquote><p>nobody on the quay believed him</p></blockquote>" + Second + Third), null);

        Texts(reading).ShouldBe(Paragraphs(3));
    }

    [Fact]
    public void The_article_with_the_headline_is_taken_and_the_next_one_is_not()
    {
        var next = string.Concat(Enumerable.Repeat("<p>Elsewhere a miller told a reporter that the wind had not blown for a month, which the reporter wrote down.</p>", 8));
        var html = "<main><article><h1>Varn opens its lock</h1>" + First + Second + Third + "</article><article><h2>The miller waits</h2>" + next + "</article></main>";

        Texts(ArticleReader.Read("<html><head><title>Varn opens its lock</title></head><body>" + html + "</body></html>", null)).ShouldBe(Paragraphs(3));
    }

    [Fact]
    public void A_consent_dialogue_longer_than_the_article_is_not_the_article()
    {
        var dialogue = "<div id=\"consent-sdk\">" + string.Concat(Enumerable.Repeat("<p>These cookies are necessary for the site to function, and cannot be switched off in our systems, whatever you choose.</p>", 5)) + "</div>";

        Texts(ArticleReader.Read("<html><body><h1>Varn opens its lock</h1><div class=story>" + First + Second + Third + "</div>" + dialogue + "</body></html>", null)).ShouldBe(Paragraphs(3));
    }

    [Fact]
    public void A_word_that_names_every_block_of_a_page_names_no_clutter()
    {
        var body = string.Concat(new[] { First, Second, Third }.Select(p => "<div class=\"widget text-widget\">" + p + "</div>"));

        Texts(Page(body)).ShouldBe(Paragraphs(3));
    }

    [Fact]
    public void A_page_of_one_word_is_that_word()
    {
        ArticleReader.Read("<html><body>Test</body></html>", null).Text.ShouldBe("Test");
    }

    private static string[] Paragraphs(int count) => [.. new[] { First, Second, Third }.Take(count).Select(p => p[3..^4])];

    private static string Page(string body) =>
        "<html><head><title>Varn opens its lock</title></head><body><nav><a href=/>Home</a></nav><article><h1>Varn opens its lock</h1><div class=\"story-body\">" + body + "</div></article></body></html>";

    private static string[] Texts(string html) => Texts(ArticleReader.Read(html, "https://varn.example/a"));

    private static string[] Texts(ArticleReading reading) => GoldPage.Shown(reading).Split("\n\n");
}
