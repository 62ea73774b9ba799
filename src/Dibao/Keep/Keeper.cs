using System.Threading.Channels;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.Import;
using Dibao.Capture.Sources;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>The one writer of an archive: whoever keeps a bundle through it can lose power the moment it is acknowledged.</summary>
/// <remarks><list type="number">
/// <item>The caller's thread reads the bundle and makes its records: the costly part, side by side.</item>
/// <item>The writer appends every waiting capture to the open segment in one write; a new segment begins with what the one before was (<see cref="SegmentSeal"/>). A crash here leaves a torn tail, which recovery moves to quarantine: nobody was told of it.</item>
/// <item>One fsync for all of them. From here on they survive, and <see cref="ReadyCapture.Kept"/> ends: this is the acknowledgement.</item>
/// <item>One transaction brings them into the catalogue, while the next ones are already written. A crash before it ends costs nothing: opening applies again from the segments.</item>
/// <item>The callers are told what changed.</item>
/// </list>
/// Nothing waits for a batch to fill: what arrives during one fsync goes into the next, so that one capture alone pays one fsync, and many share it.</remarks>
public sealed class Keeper : IAsyncDisposable
{
    private const int MaxBatch = 256;
    private const long MaxBatchBytes = 8 << 20;

    private readonly SegmentWriter segments;
    private readonly TimeProvider time;
    private readonly Database database;
    private readonly Catalogue catalogue;
    private readonly CatalogueFollower follower;
    private readonly Channel<WriterTask> queue = Channel.CreateBounded<WriterTask>(new BoundedChannelOptions(2 * MaxBatch) { SingleReader = true });
    private readonly Task appending;
    private volatile Exception? broken;

    // Leaves up to the end of what is durable: the catalogue may be behind.
    private long durable;

    internal Keeper(SegmentWriter segments, Database database, WordingIndex index, long leaves, TimeProvider time)
    {
        this.segments = segments;
        this.time = time;
        durable = leaves;
        this.database = database;
        catalogue = new(database);
        follower = new(database, index, leaves);
        appending = Task.Run(AppendAllAsync);
    }

    /// <summary>Keeps a bundle, and says what it changed.</summary>
    /// <exception cref="IOException">The disk is full or failing: nothing of this bundle was acknowledged.</exception>
    public async Task<KeepOutcome> KeepAsync(CaptureBundle bundle, CancellationToken cancel)
    {
        // Not cancelled once queued: it may be on disk, and whoever asks must learn so.
        return await await EnqueueAsync(Prepare(bundle), cancel);
    }

    /// <summary>Reads a bundle and makes its records: costs processor time and nothing else, and may run side by side.</summary>
    /// <param name="file">What was read of the bundle's file already; null reads it.</param>
    public ReadyCapture Prepare(CaptureBundle bundle, ArticleFileReading.Parsed? file = null)
    {
        if (bundle.Kind is CaptureKind.Article or CaptureKind.File or CaptureKind.Known && catalogue.TakenDown(bundle.Outlet.Slug, bundle.Url) is { } article)
        {
            return new(bundle, new(null, null), PreparedCapture.None) { Refused = article };
        }
        var reading = BundleReading.Of(bundle, file);
        reading.Draft?.Ready();
        return new(bundle, reading, new BundleRecords(catalogue.FindPayload).Prepare(bundle, reading));
    }

    /// <summary>Hands a capture to the writer, in the caller's order.</summary>
    /// <returns>A task that ends when the capture is durable and in the catalogue; <see cref="ReadyCapture.Kept"/> ends before it.</returns>
    public async Task<Task<KeepOutcome>> EnqueueAsync(ReadyCapture capture, CancellationToken cancel)
    {
        if (capture.Refused is { } article) return Task.FromResult(Pass(capture, article));
        follower.Expect(1);
        try
        {
            await EnqueueAsync((WriterTask)capture, cancel);
        }
        catch
        {
            follower.Expect(-1);
            throw;
        }
        return capture.Done.Task;
    }

    // What was taken down is not kept again. That its feed goes on announcing it is noted, so that it is not fetched at every poll.
    private KeepOutcome Pass(ReadyCapture capture, long article)
    {
        if (capture.Bundle is { Entry: { } entry, SourceUrl: { } source })
        {
            database.Write(transaction => SourceLedger.Saw(transaction, source, entry, capture.Bundle.At));
        }
        capture.Acknowledged.TrySetResult();
        return new(0, article, ArticleChange.None);
    }

    /// <summary>Captures that the catalogue knows, each with its leaf.</summary>
    public long Leaves => follower.Leaves;

