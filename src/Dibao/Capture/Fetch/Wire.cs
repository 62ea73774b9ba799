using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Dibao.Capture.Fetch;

/// <summary>One request to be made.</summary>
/// <param name="Entrusted">Whether the profile's secrets may go with it.</param>
public sealed record Asking(FetchRequest Request, Uri Uri, FetchProfile Profile, bool Entrusted);

/// <summary>One request, one answer, kept as it went over the wire: no redirect followed, nothing unpacked. Thread-safe.</summary>
public sealed class Wire : IDisposable
{
    private const int RememberedAddresses = 10_000;

    private readonly CaptureOptions options;
    private readonly AddressPolicy policy;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, HttpPool> byProxy = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IPAddress> answering = new(StringComparer.OrdinalIgnoreCase);

    public Wire(CaptureOptions options, AddressPolicy policy, TimeProvider time) => (this.options, this.policy, this.time) = (options, policy, time);

    /// <summary>Authorities beside the machine's own that may vouch for a certificate; null for none.</summary>
    internal X509Certificate2Collection? FurtherAuthorities { get; init; }

    /// <summary>The exchange, or why there is none.</summary>
    public readonly record struct Answer(Exchange? Exchange, string? Problem)
    {
        /// <inheritdoc cref="FetchOutcome.Failed.Lasting"/>
        public bool Lasting { get; init; }

        public FailureCause Cause { get; init; }
    }

    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired; a timeout is an <see cref="Answer.Problem"/>.</exception>
    public async Task<Answer> AskAsync(Asking asking, CancellationToken cancel)
    {
        ProxyAddress? proxy = null;
        if (asking.Profile.Proxy is { } through && !ProxyAddress.TryParse(through, out proxy)) return new(null, ProxyAddress.Problem(through)) { Lasting = true, Cause = FailureCause.Proxy };
        if (proxy is { Kind: not ProxyKind.Socks5 } && policy.RefusalElsewhere(asking.Uri) is { } inside) return new(null, inside.Message) { Lasting = true, Cause = FailureCause.Address };
        var recording = WireRecording.Current = new();
        using var request = Compose(asking);
        var at = time.GetUtcNow();
        try
        {
            using var lease = Through(asking.Profile.Proxy, proxy).Enter();
            using var response = await SendAsync(lease.Http, request, cancel);
            if (asking.Request.TextOnly && NotText(response) is { } type) return new(null, $"{asking.Uri} is {type}, not a page") { Lasting = true, Cause = FailureCause.Type };
            var (body, truncated) = await BodyReading.ReadAsync(response.Content, Math.Min(asking.Request.MaxBodyBytes ?? int.MaxValue, options.MaxBodyBytes), options, time, cancel);
            return new(Keep(asking, recording, request, response, at, body) with { Truncated = truncated }, null);
        }
        catch (TimeoutException slow) { return new(null, slow.Message) { Cause = FailureCause.Timeout }; }
        catch (HttpRequestException failed)
        {
            var (words, cause) = FailureInWords.Of(failed, asking.Uri);
            return new(null, words) { Lasting = cause is FailureCause.Address, Cause = cause };
        }
        catch (IOException failed) { return new(null, $"{asking.Uri} broke off: {failed.Message}") { Cause = FailureCause.Connection }; }
    }

    public void Dispose()
    {
        foreach (var pool in byProxy.Values) pool.Dispose();
    }

    private HttpRequestMessage Compose(Asking asking)
    {
        var (asked, profile) = (asking.Request, asking.Profile);
        var request = new HttpRequestMessage(asked.Fields is null ? HttpMethod.Get : HttpMethod.Post, asking.Uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = asked.Fields is null ? null : new FormUrlEncodedContent(asked.Fields),
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        headers.TryAddWithoutValidation("Accept", asked.Accept);
        headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        if (asked.ETag is not null) headers.TryAddWithoutValidation("If-None-Match", asked.ETag);
        if (asked.LastModified is not null) headers.TryAddWithoutValidation("If-Modified-Since", asked.LastModified);
        if (!asking.Entrusted) return request;
        foreach (var (name, value) in profile.Headers)
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }
        if (profile.Cookie is not null) headers.TryAddWithoutValidation("Cookie", profile.Cookie);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(options.HeaderTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try { return await http.SendAsync(request, either.Token); }
        catch (OperationCanceledException slow) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.RequestUri} sent no headers within {options.HeaderTimeout.TotalSeconds:0.###} s", slow);
        }
    }

