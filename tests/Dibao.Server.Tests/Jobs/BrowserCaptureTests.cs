using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Server.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Jobs;

/// <summary>The system's Chromium, driven for real.</summary>
public sealed class BrowserCaptureTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("dibao-browser-").FullName;
    private readonly ConcurrentQueue<(string Path, string? Cookie, string Agent)> asked = new();
    private readonly ConcurrentQueue<string> house = new();
    private readonly ChromiumBrowser browser = new(null, TimeProvider.System);
    private WebApplication site = null!;
    private WebApplication inside = null!;
    private Archive archive = null!;

    private string Root => site.Urls.First();

    public async ValueTask InitializeAsync()
    {
        if (ChromiumBrowser.Find() is null) Assert.Skip("Chromium is not installed.");
        inside = await ServeAsync(http => { house.Enqueue(http.Request.Path); return http.Response.WriteAsync("the house's secret"); });
        site = await ServeAsync(AnswerAsync);
        var options = new CaptureOptions { AllowHosts = [new Uri(Root).Authority], BrowserTime = TimeSpan.FromSeconds(60) };
        archive = Archive.Open(Path.Combine(folder, "data"), options, TimeProvider.System);
        archive.Capture.Browser = browser.RenderAsync;
    }

    public async ValueTask DisposeAsync()
    {
        if (site is not null)
        {
            await archive.DisposeAsync();
            await site.DisposeAsync();
            await inside.DisposeAsync();
        }
        await browser.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_empty_shell_is_drawn_and_the_house_stays_closed_to_its_scripts()
    {
        await CaptureAsync("/shell", new() { Browser = BrowserUse.WhenEmpty, Cookie = "session=s3cret" });
        var article = archive.Reader.Catalogue.Newest(null, null, 10).Articles.ShouldHaveSingleItem();
        var text = archive.Reader.Catalogue.Texts([article.Current.Id])[article.Current.Id];
        text.ShouldContain("渡轮公司说");
        asked.ShouldContain(request => request.Path == "/tried");
        house.ShouldBeEmpty();
        asked.Where(request => request.Path == "/data.json").ShouldHaveSingleItem().Cookie.ShouldBe("session=s3cret");
        asked.Single(request => request.Path == "/data.json").Agent.ShouldContain("Dibao/");
        asked.ShouldNotContain(request => request.Path == "/picture.png");

        // From the segments alone the same article is read again.
        var data = archive.Reader.Store.Root;
        await archive.DisposeAsync();
        archive = Archive.Rebuild(data, new CaptureOptions(), TimeProvider.System, null, CancellationToken.None);
        var again = archive.Reader.Catalogue.Newest(null, null, 10).Articles.ShouldHaveSingleItem();
        archive.Reader.Catalogue.Texts([again.Current.Id])[again.Current.Id].ShouldBe(text);
        foreach (var segment in Directory.GetFiles(data, "*.warc.gz*", SearchOption.AllDirectories)) (await UnpackedAsync(segment)).ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task A_page_with_words_of_its_own_is_not_drawn()
    {
        await CaptureAsync("/plain", new() { Browser = BrowserUse.WhenEmpty });
        asked.Count(request => request.Path == "/plain").ShouldBe(1);
    }

    [Fact]
    public async Task Without_Chromium_the_report_says_what_to_install()
    {
        await using var none = new ChromiumBrowser("/nowhere/chromium", TimeProvider.System);
        archive.Capture.Browser = none.RenderAsync;
        var report = await CaptureAsync("/shell", new() { Browser = BrowserUse.Always });
        report.PageErrors.ShouldHaveSingleItem().ShouldContain("Chromium");
    }

    private async Task<SourceReport> CaptureAsync(string page, FetchProfile profile)
    {
        await archive.Capture.Book.AddAsync($"{Root}/feed?{page}", null, new("test", "test"), archive.KeepAsync, default);
        archive.Capture.Profiles.Set($"{Root}/feed?{page}", profile);
        return (await archive.Capture.Round.RunAsync(archive.Capture.Book.Active(), archive.KeepAsync, null, default)).Sources.ShouldHaveSingleItem();
    }

    private Task AnswerAsync(HttpContext http)
    {
        var request = http.Request;
        asked.Enqueue((request.Path, request.Headers.Cookie, request.Headers.UserAgent!));
        http.Response.ContentType = "text/html; charset=utf-8";
        var words = string.Concat(Enumerable.Range(1, 8).Select(i => $"<p>渡轮公司说，第{i}艘新船将在春天之前下水，乘客可以照常买票，班次也不会减少，码头的修缮也快要完成了。</p>"));
        return request.Path.Value switch
        {
            "/feed" => http.Response.WriteAsync($"<rss version=\"2.0\"><channel><title>港报</title><item><guid>1</guid><link>{Root}{request.QueryString.Value![1..]}</link><title>渡轮</title></item></channel></rss>"),
            "/shell" => http.Response.WriteAsync("<!doctype html><html lang=zh><head><title>渡轮</title></head><body><div id=root></div><script src=/app.js></script></body></html>"),
            "/plain" => http.Response.WriteAsync($"<!doctype html><html lang=zh><head><title>渡轮</title></head><body><article><h1>渡轮</h1>{words}</article><script>1</script></body></html>"),
            "/app.js" => http.Response.WriteAsync($$"""
                (async () => {
                  const words = await (await fetch('/data.json')).text();
                  try { await fetch('{{inside.Urls.First()}}/secret', { mode: 'no-cors' }); } catch { }
                  await fetch('/tried');
                  document.getElementById('root').innerHTML = '<article><h1>渡轮</h1>' + words + '<img src=/picture.png></article>';
                })();
                """),
            "/data.json" => http.Response.WriteAsync(words),
            _ => NotThere(http),
        };
    }

    private static Task NotThere(HttpContext http)
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private static async Task<string> UnpackedAsync(string segment)
    {
        await using var file = new FileStream(segment, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var unpacked = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
