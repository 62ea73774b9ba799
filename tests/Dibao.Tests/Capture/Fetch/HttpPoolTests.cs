using System.Net;
using System.Net.Sockets;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Fetch;

/// <summary>What is left open after very many hosts were asked.</summary>
public sealed class HttpPoolTests
{
    private const int Hosts = 3 * HttpPool.MostConnections;

    [Fact]
    public async Task However_many_hosts_are_asked_only_so_many_connections_stay_open()
    {
        var open = 0;
        var most = 0;
        await using var hosts = new ManyHosts(Hosts, change => most = Math.Max(most, Interlocked.Add(ref open, change)));
        var options = new CaptureOptions { AllowHosts = [.. hosts.Authorities] };
        var policy = new AddressPolicy(options, TimeProvider.System);
        using var wire = new Wire(options, policy, TimeProvider.System);
        using var pace = new HostPace(options, policy, TimeProvider.System);
        var fetcher = new PageFetcher(options, wire, pace);
        foreach (var authority in hosts.Authorities)
            (await fetcher.FetchAsync(FetchRequest.Feed($"http://{authority}/"), TestContext.Current.CancellationToken)).ShouldBeOfType<FetchOutcome.Fetched>();
        // Hosts beyond the first pool were asked after it was closed; the server sees that a little later.
        most.ShouldBeLessThan(2 * HttpPool.MostConnections);
        most.ShouldBeGreaterThan(HttpPool.MostConnections / 2, "connections are kept for the next request");
    }

    [Fact]
    public async Task One_host_is_asked_again_on_its_connection_though_others_come_between()
    {
        var connections = 0;
        await using var hosts = new ManyHosts(20, change => connections += Math.Max(0, change));
        var options = new CaptureOptions { AllowHosts = [.. hosts.Authorities] };
        var policy = new AddressPolicy(options, TimeProvider.System);
        using var wire = new Wire(options, policy, TimeProvider.System);
        using var pace = new HostPace(options, policy, TimeProvider.System);
        var fetcher = new PageFetcher(options, wire, pace);
        for (var round = 0; round < 5; round++)
            foreach (var authority in hosts.Authorities) await fetcher.FetchAsync(FetchRequest.Feed($"http://{authority}/{round}"), TestContext.Current.CancellationToken);
        connections.ShouldBe(20);
    }

    /// <summary>Ports of loopback that answer everything and keep connections open.</summary>
    private sealed class ManyHosts : IAsyncDisposable
    {
        private readonly List<TcpListener> listeners = [];
        private readonly CancellationTokenSource stop = new();
        private readonly List<Task> serving = [];

        public ManyHosts(int count, Action<int> changed)
        {
            for (var i = 0; i < count; i++)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                listeners.Add(listener);
                serving.Add(AcceptAsync(listener, changed));
            }
        }

        public IEnumerable<string> Authorities => listeners.Select(listener => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var listener in listeners) listener.Dispose();
            stop.Dispose();
        }

        private async Task AcceptAsync(TcpListener listener, Action<int> changed)
        {
            while (true) _ = AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token), changed);
        }

        private async Task AnswerAsync(TcpClient client, Action<int> changed)
        {
            lock (listeners) changed(1);
            try
            {
                using var own = client;
                var stream = own.GetStream();
                var buffer = new byte[4096];
                while (await stream.ReadAsync(buffer, stop.Token) > 0)
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), stop.Token);
            }
            catch (Exception over) when (over is IOException or OperationCanceledException) { /* the asker left, or the test is over */ }
            finally
            {
                lock (listeners) changed(-1);
            }
        }
    }
}
