using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dibao.Tests.Capture;

/// <summary>A server on loopback that answers with exactly the bytes a test gives it, and remembers exactly those it was sent.</summary>
internal sealed class RawSite : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly ConcurrentQueue<string> requests = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> answer;
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private int connections;

    /// <param name="answer">Told each request's head; returns when its answer is written. Closing is up to it.</param>
    public RawSite(Func<string, NetworkStream, CancellationToken, Task> answer, IPAddress? address = null)
    {
        this.answer = answer;
        listener = new(address ?? IPAddress.Loopback, 0);
        listener.Start();
        accepting = AcceptAsync();
    }

    public RawSite(params string[] answers) : this(InTurn(answers)) { }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public string Authority => listener.LocalEndpoint.ToString()!;
    public string Url(string path) => $"http://{Authority}{path}";

    /// <summary>Heads of all requests, in Latin-1.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    public int Connections => connections;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private static Func<string, NetworkStream, CancellationToken, Task> InTurn(string[] answers)
    {
        var next = -1;
        return (_, stream, cancel) => stream.WriteAsync(Encoding.Latin1.GetBytes(answers[Interlocked.Increment(ref next)]), cancel).AsTask();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                while (await HeadAsync(stream) is { } head)
                {
                    requests.Enqueue(head);
                    await answer(head, stream, stop.Token);
                }
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException) { }
        }
    }

    private async Task<string?> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop.Token) == 1)
        {
            head.Append((char)one[0]);
            if (head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n") return head.ToString();
        }
        return null;
    }
}
