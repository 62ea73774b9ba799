using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Under what an article is filed, and whose it is: as a reader would say it, and not as a template does.</summary>
public sealed class StatedTopicTests
{
    private const string Sentence = "The bridge opened again, and people who had waited for two years walked across it before noon. ";

    [Theory]
    [InlineData("Harbour,Business,Bridges", "Harbour|Business|Bridges")]
    [InlineData("Harbour / Bridges", "Harbour|Bridges")]
    [InlineData("Bridges,", "Bridges")]
    [InlineData("Food, Drink & Travel", "Food, Drink & Travel")]
    [InlineData("Boats and/or bridges", "Boats and/or bridges")]
    [InlineData("Uncategorized", "")]
    [InlineData("Non classé", "")]
    [InlineData("Haldenpost", "")]
    public void Sections_are_named_one_by_one(string stated, string sections) =>
        Read($"<meta property='article:section' content='{stated}'>").Sections.ShouldBe(sections.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("bridges, Page Type: Article, Day: Friday", "bridges")]
    [InlineData("bridges, DIY: a bridge of paper", "bridges|DIY: a bridge of paper")]
    [InlineData("bridges, 5b1d7c3e-0f52-4c6a-9a3e-2f0e8a7b6c5d, 18153161, 1931", "bridges|1931")]
    [InlineData("bridges, channel_harbour, Haldenpost", "bridges")]
    [InlineData("大桥 港口 渡轮 冬天", "大桥|港口|渡轮|冬天")]
    [InlineData("为什么 Halden 没有桥", "为什么 Halden 没有桥")]
    public void Tags_are_those_for_readers(string stated, string tags) =>
        Read($"<meta name='news_keywords' content='{stated}'>").Metadata.Tags!.Value.ShouldBe(tags.Split('|'));

    [Theory]
    [InlineData("Haldenpost - News from the harbour since 1912", "Haldenpost")]
    [InlineData("News from the harbour | The Haldenpost", "The Haldenpost")]
    [InlineData("Harbour - Boats", "Harbour - Boats")]
    [InlineData("https://www.haldenpost.example", "haldenpost.example")]
    public void A_publisher_is_a_name_without_its_slogan(string stated, string publisher) => Read($"<meta property='og:site_name' content='{stated}'>", site: false).SiteName.ShouldBe(publisher);

    [Fact]
    public void A_name_outweighs_an_address() =>
        Read("<meta property='og:site_name' content='www.haldenpost.example'><meta name='application-name' content='Haldenpost'>", site: false).SiteName.ShouldBe("Haldenpost");

    [Theory]
    [InlineData("<meta name='geo.region' content='NO-03'>", "NO")]
    [InlineData("<meta property='og:locale' content='de_AT'>", "AT")]
    [InlineData("<meta property='og:locale' content='en_US'>", null)]
    public void A_country_is_the_outlets(string head, string? country) => (Read(head).Metadata.Country?.Value).ShouldBe(country);

    private static ArticleReading Read(string head, bool site = true) =>
        ArticleReader.Read($"<html><head>{(site ? "<meta property='og:site_name' content='Haldenpost'>" : "")}{head}</head><body><article><h1>The bridge opened again</h1><p>{Sentence}{Sentence}</p><p>{Sentence}{Sentence}</p></article></body></html>", "https://www.haldenpost.example/bridge");
}
