using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Dibao.SampleOutlet.Web;

/// <summary>How large a made-up web is, and how it behaves.</summary>
public sealed record MadeUpWebPlan
{
    public required int Outlets { get; init; }

    /// <summary>Articles of each outlet, all of them in its feed.</summary>
    public required int Articles { get; init; }

    /// <summary>The longest that an answer is held back; each page has its own share of it.</summary>
    public TimeSpan LongestDelay { get; init; }

    /// <summary>Whether one page in a hundred answers 500, one 404, one 301, and one in two hundred breaks off.</summary>
    public bool Faults { get; init; }

    /// <summary>Whether <see cref="MadeUpWeb.Visits"/> are written down.</summary>
    public bool Remembers { get; init; }
}

/// <summary>One request, as the server saw it.</summary>
/// <param name="From">Timestamp of its arrival.</param>
/// <param name="To">Timestamp of the answer's end.</param>
public readonly record struct Visit(string Host, string Path, long From, long To);

/// <summary>
/// Many small outlets at once, each at a loopback address of its own, so that each is a host: feeds with validators, articles, robots.txt,
/// delays and errors. Every page follows from its number alone. For benchmarks and for tests of manners.
/// </summary>
public sealed class MadeUpWeb : IAsyncDisposable
{
    private const int HostsAnAddressBlock = 250;

    private readonly MadeUpWebPlan plan;
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Visit> visits = new();
    private readonly MadeUpText text = new();
    private readonly Dictionary<string, int> outlets = new(StringComparer.Ordinal);
    private long requests;

    private MadeUpWeb(MadeUpWebPlan plan, WebApplication app)
    {
        (this.plan, this.app) = (plan, app);
        for (var outlet = 0; outlet < plan.Outlets; outlet++) outlets[AddressOf(outlet)] = outlet;
    }

    public int Port { get; private set; }
    public long Requests => Interlocked.Read(ref requests);
    public IReadOnlyList<Visit> Visits => [.. visits];

    /// <summary><c>address:port</c> of every outlet.</summary>
    public IReadOnlyList<string> Authorities => [.. outlets.Keys.Select(address => $"{address}:{Port}")];

    public IReadOnlyList<string> Feeds => [.. Authorities.Select(authority => $"http://{authority}/feed")];

    public static async Task<MadeUpWeb> StartAsync(MadeUpWebPlan plan, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0));
        var web = new MadeUpWeb(plan, builder.Build());
        web.app.Run(web.AnswerAsync);
        await web.app.StartAsync(cancel);
        web.Port = new Uri(web.app.Urls.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Port;
        return web;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }

    private static string AddressOf(int outlet) => $"127.0.{1 + outlet / HostsAnAddressBlock}.{1 + outlet % HostsAnAddressBlock}";

    private async Task AnswerAsync(HttpContext http)
    {
        // Every address of this machine is listened at, for the sake of the loopback ones.
        if (!IPAddress.IsLoopback(http.Connection.RemoteIpAddress!) || !outlets.TryGetValue(http.Request.Host.Host, out var outlet)) { http.Abort(); return; }
        Interlocked.Increment(ref requests);
        var from = Stopwatch.GetTimestamp();
        var path = http.Request.Path.Value ?? "/";
        try
        {
            await HoldBackAsync(outlet, path);
            await AnswerAsync(http, outlet, path);
        }
        finally
        {
            if (plan.Remembers) visits.Enqueue(new(http.Request.Host.Value!, path, from, Stopwatch.GetTimestamp()));
        }
    }

    private Task HoldBackAsync(int outlet, string path) =>
        plan.LongestDelay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(plan.LongestDelay * (Mixed(outlet, path.Length + NumberIn(path)) % 100 / 100.0));

    private Task AnswerAsync(HttpContext http, int outlet, string path) => path switch
    {
        "/feed" => FeedAsync(http, outlet),
        "/robots.txt" => TextAsync(http, "text/plain", "User-agent: *\nDisallow: /private/\n"u8.ToArray()),
        _ when path.StartsWith("/a/", StringComparison.Ordinal) => PageAsync(http, outlet, NumberIn(path)),
        _ when path.StartsWith("/moved/", StringComparison.Ordinal) => TextAsync(http, "text/html; charset=utf-8", text.Page(outlet, NumberIn(path))),
        _ => StatusAsync(http, StatusCodes.Status404NotFound),
    };

    private Task FeedAsync(HttpContext http, int outlet)
    {
        var tag = $"\"{outlet}\"";
        http.Response.Headers.ETag = tag;
        return http.Request.Headers.IfNoneMatch == tag
            ? StatusAsync(http, StatusCodes.Status304NotModified)
            : TextAsync(http, "application/rss+xml; charset=utf-8", text.Feed(outlet, plan.Articles));
    }

    private Task PageAsync(HttpContext http, int outlet, int article)
    {
        if (!plan.Faults) return TextAsync(http, "text/html; charset=utf-8", text.Page(outlet, article));
        switch (Mixed(outlet, article) % 200)
        {
            case 1 or 101: return StatusAsync(http, StatusCodes.Status500InternalServerError);
            case 2 or 102: return StatusAsync(http, StatusCodes.Status404NotFound);
            case 3 or 103:
                http.Response.Headers.Location = $"/moved/{article}";
                return StatusAsync(http, StatusCodes.Status301MovedPermanently);
            case 4: return BreakOffAsync(http, text.Page(outlet, article));
            default: return TextAsync(http, "text/html; charset=utf-8", text.Page(outlet, article));
        }
    }

    private static async Task TextAsync(HttpContext http, string type, byte[] body)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
        await http.Response.CompleteAsync();
    }

    private static async Task BreakOffAsync(HttpContext http, byte[] body)
    {
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    private static Task StatusAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return http.Response.CompleteAsync();
    }

    private static int NumberIn(string path) => int.TryParse(path.AsSpan(path.LastIndexOf('/') + 1), out var number) ? number : 0;

    // Spreads faults and delays, the same in every run.
    private static int Mixed(int outlet, int article) => (int)((uint)((outlet * 7919) + (article * 104_729)) * 2_654_435_761 >> 8 & 0xFFFF);
}
