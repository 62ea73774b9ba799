using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Whose names a page's authors are.</summary>
public sealed class ChosenAuthorTests
{
    private const string Sentence = "The bridge opened again, and people who had waited for two years walked across it before noon. ";
    private const string Data = "<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":{\"@type\":\"Person\",\"name\":\"Ida Lund\"}}</script>";

    [Fact]
    public void A_name_that_only_the_data_says_and_no_reader_sees_is_no_authors() => Authors(Data, "").ShouldBeEmpty();

    [Fact]
    public void A_name_in_the_data_that_readers_see_is() => Authors(Data, "<p>Ida Lund stood at the bridge.</p>").ShouldBe(["Ida Lund"]);

    [Fact]
    public void A_newsrooms_data_is_believed_alone() => Authors(Data.Replace("Article", "NewsArticle", StringComparison.Ordinal), "").ShouldBe(["Ida Lund"]);

    [Fact]
    public void A_name_in_the_data_that_a_meta_element_says_too_is() => Authors(Data + "<meta name='author' content='Ida Lund'>", "").ShouldBe(["Ida Lund"]);

    [Fact]
    public void A_house_that_signs_on_its_card_and_in_its_head_is_named() =>
        Authors("<meta property='og:site_name' content='Haldenpost'><meta name='author' content='Haldenpost Team'><meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Haldenpost Team'>", "").ShouldBe(["Haldenpost Team"]);

    [Fact]
    public void An_administrator_is_nobody() =>
        Authors("<meta name='author' content='admin'><meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='admin'>", "").ShouldBeEmpty();

    [Theory]
    [InlineData("<div class='publish-date-author'>Dec. 19, 2023 · Ida Lund</div>")]
    [InlineData("<h2>Written by</h2><div>Ida Lund</div>")]
    [InlineData("<p>Von Ida Lund</p>")]
    public void A_byline_is_read_behind_its_date_or_its_label(string line) => Authors("", line).ShouldBe(["Ida Lund"]);

    [Theory]
    [InlineData("<div class='author'>Ida Lund Stand: 8. November 2023</div>")]
    [InlineData("<div class='author'>Ida Lund le 8 novembre 2023</div>")]
    [InlineData("<div class='author'>Posted on November 8, 2023 by Ida Lund</div>")]
    [InlineData("<div class='author'>Erstellt von Ida Lund</div>")]
    public void What_belongs_to_a_date_is_no_name(string line) => Authors("", line).ShouldBe(["Ida Lund"]);

    [Theory]
    [InlineData("<div class='author'><span class='author-avatar'>IL</span> <span class='author-name'>Ida Lund</span></div>")]
    [InlineData("<div class='author-box'><h4 class='author-box__name'>Ida Lund</h4><p>Former Harbour Master</p></div>")]
    public void An_authors_box_names_its_author_where_it_says_so(string line) => Authors("", line).ShouldBe(["Ida Lund"]);

    [Fact]
    public void A_sentence_that_begins_as_a_byline_is_none() => Authors("", $"<p>By noon the first of them had crossed it, and nobody fell. {Sentence}</p>").ShouldBeEmpty();

    private static IReadOnlyList<string> Authors(string head, string line) =>
        ArticleReader.Read($"<html><head>{head}</head><body><article><h1>The bridge opened again</h1><p>{Sentence}{Sentence}</p>{line}<p>{Sentence}{Sentence}</p></article></body></html>", "https://news.example/bridge").Authors;
}
