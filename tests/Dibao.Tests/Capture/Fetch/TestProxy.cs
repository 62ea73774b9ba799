using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dibao.Tests.Capture.Fetch;

/// <summary>A proxy on loopback, SOCKS5 or HTTP by the first byte it is sent, that connects everybody to one place and remembers who was asked for.</summary>
internal sealed class TestProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> asked = new();
    private readonly CancellationTokenSource stop = new();
    private readonly (string User, string Password)? credentials;
    private readonly int target;
    private readonly Task accepting;

    public TestProxy(int target, (string User, string Password)? credentials = null)
    {
        (this.target, this.credentials) = (target, credentials);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>As the client named them: <c>name:host:port</c>, <c>address:…</c>, <c>connect:…</c>, <c>get:…</c>.</summary>
    public IReadOnlyList<string> Asked => [.. asked];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var outlet = new TcpClient())
        {
            try
            {
                var stream = client.GetStream();
                var first = await ReadAsync(stream, 1);
                await outlet.ConnectAsync(IPAddress.Loopback, target, stop.Token);
                if (first[0] == 5 ? !await SocksAsync(stream) : !await HttpAsync(stream, first[0], outlet.GetStream())) return;
                await Task.WhenAny(stream.CopyToAsync(outlet.GetStream(), stop.Token), outlet.GetStream().CopyToAsync(stream, stop.Token));
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or SocketException) { }
        }
    }

    private async Task<bool> SocksAsync(NetworkStream stream)
    {
        var methods = await ReadAsync(stream, (await ReadAsync(stream, 1))[0]);
        var chosen = (byte)(credentials is null ? 0 : 2);
        await stream.WriteAsync(new byte[] { 5, methods.Contains(chosen) ? chosen : (byte)255 }, stop.Token);
        if (!methods.Contains(chosen)) return false;
        if (credentials is { } expected)
        {
            await ReadAsync(stream, 1);
            var user = Encoding.UTF8.GetString(await ReadAsync(stream, (await ReadAsync(stream, 1))[0]));
            var password = Encoding.UTF8.GetString(await ReadAsync(stream, (await ReadAsync(stream, 1))[0]));
            await stream.WriteAsync(new byte[] { 1, (byte)((user, password) == expected ? 0 : 1) }, stop.Token);
            if ((user, password) != expected) return false;
        }
        var request = await ReadAsync(stream, 4);
        var host = request[3] switch
        {
            3 => "name:" + Encoding.ASCII.GetString(await ReadAsync(stream, (await ReadAsync(stream, 1))[0])),
            1 => "address:" + new IPAddress(await ReadAsync(stream, 4)),
            _ => "address:" + new IPAddress(await ReadAsync(stream, 16)),
        };
        var port = await ReadAsync(stream, 2);
        asked.Enqueue($"{host}:{(port[0] << 8) | port[1]}");
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, stop.Token);
        return true;
    }

    private async Task<bool> HttpAsync(NetworkStream stream, byte first, NetworkStream outlet)
    {
        var head = new StringBuilder().Append((char)first);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await ReadAsync(stream, 1))[0]);
        var text = head.ToString();
        if (credentials is { } expected && !text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{expected.User}:{expected.Password}")), StringComparison.Ordinal))
        {
            await stream.WriteAsync("HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop.Token);
            return false;
        }
        var line = text.Split(' ');
        asked.Enqueue($"{line[0].ToLowerInvariant()}:{line[1]}");
        if (line[0] == "CONNECT") await stream.WriteAsync("HTTP/1.1 200 Connected\r\n\r\n"u8.ToArray(), stop.Token);
        else await outlet.WriteAsync(Encoding.Latin1.GetBytes(text), stop.Token);
        return true;
    }

    private async Task<byte[]> ReadAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, stop.Token);
        return bytes;
    }
}
