using System.Text.Json;
using Deque.AxeCore.Playwright;
using Dibao.Server.Tests.Read;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Replay;

/// <summary>Replays in Chromium: what was captured is shown, and what it holds can touch nothing.</summary>
[Collection(ReplayTests.Name)]
public sealed class ReplayBrowserTests(ReplayHost host, Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] Tricks =
        ["cookie", "localStorage", "sessionStorage", "open", "worker", "fetch /", "fetch /api/articles", "fetch https://evil.example/fetch", "import", "image", "script"];

    [Fact]
    public async Task A_page_is_shown_with_its_style_and_pictures_and_nothing_is_fetched_from_the_web()
    {
        var page = await browser.OpenAsync(new());
        var asked = Requests(page);
        await page.GotoAsync(Url(host.Root, ReplayHost.First, ReplayHost.Page));
        var frame = page.FrameLocator("iframe");

        (await frame.Locator("h1").InnerTextAsync()).ShouldBe("第一座桥今天通车");
        (await frame.Locator("body").InnerTextAsync()).ShouldContain("在雨中举行");
        (await Style(frame.Locator("h1"), "color")).ShouldBe("rgb(10, 20, 30)");
        (await Style(frame.Locator("p").First, "color")).ShouldBe("rgb(1, 2, 3)");
        (await frame.Locator("#kept").EvaluateAsync<int>("e => e.naturalWidth")).ShouldBe(8);
        (await frame.Locator("#lazy").EvaluateAsync<int>("e => e.naturalWidth")).ShouldBe(8);
        (await page.TitleAsync()).ShouldNotContain("a script ran");
        (await frame.Locator("html").EvaluateAsync<string>("e => e.ownerDocument.title")).ShouldBe("第一座桥今天通车");
        asked.Where(url => !url.StartsWith(host.Root.ToString(), StringComparison.Ordinal)).ShouldBeEmpty();
        await Browser.PictureAsync(page, "replay-desktop");
        await frame.Locator("#link").ClickAsync();
        await Assertions.Expect(frame.Locator("h1")).ToHaveTextAsync("桥上的夜");
    }

    [Fact]
    public async Task Each_capture_shows_the_words_it_had()
    {
        var page = await browser.OpenAsync(new());
        await page.GotoAsync(Url(host.Root, ReplayHost.First, ReplayHost.Page));
        await page.ClickAsync("a[rel=next]");
        await page.ClickAsync("a[rel=next]");
        (await page.FrameLocator("iframe").Locator("body").InnerTextAsync()).ShouldContain("改在室内举行");
        await page.ClickAsync("nav a[href*='/web/*/']");
        (await page.TextContentAsync("h1")).ShouldBe("全部采集");
        await Browser.PictureAsync(page, "captures-desktop", whole: true);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task A_hostile_page_can_touch_nothing(bool scripts, bool framed)
    {
        var root = scripts ? host.ScriptsRoot : host.Root;
        var page = await browser.OpenAsync(new());
        var asked = Requests(page);
        await page.GotoAsync(new Uri(root, "/about").ToString());
        await page.EvaluateAsync("() => { document.cookie = 'secret=reader'; localStorage.setItem('secret', 'reader'); }");
        await page.GotoAsync(new Uri(root, ReplayHost.Path(ReplayHost.First, ReplayHost.Hostile, framed ? "" : "mp_")).ToString());
        var frame = page.Frames.Single(frame => frame.Url.Contains("mp_", StringComparison.Ordinal));
        var report = await ReportsAsync(frame, scripts && framed);

        new Uri(page.Url).AbsolutePath.ShouldStartWith("/web/");
        page.Context.Pages.Count.ShouldBe(1);
        asked.Where(url => url.Contains("evil", StringComparison.Ordinal) && !url.StartsWith(root.ToString(), StringComparison.Ordinal)).ShouldBeEmpty();
        asked.Where(url => new Uri(url).AbsolutePath.StartsWith("/api", StringComparison.Ordinal)).ShouldBeEmpty();
        // By itself, a page with scripts could go wherever it likes: there they do not run.
        if (!scripts || !framed) { report.ShouldBeEmpty(); return; }
        var reports = JsonSerializer.Serialize(report);
        foreach (var name in Tricks)
        {
            report.ShouldContainKey(name, reports);
            report[name].ShouldStartWith("refused", customMessage: $"{name}: {reports}");
        }
        report["parent"].ShouldStartWith("refused");
        report["top"].ShouldStartWith("refused");
    }

    [Fact]
    public async Task Axe_finds_nothing_to_complain_about_around_a_replay()
    {
        foreach (var path in (string[])[$"/web/*/{ReplayHost.Page}", ReplayHost.Path(ReplayHost.First, ReplayHost.Page)])
        {
            var page = await browser.OpenAsync(new(WithAxe: true));
            await page.GotoAsync(new Uri(host.Root, path).ToString());
            var result = await page.RunAxe(new Deque.AxeCore.Commons.AxeRunOptions { Iframes = false });
            result.Violations.Select(v => $"{v.Id}: {string.Join(", ", v.Nodes.Select(n => n.Html))}").ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task A_phone_shows_it_without_scrolling_sideways()
    {
        foreach (var (name, path) in ((string, string)[])[("captures", $"/web/*/{ReplayHost.Page}"), ("replay", ReplayHost.Path(ReplayHost.First, ReplayHost.Page))])
        {
            var page = await browser.OpenAsync(new(Width: 390));
            await page.GotoAsync(new Uri(host.Root, path).ToString());
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
            await Browser.PictureAsync(page, $"{name}-phone");
        }
    }

    // Until all tricks have come to something; a page without scripts has as long to show that none run.
    private static async Task<Dictionary<string, string>> ReportsAsync(IFrame frame, bool scripts)
    {
        Dictionary<string, string> reports = [];
        for (var tries = 0; tries < (scripts ? 100 : 5); tries++)
        {
            var json = await frame.EvaluateAsync<string?>("() => document.body.dataset.reports ?? null");
            reports = json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
            if (Tricks.All(reports.ContainsKey)) break;
            await Task.Delay(100);
        }
        return reports;
    }

    private static List<string> Requests(IPage page)
    {
        var asked = new List<string>();
        page.Context.Request += (_, request) => asked.Add(request.Url);
        // Chromium tells of requests that the policy stopped as if they had been made.
        page.Context.RequestFailed += (_, request) => { if (request.Failure == "csp") asked.Remove(request.Url); };
        return asked;
    }

    private static string Url(Uri root, DateTimeOffset at, string url) => new Uri(root, ReplayHost.Path(at, url)).ToString();

    private static Task<string> Style(ILocator element, string property) => element.EvaluateAsync<string>("(e, p) => getComputedStyle(e).getPropertyValue(p)", property);
}
