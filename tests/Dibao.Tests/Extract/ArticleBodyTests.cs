using System.Globalization;
using System.Net;
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
    [InlineData("<p>Never miss a boat: <a href=/letters>subscribe to our letter from the river</a>.</p>")]
    [InlineData("<span class=\"sr-only\">Advertisement ends here, article goes on below</span>")]
    [InlineData("<a class=\"wide\" href=/tickets>Book a berth for the summer</a>")]
    [InlineData("<p>Must read: <a href=/other>A ship runs aground near the bridge of Varn</a></p>")]
    [InlineData("<p>We may earn commission from links on this page.</p>")]
    [InlineData("<p>Some of the links in this article are affiliate ones: if you buy a boat behind one of them, the Courier is paid.</p>")]
    [InlineData("<h2>Table of contents</h2>")]
    [InlineData("<div>Article continues after advertisement</div>")]
    [InlineData("<p>Embed &lt;iframe src=\"https://varn.example/player/7\" width=\"100%\">&lt;/iframe></p>")]
    [InlineData("<div style=\"visibility:hidden\"><p>What nobody sees on the quay of Varn, nobody will miss in the evening, either.</p></div>")]
    [InlineData("<figure><img src=/lock.jpg><h2>More films</h2><div>1/12</div><figcaption>The lock.</figcaption></figure>")]
    [InlineData("<figure><img src=/lock.jpg>The lock of Varn at noon</figure>")]
    [InlineData("<div><p>Empfohlener redaktioneller Inhalt: An dieser Stelle steht ein Film von Bootskanal, den Sie mit einem Klick ansehen können.</p></div>")]
    [InlineData("<p><img src=/lock.jpg><br><em>The lock of Varn at noon</em></p>")]
    public void What_interrupts_an_article_goes_and_its_paragraphs_stay(string interruption)
    {
        Texts(Page(First + Second + interruption + Third)).ShouldBe(Paragraphs(3));
    }

    [Theory]
    [InlineData("<p>Sign up for our newsletter and never miss a story from the river.</p>")]
    [InlineData("<p>Follow us on the usual networks for more.</p>")]
    [InlineData("<p>© 2024 The Varn Courier. All rights reserved.</p>")]
    [InlineData("<p>Aus dem Französischen von Ida Lund</p>")]
    [InlineData("<small>© The Varn Courier, where rights are <a href=/rights>for sale</a></small>")]
    [InlineData("<h3>Related</h3><ul><li>A ship runs aground</li><li>The bridge that never was</li></ul>")]
    [InlineData("<p>With files from the river desk. Additional reporting by Per Moe.</p>")]
    [InlineData("<p>Ida Lund is a columnist for the Varn Courier and keeps bees.</p>")]
    [InlineData("<p>瓦恩信使(varn.example)专稿，未经书面授权请勿转载。</p>")]
    [InlineData("<p>本紙掲載の記事・写真の無断転載を禁じます。無断転載禁止</p>")]
    [InlineData("<p>저작권자 © 바른신문 무단 전재 및 재배포 금지</p>")]
    [InlineData("<div class=\"page-links\">1 <a href=/a/2>2</a> <a href=/a/3>3</a></div>")]
    public void What_follows_the_last_paragraph_goes(string tail)
    {
        Texts(Page(First + Second + Third + tail)).ShouldBe(Paragraphs(3));
    }

    [Theory]
    [InlineData("<div id=author-info><div id=author-description>Ida Lund rows on every river that the Courier sends her to, and writes there.</div></div>")]
    [InlineData("<p class=postmetadata>This post was filed on a Tuesday at noon under rivers, locks and keepers of them.</p>")]
    public void What_templates_say_of_an_article_goes(string box)
    {
        Texts(Page(First + Second + Third + box)).ShouldBe(Paragraphs(3));
    }

    [Theory]
    [InlineData("main no-sidebar")]
    [InlineData("main sidebar-enabled--false")]
    public void A_name_that_says_whether_there_is_a_sidebar_names_none(string names)
    {
        var parts = string.Concat(new[] { First, Second, Third }.Select(p => "<div class=\"" + names + "\">" + p + "</div>"));

        Texts("<html><body><article><h1>Varn opens its lock</h1>" + parts + "<div class=text><p>" + string.Join(" ", Paragraphs(3)).Replace("Varn", "Ulm", StringComparison.Ordinal) + "</p></div></article></body></html>").ShouldContain(Paragraphs(1)[0]);
    }

    [Theory]
    [InlineData("<ul><li>Eleven boats</li><li>Four hundred tonnes</li></ul>", "Eleven boats")]
    [InlineData("<blockquote class=\"twitter-tweet\"><p>Fog on the river again, says the keeper.</p><a href=https://social.example/1>5 March</a></blockquote>", "Fog on the river again")]
    [InlineData("<p>What do you do in winter?</p>", "What do you do in winter?")]
    [InlineData("<h2>The winter</h2><p>Ice.</p>", "Ice.")]
    [InlineData("<div role=alert class=note>Note: the gates stay shut on the day of the fair.</div>", "the gates stay shut")]
    [InlineData("<div class=\"code-toolbar\"><pre><code>open(gates, at: 6)</code></pre><div class=toolbar>Copy</div></div>", "open(gates, at: 6)")]
    [InlineData("<p>The sources are these:</p><ul><li><a href=/1>Report of the canal board</a></li><li><a href=/2>Book of the keeper</a></li></ul>", "Report of the canal board")]
    [InlineData("<table><tr><th>Boat</th><th>Hour</th></tr><tr><td>Anna</td><td>12</td></tr></table>", "Anna")]
    [InlineData("<h3><button aria-expanded=false>Who keeps the book?</button></h3><div hidden><p>The keeper of the lock, who has it from her mother and she from hers.</p></div>", "Who keeps the book?\n\nThe keeper of the lock")]
    [InlineData("<figure><img src=/boat.jpg><table><tr><td>Anna</td><td>12</td></tr></table></figure>", "Anna")]
    [InlineData("<figure><img src=/boat.jpg><blockquote>Fog on the river again</blockquote><figcaption>The keeper</figcaption></figure>", "Fog on the river again")]
    [InlineData("<p><img src=/boat.jpg> The Anna came first, and <em>nobody</em> waved.</p>", "The Anna came first")]
    [InlineData("<span>A span may hold a paragraph of the article, too.</span>", "A span may hold a paragraph")]
    [InlineData("<table><tr><th>Boat</th><th>Skipper</th></tr><tr><td><a href=/anna>Anna, of Varn</a></td><td>Per Moe, who has sailed her for thirty years</td></tr></table>", "Anna, of Varn")]
    [InlineData("<ul><li>The Anna, the first boat of the season, brought gravel from <a href=/mill>the old mill above the second lock, behind the church of Varn and its school</a></li><li>The Berta came an hour later, and took coal down to <a href=/works>the works at the end of the canal, where nobody had waited for her since spring</a></li></ul>", "the old mill")]
    [InlineData("<div id=\"why-the-latest-boats-follow-her\"><p>Some four hundred people came to see the gates open on the first Sunday.</p></div>", "Some four hundred people")]
    [InlineData("<p id=\"block-n1AuAdJlVL\">Some four hundred people came to see the gates open on the first Sunday.</p>", "Some four hundred people")]
    [InlineData("<p>The book itself is here: <a href=https://varn.example/lock>https://varn.example/lock/book</a></p>", "https://varn.example/lock/book")]
    [InlineData("<span>The keeper's book is <a href=/book>on show</a> in the old mill.</span>", "on show")]
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
    public void An_inline_element_on_a_line_of_its_own_is_a_paragraph()
    {
        ArticleReader.Read(Page(First + "<strong>The winter</strong>" + Second + Third), null).Html.ShouldContain("<p><strong>The winter</strong></p>");
    }

    [Fact]
    public void What_a_script_would_write_is_read_where_the_page_has_it_for_readers_without()
    {
        var fallback = "<div class=\"entry\"><script type=\"text/template\">" + First + Second + Third + "</script><noscript>" + First + Second + Third + "</noscript></div>";

        Texts(Page(fallback)).ShouldBe(Paragraphs(3));
        Texts(Page(First + Second + Third + "<noscript>" + First + Second + Third + "</noscript>")).ShouldBe(Paragraphs(3));
    }

    [Fact]
    public void Articles_of_other_addresses_that_follow_in_boxes_of_one_make_are_not_read()
    {
        var more = string.Concat(Enumerable.Repeat("<p>Elsewhere a miller told a reporter that the wind had not blown for a month, which the reporter wrote down.</p>", 12));
        string Post(int number, string title) => $"<div class=\"post post-{number} entry tag-{title[..3]}\"><h2><a href=/{number}>{title}</a></h2>{more}</div>";
        var own = First + Second + Third + First.Replace("six", "seven", StringComparison.Ordinal) + Second.Replace("noon", "one", StringComparison.Ordinal) + Third.Replace("eleven", "twelve", StringComparison.Ordinal);

        var text = ArticleReader.Read("<html><head><title>Varn opens its lock</title></head><body><div class=\"all\"><div class=\"post post-1 entry tag-locks\"><h1>Varn opens its lock</h1>"
            + own + "</div>" + Post(2, "Ice on the canal") + Post(3, "Old boats") + "</div></body></html>", null).Text;

        text.ShouldContain("twelve boats");
        text.ShouldNotContain("miller");
    }

    [Fact]
    public void The_parts_of_an_article_are_no_clutter_whatever_their_wrappers_are_called()
    {
        static string Part(string text) => "<div class=\"sidebar-grid\">" + text + "</div>";

        var (fourth, fifth) = (First.Replace("six", "seven", StringComparison.Ordinal), Second.Replace("noon", "one", StringComparison.Ordinal));
        Texts(Page(First + Second + Part(Third) + Part(fourth) + Part(fifth))).Length.ShouldBe(5);
    }

    [Fact]
    public void Comments_may_be_longer_than_the_article()
    {
        Texts(Page(First + "</div><div id=\"comment-box\">" + Second + Third + Second)).ShouldBe(Paragraphs(1));
    }

    [Fact]
    public void The_title_of_a_section_that_a_script_unfolds_is_no_link()
    {
        var sections = "<ul><li><a href=\"#\">The first winter of the keeper and her dog</a><div>Ice.</div></li><li><a href=\"#\">The second winter of the keeper and her dog</a><div>Snow.</div></li></ul>";

        ArticleReader.Read(Page(First + sections + Second + Third), null).Text.ShouldContain("The second winter");
    }

    [Fact]
    public void An_excerpt_that_says_what_the_text_begins_with_is_no_standfirst()
    {
        var reading = ArticleReader.Read(Page("<div class=\"excerpt\">The lock keeper of Varn opened the gates at six, as her mother had done […]</div>" + First + Second + Third), null);

        reading.Standfirst.ShouldBeNull();
        reading.Text.ShouldStartWith("The lock keeper of Varn opened the gates at six, as her mother had done before her");
    }

    [Theory]
    [InlineData("<p>The lock keeper of Varn opened the gates at six.</p>" + Second)]
    [InlineData("<p>The lock keeper of Varn opened <a href=/gates>the gates</a> at six.</p><h2>Noon</h2>" + Second)]
    [InlineData("<p class=lead>The lock keeper of Varn opened <a href=/gates>the gates</a> at six.</p>" + Second)]
    [InlineData("<p class=lead><img src=/lock.png>The lock keeper of Varn opened the gates at six.</p>" + Second)]
    public void The_first_paragraph_is_no_standfirst_because_the_description_says_the_same(string opening)
    {
        var page = Page(opening + Third).Replace("</title>", "</title><meta name=description content=\"The lock keeper of Varn opened the gates at six.\">", StringComparison.Ordinal);

        var reading = ArticleReader.Read(page, "https://varn.example/a");

        reading.Standfirst.ShouldBeNull();
        reading.Text.ShouldStartWith("The lock keeper of Varn opened the gates at six.");
        reading.Html.Contains("href=\"https://varn.example/gates\"", StringComparison.Ordinal).ShouldBe(opening.Contains("href", StringComparison.Ordinal));
        (reading.LeadImage ?? reading.Html).Contains("lock.png", StringComparison.Ordinal).ShouldBe(opening.Contains("img", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<p class=lead>The lock keeper of Varn opened the gates at six.</p>")]
    [InlineData("<h2>The lock keeper of Varn opened the gates at six.</h2>")]
    [InlineData("<div><p>The lock keeper of Varn opened the gates at six.</p></div>")]
    public void What_the_description_says_too_is_the_standfirst_where_it_stands_apart(string standfirst)
    {
        var page = Page(standfirst + Second + Third).Replace("</title>", "</title><meta name=description content=\"The lock keeper of Varn opened the gates at six.\">", StringComparison.Ordinal);

        ArticleReader.Read(page, null).Standfirst.ShouldBe("The lock keeper of Varn opened the gates at six.");
    }

    [Theory]
    [InlineData("A dog at the lock ☺️", "<div>A dog at the lock ☺️</div><div>{0}</div>", "The lock keeper of Varn opened the gates")]
    [InlineData("A long winter is over on the river, and nobody had hoped for it so early.", "<div class=\"story-widget\"><p>A long winter is over on the river, and nobody had hoped for it so early.</p></div><div>{0}</div>", "")]
    [InlineData("A long winter is over on the river, and", "<div class=\"story-widget\"><p>A long winter is over on the river, and nobody had hoped for it.</p></div><div>{0}</div>", "")]
    [InlineData("What the lock keeper found on the first of March", "<header><p>What the lock keeper found on the first of March</p></header><div>{0}</div>", "")]
    [InlineData("What the lock keeper found on the first of March", "<h3>What the lock keeper found on the first of March</h3><div>{0}</div>", "")]
    public void What_the_description_begins_with_opens_the_article(string opening, string body, string rest)
    {
        var page = Page(string.Format(CultureInfo.InvariantCulture, body, First + Second + Third)).Replace("</title>", $"</title><meta name=description content=\"{opening} {rest}\">", StringComparison.Ordinal);

        Texts(page)[0].ShouldStartWith(opening);
        Texts(page)[1..].ShouldBe(Paragraphs(3));
    }

    [Fact]
    public void A_headline_and_what_sums_it_up_are_no_captions_of_the_picture_beside_them()
    {
        var page = Page("").Replace("<h1>", "<div class=media-item><img src=/lock.jpg><h1>", StringComparison.Ordinal).Replace("</h1>", "</h1><p class=x7>A lock opens early, and nobody knows why.</p></div>" + First + Second + Third, StringComparison.Ordinal)
            .Replace("</title>", "</title><meta name=description content=\"A lock opens early, and nobody knows why.\">", StringComparison.Ordinal);

        var reading = ArticleReader.Read(page, "https://varn.example/a");

        reading.Html.ShouldNotContain("figcaption");
        Texts(reading).ShouldBe(["A lock opens early, and nobody knows why.", .. Paragraphs(3)]);
    }

    [Fact]
    public void What_the_description_says_in_a_header_named_like_clutter_is_the_standfirst()
    {
        var page = Page(First + Second + Third).Replace("<h1>", "<div class=\"hero widget\"><h1>", StringComparison.Ordinal).Replace("</h1>", "</h1><p>A lock opens early, and nobody knows why.</p></div>", StringComparison.Ordinal)
            .Replace("</title>", "</title><meta name=description content=\"A lock opens early, and nobody knows why.\">", StringComparison.Ordinal);

        ArticleReader.Read(page, null).Standfirst.ShouldBe("A lock opens early, and nobody knows why.");
    }

    [Theory]
    [InlineData("<div class=byline>By Ida Lund and Per Moe of the river desk</div>", "By Ida Lund and Per Moe of the river desk")]
    [InlineData("<form><p>Our best stories about rivers, every Sunday.</p></form>", "Our best stories about rivers, every Sunday.")]
    [InlineData("<figure><img src=/lock.jpg><figcaption>The lock of Varn at noon on a day in March</figcaption></figure>", "The lock of Varn at noon on a day in March")]
    public void What_else_a_description_begins_with_stays_out(string box, string description)
    {
        var page = Page(box + "<div>" + First + Second + Third + "</div>").Replace("</title>", $"</title><meta name=description content=\"{description} The lock keeper\">", StringComparison.Ordinal);

        Texts(page).ShouldBe(Paragraphs(3));
    }

    [Fact]
    public void A_headline_in_the_data_that_is_the_beginning_of_the_text_takes_no_paragraph_away()
    {
        var beginning = (First + Second + Third).Replace("<p>", "", StringComparison.Ordinal).Replace("</p>", " ", StringComparison.Ordinal)[..300];
        var page = Page("<p>" + beginning + "</p>" + Third).Replace("</title>", "</title><script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"" + beginning + "\"}</script>", StringComparison.Ordinal);

        Texts(page)[0].ShouldStartWith("The lock keeper of Varn opened");
    }

    [Theory]
    [InlineData("<figure class=wp-block><figure><img src=/lock.jpg alt=Lock></figure></figure>", "<figure><img src=\"https://varn.example/lock.jpg\" alt=\"Lock\"></figure>")]
    [InlineData("<figure><div><figure><img src=/lock.jpg alt=Lock></figure></div><figcaption>The lock at noon.</figcaption></figure>", "<figure><img src=\"https://varn.example/lock.jpg\" alt=\"Lock\"><figcaption>The lock at noon.</figcaption></figure>")]
    [InlineData("<figure><figure><img src=/a.jpg></figure><figure><img src=/b.jpg></figure></figure>", "<figure><figure><img src=\"https://varn.example/a.jpg\" alt=\"\"></figure><figure><img src=\"https://varn.example/b.jpg\" alt=\"\"></figure></figure>")]
    public void A_picture_in_two_wrappers_is_one_figure(string figure, string written)
    {
        ArticleReader.Read(Page(First + Second + figure + Third), "https://varn.example/a").Html.ShouldContain(written);
    }

    [Fact]
    public void A_body_in_the_data_that_was_escaped_twice_is_read_as_html()
    {
        var body = WebUtility.HtmlEncode(string.Concat(Enumerable.Repeat(First + Second + Third, 2)));
        var page = "<html><head><title>Varn opens its lock</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Varn opens its lock\",\"articleBody\":\"" + body + "\"}</script></head><body><div id=root></div></body></html>";

        Texts(page)[..3].ShouldBe(Paragraphs(3));
    }

    [Fact]
    public void No_more_than_a_thousand_films_are_shown()
    {
        var films = string.Concat(Enumerable.Repeat("<iframe src=https://films.example/embed/1></iframe>", 1200));

        ArticleReader.Read(Page(First + films + Second + Third), null).Html.Split("https://films.example/embed/1").Length.ShouldBe(1001);
    }

    [Fact]
    public void A_poem_keeps_its_lines_though_the_description_says_it_too()
    {
        const string poem = "The river does not ask the lock<br>whose key it is, whose morning;<br>it waits, and writes upon the rock<br>in green, without a warning.";
        var page = Page("<div>" + poem + "</div><h3>Notes</h3>" + First + Second).Replace("</title>", "</title><meta name=description content=\"" + poem.Replace("<br>", " ", StringComparison.Ordinal) + "\">", StringComparison.Ordinal);

        ArticleReader.Read(page, null).Text.ShouldStartWith(poem.Replace("<br>", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_heading_is_one_line_however_its_template_divides_it()
    {
        var reading = ArticleReader.Read(Page(First + "<h3 class=title><div class=number>2</div>The second lock</h3>" + Second + "<h2>A heading that was never closed<p>" + Third + "</p>" + First.Replace("six", "seven", StringComparison.Ordinal)), null);

        reading.Html.ShouldContain("<h3>2 The second lock</h3>");
        reading.Html.ShouldContain("<h2>A heading that was never closed</h2>");
        reading.Text.ShouldContain("at seven");
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
    public void Another_article_behind_the_first_is_known_by_its_make()
    {
        var more = string.Concat(Enumerable.Repeat("<p>Elsewhere a miller told a reporter that the wind had not blown for a month, which the reporter wrote down.</p>", 30));
        static string Article(string title, string body) => "<article class=\"list-item\"><h1 class=\"headline\">" + title + "</h1><div>" + body + "</div></article>";
        var articles = "<main>" + Article("Varn opens its lock", First + Second + Third + Third.Replace("eleven", "twelve", StringComparison.Ordinal)) + Article("The miller waits", more) + Article("Wind at last", more) + "</main>";
        var boxes = articles.Replace("article", "div", StringComparison.Ordinal);

        foreach (var html in (string[])[articles, boxes])
        {
            var text = ArticleReader.Read("<html><head><title>Varn opens its lock</title></head><body>" + html + "</body></html>", null).Text;
            text.ShouldContain("twelve boats");
            text.ShouldNotContain("miller");
        }
    }

    [Fact]
    public void Two_of_three_candidates_outvote_the_densest_paragraph()
    {
        // One block holds half of the words, and lists of short lines stand between it and the others.
        var facts = "<ul>" + string.Concat(Enumerable.Range(1, 20).Select(boat => $"<li>Boat {boat}: gravel and sand</li>")) + "</ul>";
        var rest = First.Replace("six", "seven", StringComparison.Ordinal) + Second.Replace("noon", "one", StringComparison.Ordinal);
        var html = "<div id=stream><h1>Varn opens its lock</h1><div class=block>" + First + Second + Third + "</div>" + facts + "<div class=block>" + rest + "</div></div>";

        var text = ArticleReader.Read("<html><head><title>Varn opens its lock</title></head><body>" + html + "</body></html>", null).Text;

        text.ShouldContain("gates at six");
        text.ShouldContain("Boat 7: gravel");
        text.ShouldContain("gates at seven");
    }

    [Fact]
    public void What_the_stated_text_does_not_hold_behind_its_end_goes()
    {
        var fourth = Paragraphs(3)[2].Replace("eleven", "twelve", StringComparison.Ordinal);
        var stated = string.Join("\n", [.. Paragraphs(3), fourth]);
        var body = First + "<p>The best of the river, every week, on paper and on screen.</p>" + Second + Third + "<h2>The evening</h2><p>" + fourth + "</p>" + "<p>The Courier has been made by hand since 1871, and its makers thank whoever reads it.</p>";

        Texts(Stating(stated, body)).ShouldBe([.. Paragraphs(3), "The evening", fourth]);
    }

    [Fact]
    public void A_stated_text_that_was_cut_short_takes_nothing_away()
    {
        string[] more =
        [
            "Her mother had planned for horses; the towpath still has their stones, and children jump from one to the next on Sundays.",
            "Nobody has counted the bridges since the flood, when four of them went down to the sea in a single afternoon of rain.",
            "What a passage costs is painted on a board beside the door, in numbers that were last changed before the railway came.",
            "In winter the water stands still, and the keeper mends her nets in a kitchen that smells of tar and of oranges.",
        ];

        Texts(Stating(string.Join("\n", [.. Paragraphs(3), more[0]]), First + Second + Third + string.Concat(more.Select(line => "<p>" + line + "</p>")))).Length.ShouldBe(7);
    }

    [Fact]
    public void A_film_between_paragraphs_is_a_link_whatever_its_box_is_called()
    {
        var film = "<div class=\"video-player\"><span>Watch</span><iframe src=\"https://films.example/embed/42\" title=\"The lock from above\" allowfullscreen></iframe></div>";
        var counter = "<iframe src=\"https://count.example/hit\" width=1 height=1></iframe>";

        var reading = ArticleReader.Read(Page(First + film + Second + counter + Third), "https://varn.example/a");

        reading.Html.ShouldContain("<figure><p><a href=\"https://films.example/embed/42\" rel=\"nofollow noopener noreferrer\">The lock from above</a></p></figure>");
        reading.Html.ShouldNotContain("count.example");
        reading.Markdown.ShouldContain("[The lock from above](https://films.example/embed/42)");
        Texts(reading).ShouldBe(Paragraphs(3));
        HtmlSanitizer.Sanitize(reading.Html, "https://varn.example/a").ShouldBe(reading.Html);
    }

    [Fact]
    public void Notes_that_the_text_points_to_stay()
    {
        var notes = "<section class=\"footnotes\"><ol><li id=fn1>Book of the keeper, volume nine. <a href=#r1>↩</a></li><li id=fn2><a href=https://board.example/1911>Report of the canal board, 1911</a></li></ol></section>";

        var text = ArticleReader.Read(Page(First + Second + Third.Replace("boats", "boats<sup><a href=#fn1>1</a></sup>", StringComparison.Ordinal) + notes), null).Text;

        text.ShouldContain("Book of the keeper, volume nine.");
        text.ShouldContain("Report of the canal board, 1911");
    }

    [Fact]
    public void Entries_of_one_make_keep_their_times_and_their_links()
    {
        var entries = string.Concat(Enumerable.Range(1, 9).Select(hour =>
            $"<div class=\"entry-card\"><time>1{hour}:30</time><h3>Boat number {hour}</h3><p>It carries gravel, <a href=/boats/{hour}>says the book of the keeper</a>.</p></div>"));

        var text = ArticleReader.Read(Page(First + entries + Second + Third), null).Text;

        text.ShouldContain("17:30");
        text.ShouldContain("Boat number 7");
    }

    [Fact]
    public void Questions_with_their_answers_stay_at_the_end()
    {
        var answers = string.Concat(new[] { "Who opens the gates?", "When does it freeze?", "What does a passage cost?" }
            .Select(question => "<div class=\"q\"><h3>" + question + "</h3><div class=\"a\"><p>That is written in the book of the keeper, which lies in the house at the lock.</p></div></div>"));

        ArticleReader.Read(Page(First + Second + Third + "<section class=\"more-box\">" + answers + "</section>"), null).Text.ShouldContain("What does a passage cost?");
    }

    [Fact]
    public void Tables_under_the_article_s_headings_stay_at_the_end()
    {
        const string Table = "<div class=wide><div><table><tr><td>Anna</td><td>noon</td></tr></table></div></div>";

        var text = ArticleReader.Read(Page(First + Second + Third + "<h2>The boats</h2>" + Table + "<div class=more><div><p>Other rivers</p></div></div>"), null).Text;

        text.ShouldContain("Anna");
        text.ShouldNotContain("Other rivers");
    }

    [Fact]
    public void A_paragraph_beside_groups_of_others_stays_at_the_end()
    {
        const string Last = "In winter nobody comes, and the keeper reads in her book of the boats that passed.";
        var groups = string.Concat(new[] { First + Second, Third + First.Replace("six", "seven", StringComparison.Ordinal), Second.Replace("noon", "one", StringComparison.Ordinal) + Third.Replace("eleven", "nine", StringComparison.Ordinal) }
            .Select(text => "<div class=group><div class=inner>" + text + "</div></div>"));

        ArticleReader.Read(Page(groups + "<h2>The winter</h2><p>" + Last + "</p>"), null).Text.ShouldContain("The winter\n\n" + Last);
    }

    [Fact]
    public void A_recipe_stays_at_the_end()
    {
        const string Recipe = "<div class=recipe-box><div><h3>Soup of the lock</h3><div><ul><li>Two onions</li><li>Eel</li></ul></div></div></div>";

        ArticleReader.Read(Page(First + Second + Third + Recipe), null).Text.ShouldContain("Two onions");
    }

    [Fact]
    public void A_text_of_short_lines_keeps_those_that_are_no_paragraphs()
    {
        var lines = string.Concat(new[] { "Six o'clock", "Fog", "The gates", "Nobody", "A bell", "Rope", "Water", "Again" }.Select(line => "<p>" + line + "</p>"));

        Texts(Page(lines + "<div>Anna, of Varn</div><div>Gravel</div>" + First)).ShouldContain("Gravel");
    }

    [Fact]
    public void A_list_of_the_outlet_s_other_articles_goes_though_it_is_most_of_the_page()
    {
        var others = string.Concat(Enumerable.Range(1, 20).Select(n => $"<div class=col><h2><a href=/river/{n}>How boat number {n} of the season came through the lock</a></h2></div><div class=col><p>On a day in May the boat with the number {n} came down the river, and the keeper of the lock wrote it into her book…</p></div>"));

        Texts(Page(First + Second + Third + Third.Replace("eleven", "twelve", StringComparison.Ordinal)).Replace("</article>", "<section class=picks>" + others + "</section></article>", StringComparison.Ordinal)).Length.ShouldBe(4);
    }

    [Fact]
    public void Entries_with_links_to_other_sites_are_the_article()
    {
        var boats = string.Concat(Enumerable.Range(1, 8).Select(n => $"<h2><a href=https://wharf{n}.example/boat>Boat number {n}</a></h2><p>The boat with the number {n} is the best of its kind for anyone who has to carry gravel, coal or guests on the river.</p>"));

        ArticleReader.Read(Page(First + Second + Third + boats), "https://varn.example/a").Text.ShouldContain("Boat number 7");
    }

    [Fact]
    public void A_photograph_with_one_line_is_told_by_its_caption()
    {
        var figure = "<figure><img src=/lock.jpg><figcaption>The lock of Varn on the morning of its opening, seen from the tower of the old mill, with the first barge in the fog and the keeper on the bridge.</figcaption></figure>";

        var text = ArticleReader.Read(Page(figure + "<p>Our picture of the day shows the lock of Varn, which opened again this week.</p>" + figure.Replace("morning", "evening", StringComparison.Ordinal)), "https://varn.example/a").Text;

        text.ShouldContain("picture of the day");
        text.ShouldContain("on the evening of its opening");
    }

    [Fact]
    public void A_consent_dialogue_longer_than_the_article_is_not_the_article()
    {
        var dialogue = "<div id=\"consent-sdk\">" + string.Concat(Enumerable.Repeat("<p>These cookies are necessary for the site to function, and cannot be switched off in our systems, whatever you choose.</p>", 5)) + "</div>";

        Texts(ArticleReader.Read("<html><body><h1>Varn opens its lock</h1><div class=story>" + First + Second + Third + "</div>" + dialogue + "</body></html>", null)).ShouldBe(Paragraphs(3));
    }

    [Fact]
    public void An_article_that_stands_on_the_page_twice_is_read_once()
    {
        const string Fourth = "The fog lifted on Sunday, and four hundred people came to see the gates, the boats and the keeper's book, which nobody may touch and which only she can read, for she writes as doctors do.";
        var article = First + Second + Third + "<p>" + Fourth + "</p>";
        string[] once = [.. Paragraphs(3), Fourth];

        Texts(Page(article + "<section class=\"only-narrow\">" + article + "</section>")).ShouldBe(once);
        Texts(Page(article + "<div><div>" + string.Concat(once) + "</div></div>")).ShouldBe(once);
    }

    [Fact]
    public void What_the_writer_says_twice_is_read_twice()
    {
        Texts(Page(First + Second + First + Third + First)).ShouldBe([Paragraphs(1)[0], Paragraphs(2)[1], Paragraphs(1)[0], Paragraphs(3)[2], Paragraphs(1)[0]]);
    }

    [Fact]
    public void Comments_several_times_as_long_as_the_article_go()
    {
        var comments = string.Concat(Enumerable.Range(1, 12).Select(n => $"<li class=comment><div class=comment-content><p>I was there as reader number {n}, and there was no fog at all on the river; the skipper had overslept.</p></div></li>"));

        Texts(Page(First + Second + Third).Replace("</article>", "</article><ol class=commentlist>" + comments + "</ol>", StringComparison.Ordinal)).ShouldBe(Paragraphs(3));
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

    private static ArticleReading Stating(string stated, string body) => ArticleReader.Read(
        "<html><head><title>Varn opens its lock</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Varn opens its lock\",\"articleBody\":"
        + System.Text.Json.JsonSerializer.Serialize(stated) + "}</script></head><body><article><h1>Varn opens its lock</h1><div class=\"story-body\">" + body + "</div></article></body></html>", null);

    private static string[] Paragraphs(int count) => [.. new[] { First, Second, Third }.Take(count).Select(p => p[3..^4])];

    private static string Page(string body) =>
        "<html><head><title>Varn opens its lock</title></head><body><nav><a href=/>Home</a></nav><article><h1>Varn opens its lock</h1><div class=\"story-body\">" + body + "</div></article></body></html>";

    private static string[] Texts(string html) => Texts(ArticleReader.Read(html, "https://varn.example/a"));

    private static string[] Texts(ArticleReading reading) => GoldPage.Shown(reading).Split("\n\n");
}
