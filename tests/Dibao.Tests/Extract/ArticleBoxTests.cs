using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Boxes, names and addresses: which of them are of the article, one case a test.</summary>
public sealed class ArticleBoxTests
{
    private const string First = "<p>The lock keeper of Varn opened the gates at six, as her mother had done before her, and waited for the first barge of the season.</p>";
    private const string Second = "<p>It came at noon, three hours late, loaded with gravel; the skipper blamed the fog, and nobody on the quay believed him.</p>";
    private const string Third = "<p>By evening eleven boats had passed, more than in any week of the last year, and the keeper wrote each of them into her book.</p>";

    private const string Long = "<p>The fog lifted on Sunday, and four hundred people came to see the gates, the boats and the keeper's book, which nobody may touch and which only she can read, " +
        "whatever the council says of it in its letters, and there have been many letters since the winter in which the river froze and the boats lay on the quay, for she writes as doctors do.</p>";

    [Theory]
    [InlineData("<pre><code>open(gates); <span class=\"hljs-comment\">// as at six</span></code></pre>", "// as at six")]
    [InlineData("<h3 id=\"nav_only_the_fog__1\">Only the fog remains</h3>", "Only the fog remains")]
    [InlineData("<div id=\"comments-of-the-keeper\"><h3>What the keeper says</h3><p>The gates are as old as the town, and nobody has ever paid to see them.</p></div>", "as old as the town")]
    [InlineData("<ul><li class=\"post-7 boat type-boat status-publish tag-survey format-video\"><p>The Margarete carries gravel from the upper quarries, and has done so since the war.</p></li></ul>", "upper quarries")]
    public void What_a_writer_s_own_words_name_stays(string part, string said)
    {
        Read(First + Second + part + Third).ShouldContain(said);
    }

    [Fact]
    public void What_a_recipe_takes_stays_before_its_first_paragraph()
    {
        Read("<section class=\"ingredients\"><ul><li>Two pike</li><li>Butter</li></ul></section><div class=\"preparation\">" + First + Second + Third + "</div>").ShouldContain("Two pike");
    }

    [Fact]
    public void An_item_that_is_a_link_stays_in_a_list_that_is_none_of_links()
    {
        Read(First + "<ul><li>A lamp that burns for two nights without oil</li><li><a href=https://maps.example>Map of the river</a></li><li>Bread for the keeper, and for her dog</li></ul>" + Second + Third).ShouldContain("Map of the river");
    }

    [Fact]
    public void A_section_with_a_list_of_links_that_a_line_announces_stays_whatever_wraps_each_of_them()
    {
        var links = string.Concat(Enumerable.Range(1, 9).Select(n => $"<li><a href=https://boats.example/{n}>The log of boat number {n} in the year of the flood</a></li>"));
        var section = "<div class=section><h2>Sources</h2><div class=paragraph><p>The keeper has kept what the skippers wrote since the flood, in nine books:</p></div><div class=ulist><ul>" + links + "</ul></div></div>";

        Read("<div class=section>" + string.Concat(new[] { First, Second, Third, Long }.Select(p => "<div class=paragraph>" + p + "</div>")) + "</div>" + section + "<div class=section><div class=paragraph>" + Long.Replace("Sunday", "Monday", StringComparison.Ordinal) + "</div></div>").ShouldContain("boat number 7");
    }

    [Fact]
    public void Who_wrote_a_short_text_is_none_of_it_however_long_the_box()
    {
        Read(First + "<div id=\"author-info\"><p>Ida Lund, who grew up on a barge, keeps a garden by the lock; she has been asked about the river since she was nine, and has answered ever since.</p></div>").ShouldNotContain("barge, keeps");
    }

    [Fact]
    public void A_line_that_is_named_a_picture_s_description_is_none_of_the_text()
    {
        Read(First + "<p class=\"imagedescription\">The keeper on the bridge, in the fog, as the photographer of the Courier saw her.</p>" + Second + Third).ShouldNotContain("photographer");
    }

    [Fact]
    public void A_caption_stays_with_its_picture_whatever_its_class()
    {
        const string Page = "<article><h1>Varn opens its lock</h1>" + First + "<figure><img src=/lock.jpg><figcaption class=\"image-caption\">The lock at noon</figcaption></figure>" + Second + Third + "</article>";

        ArticleReader.Read(Page, "https://varn.example/a").Html.ShouldContain("The lock at noon");
    }

