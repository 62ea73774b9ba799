using System.Diagnostics.CodeAnalysis;

namespace Dibao.Capture.Fetch;

/// <summary>Fetches an address, redirects and all, within the limits of <see cref="CaptureOptions"/> and at each host's pace. Thread-safe.</summary>
public sealed class PageFetcher(CaptureOptions options, Wire wire, HostPace pace)
{
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired. A timeout is <see cref="FetchOutcome.Failed"/>.</exception>
    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        var exchanges = new List<Exchange>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var url = request.Url; ;)
        {
            if (!TryParse(url, out var uri)) return Never($"{url} is not an http or https address", exchanges);
            if (!asked.Add(uri.OriginalString)) return Never($"{request.Url} redirects in a loop, back to {url}", exchanges);
            var answer = await pace.RunAsync(uri, token => wire.AskAsync(request, uri, token), cancel);
            if (answer.Exchange is not { } exchange) return new FetchOutcome.Failed(answer.Problem!, exchanges) { Lasting = answer.Lasting };
            exchanges.Add(exchange);
            if (!IsRedirect(exchange.Status)) return Judge(exchange, answer.RetryAfter, exchanges);
            if (exchange.Location is null) return Never($"{url} redirects ({exchange.Status}) to no address that can be read", exchanges);
            if (exchanges.Count > options.MaxRedirects) return Never($"{request.Url} redirects more than {options.MaxRedirects} times", exchanges);
            url = exchange.Location;
        }
    }

    private FetchOutcome Judge(Exchange final, TimeSpan? retryAfter, IReadOnlyList<Exchange> exchanges) => final switch
    {
        { Status: 304 } => new FetchOutcome.Unchanged(exchanges),
        { Status: >= 400 } => new FetchOutcome.Refused(final.Status, retryAfter, exchanges),
        { Truncated: "time" } => new FetchOutcome.Failed(
            $"{final.Url} sent only {final.Body.Length:N0} bytes within {options.BodyTimeout.TotalSeconds:0.###} s", exchanges),
        { Truncated: "disconnect" } => new FetchOutcome.Failed($"{final.Url} broke off after {final.Body.Length:N0} bytes", exchanges),
        { Status: >= 200 and < 300 } => new FetchOutcome.Fetched(exchanges),
        _ => new FetchOutcome.Failed($"{final.Url} answered {final.Status}, which means nothing here", exchanges),
    };

    private static FetchOutcome.Failed Never(string reason, IReadOnlyList<Exchange> exchanges) => new(reason, exchanges) { Lasting = true };

    private static bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308;

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
