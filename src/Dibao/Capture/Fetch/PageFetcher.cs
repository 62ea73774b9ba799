using System.Diagnostics.CodeAnalysis;
using Dibao.Capture.Robots;

namespace Dibao.Capture.Fetch;

/// <summary>Fetches an address, redirects and all, within the limits of <see cref="CaptureOptions"/> and at each host's pace. Thread-safe.</summary>
/// <param name="profiles">Null asks every source alike.</param>
/// <param name="robots">Null asks nobody's leave.</param>
public sealed class PageFetcher(CaptureOptions options, Wire wire, HostPace pace, FetchProfiles? profiles = null, RobotsBook? robots = null)
{
    // A host that wants to be left alone for longer is not waited for: who asks comes back later.
    private static readonly TimeSpan LongestWaitForPeace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PeaceWhenNoneIsNamed = TimeSpan.FromMinutes(1);

    /// <remarks>Each hop: <list type="number">
    /// <item>its address is a web address, and not one of the hops before;</item>
    /// <item>robots.txt of its host allows it, where that is asked;</item>
    /// <item>its host has not asked for peace;</item>
    /// <item>its host's turn comes, and it is asked; the address policy looks at where it connects.</item>
    /// </list></remarks>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired. A timeout is <see cref="FetchOutcome.Failed"/>.</exception>
    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        var (profile, source) = profiles?.For(request) ?? (FetchProfile.Standard, null);
        var exchanges = new List<Exchange>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var url = request.Url; ;)
        {
            if (!TryParse(url, out var uri)) return Never($"{url} is not an http or https address", FailureCause.Address, exchanges);
            if (!asked.Add(uri.OriginalString)) return Never($"{request.Url} redirects in a loop, back to {url}", FailureCause.Redirects, exchanges);
            var (refusal, least) = await MayAskAsync(request, uri, profile, exchanges, cancel);
            if (refusal is not null) return refusal;
            var asking = new Asking(request, uri, profile, profile.HasSecrets && profile.EntrustsTo(uri, source));
            var answer = await pace.RunAsync(uri, request.Rank, least, token => wire.AskAsync(asking, token), cancel);
            if (answer.Exchange is not { } exchange) return new FetchOutcome.Failed(answer.Problem!, exchanges) { Lasting = answer.Lasting, Cause = answer.Cause };
            exchanges.Add(exchange);
            if (PeaceAskedFor(exchange) is { } peace) pace.LeaveInPeace(uri, peace);
            if (!IsRedirect(exchange.Status, request)) return Judge(exchange, exchanges);
            if (exchange.Location is null) return Never($"{url} redirects ({exchange.Status}) to no address that can be read", FailureCause.Redirects, exchanges);
            if (exchanges.Count > options.MaxRedirects) return Never($"{request.Url} redirects more than {options.MaxRedirects} times", FailureCause.Redirects, exchanges);
            url = exchange.Location;
        }
    }

    private async Task<(FetchOutcome.Failed? Refusal, TimeSpan? Least)> MayAskAsync(
        FetchRequest request, Uri uri, FetchProfile profile, IReadOnlyList<Exchange> exchanges, CancellationToken cancel)
    {
        var least = profile.Delay;
        if (request.ObeysRobots && robots is not null)
        {
            var question = FetchRequest.Robots("") with { Source = request.Source, PartOf = request.PartOf ?? request.Url, Rank = request.Rank };
            var verdict = await robots.AskAsync(uri, (url, token) => FetchAsync(question with { Url = url }, token), cancel);
            if (verdict.Refusal is { } words)
                return (new(words, exchanges) { Lasting = verdict.RetryAfter is null, Cause = FailureCause.Robots, RetryAfter = verdict.RetryAfter }, least);
            if (least is null || verdict.CrawlDelay > least) least = verdict.CrawlDelay;
        }
        var peace = pace.PeaceLeft(uri);
        if (peace <= LongestWaitForPeace) return (null, least);
        var reason = $"{uri.Host} asked to be left in peace for {peace.TotalMinutes:0.#} more minutes; {uri} is asked for later";
        return (new(reason, exchanges) { Cause = FailureCause.Peace, RetryAfter = peace }, least);
    }

    // A 503 that names no time speaks of its page alone.
    private static TimeSpan? PeaceAskedFor(Exchange answer) => answer.Status switch
    {
        429 => Freshness.RetryAfter(answer) ?? PeaceWhenNoneIsNamed,
        503 => Freshness.RetryAfter(answer),
        _ => null,
    };

    private FetchOutcome Judge(Exchange final, IReadOnlyList<Exchange> exchanges) => final switch
    {
        { Status: 304 } => new FetchOutcome.Unchanged(exchanges),
        { Status: >= 400 } => new FetchOutcome.Refused(final.Status, Freshness.RetryAfter(final), exchanges),
        { Truncated: "time" } => new FetchOutcome.Failed(
            $"{final.Url} sent only {final.Body.Length:N0} bytes within {options.BodyTimeout.TotalSeconds:0.###} s, or fell silent for {options.StallTimeout.TotalSeconds:0.###} s", exchanges) { Cause = FailureCause.Truncated },
        { Truncated: "disconnect" } => new FetchOutcome.Failed(
            $"{final.Url} broke off after {final.Body.Length:N0} bytes", exchanges) { Cause = FailureCause.Truncated },
        { Status: >= 200 and < 300 } => new FetchOutcome.Fetched(exchanges),
        _ => new FetchOutcome.Failed($"{final.Url} answered {final.Status}, which means nothing here", exchanges),
    };

    private static FetchOutcome.Failed Never(string reason, FailureCause cause, IReadOnlyList<Exchange> exchanges) => new(reason, exchanges) { Lasting = true, Cause = cause };

    // A form goes on only to where the server wants it sent again (RFC 9110 §15.4).
    private static bool IsRedirect(int status, FetchRequest request) => status is 307 or 308 || (status is 301 or 302 or 303 && request.Fields is null);

    // Path and query stay as the outlet wrote them: Uri would decode %41, and the record would name what was never asked.
    private static bool TryParse(string url, [NotNullWhen(true)] out Uri? uri)
    {
        uri = null;
        if (!ArticleUrl.TryNormalize(url, out var normal)) return false;
        var fragment = normal.IndexOf('#', StringComparison.Ordinal);
        var asked = fragment < 0 ? normal : normal[..fragment];
        return Uri.TryCreate(asked, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out uri);
    }
}
