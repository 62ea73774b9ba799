using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>The picture at the head of an article: which it is, what stands under it, and that it is shown once.</summary>
public sealed class LeadImageTests
{
    private const string Sentence = "The bridge opened again, and people who had waited for two years walked across it before noon. ";

    [Theory]
    [InlineData("https://media.example/2024/bridge-at-noon.jpg", "https://media.example/2024/bridge-at-noon-1024x686.jpg")]
    [InlineData("https://media.example/2024/bridge-at-noon-scaled.jpg", "https://media.example/2024/bridge-at-noon-768x432.jpg.webp")]
    [InlineData("https://media.example/1200/61f79660-0c44-11ef-88c9-b971c42a2660.jpg", "https://media.example/480/live/61f79660-0c44-11ef-88c9-b971c42a2660_w960_r1.7.jpg")]
    [InlineData("https://media.example/image/539fcc98d82ad488e5202c91419dec9fe247846e/2048/jpeg", "https://media.example/image/539fcc98d82ad488e5202c91419dec9fe247846e=w700")]
    [InlineData("https://media.example/2024/DSC_0012.jpg", "https://cdn.example/small/DSC_0012.jpg?width=300")]
    [InlineData("https://media.example/2024/noon.jpg", "https://media.example/2024/noon-300x200.jpg")]
    public void It_is_known_in_another_size_and_shown_once(string stated, string shown)
    {
        var reading = Read($"<meta property='og:image' content='{stated}'>", $"<figure><img src='{shown}'><figcaption>The bridge at noon</figcaption></figure>");
        reading.LeadImage.ShouldBe(stated);
        reading.Metadata.LeadImageCaption.ShouldBe("The bridge at noon");
        reading.Html.ShouldNotContain("<img");
    }

    [Theory]
    [InlineData("https://media.example/2024/DSC_0012.jpg", "https://media.example/2024/DSC_0013.jpg")]
    [InlineData("https://media.example/a/original.jpg", "https://media.example/b/original.jpg")]
    [InlineData("https://media.example/a/1200x675.jpg", "https://media.example/b/1200x675.jpg")]
    [InlineData("https://media.example/576fd5a8f192527e50a4b95c/first.jpg", "https://media.example/576fd5a8f192527e50a4b95c/other.jpg")]
    public void Another_picture_stays(string stated, string shown)
    {
        var reading = Read($"<meta property='og:image' content='{stated}'>", $"<figure><img src='{shown}'><figcaption>The ferry</figcaption></figure>");
        reading.LeadImage.ShouldBe(stated);
        reading.Metadata.LeadImageCaption.ShouldBeNull();
        reading.Html.ShouldContain(shown);
    }

    [Theory]
    [InlineData("https://media.example/img/logo.png")]
    [InlineData("https://media.example/img/haldenpost-logo-1200x630.png")]
    [InlineData("https://media.example/img/social-share-default.jpg")]
    [InlineData("https://media.example/img/apple-touch-icon@2.png")]
    [InlineData("https://media.example/i/blank.jpg")]
    public void A_sites_sign_is_no_picture_of_its_article(string sign)
    {
        Read($"<meta property='og:image' content='{sign}'>", "").LeadImage.ShouldBeNull();
        Read($"<meta property='og:image' content='{sign}'>", "<figure><img src='https://media.example/bridge.jpg'></figure>").LeadImage.ShouldBe("https://media.example/bridge.jpg");
        Read("", $"<figure><img src='{sign}'></figure>").LeadImage.ShouldBeNull();
    }

    [Theory]
    [InlineData("https://media.example/2024/games_logo_unveiled.jpg")]
    [InlineData("https://media.example/2280168_default_1tGuSk.jpg")]
    [InlineData("https://media.example/social-camp-opens.jpg")]
    public void A_picture_whose_name_says_more_is(string image) => Read($"<meta property='og:image' content='{image}'>", "").LeadImage.ShouldBe(image);

    [Theory]
    [InlineData("Ida Lund")]
    [InlineData("Portrait of Ida Lund")]
    [InlineData("Ida Lund, Haldenpost")]
    public void The_authors_portrait_is_of_the_byline(string alt)
    {
        var reading = Read("<meta name='author' content='Ida Lund'>", $"<p class='by'>By Ida Lund</p><p><a href='/authors/lund'><img src='https://media.example/lund-1.jpg' alt='{alt}'></a></p>");
        reading.Authors.ShouldBe(["Ida Lund"]);
        reading.LeadImage.ShouldBeNull();
        reading.Html.ShouldNotContain("<img");
    }

    [Fact]
    public void A_picture_that_shows_more_than_its_author_stays() =>
        Read("<meta name='author' content='Ida Lund'>", "<p class='by'>By Ida Lund</p><p><img src='https://media.example/bridge.jpg' alt='The first cars cross the bridge, photographed by Ida Lund'></p>").LeadImage.ShouldBe("https://media.example/bridge.jpg");

    private static ArticleReading Read(string head, string figure) =>
        ArticleReader.Read($"<html><head><meta property='og:site_name' content='Haldenpost'>{head}</head><body><article><h1>The bridge opened again</h1>{figure}<p>{Sentence}{Sentence}</p><p>{Sentence}{Sentence}</p></article></body></html>", "https://www.haldenpost.example/bridge");
}
