namespace Dibao.Capture.Fetch;

/// <summary>
/// One request a host at a time, with a pause between, and not too many over all. Each host waits in a queue of its own,
/// and a request that waits for its host takes no other host's place. Thread-safe.
/// </summary>
public sealed class HostPace(CaptureOptions options, AddressPolicy policy, TimeProvider time) : IDisposable
{
    private const int IdleLanesBeforeSweep = 1024;

    private readonly SemaphoreSlim slots = new(options.MaxConcurrentRequests);
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs <paramref name="request"/> when its host's turn comes. The pause starts when it ends, however it ends.</summary>
    /// <param name="authority">The host with its port; two ports are two hosts.</param>
    public async Task<T> RunAsync<T>(Uri authority, Func<CancellationToken, Task<T>> request, CancellationToken cancel)
    {
        var lane = Enter(authority);
        try
        {
            await lane.Turn.WaitAsync(cancel);
            try { return await RunInTurnAsync(lane, request, cancel); }
            finally { lane.Turn.Release(); }
        }
        finally { Leave(lane); }
    }

    public void Dispose() => slots.Dispose();

    private async Task<T> RunInTurnAsync<T>(Lane lane, Func<CancellationToken, Task<T>> request, CancellationToken cancel)
    {
        var pause = lane.FreeAt - time.GetUtcNow();
        if (pause > TimeSpan.Zero) await Task.Delay(pause, time, cancel);
        await slots.WaitAsync(cancel);
        try { return await request(cancel); }
        finally
        {
            lane.FreeAt = time.GetUtcNow() + lane.Delay;
            slots.Release();
        }
    }

    private Lane Enter(Uri authority)
    {
        lock (lanes)
        {
            if (lanes.Count > IdleLanesBeforeSweep) Sweep();
            if (!lanes.TryGetValue(authority.Authority, out var lane))
            {
                var own = policy.IsAllowedByName(authority.Host, authority.Port);
                lanes[authority.Authority] = lane = new(own ? options.AllowedHostDelay : options.HostDelay);
            }
            lane.Users++;
            return lane;
        }
    }

    private void Leave(Lane lane)
    {
        lock (lanes) lane.Users--;
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (host, lane) in lanes)
        {
            if (lane.Users == 0 && lane.FreeAt <= now) lanes.Remove(host);
        }
    }

    private sealed class Lane(TimeSpan delay)
    {
        public SemaphoreSlim Turn { get; } = new(1);
        public TimeSpan Delay => delay;
        public DateTimeOffset FreeAt { get; set; }
        public int Users { get; set; }
    }
}
