using Microsoft.Playwright;
using Xunit;

namespace Dibao.Server.Tests.Read;

/// <summary>Debian's Chromium; tests that need it are skipped where it is absent.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Where pictures of the pages are put; none are taken where the variable is not set.</summary>
    public static string? Pictures { get; } = Environment.GetEnvironmentVariable("DIBAO_SCREENSHOTS");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A page in a browser of its own, which tells of every script error and every broken rule of the policy.</summary>
    public async Task<IPage> OpenAsync(Look look, List<string>? complaints = null)
    {
        if (browser is null) Assert.Skip($"{Chromium} is not installed: apt-get install chromium");
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = look.Width, Height = look.Width < 600 ? 844 : 900 },
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = look.Scripts,
            Locale = look.Language,
            BypassCSP = look.WithAxe,
            DeviceScaleFactor = look.Width < 600 ? 2 : 1,
        });
        var page = await context.NewPageAsync();
        if (complaints is null) return page;
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) => { if (message.Type is "error" or "warning") complaints.Add(message.Text); };
        return page;
    }

    public static async Task PictureAsync(IPage page, string name, bool whole = false)
    {
        if (Pictures is null) return;
        Directory.CreateDirectory(Pictures);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png"), FullPage = whole });
    }
}

/// <summary>How a reader's browser is set.</summary>
public sealed record Look(int Width = 1200, bool Dark = false, bool Scripts = true, string Language = "zh-CN", bool WithAxe = false);
