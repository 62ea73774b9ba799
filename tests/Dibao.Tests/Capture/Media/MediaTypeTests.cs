using System.Text;
using Dibao.Capture.Media;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Media;

public class MediaTypeTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A0000", "image/png")]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("52494646000000005745425056503820", "image/webp")]
    [InlineData("0000001C667479706176696600000000", "image/avif")]
    [InlineData("00000018667479706D703432", "video/mp4")]
    [InlineData("494433040000", "audio/mpeg")]
    [InlineData("3C68746D6C3E", null)]
    [InlineData("", null)]
    public void Bytes_tell_what_they_are(string hex, string? type) => MediaType.Of(Convert.FromHexString(hex)).ShouldBe(type);

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?><!-- x --><svg/>", "image/svg+xml")]
    [InlineData("<?xml version=\"1.0\"?><rss/>", null)]
    [InlineData("<!doctype html><svg/>", null)]
    public void A_vector_picture_is_told_from_other_markup(string text, string? type) => MediaType.Of(Encoding.UTF8.GetBytes(text)).ShouldBe(type);

    [Fact]
    public void Pictures_come_lead_first_and_each_once() =>
        ArticleImages.Of("https://n.example/lead.jpg", "<p>x</p><img src=\"https://n.example/a.jpg?x=1&amp;y=2\" alt=\"&gt;\"><figure><img src=\"https://n.example/lead.jpg\" alt=\"\"></figure>")
            .ShouldBe(["https://n.example/lead.jpg", "https://n.example/a.jpg?x=1&y=2"]);
}
