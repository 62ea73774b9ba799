using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Pictures and what is said about them: that both stay, however a template names, frames and loads them.</summary>
public sealed class FigureTests
{
    private const string First = "<p>The lock keeper of Varn opened the gates at six, as her mother had done before her, and waited for the first barge of the season.</p>";
    private const string Second = "<p>It came at noon, three hours late, loaded with gravel; the skipper blamed the fog, and nobody on the quay believed him.</p>";
    private const string Third = "<p>By evening eleven boats had passed, more than in any week of the last year, and the keeper wrote each of them into her book.</p>";
    private const string Picture = "<img src=/lock.jpg>";
    private const string Shown = "<figure><img src=\"https://varn.example/lock.jpg\" alt=\"\"><figcaption>The lock at noon</figcaption></figure>";

    [Theory]
    [InlineData("<figure class=wp-caption id=attachment_7 aria-describedby=caption-attachment-7>" + Picture + "<figcaption class=wp-caption-text id=caption-attachment-7>The lock at noon</figcaption></figure>")]
    [InlineData("<div class=wp-caption>" + Picture + "<p class=wp-caption-text>The lock at noon</p></div>")]
    [InlineData("<div><span>" + Picture + "</span><div class=caption>The lock at noon</div></div>")]
    [InlineData("<figure>" + Picture + "<figcaption><span class=caption>The lock at noon</span></figcaption></figure>")]
    [InlineData("<figure>" + Picture + "<div class=bildunterschrift>The lock at noon</div></figure>")]
    [InlineData("<div class=\"widget widget--image\"><figure>" + Picture + "<figcaption class=widget__caption>The lock at noon</figcaption></figure></div>")]
    [InlineData("<div class=ui-modal><figure>" + Picture + "<figcaption>The lock at noon</figcaption></figure></div>")]
    [InlineData("<div class=wp-block-image><figure><span>" + Picture + "<span class=pin>Pin</span></span><figcaption>The lock at noon</figcaption></figure></div>")]
    [InlineData("<div><figure>" + Picture + "</figure><figcaption>The lock at noon</figcaption></div>")]
    [InlineData("<div class=\"field--type-image field--label-visually_hidden\"><div class=visually-hidden>Image</div><figure>" + Picture + "<figcaption>The lock at noon</figcaption></figure></div>")]
    [InlineData("<figure><amp-anim src=/lock.jpg></amp-anim><figcaption>The lock at noon</figcaption></figure>")]
    [InlineData("<button><figure>" + Picture + "<figcaption>The lock at noon</figcaption></figure></button>")]
    public void A_picture_stays_with_its_caption(string figure) => Html(First + figure + Second + Third).ShouldContain(Shown);

    [Fact]
    public void So_does_a_slideshow()
    {
        string[] slides = [.. Enumerable.Range(1, 3).Select(n => $"<li><figure><a href=/{n}.jpg><img src=/small/{n}.jpg></a><figcaption>The lock, seen from boat {n}</figcaption></figure></li>")];

        var html = Html(First + "<ul class=owl-carousel>" + string.Concat(slides) + "</ul>" + Second + Third);
        html.ShouldContain("small/3.jpg");
        html.ShouldContain("seen from boat 2");
    }

    [Theory]
    [InlineData("<div class=carousel><figure><a href=/other><img src=/other.jpg></a><figcaption><a href=/other>Another article</a></figcaption></figure></div>")]
    [InlineData("<div class=caption>A line about no picture</div>")]
    [InlineData("<div class=newsletter><figure><img src=/other.jpg><figcaption>The letter</figcaption></figure><p>Whoever wants to know of each boat leaves an address here, and will hear from us on Sundays.</p></div>")]
    public void What_leads_elsewhere_or_says_more_does_not(string box)
    {
        var html = Html(First + box + Second + Third);
        html.ShouldNotContain("/other");
        html.ShouldNotContain("line about");
    }

    [Fact]
    public void The_entry_beside_a_picture_is_not_drawn_into_its_figure() =>
        Html(First + "<div><img src=/boat.jpg><div class=caption>Photo: Per Moe</div><p>The Margarete carries gravel, and has done so since the war, whatever the weather.</p></div>" + Second + Third).ShouldContain("<p>The Margarete carries gravel");

