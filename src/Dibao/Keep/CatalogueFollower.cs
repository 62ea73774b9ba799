using System.Threading.Channels;

namespace Dibao.Keep;

/// <summary>Brings what is durable into the catalogue, in the order of the segments, while the next captures are already written.</summary>
/// <remarks>A transaction costs the search index a run of its own, to be merged with the others, so it takes as many captures as there are, and
/// waits a moment for those that are on their way; it never waits for what nobody has handed over.</remarks>
internal sealed class CatalogueFollower : IAsyncDisposable
{
    // How far the catalogue may be behind: captures, and bytes of their records.
    private const int MostBehind = 1024;
    private const long MostBytesBehind = 16 << 20;

    private const int Enough = 64;
    private const int MostMoments = 10;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    private readonly Database database;
    private readonly CatalogueWriter writer;
    private readonly Channel<(ReadyCapture Capture, KeptUnit Unit)> durable =
        Channel.CreateBounded<(ReadyCapture, KeptUnit)>(new BoundedChannelOptions(MostBehind) { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim caughtUp = new(0);
    private readonly Task following;
    private volatile CatalogueException? fault;
    private long underWay;
    private long bytesBehind;
    private long leaves;

    public CatalogueFollower(Database database, WordingIndex index, long leaves)
    {
        this.database = database;
        this.leaves = leaves;
        writer = new(index);
        following = Task.Run(FollowAsync);
    }

    /// <summary>Captures that the catalogue knows, each with its leaf.</summary>
    public long Leaves => Interlocked.Read(ref leaves);

    /// <summary>Why the catalogue stays behind until dibao is started again; null while it follows.</summary>
    public CatalogueException? Fault => fault;

    /// <summary>Captures are on their way to be durable; or, below zero, will not come.</summary>
    public void Expect(int captures) => Interlocked.Add(ref underWay, captures);

    /// <summary>Takes durable captures; waits where the catalogue is so far behind that memory would fill.</summary>
    public async Task TakeAsync(IEnumerable<(ReadyCapture Capture, KeptUnit Unit)> captures)
    {
        foreach (var capture in captures)
        {
            while (Interlocked.Read(ref bytesBehind) > MostBytesBehind) await caughtUp.WaitAsync();
            Interlocked.Add(ref bytesBehind, capture.Capture.Capture.Bytes);
            await durable.Writer.WriteAsync(capture);
        }
    }

    /// <summary>Nothing more comes: ends when all that was taken is in the catalogue.</summary>
    public async ValueTask DisposeAsync()
    {
        durable.Writer.TryComplete();
        await following;
        caughtUp.Dispose();
    }

    private async Task FollowAsync()
    {
        var batch = new List<ReadyCapture>();
        var units = new List<KeptUnit>();
        while (await durable.Reader.WaitToReadAsync())
        {
            TakeDurable(batch, units);
            for (var moment = 0; moment < MostMoments && batch.Count < Enough && Interlocked.Read(ref underWay) > batch.Count; moment++)
            {
                await Task.Delay(Moment);
                TakeDurable(batch, units);
            }
            Apply(batch, units);
            Interlocked.Add(ref underWay, -batch.Count);
            Interlocked.Add(ref bytesBehind, -batch.Sum(capture => capture.Capture.Bytes));
            if (caughtUp.CurrentCount == 0) caughtUp.Release();
            batch.Clear();
            units.Clear();
        }
    }

    private void TakeDurable(List<ReadyCapture> batch, List<KeptUnit> units)
    {
        while (batch.Count < MostBehind && durable.Reader.TryRead(out var next))
        {
            batch.Add(next.Capture);
            units.Add(next.Unit);
        }
    }

    private void Apply(List<ReadyCapture> batch, List<KeptUnit> units)
    {
        if (fault is { } known) { Fail(batch, known); return; }
        try
        {
            var outcomes = database.Write(transaction => writer.ApplyAll(transaction, units, leaves));
            Interlocked.Add(ref leaves, units.Count);
            foreach (var (waiting, outcome) in batch.Zip(outcomes)) waiting.Done.SetResult(outcome);
        }
#pragma warning disable CA1031 // the follower's own loop: a bug must reach those who wait, not leave them waiting
        catch (Exception failed)
#pragma warning restore CA1031
        {
            // The bytes are safe; the catalogue is behind until the next start applies them. Nothing more is taken until then.
            fault = new CatalogueException(database.Path, failed);
            Fail(batch, fault);
        }
    }

    private static void Fail(List<ReadyCapture> batch, CatalogueException cause)
    {
        foreach (var waiting in batch)
        {
            waiting.Done.TrySetException(cause);
            // Nobody waits for a seal.
            _ = waiting.Done.Task.Exception;
        }
    }
}
