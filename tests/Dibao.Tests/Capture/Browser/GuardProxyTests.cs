using System.Net.Sockets;
using System.Text;
using Dibao.Capture;
using Dibao.Capture.Browser;
using Dibao.Capture.Fetch;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Browser;

public class GuardProxyTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task What_may_be_asked_is_passed_on_without_the_password()
    {
        await using var site = new RawSite(Ok);
        await using var guard = Guard(site.Authority);
        (await AskAsync(guard, $"GET {site.Url("/a?b")} HTTP/1.1\r\nHost: {site.Authority}\r\nX: y\r\nProxy-Connection: keep-alive\r\n")).ShouldEndWith("\r\n\r\nok");
        site.Requests.ShouldHaveSingleItem().ShouldBe($"GET /a?b HTTP/1.1\r\nHost: {site.Authority}\r\nX: y\r\nConnection: close\r\n\r\n");
    }

    [Fact]
    public async Task A_tunnel_carries_bytes_as_they_are()
    {
        await using var site = new RawSite(Ok);
        await using var guard = Guard(site.Authority);
        (await AskAsync(guard, $"CONNECT {site.Authority} HTTP/1.1\r\n", then: "GET /in HTTP/1.1\r\n\r\n")).ShouldBe("HTTP/1.1 200 Connected\r\n\r\n" + Ok);
        site.Requests.ShouldBe(["GET /in HTTP/1.1\r\n\r\n"]);
    }

    [Theory]
    [InlineData("CONNECT 169.254.169.254:443")]
    [InlineData("CONNECT 127.0.0.1:1")]
    [InlineData("CONNECT [::1]:443")]
    [InlineData("CONNECT [::ffff:192.168.0.1]:443")]
    [InlineData("CONNECT localhost:22")]
    [InlineData("GET http://10.0.0.1/")]
    [InlineData("GET http://2130706433/")]
    public async Task The_house_is_refused(string request)
    {
        await using var guard = Guard("other.example");
        (await AskAsync(guard, request + " HTTP/1.1\r\n")).ShouldStartWith("HTTP/1.1 403 ");
        guard.Refusals.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Without_the_password_nothing_is_passed_on()
    {
        await using var site = new RawSite(Ok);
        await using var guard = Guard(site.Authority);
        (await AskAsync(guard, $"GET {site.Url("/")} HTTP/1.1\r\n", password: "guess")).ShouldStartWith("HTTP/1.1 407 ");
        site.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET /relative HTTP/1.1")]
    [InlineData("GET https://paper.example/ HTTP/1.1")]
    [InlineData("GET file:///etc/passwd HTTP/1.1")]
    [InlineData("CONNECT HTTP/1.1")]
    [InlineData("nonsense")]
    public async Task What_is_no_request_to_a_proxy_is_refused(string line)
    {
        await using var guard = Guard("other.example");
        (await AskAsync(guard, line + "\r\n")).ShouldStartWith("HTTP/1.1 400 ");
    }

    [Fact]
    public async Task A_page_that_takes_too_much_is_cut_off()
    {
        await using var site = new RawSite("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 100_000));
        await using var guard = Guard(site.Authority, maxBytes: 40_000);
        (await AskAsync(guard, $"GET {site.Url("/")} HTTP/1.1\r\n")).Length.ShouldBeLessThanOrEqualTo(40_000);
    }

    private static GuardProxy Guard(string allowed, long maxBytes = 1 << 20)
    {
        var options = new CaptureOptions { AllowHosts = [allowed] };
        return new(new AddressPolicy(options, TimeProvider.System), options, null, maxBytes, TimeProvider.System, default);
    }

    private static async Task<string> AskAsync(GuardProxy guard, string head, string? then = null, string? password = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(guard.Address).Port);
        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{GuardProxy.User}:{password ?? guard.Password}"));
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Proxy-Authorization: Basic {credentials}\r\n\r\n"));
        var received = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var read)
            {
                received.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (then is not null && received.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(then));
                    then = null;
                }
                // The made-up server keeps its connections open: the answer's end is known by its text.
                if (received.ToString().EndsWith("\r\n\r\nok", StringComparison.Ordinal)) break;
            }
        }
        catch (IOException) { /* cut off */ }
        return received.ToString();
    }
}
