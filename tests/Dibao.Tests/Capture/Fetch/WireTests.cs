using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Fetch;

/// <summary>What is kept is what went over the wire.</summary>
public class WireTests
{
    [Fact]
    public async Task Heads_are_kept_byte_for_byte_with_case_order_and_duplicates()
    {
        const string Answer = "HTTP/1.1 200 Perfectly Fine\r\nx-ODD-case:  two  spaces \r\nSERVER: made-up/1\r\nX-Twice: one\r\ncontent-LENGTH: 2\r\nX-Twice: two\r\nX-Latin: caf\u00e9\r\n\r\nok";
        await using var site = new RawSite(Answer);
        using var fetcher = new TestFetcher(site.Authority);
        var page = (await fetcher.GetAsync(site.Url("/a"))).ShouldBeOfType<FetchOutcome.Fetched>().Final;
        page.AnsweredText().ShouldBe(Answer[..^2]);
        page.AskedText().ShouldBe(site.Requests.ShouldHaveSingleItem());
        page.BodyText().ShouldBe("ok");
        page.Protocol.ShouldBeNull();
    }

    [Fact]
    public async Task A_chunked_body_is_kept_whole_under_a_header_that_no_reader_obeys()
    {
        await using var site = new RawSite("HTTP/1.1 200 OK\r\ntransfer-ENCODING: chunked\r\nA: b\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nTrailer: t\r\n\r\n");
        using var fetcher = new TestFetcher(site.Authority);
        var page = (await fetcher.GetAsync(site.Url("/"))).Final();
        page.BodyText().ShouldBe("abcdefg");
        page.AnsweredText().ShouldBe("HTTP/1.1 200 OK\r\nx-orig-transfer-encoding: chunked\r\nA: b\r\n\r\n");
    }

