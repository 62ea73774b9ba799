namespace Dibao.Capture.Sources;

/// <summary>Lets one at a time do something about each key; others of the same key wait. Holds nothing for keys that nobody is about. Thread-safe.</summary>
internal sealed class Turns<TKey> where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Queue<TaskCompletionSource>> waiting = [];

    /// <summary>Ends when it is the caller's turn; disposing what comes back gives it on.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired before.</exception>
    public async ValueTask<IDisposable> EnterAsync(TKey key, CancellationToken cancel)
    {
        TaskCompletionSource? mine = null;
        lock (gate)
        {
            if (waiting.TryGetValue(key, out var others)) others.Enqueue(mine = new(TaskCreationOptions.RunContinuationsAsynchronously));
            else waiting[key] = [];
        }
        if (mine is not null)
        {
            await using var stop = cancel.Register(() => mine.TrySetCanceled(cancel));
            await mine.Task;
        }
        return new Turn(this, key);
    }

    // Whoever has given up is passed over.
    private void Leave(TKey key)
    {
        lock (gate)
        {
            while (waiting[key].TryDequeue(out var next))
                if (next.TrySetResult()) return;
            waiting.Remove(key);
        }
    }

    private sealed class Turn(Turns<TKey> turns, TKey key) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            if (!isOver) turns.Leave(key);
            isOver = true;
        }
    }
}
