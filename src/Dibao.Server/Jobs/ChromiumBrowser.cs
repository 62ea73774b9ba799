using Dibao.Capture.Browser;
using Microsoft.Playwright;

namespace Dibao.Server.Jobs;

/// <summary>The system's Chromium, driven by Playwright: one page at a time, started when the first page needs it, started anew after some.</summary>
/// <remarks>It makes no connection but to the page's <see cref="GuardProxy"/>, and resolves no name: the guard looks at every address.</remarks>
internal sealed class ChromiumBrowser(string? executable, TimeProvider time) : IAsyncDisposable
{
    // What a page leaves behind in a browser's memory ends with the browser.
    private const int PagesOfOneBrowser = 50;
    private const int MaxRequests = 300;

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    private static readonly string[] NotAskedFor = ["image", "media", "font"];

    private readonly SemaphoreSlim turn = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;
    private int pages;

    public async Task<Rendering> RenderAsync(RenderRequest request, CancellationToken cancel)
    {
        if ((executable ?? Find()) is not { } path) return new Rendering.Failed("Chromium was not found: install it (apt install chromium), or name it in Capture:Chromium");
        if (PlaywrightDriver.Find() is null) return new Rendering.Failed($"Playwright's driver, which moves Chromium, is not there: {PlaywrightDriver.Remedy}");
        await turn.WaitAsync(cancel);
        try
        {
            using var timer = new CancellationTokenSource(request.Time, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
            // Playwright knows no tokens: what goes on for too long is cut off by closing the browser under it.
            var drawing = DrawAsync(request, path);
            try { return await drawing.WaitAsync(either.Token); }
            catch (OperationCanceledException)
            {
                await CloseAsync();
                await ((Task)drawing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancel.ThrowIfCancellationRequested();
                return new Rendering.Failed($"it was not at rest within {request.Time.TotalSeconds:0} s");
            }
        }
        catch (PlaywrightException failed)
        {
            await CloseAsync();
            return new Rendering.Failed(InWords(failed, request));
        }
        finally { turn.Release(); }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        turn.Dispose();
    }

    /// <summary>The system's Chromium; null when there is none in PATH.</summary>
    internal static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private async Task<Rendering> DrawAsync(RenderRequest request, string path)
    {
        if (pages++ >= PagesOfOneBrowser) await CloseAsync();
        browser ??= await StartAsync(path);
        await using var context = await browser.NewContextAsync(new()
        {
            Proxy = new() { Server = request.Guard.Address, Username = GuardProxy.User, Password = request.Guard.Password },
            UserAgent = $"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{browser.Version} Safari/537.36 {request.Agent}",
            ServiceWorkers = ServiceWorkerPolicy.Block,
            AcceptDownloads = false,
            ViewportSize = new() { Width = 1280, Height = 1600 },
        });
        if (request.Cookie is { } cookie) await context.AddCookiesAsync(Cookies(cookie, request.Url));
        var page = await context.NewPageAsync();
        await page.RouteAsync("**/*", Routing(request));
        var answer = await page.GotoAsync(request.Url.AbsoluteUri, new() { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = (float)request.Time.TotalMilliseconds });
        if (answer is { Status: >= 400 }) return new Rendering.Failed($"the server answered the browser with {answer.Status}");
        await RestAsync(page);
        var length = await page.EvaluateAsync<int>("document.documentElement.outerHTML.length");
        return length > request.MaxLength
            ? new Rendering.Failed($"its document has {length:N0} characters, and {request.MaxLength:N0} are the most")
            : new Rendering.Drawn(await page.ContentAsync(), page.Url, $"Chromium/{browser.Version}");
    }

    // A browser takes no Cookie header from outside; it is given a jar.
    private static IEnumerable<Cookie> Cookies(string header, Uri url) =>
        header.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .Select(pair => new Cookie { Name = pair[0], Value = pair[1], Url = url.GetLeftPart(UriPartial.Authority) });

    private static Func<IRoute, Task> Routing(RenderRequest request)
    {
        var left = MaxRequests;
        return async route =>
        {
            if (NotAskedFor.Contains(route.Request.ResourceType) || Interlocked.Decrement(ref left) < 0) { await route.AbortAsync(); return; }
            var further = Uri.TryCreate(route.Request.Url, UriKind.Absolute, out var url) ? request.HeadersFor(url) : [];
            if (further.Count == 0) { await route.ContinueAsync(); return; }
            var headers = new Dictionary<string, string>(route.Request.Headers, StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in further) headers[name] = value;
            await route.ContinueAsync(new() { Headers = headers });
        };
    }

    // A page that asks again and again is never at rest; what it shows by then is what is kept.
    private static async Task RestAsync(IPage page)
    {
        try { await page.WaitForLoadStateAsync(LoadState.NetworkIdle, new() { Timeout = (float)LongestRest.TotalMilliseconds }); }
        catch (TimeoutException) { /* kept as it is */ }
    }

    private async Task<IBrowser> StartAsync(string path)
    {
        pages = 1;
        PlaywrightDriver.Point();
        playwright ??= await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Headless = true,
            // Its own sandbox needs a user other than root.
            ChromiumSandbox = Environment.UserName != "root",
            // What belongs to no page, updates and the like, goes nowhere.
            Proxy = new() { Server = "http://127.0.0.1:9" },
            Args =
            [
                "--disable-quic", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--dns-prefetch-disable",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--js-flags=--max-old-space-size=256", "--renderer-process-limit=2",
                "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--blink-settings=imagesEnabled=false",
            ],
        });
    }

    private async Task CloseAsync()
    {
        var closing = Interlocked.Exchange(ref browser, null);
        try
        {
            if (closing is not null) await closing.CloseAsync();
        }
        catch (PlaywrightException) { /* it had died before */ }
        playwright?.Dispose();
        playwright = null;
    }

    private static string InWords(PlaywrightException failed, RenderRequest request)
    {
        if (request.Guard.Refusals.FirstOrDefault() is { } refusal) return refusal;
        return failed.Message.Split('\n')[0].Trim();
    }
}
