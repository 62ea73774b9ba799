namespace Dibao.Capture.Fetch;

/// <summary>
/// Connections that are kept for the next request, and no more of them than a machine has descriptors for: after so many the pool is
/// closed and another begun, as soon as the requests on it are over. Thread-safe.
/// </summary>
/// <remarks>A <see cref="SocketsHttpHandler"/> bounds the connections to one host, not those to all: ten thousand hosts that are asked in
/// one minute leave ten thousand open, and a process without descriptors does not live on (.NET ends it with "Out of memory").</remarks>
/// <param name="handler">Makes a handler that calls what it is given for every connection it makes.</param>
internal sealed class HttpPool(Func<Action, HttpMessageHandler> handler) : IDisposable
{
    /// <summary>What a fresh pool may connect before it is closed; half of the 1,024 descriptors that a process has by default on many systems is left for others.</summary>
    public const int MostConnections = 256;

    private readonly Lock gate = new();
    private Generation? current;
    private bool disposed;

    /// <summary>For one request, its body included.</summary>
    public Lease Enter()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (current is { IsUsedUp: true }) Retire();
            current ??= new(handler);
            current.Users++;
            return new(this, current);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            Retire();
        }
    }

    private void Retire()
    {
        if (current is { } old)
        {
            old.IsRetired = true;
            old.CloseIfOver();
        }
        current = null;
    }

    private void Leave(Generation generation)
    {
        lock (gate)
        {
            generation.Users--;
            generation.CloseIfOver();
        }
    }

    /// <summary>A place in the pool; to be disposed of once.</summary>
    public readonly struct Lease(HttpPool pool, Generation generation) : IDisposable
    {
        public HttpMessageInvoker Http => generation.Http;

        public void Dispose() => pool.Leave(generation);
    }

    internal sealed class Generation
    {
        private int connections;

        public Generation(Func<Action, HttpMessageHandler> handler) => Http = new(handler(() => Interlocked.Increment(ref connections)));

        public HttpMessageInvoker Http { get; }
        public int Users { get; set; }
        public bool IsRetired { get; set; }
        public bool IsUsedUp => Volatile.Read(ref connections) >= MostConnections;

        public void CloseIfOver()
        {
            if (IsRetired && Users == 0) Http.Dispose();
        }
    }
}
