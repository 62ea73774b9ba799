using System.Net;
using System.Net.Http.Headers;
using Dibao.SampleOutlet;
using Dibao.Tests.Capture;
using Shouldly;
using Xunit;

namespace Dibao.Tests;

/// <summary>The made-up outlet behaves as the demo and the other tests need it to.</summary>
public class SampleOutletTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var outlet = await SampleOutletServer.StartAsync(cancel: Cancel);
        using var http = new HttpClient();
        foreach (var address in outlet.Feeds.Append(outlet.UrlOf(SampleOutletServer.EditedSlug)))
        {
            using var first = await http.GetAsync(address, Cancel);
            first.StatusCode.ShouldBe(HttpStatusCode.OK);

            using var byTag = new HttpRequestMessage(HttpMethod.Get, address);
            byTag.Headers.IfNoneMatch.Add(first.Headers.ETag.ShouldNotBeNull());
            (await http.SendAsync(byTag, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotModified);

            using var byDate = new HttpRequestMessage(HttpMethod.Get, address);
            byDate.Headers.IfModifiedSince = first.Content.Headers.LastModified.ShouldNotBeNull();
            (await http.SendAsync(byDate, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotModified);

            // RFC 9110 §13.2.2: a tag that does not match outranks a date that does.
            using var both = new HttpRequestMessage(HttpMethod.Get, address);
            both.Headers.IfNoneMatch.Add(new("\"other\""));
            both.Headers.IfModifiedSince = first.Content.Headers.LastModified;
            (await http.SendAsync(both, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Pages_are_packed_for_those_who_ask()
    {
        await using var outlet = await SampleOutletServer.StartAsync(cancel: Cancel);
        var address = outlet.UrlOf(SampleOutletServer.EditedSlug);
        using var plain = new HttpClient();
        using var unpacking = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.GZip });
        using var raw = new HttpRequestMessage(HttpMethod.Get, address);
        raw.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var packed = await plain.SendAsync(raw, Cancel);

        packed.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        (await unpacking.GetStringAsync(address, Cancel)).ShouldBe(await plain.GetStringAsync(address, Cancel));
    }

    [Fact]
    public async Task In_the_demo_one_article_is_edited_and_one_deleted_some_time_after_they_were_shown()
    {
        var time = new ManualTime();
        await using var outlet = await SampleOutletServer.StartAsync(demoDelay: TimeSpan.FromSeconds(20), time: time, cancel: Cancel);
        using var http = new HttpClient();
        var (edited, deleted) = (outlet.UrlOf(SampleOutletServer.EditedSlug), outlet.UrlOf(SampleOutletServer.DeletedSlug));
        time.Advance(TimeSpan.FromHours(1));
        var before = await http.GetStringAsync(edited, Cancel);
        (await http.GetAsync(deleted, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);

        time.Advance(TimeSpan.FromSeconds(19));
        (await http.GetStringAsync(edited, Cancel)).ShouldBe(before);
        time.Advance(TimeSpan.FromSeconds(1));

        (await http.GetStringAsync(edited, Cancel)).ShouldNotBe(before);
        (await http.GetAsync(deleted, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await http.GetStringAsync(outlet.Feeds[0], Cancel)).ShouldNotContain(SampleOutletServer.DeletedSlug);
    }

    [Theory]
    [InlineData("/hewan/feed", HttpStatusCode.MovedPermanently)]
    [InlineData("/closed/feed.xml", HttpStatusCode.Gone)]
    [InlineData("/trap/loop", HttpStatusCode.Redirect)]
    [InlineData("/trap/page-as-feed.xml", HttpStatusCode.OK)]
    [InlineData("/trap/gbk-as-utf8.xml", HttpStatusCode.OK)]
    [InlineData("/trap/entity-bomb.xml", HttpStatusCode.OK)]
    [InlineData("/images/bridge.png", HttpStatusCode.OK)]
    [InlineData("/images/none.png", HttpStatusCode.NotFound)]
    [InlineData("/hewan/2026/01/none.html", HttpStatusCode.NotFound)]
    public async Task Each_oddity_answers_as_it_should(string path, HttpStatusCode status)
    {
        await using var outlet = await SampleOutletServer.StartAsync(cancel: Cancel);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        (await http.GetAsync(new Uri(outlet.BaseUrl, path), Cancel)).StatusCode.ShouldBe(status);
        outlet.RequestsTo(path).ShouldBe(1);
    }

    [Fact]
    public async Task It_stops_at_once_while_an_answer_is_still_dribbling()
    {
        var outlet = await SampleOutletServer.StartAsync(cancel: Cancel);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(outlet.BaseUrl, "/trap/dribble.xml"), HttpCompletionOption.ResponseHeadersRead, Cancel);
        await outlet.DisposeAsync();
        await Should.ThrowAsync<Exception>(() => answer.Content.ReadAsStringAsync(Cancel));
    }
}
