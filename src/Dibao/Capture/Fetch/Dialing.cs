using System.Net;
using System.Net.Sockets;

namespace Dibao.Capture.Fetch;

/// <summary>Makes the connections of one <see cref="SocketsHttpHandler"/>: checked addresses, or the operator's proxy.</summary>
/// <param name="proxy">Null connects directly.</param>
internal sealed class Dialing(AddressPolicy policy, CaptureOptions options, ProxyAddress? proxy, TimeProvider time)
{
    /// <summary>Which address a connection was made to, from <see cref="ConnectAsync"/> to the filter that sees its bytes.</summary>
    public static readonly HttpRequestOptionsKey<IPAddress> Remote = new("Dibao.Remote");

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            return proxy switch
            {
                null => await DirectAsync(context, either.Token),
                { Kind: ProxyKind.Http } => new NetworkStream(await policy.ConnectToProxyAsync(proxy, either.Token), ownsSocket: true),
                _ => await ThroughSocksAsync(context.DnsEndPoint, proxy, either.Token),
            };
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    private async Task<Stream> DirectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = await policy.ConnectAsync(context.DnsEndPoint, cancel);
        if (socket.RemoteEndPoint is IPEndPoint remote)
        {
            var address = remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address;
            context.InitialRequestMessage.Options.Set(Remote, address);
        }
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<Stream> ThroughSocksAsync(DnsEndPoint target, ProxyAddress through, CancellationToken cancel)
    {
        // Resolved and checked before anything is said to the proxy.
        var asked = through.Kind is ProxyKind.Socks5WithNames ? target
            : new((await policy.ResolveAsync(target, cancel))[0].ToString(), target.Port);
        var stream = new NetworkStream(await policy.ConnectToProxyAsync(through, cancel), ownsSocket: true);
        var connected = false;
        try
        {
            await Socks5.ConnectAsync(stream, through, asked, cancel);
            connected = true;
            return stream;
        }
        finally
        {
            if (!connected) await stream.DisposeAsync();
        }
    }
}

/// <summary>Every request goes through one proxy, the ones to loopback too.</summary>
internal sealed class OneProxy(ProxyAddress proxy) : IWebProxy
{
    public ICredentials? Credentials { get; set; } = proxy.User is null ? null : new NetworkCredential(proxy.User, proxy.Password);

    public Uri GetProxy(Uri destination) => new UriBuilder(Uri.UriSchemeHttp, proxy.Host, proxy.Port).Uri;

    public bool IsBypassed(Uri host) => false;
}
