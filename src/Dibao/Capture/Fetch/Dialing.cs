using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dibao.Capture.Fetch;

/// <summary>Makes connections: to checked addresses, or through the operator's proxy.</summary>
/// <param name="proxy">Null connects directly.</param>
internal sealed class Dialing(AddressPolicy policy, CaptureOptions options, ProxyAddress? proxy, TimeProvider time)
{
    /// <summary>Which address a connection was made to, from <see cref="ConnectAsync"/> to the filter that sees its bytes.</summary>
    public static readonly HttpRequestOptionsKey<IPAddress> Remote = new("Dibao.Remote");

    /// <summary>For a <see cref="SocketsHttpHandler"/>, which speaks to an HTTP proxy itself.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var stream = await InTimeAsync(
            token => proxy is { Kind: ProxyKind.Http } ? ToProxyAsync(proxy, token) : OnwardAsync(context.DnsEndPoint, token), cancel);
        if (proxy is null && stream.Socket.RemoteEndPoint is IPEndPoint { Address: var address })
        {
            context.InitialRequestMessage.Options.Set(Remote, address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        }
        return stream;
    }

    /// <summary>A connection to a host, as if there were no proxy.</summary>
    /// <exception cref="IOException">The address is refused (<see cref="AddressRefusedException"/>), or the proxy does not do its work.</exception>
    /// <exception cref="SocketException">Nothing answers there, or not in time.</exception>
    public Task<Stream> DialAsync(DnsEndPoint target, CancellationToken cancel) => InTimeAsync<Stream>(async token =>
    {
        if (proxy is not { Kind: ProxyKind.Http }) return await OnwardAsync(target, token);
        return await WhollyAsync(await ToProxyAsync(proxy, token), stream => TunnelAsync(stream, proxy, target, token));
    }, cancel);

    private async Task<NetworkStream> OnwardAsync(DnsEndPoint target, CancellationToken cancel)
    {
        if (proxy is null) return new(await policy.ConnectAsync(target, cancel), ownsSocket: true);
        // Resolved and checked before anything is said to the proxy.
        var asked = proxy.Kind is ProxyKind.Socks5WithNames ? target : new((await policy.ResolveAsync(target, cancel))[0].ToString(), target.Port);
        return await WhollyAsync(await ToProxyAsync(proxy, cancel), stream => Socks5.ConnectAsync(stream, proxy, asked, cancel));
    }

    private async Task<NetworkStream> ToProxyAsync(ProxyAddress through, CancellationToken cancel) => new(await policy.ConnectToProxyAsync(through, cancel), ownsSocket: true);

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> connect, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try { return await connect(either.Token); }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    // A greeting that fails leaves no open connection behind.
    private static async Task<NetworkStream> WhollyAsync(NetworkStream stream, Func<NetworkStream, Task> greet)
    {
        var connected = false;
        try
        {
            await greet(stream);
            connected = true;
            return stream;
        }
        finally
        {
            if (!connected) await stream.DisposeAsync();
        }
    }

    private static async Task TunnelAsync(NetworkStream stream, ProxyAddress through, DnsEndPoint target, CancellationToken cancel)
    {
        var credentials = through.User is null ? "" : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{through.User}:{through.Password}"))}\r\n";
        var host = target.Host.Contains(':', StringComparison.Ordinal) ? $"[{target.Host.Trim('[', ']')}]" : target.Host;
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"CONNECT {host}:{target.Port} HTTP/1.1\r\nHost: {host}:{target.Port}\r\n{credentials}\r\n"), cancel);
        // Byte by byte: what follows the head belongs to the tunnel.
        var head = new List<byte>(256);
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n'))
        {
            if (head.Count > 8192 || await stream.ReadAsync(one, cancel) == 0) throw new ProxyException(through, "does not answer as an HTTP proxy");
            head.Add(one[0]);
        }
        if (KeptHead.Status([.. head]) is not (>= 200 and < 300) and var status) throw new ProxyException(through, $"does not connect to {target.Host} ({status})");
    }
}

/// <summary>Every request goes through one proxy, the ones to loopback too.</summary>
internal sealed class OneProxy(ProxyAddress proxy) : IWebProxy
{
    public ICredentials? Credentials { get; set; } = proxy.User is null ? null : new NetworkCredential(proxy.User, proxy.Password);

    public Uri GetProxy(Uri destination) => new UriBuilder(Uri.UriSchemeHttp, proxy.Host, proxy.Port).Uri;

    public bool IsBypassed(Uri host) => false;
}
