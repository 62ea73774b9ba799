namespace Dibao.Bench.Capture;

/// <summary>How many files, sockets and the like this process has open at the most while this looks on; 0 where the system does not say.</summary>
internal sealed class Descriptors
{
    private const string Open = "/proc/self/fd";
    private readonly CancellationTokenSource stop = new();
    private readonly Task<int> watching;

    public Descriptors() => watching = Task.Run(WatchAsync);

    public async Task<int> EndAsync()
    {
        await stop.CancelAsync();
        var most = await watching;
        stop.Dispose();
        return most;
    }

    private async Task<int> WatchAsync()
    {
        var most = 0;
        while (!stop.IsCancellationRequested && Directory.Exists(Open))
        {
            most = Math.Max(most, Directory.EnumerateFileSystemEntries(Open).Count());
            await Task.Delay(50, CancellationToken.None);
        }
        return most;
    }
}
