using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Dibao.Capture.Fetch;

namespace Dibao.Capture.Browser;

/// <summary>
/// The one door of a browser: an HTTP proxy on loopback, for one page, that makes each connection by the address policy and the source's
/// proxy. A page's scripts are a stranger's: without it they would reach whatever this machine reaches.
/// </summary>
/// <remarks>Source: RFC 9110 §9.3.6 (CONNECT), RFC 9112 §3.2.2 (absolute form). One request a connection; the password keeps other programs out.</remarks>
public sealed class GuardProxy : IAsyncDisposable
{
    private const int MaxConnections = 256;
    private const int LongestHead = 64 << 10;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop;
    private readonly AddressPolicy policy;
    private readonly Dialing dialing;
    private readonly ProxyAddress? through;
    private readonly string authorization;
    private readonly ConcurrentQueue<string> refusals = new();
    private readonly Task accepting;
    private long bytesLeft;
    private int connections;

    /// <param name="maxBytes">Both ways, over the whole page.</param>
    /// <param name="cancel">Ends every connection.</param>
    internal GuardProxy(AddressPolicy policy, CaptureOptions options, ProxyAddress? through, long maxBytes, TimeProvider time, CancellationToken cancel)
    {
        (this.policy, this.through, bytesLeft) = (policy, through, maxBytes);
        dialing = new(policy, options, through, time);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        authorization = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{User}:{Password}"));
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    public const string User = "dibao";
    public string Password { get; }

    /// <summary>Connections that were refused, in words; the first twenty.</summary>
    public IReadOnlyCollection<string> Refusals => refusals;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (Interlocked.Increment(ref connections) <= MaxConnections) serving.Add(ServeAsync(await listener.AcceptSocketAsync(stop.Token)));
        }
        catch (OperationCanceledException) { /* the page is done */ }
        catch (SocketException) { /* the listener was stopped */ }
        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var browser = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (await HeadAsync(browser) is not { } head) return;
            var request = GuardRequest.Read(head);
            if (request is null) { await SayAsync(browser, "400 Bad Request"); return; }
            if (request.Authorization != authorization) { await SayAsync(browser, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"dibao\"\r\n"); return; }
            await using var outlet = await ConnectAsync(request.Target);
            if (outlet is null) { await SayAsync(browser, "403 Forbidden"); return; }
            if (request.Onward is null) await SayAsync(browser, "200 Connected", end: "");
            else await outlet.WriteAsync(request.Onward, stop.Token);
            await Task.WhenAny(PumpAsync(browser, outlet), PumpAsync(outlet, browser));
        }
        catch (OperationCanceledException) { /* the page is done, or took too much */ }
        catch (IOException) { /* one of both ends has closed: the other is closed by leaving */ }
        catch (SocketException failed) { await TrySayAsync(browser, $"502 {failed.SocketErrorCode}"); }
    }

    private async Task<Stream?> ConnectAsync(Uri target)
    {
        try
        {
            if (through is { Kind: not ProxyKind.Socks5 } && policy.RefusalElsewhere(target) is { } inside) throw inside;
            return await dialing.DialAsync(new(target.IdnHost, target.Port), stop.Token);
        }
        catch (AddressRefusedException refused)
        {
            if (refusals.Count < 20) refusals.Enqueue(refused.Message);
            return null;
        }
    }

    private async Task PumpAsync(Stream from, Stream to)
    {
        var buffer = new byte[16 << 10];
        for (int read; (read = await from.ReadAsync(buffer, stop.Token)) > 0;)
        {
            if (Interlocked.Add(ref bytesLeft, -read) < 0) return;
            await to.WriteAsync(buffer.AsMemory(0, read), stop.Token);
        }
    }

    private async Task<byte[]?> HeadAsync(NetworkStream browser)
    {
        var head = new byte[LongestHead];
        for (var length = 0; length < head.Length;)
        {
            var read = await browser.ReadAsync(head.AsMemory(length), stop.Token);
            if (read == 0) return null;
            length += read;
            if (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0) return head[..length];
        }
        return null;
    }

    private Task SayAsync(NetworkStream browser, string status, string headers = "", string end = "Content-Length: 0\r\nConnection: close\r\n") =>
        browser.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}{end}\r\n"), stop.Token).AsTask();

    private async Task TrySayAsync(NetworkStream browser, string status)
    {
        try { await SayAsync(browser, status); }
        catch (IOException) { /* it has left already */ }
        catch (OperationCanceledException) { /* the page is done */ }
    }
}

/// <summary>What a browser asks its proxy.</summary>
/// <param name="Onward">Head and beginning of the body for the outlet, in origin form; null for a tunnel.</param>
internal sealed record GuardRequest(Uri Target, string? Authorization, byte[]? Onward)
{
    public static GuardRequest? Read(byte[] received)
    {
        var text = Encoding.Latin1.GetString(received);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        if (lines[0].Split(' ') is not [var method, var asked, var version]) return null;
        var tunnel = method == "CONNECT";
        if (!Uri.TryCreate(tunnel ? "https://" + asked : asked, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https")) return null;
        if (!tunnel && target.Scheme != "http") return null;
        var authorization = lines.Skip(1).FirstOrDefault(line => IsField(line, "Proxy-Authorization"))?.Split(':', 2)[1].Trim();
        if (tunnel) return new(target, authorization, null);
        var onward = new StringBuilder($"{method} {target.PathAndQuery} {version}\r\n");
        foreach (var line in lines.Skip(1).Where(line => !IsField(line, "Proxy-Authorization") && !IsField(line, "Proxy-Connection") && !IsField(line, "Connection"))) onward.Append(line).Append("\r\n");
        return new(target, authorization, Encoding.Latin1.GetBytes(onward.Append("Connection: close\r\n\r\n").Append(text.AsSpan(end + 4)).ToString()));
    }

    private static bool IsField(string line, string name) => line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase);
}