    /// <summary>Why nothing more is kept until dibao is started again; null while all is well.</summary>
    public string? Fault => Broken?.Message;

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await appending;
        await follower.DisposeAsync();
        segments.Dispose();
    }

    /// <summary>Seals the open segment, so that all that was kept before may be rewritten.</summary>
    internal async Task SealAsync(CancellationToken cancel)
    {
        var seal = new SealTask();
        await EnqueueAsync(seal, cancel);
        await seal.Done.Task;
    }

    private Exception? Broken => broken ?? follower.Fault;

    private async Task EnqueueAsync(WriterTask task, CancellationToken cancel)
    {
        if (Broken is { } cause) throw new IOException(cause.Message, cause);
        await queue.Writer.WriteAsync(task, cancel);
    }

    private async Task AppendAllAsync()
    {
        var batch = new List<ReadyCapture>(MaxBatch);
        while (await queue.Reader.WaitToReadAsync())
        {
            var bytes = 0L;
            while (batch.Count < MaxBatch && bytes < MaxBatchBytes && queue.Reader.TryPeek(out var next) && next is ReadyCapture capture)
            {
                queue.Reader.TryRead(out _);
                batch.Add(capture);
                bytes += capture.Capture.Bytes;
            }
            if (batch.Count > 0)
            {
                if (WriteBatch(batch) is { } units) await follower.TakeAsync(batch.Zip(units));
                else follower.Expect(-batch.Count);
                batch.Clear();
            }
            else if (queue.Reader.TryRead(out var other) && other is SealTask seal) Run(seal);
        }
    }

    // Null when nothing of the batch was acknowledged.
    private List<KeptUnit>? WriteBatch(List<ReadyCapture> batch)
    {
        if (Broken is { } cause) { Fail(batch, cause); return null; }
        try
        {
            var units = Append(batch);
            segments.Sync();
            durable += units.Count;
            foreach (var capture in batch) capture.Acknowledged.SetResult();
            return units;
        }
        catch (DurabilityException lost)
        {
            Break(batch, lost);
        }
        catch (IOException full)
        {
            TakeBack(batch, full);
        }
#pragma warning disable CA1031 // the writer's own loop: a bug must reach those who wait, not leave them waiting
        catch (Exception bug)
#pragma warning restore CA1031
        {
            Break(batch, bug);
        }
        return null;
    }

    private List<KeptUnit> Append(List<ReadyCapture> batch)
    {
        segments.MakeRoom(batch.Sum(waiting => waiting.Capture.Bytes));
        if (segments.Before is { } before)
        {
            follower.Expect(1);
            batch.Insert(0, SealOf(before));
        }
        var offset = segments.Append([.. batch.SelectMany(waiting => waiting.Capture.Records).Select(record => (ReadOnlyMemory<byte>)record.Member)]);
        return batch.ConvertAll(waiting => new KeptUnit(waiting.Bundle, waiting.Reading, waiting.Capture.Manifest, Place(waiting.Capture, ref offset)));
    }

    // The one before is durable and closed, and this stands before all else in the next: no capture is acknowledged behind a segment that the log does not hold.
    private ReadyCapture SealOf(SealedFile before)
    {
        var bundle = new CaptureBundle
        {
            Kind = CaptureKind.Seal,
            Url = "urn:dibao:segment:" + before.Name,
            At = time.GetUtcNow(),
            Outlet = OutletName.None,
            Seal = new(before.Name, before.Bytes, before.Sha256, durable),
        };
        var reading = BundleReading.Of(bundle);
        return new(bundle, reading, new BundleRecords(_ => null).Prepare(bundle, reading));
    }

    private List<PlacedRecord> Place(PreparedCapture capture, ref long offset)
    {
        var placed = new List<PlacedRecord>(capture.Records.Count);
        foreach (var record in capture.Records)
        {
            placed.Add(new(record.Id, record.Type, segments.Name, offset, record.Member.Length, record.Payload, record.Url));
            offset += record.Member.Length;
        }
        return placed;
    }

    // Nothing of the batch was acknowledged, so it may be taken back, and the next may try again.
    private void TakeBack(List<ReadyCapture> batch, IOException full)
    {
        try
        {
            segments.TakeBack();
        }
        catch (IOException failing)
        {
            // What stands in the segment now is not known: recovery looks, at the next start.
            Break(batch, failing);
            return;
        }
        Fail(batch, new IOException($"The archive could not be written: {full.Message} Free some space; nothing that was acknowledged is lost.", full));
    }

    // Never again in this process: after a failed fsync the kernel may call pages clean that the disk never got.
    private void Break(List<ReadyCapture> batch, Exception cause)
    {
        broken = cause;
        Fail(batch, cause);
    }

    private void Run(SealTask seal)
    {
        try
        {
            if (Broken is { } cause) throw new IOException(cause.Message, cause);
            segments.SealEarly();
            seal.Done.SetResult();
        }
        catch (IOException failed)
        {
            if (failed is DurabilityException) broken = failed;
            seal.Done.SetException(failed);
        }
    }

    private static void Fail(List<ReadyCapture> batch, Exception cause)
    {
        foreach (var waiting in batch)
        {
            waiting.Acknowledged.TrySetException(cause);
            // Whoever waits for the outcome alone must not leave the other failure unseen.
            _ = waiting.Acknowledged.Task.Exception;
            waiting.Done.TrySetException(cause);
            // Nor does anybody wait for a seal.
            _ = waiting.Done.Task.Exception;
        }
    }

    private sealed class SealTask : WriterTask
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What the writer does in its turn.</summary>
public abstract class WriterTask
{
    private protected WriterTask() { }
}

/// <summary>The catalogue could not be written; what was acknowledged is in the segments all the same.</summary>
public sealed class CatalogueException(string path, Exception cause) : IOException(
    $"The catalogue {path} could not be written: {cause.Message}. Free some space and start dibao again: what is kept is in the segments.", cause);

/// <summary>A bundle that was read and made into records, ready for the writer.</summary>
public sealed class ReadyCapture : WriterTask
{
    internal ReadyCapture(CaptureBundle bundle, BundleReading reading, PreparedCapture capture)
    {
        Bundle = bundle;
        Reading = reading;
        Capture = capture;
    }

    public CaptureBundle Bundle { get; }
    public BundleReading Reading { get; }
    internal PreparedCapture Capture { get; }

    /// <summary>The article's id, when it was taken down and is not kept again.</summary>
    internal long? Refused { get; init; }

    /// <summary>Ends once the capture survives a power cut: the acknowledgement. The catalogue may not know it yet.</summary>
    public Task Kept => Acknowledged.Task;

    internal TaskCompletionSource Acknowledged { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    internal TaskCompletionSource<KeepOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
