using Dibao.Extract;
using Dibao.Extract.Metadata;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Which of the days that a page states is taken, and when none is.</summary>
public sealed class ChosenDayTests
{
    private const string Sentence = "The bridge opened again, and people who had waited for two years walked across it before noon. ";

    [Theory]
    [InlineData("published-date")]
    [InlineData("articlePublishDate")]
    [InlineData("app:published")]
    public void A_meta_element_is_known_by_what_its_name_is_made_of(string name) =>
        Day($"<meta name='{name}' content='2023-11-08'>", "<p>By Ida Lund</p>").ShouldBe("2023-11-08");

    [Fact]
    public void A_meta_element_that_tells_when_a_page_ends_dates_nothing() =>
        Day("<meta name='date-expires' content='2033-11-08'>", "").ShouldBeNull();

    [Fact]
    public void What_an_articles_own_data_says_is_believed_alone() =>
        Day("<script type='application/ld+json'>{\"@type\":\"BlogPosting\",\"datePublished\":\"2023-11-08\"}</script>", "").ShouldBe("2023-11-08");

    [Fact]
    public void A_recipes_date_that_no_reader_sees_is_not_said() =>
        Day("<script type='application/ld+json'>{\"@type\":\"Recipe\",\"datePublished\":\"2023-11-08\"}</script>", "").ShouldBeNull();

    [Fact]
    public void A_day_that_readers_see_outweighs_one_in_the_data_that_they_do_not() =>
        Day("<script type='application/ld+json'>{\"@type\":\"Article\",\"datePublished\":\"2019-03-01\"}</script>", "<div class='date'>8 November 2023</div>").ShouldBe("2023-11-08");

    [Fact]
    public void A_day_beside_the_article_is_taken_where_no_other_is_said() =>
        Day("", "<p>By Ida Lund</p>", "<div class='sidebar'><p class='time'><time datetime='2023-11-08'>8 November</time></p></div>").ShouldBe("2023-11-08");

    [Fact]
    public void A_sentence_that_says_when_it_was_posted_dates_the_page() =>
        Day("", "", "<p>This piece was posted on Wednesday, 8 November 2023 at noon and is filed under the bridges of the town.</p>").ShouldBe("2023-11-08");

    [Theory]
    [InlineData("<p>Updated 9 November 2023 | Published 8 November 2023</p>")]
    [InlineData("<p>Published 8 November 2023 | Updated 9 November 2023</p>")]
    public void A_line_with_two_labels_is_two_lines(string line) => Day("", line).ShouldBe("2023-11-08");

    [Theory]
    [InlineData("<div><span>8 November 2023</span><span>5 min read</span></div>")]
    [InlineData("<div><b>Nov 08</b><b>2023</b></div>")]
    public void Numbers_of_two_elements_are_two_numbers(string line) => Day("", line).ShouldBe("2023-11-08");

    [Fact]
    public void A_menu_full_of_numbers_hides_no_date() =>
        Day("", $"<ul>{string.Concat(Enumerable.Range(1, 200).Select(i => $"<li>Part {i % 10}</li>"))}</ul><p>8 November 2023</p>").ShouldBe("2023-11-08");

    [Fact]
    public void A_day_right_before_the_headline_is_the_articles_whatever_it_is_named() =>
        Read("<html><body><div><h3 class='teaser'>8 November 2023</h3><h1>The bridge opened again</h1><p>By Ida Lund</p><p>" + Sentence + Sentence + "</p><p>" + Sentence + Sentence + "</p></div></body></html>").ShouldBe("2023-11-08");

    [Fact]
    public void A_comment_of_the_next_day_moves_no_instant() =>
        ArticleReader.Read(Page("<meta property='article:published_time' content='2023-11-08T12:53:40Z'>", "<p>8 November 2023</p><p>Updated 9 November 2023</p>", ""), "https://news.example/the-bridge-opened-again")
            .Metadata.Published!.Value.ShouldBe(new DateTimeOffset(2023, 11, 8, 12, 53, 40, TimeSpan.Zero));

    [Fact]
    public void In_the_outlets_own_zone_ten_to_midnight_and_ten_past_are_two_days()
    {
        Ballot? ballot = null;
        ArticleReader.Read(Page("<meta property='article:published_time' content='2023-11-08T23:50:00+09:00'><meta property='article:modified_time' content='2023-11-09T00:10:00+09:00'>", "", ""), "https://news.example/the-bridge-opened-again", new ReadingOptions { Tell = told => ballot = told });

        ballot!.Answers.ShouldBe(["2023-11-08", "2023-11-09"]);
    }

    [Theory]
    [InlineData("data-pubdate='2023-11-08' data-lastmod-date='2024-02-01'")]
    [InlineData("id='piece20231108_b1004'")]
    public void An_attribute_of_the_body_may_say_the_day(string attributes) =>
        Read(Page("", "<p>By Ida Lund</p>", "").Replace("<body>", $"<body {attributes}>", StringComparison.Ordinal)).ShouldBe("2023-11-08");

    [Fact]
    public void A_day_in_the_address_may_stand_behind_any_mark() =>
        Dibao.Extract.Dates.UrlDay.Of("https://news.example/detail/~08-11-2023-the-bridge").ShouldBe(new DateOnly(2023, 11, 8));

    [Fact]
    public void A_page_without_dates_has_none() => Day("", "").ShouldBeNull();

    [Fact]
    public void Those_who_learn_are_told_of_each_day_and_of_none()
    {
        Ballot? ballot = null;
        ArticleReader.Read(Page("<meta property='article:published_time' content='2023-11-08'>", "<p>9 November 2023</p>", ""), "https://news.example/the-bridge-opened-again", new ReadingOptions { Tell = told => ballot = told });

        ballot!.Answers.ShouldBe(["2023-11-08", "2023-11-09"]);
        ballot.Facts.Count.ShouldBe(3, "and one of none");
    }

    private static string? Day(string head, string line, string after = "") => Read(Page(head, line, after));

    // The day as the page's readers saw it.
    private static string? Read(string html) =>
        ArticleReader.Read(html, "https://news.example/the-bridge-opened-again").Metadata.Published?.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Page(string head, string line, string after) =>
        $"<html><head>{head}</head><body><article><h1>The bridge opened again</h1>{line}<p>{Sentence}{Sentence}</p><p>{Sentence}{Sentence}</p></article>{after}</body></html>";
}
