using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dibao.Capture.Fetch;

/// <summary>One request, one answer, kept as it went over the wire: no redirect followed, nothing unpacked. Thread-safe.</summary>
public sealed class Wire : IDisposable
{
    private const int RememberedAddresses = 10_000;

    private readonly CaptureOptions options;
    private readonly AddressPolicy policy;
    private readonly TimeProvider time;
    private readonly HttpMessageInvoker http;
    private readonly ConcurrentDictionary<string, IPAddress> answering = new(StringComparer.OrdinalIgnoreCase);

    public Wire(CaptureOptions options, AddressPolicy policy, TimeProvider time)
    {
        (this.options, this.policy, this.time) = (options, policy, time);
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,                       // a proxy would resolve the names itself, past the address policy
            ConnectTimeout = Timeout.InfiniteTimeSpan, // HeaderTimeout covers it
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseDrainSize = 0,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1, // or Location would come decoded, and its bytes be lost
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>The exchange, or why there is none.</summary>
    public readonly record struct Answer(Exchange? Exchange, string? Problem)
    {
        public TimeSpan? RetryAfter { get; init; }

        /// <inheritdoc cref="FetchOutcome.Failed.Lasting"/>
        public bool Lasting { get; init; }
    }

    /// <param name="uri">Absolute, http or https.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired; a timeout is an <see cref="Answer.Problem"/>.</exception>
    public async Task<Answer> AskAsync(FetchRequest asked, Uri uri, CancellationToken cancel)
    {
        using var request = Compose(asked, uri);
        var at = time.GetUtcNow();
        try
        {
            using var response = await SendAsync(request, cancel);
            if (asked.TextOnly && NotText(response) is { } type) return new(null, $"{uri} is {type}, not a page") { Lasting = true };
            var (body, truncated) = await ReadBodyAsync(response.Content, cancel);
            return new(Keep(request, response, uri, at, body, truncated), null) { RetryAfter = RetryAfter(response) };
        }
        catch (TimeoutException slow) { return new(null, slow.Message); }
        catch (HttpRequestException failed)
        {
            return new(null, InWords(failed, uri)) { Lasting = failed.InnerException is AddressRefusedException };
        }
        catch (IOException failed) { return new(null, $"{uri} broke off: {failed.Message}"); }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Compose(FetchRequest asked, Uri uri)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", asked.Accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        if (asked.ETag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", asked.ETag);
        if (asked.LastModified is not null) request.Headers.TryAddWithoutValidation("If-Modified-Since", asked.LastModified);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(options.HeaderTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try { return await http.SendAsync(request, either.Token); }
        catch (OperationCanceledException slow) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.RequestUri} sent no headers within {options.HeaderTimeout.TotalSeconds:0.###} s", slow);
        }
    }

    // What was read is worth keeping however it ended, so every end gives the bytes and a WARC-Truncated reason.
    private async Task<(ReadOnlyMemory<byte> Body, string? Truncated)> ReadBodyAsync(HttpContent content, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(options.BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        using var body = new MemoryStream();
        var truncated = await FillAsync(content, body, timer.Token, either.Token, cancel);
        return (body.ToArray(), truncated);
    }

    private async Task<string?> FillAsync(HttpContent content, MemoryStream body, CancellationToken late, CancellationToken either, CancellationToken cancel)
    {
        var buffer = new byte[32 << 10];
        try
        {
            await using var stream = await content.ReadAsStreamAsync(either);
            for (int read; (read = await stream.ReadAsync(buffer, either)) > 0;)
            {
                var room = options.MaxBodyBytes - (int)body.Length;
                body.Write(buffer, 0, Math.Min(read, room));
                if (read > room) return "length";
            }
            return null;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested) { return "time"; }
        catch (IOException) { return "disconnect"; }
        catch (HttpRequestException) { return "disconnect"; }
    }

    // Read from the very bytes that are kept, so that a rebuild reads the same.
    private Exchange Keep(
        HttpRequestMessage request, HttpResponseMessage response, Uri uri, DateTimeOffset at, ReadOnlyMemory<byte> body, string? truncated) =>
        KeptHead.ToExchange(uri.OriginalString, at, HttpHead.Of(request, uri), HttpHead.Of(response), body) with
        {
            RemoteAddress = answering.TryGetValue(uri.Authority, out var address) ? address.ToString() : null,
            Truncated = truncated,
        };

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? asked?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string? NotText(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode) return null;
        var type = HttpHead.Value(response, "Content-Type")?.Split(';')[0].Trim().ToLowerInvariant();
        return type is "application/zip" or "application/gzip" or "application/pdf" || StartsAs(type, "audio/") || StartsAs(type, "video/") || StartsAs(type, "image/")
            ? type : null;
    }

    private static bool StartsAs(string? type, string prefix) => type?.StartsWith(prefix, StringComparison.Ordinal) == true;

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = await policy.ConnectAsync(context.DnsEndPoint, cancel);
        if (answering.Count >= RememberedAddresses) answering.Clear();
        if (context.InitialRequestMessage.RequestUri is { } uri && socket.RemoteEndPoint is IPEndPoint remote) answering[uri.Authority] = remote.Address;
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static string InWords(HttpRequestException failed, Uri uri)
    {
        if (failed.InnerException is AddressRefusedException refused) return refused.Message;
        if ((failed.InnerException as SocketException ?? failed.InnerException?.InnerException as SocketException) is { } socket)
            return InWords(socket.SocketErrorCode, uri);
        return failed.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => InWords(SocketError.HostNotFound, uri),
            HttpRequestError.ConnectionError => InWords(SocketError.ConnectionRefused, uri),
            HttpRequestError.SecureConnectionError => $"{uri.Host} offers no trustworthy TLS: {failed.InnerException?.Message ?? failed.Message}",
            HttpRequestError.ResponseEnded => $"{uri} closed the connection before it answered",
            HttpRequestError.ConfigurationLimitExceeded => $"{uri} sent headers longer than 64 KiB",
            _ => $"{uri} does not answer in HTTP: {failed.InnerException?.Message ?? failed.Message}",
        };
    }

    private static string InWords(SocketError error, Uri uri) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            $"the name {uri.Host} does not resolve: check the spelling, and this machine's name server",
        SocketError.ConnectionRefused => $"nothing answers at {uri.Host} port {uri.Port}",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => $"{uri.Host} cannot be reached from this machine's network",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => $"{uri} closed the connection before it answered",
        SocketError.TimedOut => $"{uri.Host} does not answer at port {uri.Port}",
        _ => $"the connection to {uri.Host} failed ({error})",
    };
}
