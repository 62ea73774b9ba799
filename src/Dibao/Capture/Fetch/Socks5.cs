using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dibao.Capture.Fetch;

/// <summary>Asks a SOCKS5 proxy for a connection.</summary>
/// <remarks>Source: RFC 1928, RFC 1929.</remarks>
internal static class Socks5
{
    private const byte Version = 5, NoAuthentication = 0, UserAndPassword = 2, ConnectCommand = 1;
    private const byte IPv4 = 1, Name = 3, IPv6 = 4;

    /// <summary>From here on the stream is a connection to <paramref name="target"/>.</summary>
    /// <param name="target">An address, or a name that the proxy resolves.</param>
    /// <exception cref="ProxyException">The proxy refuses, or is no such proxy.</exception>
    public static async Task ConnectAsync(Stream stream, ProxyAddress proxy, DnsEndPoint target, CancellationToken cancel)
    {
        try
        {
            await GreetAsync(stream, proxy, cancel);
            await stream.WriteAsync(Request(target, proxy), cancel);
            var head = await ReadAsync(stream, 4, cancel);
            if (head[0] != Version) throw NotSocks(proxy);
            if (head[1] != 0) throw new ProxyException(proxy, $"does not connect to {target.Host}: {Reason(head[1])}");
            var length = head[3] switch { IPv4 => 4, IPv6 => 16, Name => (await ReadAsync(stream, 1, cancel))[0], _ => throw NotSocks(proxy) };
            await ReadAsync(stream, length + 2, cancel);
        }
        catch (EndOfStreamException) { throw NotSocks(proxy); }
    }

    private static async Task GreetAsync(Stream stream, ProxyAddress proxy, CancellationToken cancel)
    {
        await stream.WriteAsync(proxy.User is null ? new byte[] { Version, 1, NoAuthentication } : [Version, 2, NoAuthentication, UserAndPassword], cancel);
        var chosen = await ReadAsync(stream, 2, cancel);
        if (chosen[0] != Version) throw NotSocks(proxy);
        if (chosen[1] == NoAuthentication) return;
        if (chosen[1] != UserAndPassword || proxy.User is null) throw new ProxyException(proxy, "asks for a user and a password: put them into its address");
        var (user, password) = (Encoding.UTF8.GetBytes(proxy.User), Encoding.UTF8.GetBytes(proxy.Password ?? ""));
        await stream.WriteAsync((byte[])[1, (byte)user.Length, .. user, (byte)password.Length, .. password], cancel);
        if ((await ReadAsync(stream, 2, cancel))[1] != 0) throw new ProxyException(proxy, "does not accept its user and password");
    }

    private static byte[] Request(DnsEndPoint target, ProxyAddress proxy)
    {
        byte[] port = [(byte)(target.Port >> 8), (byte)target.Port];
        if (IPAddress.TryParse(target.Host.Trim('[', ']'), out var address))
        {
            return [Version, ConnectCommand, 0, address.AddressFamily == AddressFamily.InterNetwork ? IPv4 : IPv6, .. address.GetAddressBytes(), .. port];
        }
        var name = Encoding.ASCII.GetBytes(target.Host);
        if (name.Length > 255) throw new ProxyException(proxy, "takes no name of more than 255 letters");
        return [Version, ConnectCommand, 0, Name, (byte)name.Length, .. name, .. port];
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int count, CancellationToken cancel)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    private static ProxyException NotSocks(ProxyAddress proxy) => new(proxy, "does not answer as a SOCKS5 proxy");

    private static string Reason(byte code) => code switch
    {
        1 => "it failed",
        2 => "its rules forbid it",
        3 => "the network cannot be reached",
        4 => "the host cannot be reached, or its name does not resolve",
        5 => "nothing answers there",
        6 => "it took too long",
        _ => $"it gives reason {code}",
    };
}

/// <summary>The proxy that an operator chose for a source does not do its work.</summary>
internal sealed class ProxyException(ProxyAddress proxy, string what) : IOException($"the proxy {proxy} {what}");
