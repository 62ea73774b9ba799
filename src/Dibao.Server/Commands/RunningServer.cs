using System.Net.Http.Json;
using System.Net.Sockets;
using Dibao.Keep;
using Dibao.Server.Hosting;

namespace Dibao.Server.Commands;

/// <summary>The server that has the archive open, as commands of the same user reach it.</summary>
internal sealed class RunningServer : IDisposable
{
    private readonly HttpClient http;

    private RunningServer(HttpClient http) => this.http = http;

    /// <summary>Null when none is running, or it was killed and left its socket behind.</summary>
    public static async Task<RunningServer?> FindAsync(string data, CancellationToken cancel)
    {
        if (ControlSocket.PathIn(data) is not { } path || !File.Exists(path)) return null;
        try
        {
            using var probe = await ConnectAsync(path, cancel);
        }
        catch (SocketException)
        {
            return null;
        }
        // A takedown in a large archive takes as long as its index takes to be written.
        return new(new(new SocketsHttpHandler { ConnectCallback = async (_, token) => new NetworkStream(await ConnectAsync(path, token), ownsSocket: true) })
        {
            BaseAddress = new("http://dibao.invalid"), Timeout = Timeout.InfiniteTimeSpan,
        });
    }

    /// <exception cref="UsageException">The server refused, with its words.</exception>
    /// <exception cref="IOException">It could not do it, or went away.</exception>
    public async Task<TakedownAnswer> TakeDownAsync(IReadOnlyList<long> articles, TakedownCause cause, string reason, CancellationToken cancel)
    {
        try
        {
            using var response = await http.PostAsJsonAsync(ControlSocket.TakedownPath, new TakedownRequest(articles, cause, reason), ControlSocket.Json, cancel);
            response.EnsureSuccessStatusCode();
            var answer = (await response.Content.ReadFromJsonAsync<TakedownAnswer>(ControlSocket.Json, cancel))!;
            if (answer.Refusal is { } refusal) throw new UsageException(refusal);
            return answer.Failure is { } failure ? throw new IOException(failure) : answer;
        }
        catch (HttpRequestException failed)
        {
            throw new IOException($"The running dibao did not take anything down: {failed.Message} Look at its log.", failed);
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<Socket> ConnectAsync(string path, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