    // Read from the very bytes that are kept, so that a rebuild reads the same.
    private Exchange Keep(Asking asking, WireRecording recording, HttpRequestMessage request, HttpResponseMessage response, DateTimeOffset at, ReadOnlyMemory<byte> body)
    {
        var lines = response.Version.Major < 2 && recording.Response.Length > 0;
        var asked = HttpHead.Kept(lines ? recording.Request : HttpHead.Written(request, asking.Uri), asking.Entrusted ? asking.Profile : FetchProfile.Standard);
        var answered = HttpHead.Kept(lines ? recording.Response : HttpHead.Written(response), asking.Entrusted && asking.Profile.HasSecrets);
        var remote = lines ? recording.Remote : answering.GetValueOrDefault(asking.Uri.Authority);
        return KeptHead.ToExchange(asking.Uri.OriginalString, at, asked, answered, body) with
        {
            RemoteAddress = asking.Profile.Proxy is null ? remote?.ToString() : null,
            Protocol = response.Version.Major < 2 ? null : "h2",
        };
    }

    private HttpPool Through(string? address, ProxyAddress? proxy) => byProxy.GetOrAdd(address ?? "", _ => new(connected => Handler(proxy, connected)));

    private SocketsHttpHandler Handler(ProxyAddress? proxy, Action connected) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = proxy is { Kind: ProxyKind.Http },   // never the environment's: it would resolve names past the address policy
        Proxy = proxy is { Kind: ProxyKind.Http } ? new OneProxy(proxy) : null,
        ConnectTimeout = Timeout.InfiniteTimeSpan,      // Dialing has its own, on the injected clock
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10), // thousands of hosts, each asked now and then
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseDrainSize = 0,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1, // or Location would come decoded, and its bytes be lost
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        ConnectCallback = (context, cancel) =>
        {
            connected();
            return new Dialing(policy, options, proxy, time).ConnectAsync(context, cancel);
        },
        PlaintextStreamFilter = Tap,
        SslOptions = FurtherAuthorities is null ? new() : new SslClientAuthenticationOptions { CertificateChainPolicy = Vouched(FurtherAuthorities) },
    };

    // HTTP/2 has frames in place of lines: nothing there is worth listening to. Nor is what a proxy is told before a tunnel.
    private ValueTask<Stream> Tap(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancel)
    {
        var asked = context.InitialRequestMessage;
        var remote = asked.Options.TryGetValue(Dialing.Remote, out var address) ? address : null;
        if (context.NegotiatedHttpVersion.Major < 2) return new(asked.Method == HttpMethod.Connect ? context.PlaintextStream : new WireTap(context.PlaintextStream, remote));
        if (answering.Count >= RememberedAddresses) answering.Clear();
        if (remote is not null && asked.RequestUri is { } uri) answering[uri.Authority] = remote;
        return new(context.PlaintextStream);
    }

    private static X509ChainPolicy Vouched(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static string? NotText(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode) return null;
        var type = HttpHead.Value(response, "Content-Type")?.Split(';')[0].Trim().ToLowerInvariant();
        return type is "application/zip" or "application/gzip" or "application/pdf" || StartsAs(type, "audio/") || StartsAs(type, "video/") || StartsAs(type, "image/")
            ? type : null;
    }

    private static bool StartsAs(string? type, string prefix) => type?.StartsWith(prefix, StringComparison.Ordinal) == true;
}
