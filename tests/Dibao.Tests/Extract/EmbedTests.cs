using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Films, recordings, charts and posts of others: each is a link, or a quotation where it brings its text.</summary>
public sealed class EmbedTests
{
    private const string First = "<p>The lock keeper of Varn opened the gates at six, as her mother had done before her, and waited for the first barge of the season.</p>";
    private const string Second = "<p>It came at noon, three hours late, loaded with gravel; the skipper blamed the fog, and nobody on the quay believed him.</p>";
    private const string Third = "<p>By evening eleven boats had passed, more than in any week of the last year, and the keeper wrote each of them into her book.</p>";
    private const string Tweet = "<blockquote class=twitter-tweet><p>Eleven boats since the gates opened, says the keeper of Varn. <a href=https://t.example/a>#fog</a> <a href=https://t.example/b>pic</a></p><p>@<a href=https://net.example/varn>varn</a>, <a href=https://net.example/lock>lock</a></p>— Per Moe (@moe) <a href=https://net.example/moe/status/7>June 1, 2024</a></blockquote>";

    [Theory]
    [InlineData("<blockquote class=instagram-media data-instgrm-permalink=https://net.example/p/7/><div><a href=https://net.example/p/7/>View this post</a></div><p><a href=https://net.example/p/7/>A post shared by Per Moe, who was there when the gates opened</a></p></blockquote>", "https://net.example/p/7/")]
    [InlineData("<blockquote class=twitter-tweet><a href=https://net.example/moe/status/7></a></blockquote>", "https://net.example/moe/status/7")]
    [InlineData("<blockquote class=tiktok-embed cite=https://net.example/@moe/video/7><section><a href=https://net.example/@moe>@moe</a></section></blockquote>", "https://net.example/@moe/video/7")]
    [InlineData("<div class=social-share><blockquote class=instagram-media data-instgrm-permalink=https://net.example/p/7/></blockquote></div>", "https://net.example/p/7/")]
    [InlineData("<iframe src=https://net.example/reel/7/embed/captioned></iframe>", "https://net.example/reel/7/embed/captioned")]
    [InlineData("<iframe id=datawrapper-chart-7 aria-label=\"Bar chart\" src=https://charts.example/7/ style=\"width: 0; min-width: 100% !important\"></iframe>", "https://charts.example/7/")]
    [InlineData("<div class=lazy-player></div><noscript><iframe src=https://films.example/embed/7 allowfullscreen></iframe></noscript>", "https://films.example/embed/7")]
    public void What_is_shown_from_elsewhere_is_a_link(string embed, string address)
    {
        var reading = Read(First + embed + Second + Third);
        reading.Html.ShouldContain($"<figure><p><a href=\"{address}\"");
        reading.Text.ShouldNotContain("View this post");
    }

    [Theory]
    [InlineData("<iframe src=https://ads.example/slot/7 style=\"width:0;height:0\"></iframe>")]
    [InlineData("<noscript><iframe src=https://tags.example/ns.html height=0 width=0></iframe></noscript>")]
    [InlineData("<iframe src=https://forms.example/letter/7 title=\"Our letter\"></iframe>")]
    [InlineData("<blockquote class=instagram-media data-instgrm-permalink=\"javascript:alert(1)\"></blockquote>")]
    public void Counters_forms_and_scripts_are_not(string embed) => Read(First + embed + Second + Third).Html.ShouldNotContain("<figure>");

    [Theory]
    [InlineData(Tweet)]
    [InlineData("<div class=social>" + Tweet + "</div>")]
    public void A_post_with_a_text_is_a_quotation_and_stays_whole(string post)
    {
        var text = Read(First + post + Second + Third).Text;
        text.ShouldContain("Eleven boats since the gates opened, says the keeper of Varn. #fog pic");
        text.ShouldContain("@varn, lock");
        text.ShouldContain("Per Moe (@moe) June 1, 2024");
    }

    [Theory]
    [InlineData("<h1>Varn opens its lock</h1><div class=video-player>FILM</div>" + First + Second + Third)]
    [InlineData("<h1>Varn opens its lock</h1>" + First + Second + Third + "<figure class=is-type-video>FILM</figure>")]
    public void A_film_at_the_head_or_right_behind_the_last_paragraph_is_the_articles(string body) => Html(body).ShouldContain("films.example/embed/7");

    [Theory]
    [InlineData("<div class=video-player>FILM</div><h1>Varn opens its lock</h1>" + First + Second + Third)]
    [InlineData("<h1>Varn opens its lock</h1><div>" + First + Second + Third + "</div><div class=more-videos>FILM</div>")]
    public void One_before_the_headline_or_in_a_box_behind_it_all_is_not(string body) => Html(body).ShouldNotContain("films.example");

    private static string Html(string body) =>
        ArticleReader.Read("<article>" + body.Replace("FILM", "<iframe src=https://films.example/embed/7 allowfullscreen></iframe>", StringComparison.Ordinal) + "</article>", "https://varn.example/a").Html;

    private static ArticleReading Read(string body) => ArticleReader.Read("<article><h1>Varn opens its lock</h1>" + body + "</article>", "https://varn.example/a");
}
