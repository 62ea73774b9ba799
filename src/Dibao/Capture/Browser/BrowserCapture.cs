using System.Text;
using Dibao.Capture.Fetch;
using Dibao.Capture.FullText;
using Dibao.Extract;

namespace Dibao.Capture.Browser;

/// <summary>Has a page drawn by a browser where its source's profile says so: always, or when the plain page proves to be an empty shell.</summary>
/// <param name="render">Asked for each page; null while there is no browser.</param>
public sealed class BrowserCapture(HostPace pace, AddressPolicy policy, FetchProfiles profiles, CaptureOptions options, TimeProvider time, Func<RenderPage?> render)
{
    // Scripts, styles and data of one page; pictures are not asked for by the browser.
    private const long MaxBytesOfAPage = 32L << 20;

    // Less text than a short paragraph is a frame around nothing.
    private const int ShortestText = 140;

    /// <summary>The bundle with its drawn page, and why there is none where there should be.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired.</exception>
    public async Task<(CaptureBundle Bundle, string? Problem)> DrawAsync(CaptureBundle bundle, CancellationToken cancel)
    {
        if (bundle is not { PageError: null, Exchanges: [.., { Status: 200, Role: ExchangeRole.Page } final] }) return (bundle, null);
        var (profile, source) = profiles.For(FetchRequest.Page(bundle.Url) with { Source = bundle.SourceUrl });
        if (profile.Browser is BrowserUse.Never || (profile.Browser is BrowserUse.WhenEmpty && !IsEmptyShell(bundle, final))) return (bundle, null);
        if (!Uri.TryCreate(final.Url, UriKind.Absolute, out var url)) return (bundle, null);
        return await RenderAsync(url, profile, source, cancel) switch
        {
            Rendering.Drawn drawn => (bundle with { Rendered = Kept(drawn) }, null),
            Rendering.Failed failed => (bundle, $"{final.Url} was not drawn by a browser: {failed.Reason}"),
            _ => throw new InvalidOperationException("A rendering is either drawn or failed."),
        };
    }

    private async Task<Rendering> RenderAsync(Uri url, FetchProfile profile, string? source, CancellationToken cancel)
    {
        if (render() is not { } browser) return new Rendering.Failed("browsers are at work in `dibao serve` and `dibao capture` only");
        ProxyAddress? through = null;
        if (profile.Proxy is not null && !ProxyAddress.TryParse(profile.Proxy, out through)) return new Rendering.Failed(ProxyAddress.Problem(profile.Proxy)!);
        // The page's own host sees one visitor at a time, the browser included.
        return await pace.RunAsync(url, FetchRank.Page, profile.Delay, async token =>
        {
            await using var guard = new GuardProxy(policy, options, through, MaxBytesOfAPage, time, token);
            return await browser(new()
            {
                Url = url,
                Guard = guard,
                Agent = options.UserAgent,
                Time = options.BrowserTime,
                MaxLength = options.MaxDecodedBytes / 2,
                HeadersFor = asked => profile.HasSecrets && profile.EntrustsTo(asked, source) ? Headers(profile) : [],
            }, token);
        }, cancel);
    }

    private RenderedPage Kept(Rendering.Drawn drawn) => new()
    {
        Url = drawn.Url,
        At = time.GetUtcNow(),
        Html = Encoding.UTF8.GetBytes(drawn.Html),
        Agent = drawn.Agent,
    };

    private static IReadOnlyList<RequestHeader> Headers(FetchProfile profile) =>
        profile.Cookie is { } cookie ? [.. profile.Headers, new("Cookie", cookie)] : profile.Headers;

    private static bool IsEmptyShell(CaptureBundle bundle, Exchange page) =>
        ArticleText.KindOf(page, ArticleText.HintsOf(bundle)) is PageKind.EmptyShell
        || (ArticleText.HtmlOf(page) is { } html
        && html.Contains("<script", StringComparison.OrdinalIgnoreCase)
        && (ArticleText.OfPage(bundle)?.Text.Length ?? 0) < ShortestText);
}
