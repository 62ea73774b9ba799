using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.Robots;

namespace Dibao.Tests.Capture.Fetch;

/// <summary>A fetcher with all of its parts, on the system's clock or a test's.</summary>
internal sealed class TestFetcher : IDisposable
{
    private readonly Wire wire;

    public TestFetcher(CaptureOptions options, TimeProvider? time = null, X509Certificate2? authority = null, ResolveHost? resolve = null)
    {
        time ??= TimeProvider.System;
        var policy = new AddressPolicy(options, time, resolve);
        wire = new Wire(options, policy, time) { FurtherAuthorities = authority is null ? null : [authority] };
        Pace = new(options, policy, time);
        Robots = new(time);
        Fetcher = new(options, wire, Pace, Profiles, Robots);
    }

    public TestFetcher(params string[] allowHosts) : this(new CaptureOptions { AllowHosts = allowHosts }) { }

    public FetchProfiles Profiles { get; } = FetchProfiles.InMemory();
    public RobotsBook Robots { get; }
    public HostPace Pace { get; }
    public PageFetcher Fetcher { get; }

    /// <summary>A page, whatever robots.txt says of it.</summary>
    public Task<FetchOutcome> GetAsync(string url, string? source = null) =>
        Fetcher.FetchAsync(FetchRequest.Page(url) with { ObeysRobots = false, Source = source }, default);

    public void Dispose()
    {
        wire.Dispose();
        Pace.Dispose();
    }
}

internal static class ExchangeText
{
    public static string AskedText(this Exchange exchange) => Encoding.Latin1.GetString(exchange.RequestHead.Span);

    public static string AnsweredText(this Exchange exchange) => Encoding.Latin1.GetString(exchange.ResponseHead.Span);

    public static string BodyText(this Exchange exchange) => Encoding.UTF8.GetString(exchange.Body.Span);

    public static Exchange Final(this FetchOutcome outcome) => outcome.Exchanges[^1];
}
