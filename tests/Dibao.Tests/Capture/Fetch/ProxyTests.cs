using System.Net;
using System.Net.Sockets;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Fetch;

public class ProxyTests
{
    private const string Feed = "http://paper.example/feed";

    [Fact]
    public async Task A_SOCKS5_proxy_with_remote_names_is_given_the_name_and_nothing_is_resolved_here()
    {
        await using var site = new RawSite("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using var proxy = new TestProxy(site.Port);
        using var fetcher = new TestFetcher(new(), resolve: (host, _) => throw new InvalidOperationException($"{host} was resolved here"));
        fetcher.Profiles.Set(Feed, new() { Proxy = $"socks5h://127.0.0.1:{proxy.Port}" });
        var page = (await fetcher.GetAsync("http://hidden.onion/a", Feed)).ShouldBeOfType<FetchOutcome.Fetched>().Final;
        page.BodyText().ShouldBe("ok");
        page.RemoteAddress.ShouldBeNull();
        proxy.Asked.ShouldBe(["name:hidden.onion:80"]);
        site.Requests[0].ShouldStartWith("GET /a HTTP/1.1\r\nHost: hidden.onion\r\n");
    }

    [Fact]
    public async Task Everything_of_a_page_goes_through_its_sources_proxy_robots_txt_too()
    {
        await using var site = new RawSite((_, stream, cancel) => stream.WriteAsync("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancel).AsTask());
        await using var proxy = new TestProxy(site.Port);
        using var fetcher = new TestFetcher(new CaptureOptions { HostDelay = TimeSpan.Zero }, resolve: (host, _) => throw new InvalidOperationException($"{host} was resolved here"));
        fetcher.Profiles.AnnouncedBy = url => url == "http://hidden.onion/a" ? Feed : null;
        fetcher.Profiles.Set(Feed, new() { Proxy = $"socks5h://127.0.0.1:{proxy.Port}" });
        await fetcher.Fetcher.FetchAsync(FetchRequest.Page("http://hidden.onion/a"), default);
        await fetcher.Fetcher.FetchAsync(FetchRequest.Image("http://pictures.onion/1.png") with { PartOf = "http://hidden.onion/a" }, default);
        await fetcher.Fetcher.FetchAsync(FetchRequest.Feed(Feed), default);
        proxy.Asked.Distinct().ShouldBe(["name:hidden.onion:80", "name:pictures.onion:80", "name:paper.example:80"]);
        site.Requests.Select(request => request.Split(' ')[1]).ShouldBe(["/robots.txt", "/a", "/robots.txt", "/1.png", "/feed"]);
    }

    [Fact]
    public async Task A_SOCKS5_proxy_is_given_the_address_that_was_checked_here()
    {
        await using var site = new RawSite("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using var proxy = new TestProxy(site.Port, ("me", "my word"));
        using var fetcher = new TestFetcher(new(), resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.Parse("9.9.9.9")]));
        fetcher.Profiles.Set(Feed, new() { Proxy = $"socks5://me:my%20word@127.0.0.1:{proxy.Port}" });
        (await fetcher.GetAsync("http://paper.example/a", Feed)).ShouldBeOfType<FetchOutcome.Fetched>();
        proxy.Asked.ShouldBe(["address:9.9.9.9:80"]);
    }

    [Fact]
    public async Task A_SOCKS5_proxy_is_not_given_an_address_inside_of_the_house()
    {
        await using var proxy = new TestProxy(1);
        using var fetcher = new TestFetcher(new(), resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.168.1.1")]));
        fetcher.Profiles.Set(Feed, new() { Proxy = $"socks5://127.0.0.1:{proxy.Port}" });
        var failed = (await fetcher.GetAsync("http://paper.example/a", Feed)).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Cause.ShouldBe(FailureCause.Address);
        proxy.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_HTTP_proxy_carries_plain_requests_and_its_password_is_kept_nowhere()
    {
        await using var site = new RawSite("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using var proxy = new TestProxy(site.Port, ("me", "secret"));
        using var fetcher = new TestFetcher(new(), resolve: (host, _) => throw new InvalidOperationException($"{host} was resolved here"));
        fetcher.Profiles.Set(Feed, new() { Proxy = $"http://me:secret@127.0.0.1:{proxy.Port}" });
        var page = (await fetcher.GetAsync("http://paper.example/a", Feed)).ShouldBeOfType<FetchOutcome.Fetched>().Final;
        page.BodyText().ShouldBe("ok");
        proxy.Asked.ShouldBe(["get:http://paper.example/a"]);
        site.Requests[0].ShouldContain("Proxy-Authorization");
        page.AskedText().ShouldStartWith("GET http://paper.example/a HTTP/1.1\r\n");
        page.AskedText().ShouldNotContain("Proxy-Authorization");
    }

    [Fact]
    public async Task An_HTTP_proxy_tunnels_what_is_encrypted()
    {
        await using var proxy = new TestProxy(1);
        await using var silent = new RawSite((_, _, _) => Task.CompletedTask);
        await using var tunnel = new TestProxy(silent.Port);
        using var fetcher = new TestFetcher(new CaptureOptions { HeaderTimeout = TimeSpan.FromSeconds(1) });
        fetcher.Profiles.Set(Feed, new() { Proxy = $"http://127.0.0.1:{tunnel.Port}" });
        (await fetcher.GetAsync("https://paper.example/a", Feed)).ShouldBeOfType<FetchOutcome.Failed>();
        tunnel.Asked.ShouldBe(["connect:paper.example:443"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[64:ff9b::10.0.0.1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://localhost/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://router.lan/")]
    [InlineData("http://printer.local/")]
    [InlineData("http://app.localhost./")]
    [InlineData("http://intranet/")]
    public async Task Through_a_proxy_that_resolves_names_the_house_is_refused_by_its_names_and_addresses(string url)
    {
        foreach (var scheme in new[] { "http", "socks5h" })
        {
            await using var proxy = new TestProxy(1);
            using var fetcher = new TestFetcher(new CaptureOptions());
            fetcher.Profiles.Set(Feed, new() { Proxy = $"{scheme}://127.0.0.1:{proxy.Port}" });
            var failed = (await fetcher.GetAsync(url, Feed)).ShouldBeOfType<FetchOutcome.Failed>();
            failed.Cause.ShouldBe(FailureCause.Address);
            failed.Lasting.ShouldBeTrue();
            proxy.Asked.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named_and_nothing_goes_around_it()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var fetcher = new TestFetcher(new(), resolve: (host, _) => throw new InvalidOperationException($"{host} was resolved here"));
        fetcher.Profiles.Set(Feed, new() { Proxy = $"socks5h://me:secret@127.0.0.1:{port}" });
        var failed = (await fetcher.GetAsync("http://paper.example/a", Feed)).ShouldBeOfType<FetchOutcome.Failed>();
        failed.Cause.ShouldBe(FailureCause.Proxy);
        failed.Reason.ShouldContain($"the proxy 127.0.0.1:{port} cannot be reached");
        failed.Reason.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_proxy_that_refuses_its_password_says_so()
    {
        await using var proxy = new TestProxy(1, ("me", "right"));
        await using var site = new RawSite("");
        using var fetcher = new TestFetcher(new CaptureOptions());
        await using var real = new TestProxy(site.Port, ("me", "right"));
        fetcher.Profiles.Set(Feed, new() { Proxy = $"socks5h://me:wrong@127.0.0.1:{real.Port}" });
        (await fetcher.GetAsync("http://paper.example/a", Feed)).ShouldBeOfType<FetchOutcome.Failed>().Reason.ShouldContain("does not accept its user and password");
    }

    [Theory]
    [InlineData("http://p.example:3128", true)]
    [InlineData("socks5://u:p@10.0.0.1:9050", true)]
    [InlineData("SOCKS5H://[::1]:9050", true)]
    [InlineData("https://p.example", false)]
    [InlineData("p.example:3128", false)]
    [InlineData("http://p.example/path", false)]
    [InlineData("", false)]
    public void A_proxys_address_is_read_strictly(string text, bool valid) => ProxyAddress.TryParse(text, out _).ShouldBe(valid);
}