    [Fact]
    public void Answers_that_the_page_states_stay_though_buttons_ask_the_questions()
    {
        string[] asked = ["When do the gates open?", "Who may come on to the bridge?", "What does a passage cost?"];
        string[] answers = ["The gates open at six in the summer and at eight in the winter, and they close when the keeper goes home, which nobody has ever foretold.", "Whoever asks the keeper, and does not bring a dog, for hers bites all others that it has met so far, but for one of the miller's.", "A passage is free for boats with a cargo, and two crowns for all who come to look at the town and to buy its cheese."];
        var stated = System.Text.Json.JsonSerializer.Serialize(asked.Zip(answers).Select(both => new { name = both.First, acceptedAnswer = new { text = both.Second } }));
        var shown = string.Concat(asked.Zip(answers).Select((both, n) => $"<div class=\"fold-{(char)(97 + n)}\"><button>{both.First}</button><div class=\"inner\"><p>{both.Second}</p></div></div>"));
        var page = First + Second + Third + Long + Long.Replace("Sunday", "Monday", StringComparison.Ordinal).Replace("four", "five", StringComparison.Ordinal) + shown;

        Read("<script type=\"application/ld+json\">{\"@type\":\"FAQPage\",\"mainEntity\":" + stated + "}</script>" + page).ShouldContain("hers bites all others");
        Read(page).ShouldNotContain("hers bites all others");
    }

    [Fact]
    public void Whom_to_ask_about_a_release_is_none_of_it()
    {
        Read(First + Second + Third + "<p>Press contact:</p><p>Ida Lund, Varn Harbour</p><p>+99 555 0101</p>").ShouldEndWith("into her book.");
        Read(First + "<h2>Contact</h2>" + Second + Third).ShouldContain("Contact");
    }

    [Fact]
    public void A_paragraph_below_the_boxes_that_hold_most_of_a_text_stays_where_another_stands_above_them()
    {
        var boats = "<div class=\"boats\">" + Boxes(n => $"<p>{Boats[n]}, and whoever has seen it once will know it again among all the others that lie on the quay.</p><p>{Boats[n]}, say those who were there, and those who were not.</p>") + "</div>";

        Read(First + boats + "<h2>How we looked</h2><p>We sat on the wall with a book, for a week.</p>").ShouldEndWith("for a week.");
    }

    [Fact]
    public void A_box_of_the_make_of_others_between_the_paragraphs_stays_behind_them()
    {
        string[] boxes = [.. Enumerable.Range(1, 3).Select(n => $"<div class=\"box\"><div class=\"in\"><p>Boat {n} is a tug that carries gravel, coal or guests.</p></div></div>")];

        Read(First + boxes[0] + Second + boxes[1] + Third + Long + boxes[2]).ShouldContain("Boat 3");
        Read(First + Second + Third + Long + boxes[2]).ShouldNotContain("Boat 3");
    }

    [Fact]
    public void Boxes_at_the_end_that_lead_to_one_page_each_go()
    {
        var boxes = Boxes(n => $"<h3>Boat number {n}</h3><p>{Boats[n]}.</p><a href=/boats/{n}>Learn more</a>");

        Read(First + Second + Third + Long + "<h2>Explore more</h2>" + boxes).ShouldEndWith("for she writes as doctors do.");
        Read(First + Second + Third + Long + "<h2>Explore more</h2>" + boxes).ShouldNotContain("number 1");
        Read(First + Second + Third + Long + boxes.Replace("=/boats", "=boats", StringComparison.Ordinal)).ShouldNotContain("number 1");
        Read(First + Second + Third + Long + boxes.Replace("=/boats", "=https://boats.example", StringComparison.Ordinal)).ShouldContain("number 1");
    }

    [Fact]
    public void A_list_of_titles_that_are_links_in_boxes_goes_whatever_stands_behind_it()
    {
        var teasers = Boxes(n => $"<div><a href=/boats/{n}>What they say of boat {n} on the quay</a><div>{Boats[n]}.</div></div>") + Boxes(n => $"<div><a href=/more/{n}>And what they say of it at night {n}</a><div>{Boats[n]}.</div></div>");

        Read("<main>" + First + Second + Third + "</main><section>" + teasers + "</section>" + Long).ShouldNotContain(Boats[1]);
    }

    [Fact]
    public void Boxes_at_the_end_whose_links_stand_in_their_sentences_stay()
    {
        var boxes = Boxes(n => $"<h3>Boat number {n}</h3><p>{Boats[n]}, as <a href=/boats/{n}>we wrote</a>.</p>");

        Read(First + Second + Third + boxes).ShouldContain("number 1");
    }

    private static readonly string[] Boats =
    [
        "", "The Margarete is a hundred and four years old and carries gravel from the upper quarries to the town, twice a week but for Sundays",
        "Nobody knows who owns the Eel, a black tug that lies under the second bridge since the war and leaves its place on market days only",
        "Of all the ferries on the river the Old Lina is the slowest, and the only one whose skipper waits for people who come running",
    ];

    private static string Boxes(Func<int, string> box) => string.Concat(Enumerable.Range(1, 3).Select(n => "<div class=\"box-of-three\">" + box(n) + "</div>"));

    private static string Read(string body) => ArticleReader.Read(
        "<html><head><title>Varn opens its lock</title></head><body><article><h1>Varn opens its lock</h1><div class=\"story-body\">" + body + "</div></article></body></html>", "https://varn.example/a").Text;
}
