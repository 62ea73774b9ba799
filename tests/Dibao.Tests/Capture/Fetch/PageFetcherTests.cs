using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Fetch;

public sealed class PageFetcherTests : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private TestSite site = null!;

    public async ValueTask InitializeAsync() => site = await TestSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_page_is_kept_as_it_went_over_the_wire()
    {
        var packed = PayloadTests.Packed("<p>今日要闻</p>"u8.ToArray(), "gzip");
        site.On("/a%41?q=%e4", async http =>
        {
            http.Response.ContentType = "text/html";
            http.Response.Headers.ContentEncoding = "gzip";
            http.Response.Headers.ETag = "\"v1\"";
            http.Response.Headers["X-Twice"] = new(["one", "two"]);
            await http.Response.Body.WriteAsync(packed);
        });
        var fetched = (await FetchAsync("/a%41?q=%e4#part")).ShouldBeOfType<FetchOutcome.Fetched>();

        var page = fetched.Exchanges.ShouldHaveSingleItem();
        page.Url.ShouldBe(site.Url("/a%41?q=%e4"));
        page.Body.ToArray().ShouldBe(packed);
        page.Status.ShouldBe(200);
        page.ETag.ShouldBe("\"v1\"");
        page.ContentEncoding.ShouldBe("gzip");
        page.RemoteAddress.ShouldBe("127.0.0.1");
        page.At.ShouldBe(time.GetUtcNow());
        page.Truncated.ShouldBeNull();
        var request = Encoding.Latin1.GetString(page.RequestHead.Span);
        request.ShouldStartWith($"GET /a%41?q=%e4 HTTP/1.1\r\nHost: {site.Authority}\r\n");
        request.ShouldContain("\r\nUser-Agent: Dibao/");
        request.ShouldEndWith("\r\n\r\n");
        var response = Encoding.Latin1.GetString(page.ResponseHead.Span);
        response.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        response.ShouldContain("\r\nX-Twice: one\r\nX-Twice: two\r\n");
        response.ShouldContain("\r\nx-orig-transfer-encoding: chunked\r\n");
        response.ShouldNotContain("\r\nTransfer-Encoding:");
        response.ShouldEndWith("\r\n\r\n");
    }

    [Fact]
    public async Task Conditions_are_sent_and_304_is_unchanged()
    {
        site.On("/feed", 304);
        var outcome = await FetchAsync(FetchRequest.Feed(site.Url("/feed"), "W/\"x\"", "Sun, 01 Mar 2026 00:00:00 GMT"));
        outcome.ShouldBeOfType<FetchOutcome.Unchanged>();
        site.Requests[0].Headers["If-None-Match"].ShouldBe("W/\"x\"");
        site.Requests[0].Headers["If-Modified-Since"].ShouldBe("Sun, 01 Mar 2026 00:00:00 GMT");
    }

    [Fact]
    public async Task Each_hop_of_a_redirect_is_an_exchange()
    {
        site.On("/old", 301, "/mid").On("/mid", 302, site.Url("/new")).On("/new", "here");
        var fetched = (await FetchAsync("/old")).ShouldBeOfType<FetchOutcome.Fetched>();
        fetched.Exchanges.Select(exchange => exchange.Status).ShouldBe([301, 302, 200]);
        fetched.MovedTo().ShouldBe(site.Url("/mid"));
        fetched.Final.Url.ShouldBe(site.Url("/new"));
    }

    [Fact]
    public async Task A_redirect_written_in_raw_UTF8_is_followed()
    {
        site.On("/old", 301, "/新").On("/%E6%96%B0", "here");
        (await FetchAsync("/old")).ShouldBeOfType<FetchOutcome.Fetched>();
    }

    [Fact]
    public async Task A_loop_of_redirects_ends_at_its_second_visit()
    {
        site.On("/a", 302, "/b").On("/b", 302, "/a");
        var failed = (await FetchAsync("/a")).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Reason.ShouldContain("loop");
        failed.Exchanges.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Redirects_without_end_are_followed_ten_times()
    {
        for (var i = 0; i < 20; i++) site.On($"/{i}", 302, $"/{i + 1}");
        var failed = (await FetchAsync("/0")).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Reason.ShouldContain("more than 10");
        site.Requests.Count.ShouldBe(11);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", "loopback")]
    [InlineData("http://[::1]:1/", "loopback")]
    [InlineData("http://2130706433/", "loopback")]
    [InlineData("http://0x7f.1/", "loopback")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "cloud metadata")]
    [InlineData("http://[::ffff:10.0.0.1]/", "private")]
    [InlineData("file:///etc/passwd", "no address that can be read")]
    [InlineData("gopher://example.org/", "no address that can be read")]
    public async Task A_redirect_into_the_house_is_refused(string target, string word)
    {
        site.On("/trap", 302, target);
        var failed = (await FetchAsync("/trap")).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Reason.ShouldContain(word);
        failed.Exchanges.ShouldHaveSingleItem().Status.ShouldBe(302);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Sun, 01 Mar 2026 08:10:00 GMT", 600)]
    [InlineData("Sun, 01 Mar 2020 08:10:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task A_refusal_carries_how_long_to_wait(string header, int? seconds)
    {
        site.On("/busy", 503, retryAfter: header);
        var refused = (await FetchAsync("/busy")).ShouldBeOfType<FetchOutcome.Refused>();
        refused.Status.ShouldBe(503);
        refused.RetryAfter?.TotalSeconds.ShouldBe(seconds!.Value);
        refused.RetryAfter.HasValue.ShouldBe(seconds.HasValue);
    }

    [Fact]
    public async Task A_host_that_never_answers_fails_when_its_time_is_up()
    {
        site.On("/silent", http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }));
        var fetch = FetchAsync("/silent");
        await time.Armed(TimeSpan.FromSeconds(20));
        fetch.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(20));
        (await fetch).ShouldBeOfType<FetchOutcome.Failed>().Reason.ShouldContain("no headers within 20 s");
    }

    [Fact]
    public async Task A_host_that_dribbles_is_cut_off_by_the_time_for_the_whole_body()
    {
        site.On("/dribble", async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync("x");
                await http.Response.Body.FlushAsync();
                await Task.Delay(1);
            }
        });
        var fetch = FetchAsync(FetchRequest.Page(site.Url("/dribble")), new() { StallTimeout = TimeSpan.FromHours(1) });
        await time.Armed(TimeSpan.FromSeconds(60));
        time.Advance(TimeSpan.FromSeconds(60));
        var failed = (await fetch).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Reason.ShouldContain("within 60 s");
        failed.Exchanges.ShouldHaveSingleItem().Truncated.ShouldBe("time");
    }

    [Fact]
    public async Task A_host_that_falls_silent_in_its_body_is_given_up_before_the_time_for_the_whole()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        site.On("/stall", async http =>
        {
            await http.Response.WriteAsync("first ");
            await http.Response.Body.FlushAsync();
            await goOn.Task;
            await http.Response.WriteAsync("second");
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { });
        });
        var fetch = FetchAsync("/stall");
        await time.Armed(TimeSpan.FromSeconds(15));
        time.Advance(TimeSpan.FromSeconds(14));
        goOn.SetResult();
        // Armed anew by what came: 29 seconds are over in the end, and 60 allowed for the whole.
        await time.Armed(TimeSpan.FromSeconds(15));
        time.Advance(TimeSpan.FromSeconds(15));
        var failed = (await fetch).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Reason.ShouldContain("silent for 15 s");
        var kept = failed.Exchanges.ShouldHaveSingleItem();
        kept.Truncated.ShouldBe("time");
        Encoding.UTF8.GetString(kept.Body.Span).ShouldStartWith("first ");
    }

    [Fact]
    public async Task A_timeout_is_no_cancellation_and_a_cancellation_no_timeout()
    {
        site.On("/silent", http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }));
        using var stop = new CancellationTokenSource();
        var fetch = FetchAsync(FetchRequest.Page(site.Url("/silent")), cancel: stop.Token);
        await time.Armed(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(fetch);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_cut_and_marked()
    {
        site.On("/long", new string('x', 5000));
        var fetched = (await FetchAsync(FetchRequest.Page(site.Url("/long")), new() { MaxBodyBytes = 4096 })).ShouldBeOfType<FetchOutcome.Fetched>();
        fetched.Final.Truncated.ShouldBe("length");
        fetched.Final.Body.Length.ShouldBe(4096);
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_whole()
    {
        site.On("/fits", new string('x', 4096));
        var fetched = (await FetchAsync(FetchRequest.Page(site.Url("/fits")), new() { MaxBodyBytes = 4096 })).ShouldBeOfType<FetchOutcome.Fetched>();
        fetched.Final.Truncated.ShouldBeNull();
    }

    [Fact]
    public async Task A_connection_that_breaks_off_says_after_how_much()
    {
        var headersArrived = time.Armed(TimeSpan.FromSeconds(60));
        site.On("/broken", async http =>
        {
            http.Response.ContentLength = 100;
            await http.Response.WriteAsync("0123456789");
            await http.Response.Body.FlushAsync();
            await headersArrived;
            http.Abort();
        });
        var failed = (await FetchAsync("/broken")).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Reason.ShouldContain("broke off");
        failed.Exchanges.ShouldHaveSingleItem().Truncated.ShouldBe("disconnect");
    }

    [Fact]
    public async Task A_film_is_not_fetched_for_a_page()
    {
        site.On("/film", "....", "video/mp4");
        (await FetchAsync("/film")).ShouldBeOfType<FetchOutcome.Failed>().Reason.ShouldContain("video/mp4");
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using var secure = await TestSite.StartAsync(certificate);
        var failed = (await FetchAsync(FetchRequest.Page(secure.Url("/")), new() { AllowHosts = [secure.Authority] })).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Reason.ShouldStartWith("127.0.0.1 offers no trustworthy TLS");
        secure.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_port_where_nothing_listens_is_named()
    {
        var gone = await TestSite.StartAsync();
        var (url, authority) = (gone.Url("/"), gone.Authority);
        await gone.DisposeAsync();
        var failed = (await FetchAsync(FetchRequest.Page(url), new() { AllowHosts = [authority] })).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Reason.ShouldBe($"nothing answers at 127.0.0.1 port {new Uri(url).Port}");
    }

    private Task<FetchOutcome> FetchAsync(string path) => FetchAsync(FetchRequest.Page(site.Url(path)));

    private async Task<FetchOutcome> FetchAsync(FetchRequest request, CaptureOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        if (options.AllowHosts.Count == 0) options = options with { AllowHosts = [site.Authority] };
        var policy = new AddressPolicy(options, time);
        using var wire = new Wire(options, policy, time);
        using var pace = new HostPace(options, policy, time);
        return await new PageFetcher(options, wire, pace).FetchAsync(request, cancel);
    }
}
