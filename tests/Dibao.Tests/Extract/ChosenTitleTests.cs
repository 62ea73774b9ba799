using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Which of the headlines of a page is its title, and in whose words.</summary>
public sealed class ChosenTitleTests
{
    private const string Sentence = "The ferry sailed again, and people who had waited for two years stood at its rail before noon. ";

    [Fact]
    public void A_headline_that_only_a_newsrooms_data_gives_is_the_title() =>
        Title(News("Halden celebrates the return of its ferry") + Card("Ferry sails again after two years"), "<h1>Ferry sails again after two years</h1>").ShouldBe("Halden celebrates the return of its ferry");

    [Theory]
    [InlineData("Ferry sails again after")]
    [InlineData("Halden Sound: Ferry sails again after two years")]
    [InlineData("Halden celebrates the return of…")]
    public void One_with_a_kicker_or_cut_short_is_not(string stated) =>
        Title(News(stated) + Card("Ferry sails again after two years"), "<h1>Ferry sails again after two years</h1>").ShouldBe("Ferry sails again after two years");

    [Fact]
    public void Nor_is_one_of_a_page_that_is_no_news() =>
        Title(News("Halden celebrates the return of its ferry").Replace("NewsArticle", "Article", StringComparison.Ordinal) + Card("Ferry sails again after two years"), "<h1>Ferry sails again after two years</h1>").ShouldBe("Ferry sails again after two years");

    [Theory]
    [InlineData("FERRY SAILS AGAIN")]
    [InlineData("ferry sails again")]
    public void A_heading_in_one_case_is_written_as_the_card_has_it(string shown) => Title(Card("Ferry Sails Again"), $"<h1>{shown}</h1>").ShouldBe("Ferry Sails Again");

    [Fact]
    public void A_heading_of_a_lower_rank_that_says_the_same_has_its_authors_words() => Title(Card("Ferry \"sails\" - again and again"), "<h2>Ferry “sails” – again and again</h2>").ShouldBe("Ferry “sails” – again and again");

    [Fact]
    public void The_sites_name_behind_a_heading_goes() => Title(Card("Ferry sails again") + "<meta property='og:site_name' content='Haldenpost'>", "<h1>Ferry sails again – Haldenpost</h1>").ShouldBe("Ferry sails again");

    [Fact]
    public void A_sites_name_that_is_the_documents_title_is_none() =>
        Title(Card("Sound-ferries in winter times") + "<meta property='og:site_name' content='Sound-ferries in winter times - Haldenpost'>", "<h1>Sound-ferries in winter times</h1>").ShouldBe("Sound-ferries in winter times");

    [Fact]
    public void A_sites_name_before_a_colon_goes_where_the_heading_has_the_rest() =>
        Title(Card("Haldenpost Blog: Ferry sails again"), "<h1>Ferry sails again</h1>", "haldenpost").ShouldBe("Ferry sails again");

    [Fact]
    public void It_stays_where_it_is_who_speaks() => Title(Card("Haldenpost: ferry to sail again"), "<p>Halden.</p>", "haldenpost").ShouldBe("Haldenpost: ferry to sail again");

    [Fact]
    public void What_a_heading_says_whole_is_not_cut() => Title(Card("The ferry sails again across the sound | A first look"), "<h2>The ferry sails again across the sound | A first look</h2>").ShouldBe("The ferry sails again across the sound | A first look");

    [Fact]
    public void Of_a_title_in_parts_the_one_that_the_highest_heading_says_is_taken() =>
        Title("<title>News from around - The ferry sails again</title>", "<h3>News from around</h3><h1>The ferry sails again</h1>").ShouldBe("The ferry sails again");

    private static string Card(string title) => $"<meta property='og:title' content='{title}'>";

    private static string News(string headline) => "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"" + headline + "\"}</script>";

    private static string? Title(string head, string heading, string host = "news") =>
        ArticleReader.Read($"<html><head>{head}</head><body><article>{heading}<p>{Sentence}{Sentence}</p><p>{Sentence}{Sentence}</p></article></body></html>", $"https://{host}.example/ferry").Title;
}
