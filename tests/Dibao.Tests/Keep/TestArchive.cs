using System.Text;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Keep;

namespace Dibao.Tests.Keep;

/// <summary>An archive in a folder of its own, with pages of our own words to keep in it.</summary>
internal sealed class TestArchive : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    private TestArchive(string folder, Archive archive)
    {
        Folder = folder;
        Archive = archive;
    }

    public string Folder { get; }
    public Archive Archive { get; private set; }
    public Catalogue Catalogue => Archive.Reader.Catalogue;

    public static TestArchive New()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-test-").FullName;
        return new(folder, Open(folder));
    }

    public static Archive Open(string folder) => Archive.Open(folder, new CaptureOptions(), TimeProvider.System);

    public Task<KeepOutcome> Keep(CaptureBundle bundle) => Archive.KeepAsync(bundle, CancellationToken.None);

    public Task TakeDown(Article article) => Archive.Takedowns.RunAsync(
        [Archive.Takedowns.Planner.Plan(article)], TakedownCause.Request, "the person named in it asked", Start.AddHours(2), CancellationToken.None);

    /// <summary>The order alone, as when the power goes before it is carried out.</summary>
    public Task OrderTakedown(Article article) => Keep(new()
    {
        Kind = CaptureKind.Takedown,
        Url = article.Url,
        At = Start.AddHours(2),
        Outlet = new(article.Outlet.Slug, article.Outlet.Name),
        Takedown = new() { Cause = TakedownCause.Request, Reason = "asked", Captures = Archive.Takedowns.Planner.Plan(article).Captures },
    });

    public async Task Reopen(Action? between = null)
    {
        await Archive.DisposeAsync();
        between?.Invoke();
        Archive = Open(Folder);
    }

    public async Task Rebuild()
    {
        await Archive.DisposeAsync();
        Archive = Archive.Rebuild(Folder, new(), TimeProvider.System, null, CancellationToken.None);
    }

    public string OpenSegment => StoreFolder.OpenExisting(Folder).Segments()[^1].Path;

    public async ValueTask DisposeAsync()
    {
        await Archive.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A page of the made-up Hewan Daily about its n-th bridge.</summary>
    public static CaptureBundle Page(int n, string? sentence = null, int status = 200, int minutes = 0, string? pageError = null, bool entry = true) => new()
    {
        Kind = CaptureKind.Article,
        Url = $"https://hewan.example/news/{n}",
        At = Start.AddMinutes(minutes),
        Outlet = new("hewan", "河湾日报", "https://hewan.example/"),
        SourceUrl = null,
        Entry = entry ? EntryOf(n) : null,
        PageError = pageError,
        Exchanges = pageError is null ? [Answer(n, status, Html(n, sentence ?? "通车仪式在雨中举行。"), minutes)] : [],
    };

    public static Entry EntryOf(int n) => new()
    {
        Id = $"tag:hewan.example,2026:{n}",
        Link = $"https://hewan.example/news/{n}",
        Title = $"第{n}座桥今天通车",
        Published = Start.AddMinutes(-n),
        Content = $"<p>河湾的第{n}座桥今天通车，市民从清晨起就在桥头等候。</p><p>摘要由订阅源提供，比页面短一些，但也说清了事情。</p>",
    };

    private static Exchange Answer(int n, int status, string html, int minutes)
    {
        var head = $"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\nETag: \"{n}\"\r\n\r\n";
        return KeptHead.ToExchange(
            $"https://hewan.example/news/{n}", Start.AddMinutes(minutes),
            Encoding.ASCII.GetBytes($"GET /news/{n} HTTP/1.1\r\nHost: hewan.example\r\n\r\n"),
            Encoding.ASCII.GetBytes(head),
            Encoding.UTF8.GetBytes(html));
    }

    private static string Html(int n, string sentence) =>
        $"""
        <!doctype html><html lang="zh-Hans"><head><title>第{n}座桥今天通车 - 河湾日报</title>
        <meta property="og:site_name" content="河湾日报"><meta property="article:published_time" content="2026-11-20T07:{n % 60:D2}:00Z"></head>
        <body><nav><a href="/">首页</a> <a href="/news">新闻</a></nav>
        <article><h1>第{n}座桥今天通车</h1>
        <p>河湾的第{n}座桥今天通车，市民从清晨起就在桥头等候，桥面上挂着红色的灯笼，孩子们拿着纸船。</p>
        <p>{sentence}</p>
        <p>工程负责人林桥生说，这座桥用了三年时间建成，长度是一千二百米，今后两岸之间步行只需要十五分钟。</p>
        <p>“我每天都要过江去上班，”一位住在南岸的教师说，“从前要坐渡船，遇到大雾就得等上两个小时。”</p>
        </article><footer>版权所有 河湾日报</footer></body></html>
        """;
}