    [Fact]
    public async Task Answers_on_one_connection_keep_their_own_heads()
    {
        await using var site = new RawSite(
            "HTTP/1.1 200 OK\r\nN: 1\r\nContent-Length: 3\r\n\r\none", "HTTP/1.1 404 No\r\nN: 2\r\nContent-Length: 3\r\n\r\ntwo", "HTTP/1.1 200 OK\r\nN: 3\r\nContent-Length: 0\r\n\r\n");
        using var fetcher = new TestFetcher(site.Authority);
        var pages = new List<Exchange>();
        foreach (var path in new[] { "/1", "/2", "/3" }) pages.Add((await fetcher.GetAsync(site.Url(path))).Final());
        pages.Select(page => KeptHead.Field(page.ResponseHead.Span, "N")).ShouldBe(["1", "2", "3"]);
        pages.Select(page => page.AskedText()).ShouldBe(site.Requests);
        pages.Select(page => page.Status).ShouldBe([200, 404, 200]);
        site.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Interim_answers_are_not_the_answer()
    {
        await using var site = new RawSite("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
        using var fetcher = new TestFetcher(site.Authority);
        (await fetcher.GetAsync(site.Url("/"))).Final().AnsweredText().ShouldBe("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n");
    }

    [Fact]
    public async Task A_head_whose_lines_end_in_LF_alone_is_kept_so_that_its_end_is_found()
    {
        await using var site = new RawSite("HTTP/1.1 200 OK\nA: b\nContent-Length: 1\n\nx");
        using var fetcher = new TestFetcher(site.Authority);
        var page = (await fetcher.GetAsync(site.Url("/"))).Final();
        page.AnsweredText().ShouldBe("HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 1\r\n\r\n");
        page.BodyText().ShouldBe("x");
    }

    [Fact]
    public async Task A_request_that_a_closing_connection_swallowed_is_kept_as_it_was_sent_again()
    {
        var answered = 0;
        await using var site = new RawSite(async (_, stream, cancel) =>
        {
            // The second request of the first connection is never answered: it is closed instead.
            if (++answered == 2) { stream.Close(); return; }
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nN: {answered}\r\nContent-Length: 1\r\n\r\nx"), cancel);
        });
        using var fetcher = new TestFetcher(site.Authority);
        await fetcher.GetAsync(site.Url("/1"));
        var page = (await fetcher.GetAsync(site.Url("/2"))).Final();
        KeptHead.Field(page.ResponseHead.Span, "N").ShouldBe("3");
        page.AskedText().ShouldBe(site.Requests[^1]);
        site.Connections.ShouldBe(2);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task An_encoded_body_is_kept_as_sent_and_decoded_for_reading(string coding)
    {
        var packed = PayloadTests.Packed("<p>今日要闻</p>"u8.ToArray(), coding);
        await using var site = new RawSite(async (_, stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {packed.Length}\r\n\r\n"), cancel);
            await stream.WriteAsync(packed, cancel);
        });
        using var fetcher = new TestFetcher(site.Authority);
        var page = (await fetcher.GetAsync(site.Url("/"))).Final();
        page.Body.ToArray().ShouldBe(packed);
        Payload.Decode(page.Body, page.ContentEncoding, 1000).ShouldBeOfType<Payload.Decoded>().Bytes.ToArray().ShouldBe("<p>今日要闻</p>"u8.ToArray());
    }

    [Fact]
    public async Task Over_TLS_the_lines_inside_are_kept()
    {
        using var certificate = Certificate();
        await using var site = await TestSite.StartAsync(certificate);
        site.On("/a", "secret enough");
        using var fetcher = new TestFetcher(new() { AllowHosts = [site.Authority] }, authority: certificate);
        var page = (await fetcher.GetAsync(site.Url("/a"))).ShouldBeOfType<FetchOutcome.Fetched>().Final;
        page.BodyText().ShouldBe("secret enough");
        page.RemoteAddress.ShouldBe("127.0.0.1");
    }

    [Theory]
    [InlineData(HttpProtocols.Http2, "h2")]
    [InlineData(HttpProtocols.Http1AndHttp2, "h2")]
    [InlineData(HttpProtocols.Http1, null)]
    public async Task HTTP_2_is_spoken_where_it_is_offered_and_kept_as_HTTP_1_text(HttpProtocols offered, string? protocol)
    {
        using var certificate = Certificate();
        await using var app = await ServeAsync(certificate, offered);
        var url = app.Urls.First();
        using var fetcher = new TestFetcher(new() { AllowHosts = [new Uri(url).Authority] }, authority: certificate);
        var page = (await fetcher.GetAsync(url + "/a?b=%e4")).ShouldBeOfType<FetchOutcome.Fetched>().Final;
        page.Protocol.ShouldBe(protocol);
        page.Status.ShouldBe(200);
        page.ETag.ShouldBe("\"e\"");
        page.RemoteAddress.ShouldBe("127.0.0.1");
        page.AskedText().ShouldStartWith($"GET /a?b=%e4 HTTP/1.1\r\nHost: {new Uri(url).Authority}\r\n");
        page.AnsweredText().ShouldStartWith("HTTP/1.1 200 ");
        page.AnsweredText().ShouldEndWith("\r\n\r\n");
        page.BodyText().ShouldBe("hello");
    }

    [Fact]
    public async Task Answers_come_over_IPv6_too()
    {
        await using var site = new RawSite(
            (_, stream, cancel) => stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n6"u8.ToArray(), cancel).AsTask(), IPAddress.IPv6Loopback);
        using var fetcher = new TestFetcher(site.Authority);
        var page = (await fetcher.GetAsync(site.Url("/"))).ShouldBeOfType<FetchOutcome.Fetched>().Final;
        page.RemoteAddress.ShouldBe("::1");
        site.Requests[0].ShouldContain($"\r\nHost: [::1]:{site.Port}\r\n");
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        await using var site = new RawSite("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("A: 0123456789012345678901234567890123456789\r\n", 3000)) + "\r\n");
        using var fetcher = new TestFetcher(site.Authority);
        (await fetcher.GetAsync(site.Url("/"))).ShouldBeOfType<FetchOutcome.Failed>().Reason.ShouldContain("longer than 64 KiB");
    }

    [Fact]
    public async Task Headers_that_dribble_end_when_their_time_is_up()
    {
        await using var site = new RawSite(async (_, stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), cancel);
            for (var i = 0; ; i++)
            {
                await stream.WriteAsync("A: b\r\n"u8.ToArray(), cancel);
                await Task.Delay(5, cancel);
            }
        });
        using var fetcher = new TestFetcher(new CaptureOptions { AllowHosts = [site.Authority], HeaderTimeout = TimeSpan.FromMilliseconds(200) });
        var failed = (await fetcher.GetAsync(site.Url("/"))).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Cause.ShouldBe(FailureCause.Timeout);
        failed.Reason.ShouldContain("no headers within 0.2 s");
    }

    [Fact]
    public async Task A_port_that_swallows_connections_is_given_up_after_the_time_for_connecting()
    {
        var time = new ManualTime();
        var policy = new AddressPolicy(new CaptureOptions { AllowHosts = ["slow.example"] }, time, async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return [];
        });
        var options = new CaptureOptions { AllowHosts = ["slow.example"] };
        using var wire = new Wire(options, policy, time);
        var asking = wire.AskAsync(new(FetchRequest.Page("http://slow.example/"), new("http://slow.example/"), FetchProfile.Standard, false), default);
        await time.Armed(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));
        var answer = await asking;
        answer.Cause.ShouldBe(FailureCause.Timeout);
        answer.Problem.ShouldBe("slow.example does not answer at port 80");
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private static async Task<WebApplication> ServeAsync(X509Certificate2 certificate, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            listen.UseHttps(certificate);
        }));
        var app = builder.Build();
        app.Run(async http =>
        {
            http.Response.Headers.ETag = "\"e\"";
            await http.Response.WriteAsync("hello");
        });
        await app.StartAsync();
        return app;
    }
}
