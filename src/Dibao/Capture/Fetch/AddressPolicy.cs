using System.Net;
using System.Net.Sockets;

namespace Dibao.Capture.Fetch;

/// <summary>Addresses of a name, most preferred first; none when it has none.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancel);

/// <summary>
/// Which addresses the archive may ask. A feed is written by strangers: without this wall, an entry that links to
/// <c>http://127.0.0.1/</c> or to a cloud's metadata would make the archive read and publish what is inside the house.
/// Thread-safe.
/// </summary>
/// <remarks>Source: the IANA special-purpose address registries (RFC 6890), RFC 6598, RFC 6052. Any port of a public address may be asked.</remarks>
public sealed class AddressPolicy
{
    private static readonly TimeSpan AttemptWhenOthersRemain = TimeSpan.FromSeconds(5);
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    private static readonly (IPNetwork Network, string Kind)[] SpecialPurpose =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "unspecified"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "shared (carrier-grade NAT)"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("168.63.129.16/32"), "cloud metadata"),
        (IPNetwork.Parse("169.254.169.254/32"), "cloud metadata"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "protocol-assigned"),
        (IPNetwork.Parse("192.0.2.0/24"), "documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "6to4 relay"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "benchmarking"),
        (IPNetwork.Parse("198.51.100.0/24"), "documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
        (IPNetwork.Parse("::/128"), "unspecified"),
        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("::/96"), "IPv4-compatible"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "local NAT64"),
        (IPNetwork.Parse("2001::/32"), "Teredo"),
        (IPNetwork.Parse("2001::/23"), "protocol-assigned"),
        (IPNetwork.Parse("2001:db8::/32"), "documentation"),
        (IPNetwork.Parse("2002::/16"), "6to4"),
        (IPNetwork.Parse("3fff::/20"), "documentation"),
        (IPNetwork.Parse("fc00::/7"), "private (unique local)"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "private (site-local)"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
    ];

    private static readonly string[] HouseEndings = [".localhost", ".local", ".internal", ".home.arpa", ".lan", ".localdomain"];

    private readonly HashSet<AllowedHost> allowed = [];
    private readonly ResolveHost resolve;
    private readonly TimeProvider time;

    public AddressPolicy(CaptureOptions options, TimeProvider time, ResolveHost? resolve = null)
    {
        this.time = time;
        this.resolve = resolve ?? ((host, cancel) => Dns.GetHostAddressesAsync(host, cancel));
        foreach (var text in options.AllowHosts)
        {
            if (AllowedHost.TryParse(text, out var host)) allowed.Add(host);
        }
    }

    /// <summary>What keeps <paramref name="address"/> off the public Internet, as an adjective; null when it is on it.</summary>
    public static string? Refusal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return Refusal(address.MapToIPv4());
        // DNS64 hands these out for public IPv4 hosts, so what counts is the address inside.
        if (Nat64.Contains(address)) return Refusal(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        foreach (var (network, kind) in SpecialPurpose)
        {
            if (network.Contains(address)) return kind;
        }
        return address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address) ? null : "unassigned";
    }

    /// <summary>Whether the operator allowed the host by name.</summary>
    public bool IsAllowedByName(string host, int port)
    {
        if (allowed.Count == 0) return false;
        var name = host.Trim('[', ']').ToLowerInvariant();
        return allowed.Contains(new(name, port)) || allowed.Contains(new(name, null));
    }

    /// <summary>Resolves once and connects to exactly what was checked: a second answer of the name server changes nothing.</summary>
    /// <exception cref="AddressRefusedException">No address of the host may be asked.</exception>
    /// <exception cref="SocketException">The name does not resolve, or nothing listens there.</exception>
    public async ValueTask<Socket> ConnectAsync(DnsEndPoint target, CancellationToken cancel) =>
        await ConnectAsync(await ResolveAsync(target, cancel), target.Port, cancel);

    /// <summary>The addresses of a host that may be asked, most preferred first; at least one.</summary>
    /// <inheritdoc cref="ConnectAsync(DnsEndPoint,CancellationToken)" path="/exception"/>
    public async Task<IPAddress[]> ResolveAsync(DnsEndPoint target, CancellationToken cancel)
    {
        var host = target.Host.Trim('[', ']');
        return Permitted(host, target.Port, await AddressesAsync(host, cancel));
    }

    /// <summary>Connects to a proxy that the operator named, wherever it stands.</summary>
    /// <exception cref="SocketException">The name does not resolve, or nothing listens there.</exception>
    internal async ValueTask<Socket> ConnectToProxyAsync(ProxyAddress proxy, CancellationToken cancel)
    {
        try
        {
            var addresses = await AddressesAsync(proxy.Host.Trim('[', ']'), cancel);
            if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
            return await ConnectAsync(addresses, proxy.Port, cancel);
        }
        catch (SocketException failed)
        {
            throw new ProxyException(proxy, $"cannot be reached ({failed.SocketErrorCode}): start it, or correct the source's profile");
        }
    }

    /// <summary>
    /// What keeps a host from being asked through a proxy that resolves names itself; null when nothing does. Only the name can be
    /// looked at here, so names that mean this machine or this house are refused by their endings, and addresses by their kind.
    /// </summary>
    /// <remarks>Source: RFC 6761 §6.3, RFC 6762, RFC 8375; names of a single label are a local network's.</remarks>
    public AddressRefusedException? RefusalElsewhere(Uri asked)
    {
        var host = asked.IdnHost.Trim('[', ']').TrimEnd('.');
        if (IsAllowedByName(asked.IdnHost, asked.Port)) return null;
        if (IPAddress.TryParse(host, out var literal))
        {
            return Refusal(literal) is { } kind ? new(host, asked.Port, $"has the {kind} address {literal}") : null;
        }
        var inside = !host.Contains('.', StringComparison.Ordinal) || Array.Exists(HouseEndings, ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return inside ? new(host, asked.Port, "is a name inside of a house") : null;
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancel) =>
        IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancel);

    private async Task<Socket> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancel)
    {
        for (var i = 0; ; i++)
        {
            try { return await ConnectAsync(new(addresses[i], port), i + 1 < addresses.Length, cancel); }
            catch (SocketException) when (i + 1 < addresses.Length) { /* the next address may answer */ }
        }
    }

    private IPAddress[] Permitted(string host, int port, IPAddress[] addresses)
    {
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        if (IsAllowedByName(host, port)) return addresses;
        var permitted = Array.FindAll(addresses, address => Refusal(address) is null);
        return permitted.Length > 0 ? permitted : throw new AddressRefusedException(host, port, $"has the {Refusal(addresses[0])} address {addresses[0]}");
    }

    // An address that swallows packets must not eat the time of the next one.
    private async Task<Socket> ConnectAsync(IPEndPoint address, bool othersRemain, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(othersRemain ? AttemptWhenOthersRemain : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connected = false;
        try
        {
            await socket.ConnectAsync(address, either.Token);
            connected = true;
            return socket;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
        finally
        {
            if (!connected) socket.Dispose();
        }
    }
}

/// <summary>A host has no address that may be asked, or none that can be looked at.</summary>
public sealed class AddressRefusedException(string host, int port, string what) : IOException(
    $"{host} {what}, which is not asked unless its name is allowed: "
    + $"add \"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}\" to Capture:AllowHosts (DIBAO_CAPTURE_ALLOW_HOSTS) if you mean it");
