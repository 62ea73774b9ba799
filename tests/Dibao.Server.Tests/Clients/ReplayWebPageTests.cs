using System.IO.Compression;
using System.Text;
using Dibao.Server.Tests.Read;
using Dibao.Warc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Clients;

/// <summary>ReplayWeb.page, in Chromium, replays a package that `dibao export --format wacz` writes.</summary>
public sealed class ReplayWebPageTests(ReplayWebPageTests.Package package, Browser browser) : IClassFixture<ReplayWebPageTests.Package>, IClassFixture<Browser>
{
    private const float Patience = 60_000;

    [Theory]
    [InlineData(ExportedPackage.Gzip, "压缩的页面", 0)]
    [InlineData(ExportedPackage.Brotli, "布罗特利", 0)]
    [InlineData(ExportedPackage.Chunked, "分块的页面", 0)]
    [InlineData(ExportedPackage.Chinese, "桥上的夜", 0)]
    [InlineData(ExportedPackage.Revisit, "压缩的页面", 1)] // its bytes lie in another segment's record
    public async Task A_page_is_replayed_with_its_style_and_its_picture(string url, string heading, int days)
    {
        var page = await OpenAsync("good.wacz", url, ExportedPackage.At.AddDays(days));
        var replayed = page.FrameLocator("replay-web-page iframe").FrameLocator("iframe");
        await ShowAsync(page, replayed.Locator("h1"));

        await Assertions.Expect(replayed.Locator("h1")).ToHaveTextAsync(heading, new() { Timeout = Patience });
        await Assertions.Expect(replayed.Locator("h1")).ToHaveCSSAsync("color", "rgb(10, 20, 30)", new() { Timeout = Patience });
        (await replayed.Locator("img").EvaluateAsync<int>("async e => { await e.decode(); return e.naturalWidth }")).ShouldBe(8);
    }

    [Fact]
    public async Task A_picture_is_replayed_by_its_own_address()
    {
        var page = await OpenAsync("good.wacz", "https://hewan.example/red.png", ExportedPackage.At);
        var picture = page.FrameLocator("replay-web-page iframe").FrameLocator("iframe").Locator("img");
        await ShowAsync(page, picture);
        (await picture.EvaluateAsync<int>("async e => { await e.decode(); return e.naturalWidth }")).ShouldBe(8);
    }

    [Fact]
    public async Task What_is_not_in_the_package_is_not_found()
    {
        var page = await OpenAsync("good.wacz", "https://hewan.example/never-captured", ExportedPackage.At);
        var notFound = page.FrameLocator("replay-web-page iframe").FrameLocator("iframe").GetByText("not found", new() { Exact = false }).First;
        await ShowAsync(page, notFound);
        await Assertions.Expect(notFound).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    [Theory]
    [InlineData("profile.wacz")]
    [InlineData("cut.wacz")]
    public async Task A_package_that_is_none_shows_no_page_and_our_own_reader_says_why(string file)
    {
        var page = await OpenAsync(file, ExportedPackage.Chunked, ExportedPackage.At);
        await Task.Delay(4_000);
        foreach (var frame in page.Frames) (await frame.Locator("h1", new() { HasText = "分块的页面" }).CountAsync()).ShouldBe(0);
        package.Faults(file).ShouldNotBeEmpty();
        package.Faults("good.wacz").ShouldBeEmpty();
    }

    // Replay is no proof: what this package says of itself is no longer true, and the client shows it all the same.
    [Fact]
    public async Task A_tampered_page_is_found_by_our_own_reader()
    {
        await package.StartAsync();
        package.Faults("tampered.wacz").ShouldContain(fault => fault.What.Contains("its digest is another", StringComparison.Ordinal));
    }

    private async Task<IPage> OpenAsync(string file, string url, DateTimeOffset at)
    {
        await package.StartAsync();
        var page = await browser.OpenAsync(new());
        await page.GotoAsync($"{package.Root}?source={file}&ts={at:yyyyMMddHHmmss}&url={Uri.EscapeDataString(url)}");
        return page;
    }

    // On a machine under load the client's frame may be there before its service worker is, and stays empty then: a reader reloads.
    private static async Task ShowAsync(IPage page, ILocator element)
    {
        for (var tries = 0; tries < 4; tries++)
        {
            try
            {
                await element.WaitForAsync(new() { Timeout = Patience / 4, State = WaitForSelectorState.Attached });
                return;
            }
            catch (TimeoutException)
            {
                await page.ReloadAsync();
            }
        }
    }

    /// <summary>The client and the packages on a server of their own, with byte ranges, as the client reads packages.</summary>
    public sealed class Package : IAsyncLifetime
    {
        private readonly string folder = Directory.CreateTempSubdirectory("dibao-rwp-").FullName;
        private WebApplication? app;

        public string Root => app!.Urls.Single() + "/";

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public async Task StartAsync()
        {
            if (app is not null) return;
            var (ui, worker) = (NodeClients.Require("replaywebpage/ui.js"), NodeClients.Require("replaywebpage/sw.js"));
            await WritePackagesAsync();
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var started = builder.Build();
            started.MapGet("/", (string source, string ts, string url) => Results.Text(
                $"""<!doctype html><script src="/ui.js"></script><replay-web-page style="display:block;height:90vh" source="/{source}" url="{System.Net.WebUtility.HtmlEncode(url)}" ts="{ts}" replayBase="/replay/" embed="replayonly"></replay-web-page>""", "text/html", Encoding.UTF8));
            foreach (var path in (string[])["/ui.js", "/replay/ui.js"]) started.MapGet(path, () => Results.File(ui, "text/javascript"));
            started.MapGet("/replay/sw.js", () => Results.File(worker, "text/javascript"));
            started.MapMethods("/{name}.wacz", ["GET", "HEAD"], (string name) => Results.File(Path.Combine(folder, name + ".wacz"), "application/wacz", enableRangeProcessing: true));
            await started.StartAsync();
            app = started;
        }

        public IReadOnlyList<WarcFault> Faults(string file)
        {
            using var stream = File.OpenRead(Path.Combine(folder, file));
            using var opened = WaczFile.Open(file, stream, new(), CancellationToken.None);
            return opened.Reading.Faults;
        }

        public async ValueTask DisposeAsync()
        {
            if (app is not null) await app.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }

        private async Task WritePackagesAsync()
        {
            var good = Path.Combine(folder, "good.wacz");
            await ExportedPackage.WriteAsync(Path.Combine(folder, "all.warc.gz"), good);
            var bytes = await File.ReadAllBytesAsync(good);
            await File.WriteAllBytesAsync(Path.Combine(folder, "cut.wacz"), bytes[..(bytes.Length / 2)]);
            Change(good, "profile.wacz", "datapackage.json", text => text.Replace("\"data-package\"", "\"no-such-package\"", StringComparison.Ordinal));
            Change(good, "tampered.wacz", "pages/pages.jsonl", text => text.Replace("hewan", "henan", StringComparison.Ordinal));
        }

        private void Change(string from, string to, string entry, Func<string, string> change)
        {
            var file = Path.Combine(folder, to);
            File.Copy(from, file);
            using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
            using var stream = zip.GetEntry(entry)!.Open();
            using var reader = new StreamReader(stream);
            var changed = Encoding.UTF8.GetBytes(change(reader.ReadToEnd()));
            stream.SetLength(0);
            stream.Write(changed);
        }
    }
}
