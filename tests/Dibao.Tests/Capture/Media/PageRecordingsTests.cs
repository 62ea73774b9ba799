using Dibao.Capture;
using Dibao.Capture.Media;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Media;

public sealed class PageRecordingsTests
{
    [Theory]
    [InlineData("<article><audio src='/s.mp3'></audio></article>", "https://n.example/s.mp3")]
    [InlineData("<article><video><source src='v.m3u8'><source src='v.mp4' type='video/mp4'><source src='v.webm'></video></article>", "https://n.example/a/v.mp4")]
    [InlineData("<base href='https://cdn.example/x/'><main><video src='v.mp4'></video></main><aside><video src='other.mp4'></video></aside>", "https://cdn.example/x/v.mp4")]
    [InlineData("<meta property='og:video' content='https://n.example/1.mp4'><meta property='og:video:secure_url' content='https://n.example/2.mp4'>", "https://n.example/2.mp4")]
    [InlineData("<meta property='og:video' content='https://n.example/player/1'><meta property='og:video:type' content='text/html'>", "")]
    [InlineData("<meta name='twitter:player:stream' content='https://n.example/3.mp4'>", "https://n.example/3.mp4")]
    [InlineData("<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"video\":{\"@type\":[\"VideoObject\"],\"contentUrl\":\"/4.mp4\",\"embedUrl\":\"/player\"}}]}</script>", "https://n.example/4.mp4")]
    [InlineData("<script type='application/ld+json'>{\"@type\":\"ImageObject\",\"contentUrl\":\"/4.jpg\"}</script><script type='application/ld+json'>{broken</script>", "")]
    [InlineData("<article><video src='blob:https://n.example/1'></video><audio src='data:audio/mp3;base64,AA'></audio><video></video></article>", "")]
    public void Players_cards_and_JSON_LD_name_recordings(string html, string expected) =>
        string.Join(' ', PageRecordings.Of(html, "https://n.example/a/1")).ShouldBe(expected);

    [Fact]
    public void Each_comes_once_and_ten_at_the_most()
    {
        PageRecordings.Of("<meta property='og:audio' content='https://n.example/s.mp3'><article><audio src='/s.mp3'></audio></article>", "https://n.example/a/1").ShouldHaveSingleItem();
        PageRecordings.Of("<article>" + string.Concat(Enumerable.Range(0, 50).Select(i => $"<audio src='/{i}.mp3'></audio>")) + "</article>", "https://n.example/a/1").Count.ShouldBe(10);
    }

    [Theory]
    [InlineData(true, 32 << 20, 1)]
    [InlineData(true, 1_000, 0)]
    [InlineData(false, 32 << 20, 0)]
    public async Task They_are_kept_when_the_operator_wants_them_and_within_the_limit(bool wanted, int maxBytes, int kept)
    {
        await using var site = await TestSite.StartAsync();
        var sound = new byte[5_000];
        "ID3"u8.CopyTo(sound);
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/a/1")), TestFeed.Type)
            .On("/a/1", "<html><body><article><h1>标题</h1>" + string.Concat(Enumerable.Range(0, 6).Select(i => $"<p>第{i}段，渡轮公司说码头将在春天之前完成修缮，乘客可以照常买票。</p>")) + "<audio src='/s.mp3'></audio></article></body></html>")
            .On("/s.mp3", async http =>
            {
                http.Response.ContentType = "audio/mpeg";
                await http.Response.Body.WriteAsync(sound);
            });
        using var archive = new TestStage(new CaptureOptions { AllowHosts = [site.Authority], Recordings = wanted, MaxMediaBytes = maxBytes });
        await archive.WatchAsync(site.Url("/feed"));
        await archive.RoundAsync();
        KeptMedia.Of(archive.Articles.ShouldHaveSingleItem()).Count(media => media.Type == "audio/mpeg").ShouldBe(kept);
        if (!wanted) site.TimesAsked("/s.mp3").ShouldBe(0);
    }
}
