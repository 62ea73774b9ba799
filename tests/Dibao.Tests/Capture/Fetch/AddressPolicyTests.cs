using System.Net;
using System.Net.Sockets;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Fetch;

public class AddressPolicyTests
{
    [Theory]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("10.1.2.3", "private")]
    [InlineData("100.64.0.1", "shared (carrier-grade NAT)")]
    [InlineData("100.100.100.200", "shared (carrier-grade NAT)")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.255.254", "loopback")]
    [InlineData("168.63.129.16", "cloud metadata")]
    [InlineData("169.254.169.254", "cloud metadata")]
    [InlineData("169.254.1.1", "link-local")]
    [InlineData("172.16.0.1", "private")]
    [InlineData("172.31.255.255", "private")]
    [InlineData("192.0.0.8", "protocol-assigned")]
    [InlineData("192.0.2.1", "documentation")]
    [InlineData("192.168.1.1", "private")]
    [InlineData("198.19.0.1", "benchmarking")]
    [InlineData("198.51.100.7", "documentation")]
    [InlineData("203.0.113.7", "documentation")]
    [InlineData("224.0.0.251", "multicast")]
    [InlineData("255.255.255.255", "reserved")]
    [InlineData("::", "unspecified")]
    [InlineData("::1", "loopback")]
    [InlineData("::7f00:1", "IPv4-compatible")]
    [InlineData("::ffff:127.0.0.1", "loopback")]
    [InlineData("::ffff:169.254.169.254", "cloud metadata")]
    [InlineData("64:ff9b::10.0.0.1", "private")]
    [InlineData("64:ff9b::169.254.169.254", "cloud metadata")]
    [InlineData("64:ff9b:1::1", "local NAT64")]
    [InlineData("2001:0:1::1", "Teredo")]
    [InlineData("2001:db8::1", "documentation")]
    [InlineData("2002:7f00:1::", "6to4")]
    [InlineData("2002:a00:1::1", "6to4")]
    [InlineData("3fff::1", "documentation")]
    [InlineData("fc00::1", "private (unique local)")]
    [InlineData("fd00:ec2::254", "private (unique local)")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%2", "link-local")]
    [InlineData("fec0::1", "private (site-local)")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("4000::1", "unassigned")]
    public void An_address_that_is_not_on_the_public_Internet_is_refused_by_its_kind(string address, string kind) =>
        AddressPolicy.Refusal(IPAddress.Parse(address)).ShouldBe(kind);

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450::1")]
    [InlineData("64:ff9b::1.1.1.1")]
    [InlineData("::ffff:1.1.1.1")]
    public void A_public_address_is_not_refused(string address) => AddressPolicy.Refusal(IPAddress.Parse(address)).ShouldBeNull();

    [Fact]
    public async Task A_name_that_resolves_into_the_house_is_refused_with_the_setting_that_allows_it()
    {
        var policy = new AddressPolicy(new(), TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.7")]));
        var refused = await Should.ThrowAsync<AddressRefusedException>(async () => await policy.ConnectAsync(new("inside.example", 81), default));
        refused.Message.ShouldContain("inside.example");
        refused.Message.ShouldContain("private");
        refused.Message.ShouldContain("10.0.0.7");
        refused.Message.ShouldContain("\"inside.example:81\"");
        refused.Message.ShouldContain("AllowHosts");
    }

    [Fact]
    public async Task The_name_is_resolved_once_and_exactly_that_address_is_connected_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var resolved = 0;
        var policy = new AddressPolicy(new() { AllowHosts = [$"site.example:{port}"] }, TimeProvider.System, (_, _) =>
        {
            resolved++;
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        });
        using var socket = await policy.ConnectAsync(new("site.example", port), default);
        socket.RemoteEndPoint.ShouldBe(new IPEndPoint(IPAddress.Loopback, port));
        resolved.ShouldBe(1);
    }

    [Fact]
    public async Task A_host_that_is_allowed_at_one_port_is_refused_at_another()
    {
        var policy = new AddressPolicy(new() { AllowHosts = ["127.0.0.1:8401"] }, TimeProvider.System);
        policy.IsAllowedByName("127.0.0.1", 8401).ShouldBeTrue();
        await Should.ThrowAsync<AddressRefusedException>(async () => await policy.ConnectAsync(new("127.0.0.1", 8402), default));
    }

    [Theory]
    [InlineData("example.org", "example.org", 443, true)]
    [InlineData("Example.org", "example.ORG", 80, true)]
    [InlineData("example.org:80", "example.org", 443, false)]
    [InlineData("example.org", "sub.example.org", 443, false)]
    [InlineData("[::1]:8401", "[::1]", 8401, true)]
    [InlineData("[::1]", "::1", 9, true)]
    public void Hosts_are_allowed_by_exact_name_and_port(string allowed, string host, int port, bool expected) =>
        new AddressPolicy(new() { AllowHosts = [allowed] }, TimeProvider.System).IsAllowedByName(host, port).ShouldBe(expected);
}

public class CaptureOptionsTests
{
    [Fact]
    public void The_defaults_hold() => new CaptureOptions().Problems().ShouldBeEmpty();

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var options = new CaptureOptions
        {
            MaxBodyBytes = 0, HeaderTimeout = TimeSpan.Zero, MaxRedirects = -1, ProjectUrl = "not an address",
            AllowHosts = ["fine.example:80", "a b", "host:99999"],
        };
        var problems = options.Problems();
        problems.Count.ShouldBe(6);
        problems.ShouldContain(problem => problem.Contains("MaxBodyBytes"));
        problems.ShouldContain(problem => problem.Contains("\"host:99999\""));
    }

    [Fact]
    public void The_user_agent_names_the_project() =>
        new CaptureOptions { ProjectUrl = "https://archive.example/about" }.UserAgent.ShouldEndWith("(news archive; +https://archive.example/about)");
}