    [Fact]
    public void Nor_is_a_heading() =>
        Html(First + "<div class=has-caption><img src=/boat.jpg><h2>What the skippers say</h2></div>" + Second + Third).ShouldNotContain("skippers say");

    [Fact]
    public void A_caption_of_several_sentences_is_text()
    {
        var reading = Read(First + "<figure>" + Picture + "<figcaption><p>The keeper wrote the name of each boat.</p><p>Nobody but her may read it, and nobody has.</p></figcaption></figure>" + Second + Third);

        reading.Text.ShouldContain("Nobody but her may read it, and nobody has.");
        Read(First + "<figure>" + Picture + "<figcaption><p>The keeper wrote the name of each boat.</p><p>Photo: Per Moe</p></figcaption></figure>" + Second + Third).Text.ShouldNotContain("name of each boat");
    }

    [Theory]
    [InlineData("<img src=\"data:image/gif;base64,R0lGOD\"><noscript><img src=/lock.jpg></noscript>")]
    [InlineData("<noscript><img src=/lock.jpg></noscript><img src=\"data:image/gif;base64,R0lGOD\">")]
    [InlineData("<picture><img src=\"data:image/gif;base64,R0lGOD\"></picture> <noscript><picture><img src=/lock.jpg></picture></noscript>")]
    [InlineData("<span><img></span><noscript><img src=/lock.jpg></noscript>")]
    [InlineData("<img src=\"data:image/gif;base64,R0lGOD\" data-lazyimage-src=/lock.jpg>")]
    [InlineData("<picture><noscript><img src=/lock.jpg></noscript><div class=placeholder></div></picture>")]
    [InlineData("<div><noscript><img src=/lock.jpg></noscript></div><div><img data-src=\"/lock.jpg?w=400\"></div>")]
    public void A_picture_that_a_script_loads_is_found(string picture) =>
        Html(First + "<figure>" + picture + "<figcaption>The lock at noon</figcaption></figure>" + Second + Third).ShouldContain(Shown);

    [Theory]
    [InlineData("<noscript><img src=https://count.example/lock.jpg/event?asset=7></noscript>")]
    [InlineData("<img src=/real.jpg><noscript><img src=/lock.jpg></noscript>")]
    [InlineData("<img src=\"data:image/gif;base64,R0lGOD\"><noscript><img src=/lock.jpg width=1 height=1></noscript>")]
    [InlineData("<div><img src=\"data:image/gif;base64,R0lGOD\"><b>Boat</b></div><noscript><img src=/lock.jpg></noscript>")]
    public void What_else_stands_there_for_browsers_without_scripts_is_not(string picture) => Html(First + picture + Second + Third).ShouldNotContain("lock.jpg");

    [Fact]
    public void A_formula_that_is_shown_as_a_picture_is_no_more_hidden_than_a_decoration_is_shown()
    {
        var html = Html(First + "<p>The gates hold <img src=/formula.svg alt=\"F = p A\" aria-hidden=true> and no more.</p><p><img src=/line.svg alt=\"\" aria-hidden=true></p>" + Second + Third);

        html.ShouldContain("formula.svg");
        html.ShouldNotContain("line.svg");
    }

    [Fact]
    public void What_is_said_about_a_picture_stays_where_only_a_script_knows_the_picture()
    {
        var reading = Read(First + "<figure><img src=\"data:image/gif;base64,R0lGOD\"><figcaption>The lock at noon</figcaption></figure>" + Second + Third);

        reading.Html.ShouldContain("<figure><figcaption>The lock at noon</figcaption></figure>");
        reading.Markdown.ShouldContain("The lock at noon");
        reading.Text.ShouldNotContain("The lock at noon");
    }

    private static string Html(string body) => Read(body).Html;

    private static ArticleReading Read(string body) => ArticleReader.Read("<article><h1>Varn opens its lock</h1>" + body + "</article>", "https://varn.example/a");
}
