using System.Threading.Channels;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Log;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>The one writer of an archive: whoever keeps a bundle through it can lose power the moment the task ends.</summary>
/// <remarks><list type="number">
/// <item>The caller's thread reads the bundle and makes its records: the costly part, side by side.</item>
/// <item>The writer appends every waiting capture to the open segment. A crash here leaves a torn tail, which recovery moves to quarantine: nobody was told of it.</item>
/// <item>One fsync for all of them. From here on they survive.</item>
/// <item>One transaction brings them into the catalogue. A crash before it ends costs nothing: opening applies again from the segments.</item>
/// <item>The callers are told.</item>
/// </list></remarks>
public sealed class Keeper : IAsyncDisposable
{
    private const int MaxBatch = 256;

    private readonly SegmentWriter segments;
    private readonly Database database;
    private readonly Catalogue catalogue;
    private readonly CatalogueWriter writer;
    private readonly MerkleTree tree;
    private readonly Channel<ReadyCapture> queue = Channel.CreateBounded<ReadyCapture>(new BoundedChannelOptions(2 * MaxBatch) { SingleReader = true });
    private readonly Task loop;
    private volatile Exception? broken;

    internal Keeper(SegmentWriter segments, Database database, Action<SqliteTransaction, IReadOnlyCollection<CurrentWording>> onWordings, MerkleTree tree)
    {
        this.segments = segments;
        this.database = database;
        this.tree = tree;
        catalogue = new(database);
        writer = new(onWordings);
        loop = Task.Run(WriteAsync);
    }

    /// <summary>Keeps a bundle, and says what it changed.</summary>
    /// <exception cref="IOException">The disk is full or failing: nothing of this bundle was acknowledged.</exception>
    public async Task<KeepOutcome> KeepAsync(CaptureBundle bundle, CancellationToken cancel)
    {
        // Not cancelled once queued: it may be on disk, and whoever asks must learn so.
        return await await EnqueueAsync(Prepare(bundle), cancel);
    }

    /// <summary>Reads a bundle and makes its records: costs processor time and nothing else, and may run side by side.</summary>
    public ReadyCapture Prepare(CaptureBundle bundle)
    {
        var reading = BundleReading.Of(bundle);
        return new(bundle, reading, new BundleRecords(catalogue.FindPayload).Prepare(bundle, reading));
    }

    /// <summary>Hands a capture to the writer, in the caller's order.</summary>
    /// <returns>A task that ends when the capture is durable.</returns>
    public async Task<Task<KeepOutcome>> EnqueueAsync(ReadyCapture capture, CancellationToken cancel)
    {
        if (broken is not null) throw new IOException(broken.Message, broken);
        await queue.Writer.WriteAsync(capture, cancel);
        return capture.Done.Task;
    }

    /// <summary>Leaves in the log, and the root over them.</summary>
    public (long Size, Digest Root) TreeHead => (tree.Size, Digest.FromBytes(tree.Root()));

    /// <summary>Why nothing more is kept until dibao is started again; null while all is well.</summary>
    public string? Fault => broken?.Message;

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        segments.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new List<ReadyCapture>(MaxBatch);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && queue.Reader.TryRead(out var next)) batch.Add(next);
            try
            {
                WriteBatch(batch);
            }
#pragma warning disable CA1031 // the writer's own loop: a bug must reach those who wait, not leave them waiting
            catch (Exception bug)
#pragma warning restore CA1031
            {
                broken = bug;
                Fail(batch, bug);
            }
            batch.Clear();
        }
    }

    private void WriteBatch(List<ReadyCapture> batch)
    {
        if (broken is not null) { Fail(batch, broken); return; }
        List<KeptUnit> units;
        try
        {
            units = Append(batch);
            segments.Sync();
        }
        catch (DurabilityException lost)
        {
            broken = lost;
            Fail(batch, lost);
            return;
        }
        catch (IOException full)
        {
            // Nothing of the batch was acknowledged, so it may be taken back, and the next may try again.
            segments.TakeBack();
            Fail(batch, new IOException($"The archive could not be written: {full.Message} Free some space; nothing that was acknowledged is lost.", full));
            return;
        }
        Acknowledge(batch, units);
    }

    private List<KeptUnit> Append(List<ReadyCapture> batch)
    {
        segments.MakeRoom(batch.Sum(waiting => waiting.Capture.Bytes));
        return [.. batch.Select(waiting => new KeptUnit(
            waiting.Bundle,
            waiting.Reading,
            waiting.Capture.Manifest,
            [.. waiting.Capture.Records.Select(record => new PlacedRecord(
                record.Id, record.Type, segments.Name, segments.Append(record.Member), record.Member.Length, record.Payload, record.Url))]))];
    }

    private void Acknowledge(List<ReadyCapture> batch, List<KeptUnit> units)
    {
        KeepOutcome[] outcomes;
        try
        {
            outcomes = database.Write(transaction => writer.ApplyAll(transaction, units, tree.Size));
        }
        catch (SqliteException failed)
        {
            // The bytes are safe; the catalogue is behind until the next start applies them. Nothing more is taken until then.
            broken = new IOException($"The catalogue {database.Path} could not be written: {failed.Message}. Free some space and start dibao again: what is kept is in the segments.", failed);
            Fail(batch, broken);
            return;
        }
        foreach (var unit in units) tree.Append(unit.Leaf.Hash());
        foreach (var (waiting, outcome) in batch.Zip(outcomes)) waiting.Done.SetResult(outcome);
    }

    private static void Fail(List<ReadyCapture> batch, Exception cause)
    {
        foreach (var waiting in batch) waiting.Done.TrySetException(cause);
    }
}

/// <summary>A bundle that was read and made into records, ready for the writer.</summary>
public sealed class ReadyCapture
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
    internal TaskCompletionSource<KeepOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
