namespace Dibao.Capture.Fetch;

/// <summary>
/// One request a host at a time, with a pause between, and not too many over all. Each host has a door of its own, where what is new
/// goes before what is looked at again; a request that waits for its host takes no other host's place. Thread-safe.
/// </summary>
public sealed class HostPace(CaptureOptions options, AddressPolicy policy, TimeProvider time) : IDisposable
{
    /// <summary>The longest that a whole host is left in peace because one answer asked for it.</summary>
    public static readonly TimeSpan LongestPeace = TimeSpan.FromHours(1);

    private const int IdleLanesBeforeSweep = 1024;

    private readonly SemaphoreSlim slots = new(options.MaxConcurrentRequests);
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.OrdinalIgnoreCase);
    private long arrivals;

    /// <summary>Runs <paramref name="request"/> when its host's turn comes. The pause starts when it ends, however it ends.</summary>
    /// <param name="authority">The host with its port; two ports are two hosts.</param>
    /// <param name="least">The least pause after it, where that is longer than the options': a crawl-delay, a source's own.</param>
    public async Task<T> RunAsync<T>(Uri authority, FetchRank rank, TimeSpan? least, Func<CancellationToken, Task<T>> request, CancellationToken cancel)
    {
        var lane = await EnterAsync(authority, rank, cancel);
        try
        {
            await PauseAsync(lane, cancel);
            await slots.WaitAsync(cancel);
            try { return await request(cancel); }
            finally
            {
                lane.FreeAt = time.GetTimestamp() + Ticks(least > lane.Delay ? least.Value : lane.Delay);
                slots.Release();
            }
        }
        finally { Leave(lane); }
    }

    /// <summary>A host asked for peace: nothing is asked of it until then.</summary>
    public void LeaveInPeace(Uri authority, TimeSpan pause)
    {
        var until = time.GetTimestamp() + Ticks(pause > LongestPeace ? LongestPeace : pause);
        lock (lanes)
        {
            var lane = LaneOf(authority);
            if (until > lane.PeaceUntil) lane.PeaceUntil = until;
        }
    }

    /// <summary>How much longer a host is to be left in peace; zero or less when it is not.</summary>
    public TimeSpan PeaceLeft(Uri authority)
    {
        lock (lanes) return lanes.TryGetValue(authority.Authority, out var lane) && lane.PeaceUntil > 0 ? Until(lane.PeaceUntil) : TimeSpan.Zero;
    }

    public void Dispose() => slots.Dispose();

    // A timer may ring up to a millisecond early, and what is measured at the server is whether we kept our word.
    private async Task PauseAsync(Lane lane, CancellationToken cancel)
    {
        while (Until(Math.Max(lane.FreeAt, lane.PeaceUntil)) is var pause && pause > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)), time, cancel);
        }
    }

    private async Task<Lane> EnterAsync(Uri authority, FetchRank rank, CancellationToken cancel)
    {
        Lane lane;
        TaskCompletionSource turn;
        lock (lanes)
        {
            if (lanes.Count > IdleLanesBeforeSweep) Sweep();
            lane = LaneOf(authority);
            if (!lane.Busy)
            {
                lane.Busy = true;
                return lane;
            }
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lane.Waiting.Enqueue(turn, (rank, arrivals++));
        }
        // Whoever gives up while waiting is passed over when its turn comes.
        await using var given = cancel.UnsafeRegister(static (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token), turn);
        await turn.Task;
        return lane;
    }

    private void Leave(Lane lane)
    {
        lock (lanes)
        {
            while (lane.Waiting.TryDequeue(out var next, out _))
            {
                if (next.TrySetResult()) return;
            }
            lane.Busy = false;
        }
    }

    private Lane LaneOf(Uri authority)
    {
        if (lanes.TryGetValue(authority.Authority, out var lane)) return lane;
        var own = policy.IsAllowedByName(authority.Host, authority.Port);
        return lanes[authority.Authority] = new(own ? options.AllowedHostDelay : options.HostDelay);
    }

    private void Sweep()
    {
        var now = time.GetTimestamp();
        foreach (var (host, lane) in lanes)
        {
            if (!lane.Busy && lane.FreeAt <= now && lane.PeaceUntil <= now) lanes.Remove(host);
        }
    }

    private TimeSpan Until(long timestamp) => time.GetElapsedTime(time.GetTimestamp(), timestamp);

    private long Ticks(TimeSpan span) => (long)Math.Ceiling(span.TotalSeconds * time.TimestampFrequency);

    private sealed class Lane(TimeSpan delay)
    {
        public TimeSpan Delay => delay;
        public PriorityQueue<TaskCompletionSource, (FetchRank Rank, long Arrival)> Waiting { get; } = new();
        public bool Busy { get; set; }

        /// <summary>Timestamp; set by the one whose turn it is.</summary>
        public long FreeAt { get; set; }

        /// <summary>Timestamp; 0 while nobody asked for peace.</summary>
        public long PeaceUntil { get; set; }
    }
}
