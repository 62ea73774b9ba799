using Dapper;
using Dibao.Log;
using Dibao.Warc;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>What opening an archive found and did.</summary>
/// <param name="Applied">Captures that the catalogue did not have yet.</param>
/// <param name="Quarantined">Torn tail that was moved away; null when there was none.</param>
public sealed record RecoveryReport(long Applied, string? Quarantined)
{
    /// <summary>Captures that stood whole behind a damaged place of the open segment, and were written again in front of it.</summary>
    public long Salvaged { get; init; }

    /// <summary>Places of sealed segments that could not be read, and segments that are missing: of a rebuild alone, which goes on behind them.</summary>
    public long Damaged { get; init; }

    /// <summary>The catalogue before, set aside since it may have the words of what cannot be read any more; null when all was read, or there was none.</summary>
    public string? Before { get; init; }

    /// <summary>Why a takedown's bytes still lie in the segments; null when none do. Each opening tries again.</summary>
    public string? Unfinished { get; init; }
}

/// <summary>
/// Brings the catalogue up to what the segments hold, by the same writer that serves live captures. Opening after a
/// crash, opening with an older catalogue and `dibao rebuild` are one and the same path.
/// </summary>
internal sealed class Recovery(StoreFolder store, Database database, CatalogueWriter writer, TimeProvider time)
{
    private const string Restore = "restore the segment from a backup";

    private readonly SegmentReader reader = new(store);
    private readonly Catalogue catalogue = new(database);
    private readonly ReadingAhead waiting = new();
    private long leaves;
    private long applied;
    private long salvaged;
    private long damaged;

    /// <summary>Told of what cannot be read of sealed segments, and the rest is read; null stops there.</summary>
    public Action<Fault>? Damaged { get; init; }

    /// <summary>Where the log has a leaf, at a position or behind it: captures behind one that is lost keep their places in it.</summary>
    public Func<Leaf, long, long?> PlaceOf { get; init; } = (_, position) => position;

    /// <param name="progress">Bytes done of all bytes to do.</param>
    /// <exception cref="InvalidDataException">A sealed segment is damaged, and nobody is told of damage; the message names file and offset.</exception>
    public (long Leaves, SegmentFile? Open, RecoveryReport Report) Run(IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        leaves = catalogue.LeafCount();
        var segments = store.Segments();
        MakeNamesDurable(segments);
        var all = segments.Sum(segment => new FileInfo(segment.Path).Length);
        var done = 0L;
        string? quarantined = null;
        NoteMissing(segments);
        foreach (var segment in segments)
        {
            quarantined = CatchUp(segment, bytes => progress?.Report((done + bytes, all)), cancel) ?? quarantined;
            done += new FileInfo(segment.Path).Length;
        }
        foreach (var segment in segments.Where((segment, place) => !segment.IsOpen || place < segments.Count - 1)) FinishSeal(segment);
        return (leaves, segments is [.., { IsOpen: true } open] ? open : null, new(applied, quarantined) { Salvaged = salvaged, Damaged = damaged });
    }

    /// <summary>Applies the segments as far as another catalogue knows them, and changes none of them.</summary>
    public void Replay(IReadOnlyDictionary<string, long> until, CancellationToken cancel)
    {
        var segments = store.Segments();
        NoteMissing(segments);
        foreach (var segment in segments.Where(segment => until.ContainsKey(segment.Name))) Walk(segment, 0, until[segment.Name], _ => { }, cancel);
    }

    // By their seals and numbers; what is cut off or in the wrong place as well.
    private void NoteMissing(IReadOnlyList<SegmentFile> segments)
    {
        if (Damaged is null) return;
        foreach (var fault in new SealCheck(segments, new Dictionary<string, long>()).Faults().Where(fault => !fault.Derived)) Report(fault);
    }

    private void Report(Fault fault)
    {
        damaged++;
        Damaged!(fault);
    }

    // A name that is there to be seen may not be on the disk yet, when the sync after making it was what failed.
    private void MakeNamesDurable(IReadOnlyList<SegmentFile> segments) =>
        store.Disk.CreateDurableDirectory(segments is [.., var last] ? Path.GetDirectoryName(last.Path)! : store.Root, store.Root);

    private string? CatchUp(SegmentFile segment, Action<long> progress, CancellationToken cancel)
    {
        var from = database.Read(connection => connection.QuerySingleOrDefault<long?>(
            "SELECT applied FROM segments WHERE name = @Name", new { segment.Name })) ?? 0;
        var length = new FileInfo(segment.Path).Length;
        if (from > length) throw new InvalidDataException($"{segment.Path} has {length} bytes, and the catalogue knows {from}: acknowledged captures are missing. Restore it from a backup, then run `dibao rebuild`.");
        if (from == length) return null;
        if (segment.IsOpen) MakeDurable(segment, from, cancel);
        var (wholeEnd, damage) = Walk(segment, from, length, progress, cancel);
        if (wholeEnd == length) return null;
        if (!segment.IsOpen && Damaged is not null)
        {
            database.Write(transaction => CaptureRows.Pass(transaction, segment.Name, length));
            return null;
        }
        if (!segment.IsOpen)
        {
            throw new InvalidDataException($"{segment.Path} at {wholeEnd}: {damage ?? "records without a manifest"}. It is sealed, so this is damage: restore it from a backup, then run `dibao rebuild`, "
                + "which without a backup reads what is intact.");
        }
        var (tail, rescued) = new TornTail(store, catalogue, time).SetAside(segment, wholeEnd, cancel);
        salvaged += rescued;
        if (rescued > 0) Walk(segment, wholeEnd, new FileInfo(segment.Path).Length, progress, cancel);
        return tail;
    }

    private (long WholeEnd, string? Damage) Walk(SegmentFile segment, long from, long until, Action<long> progress, CancellationToken cancel)
    {
        using var file = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        file.Position = from;
        var assembler = new UnitAssembler(segment.Name, PayloadOf);
        string? damage = null;
        foreach (var entry in new WarcReader(file).ReadAll(from, cancel))
        {
            if (entry.Offset >= until) break;
            if (entry.Damage is { } why)
            {
                damage ??= why;
                if (!PassesOver(segment)) break;
                Report(new(segment.Name, entry.Offset, $"{why}; {entry.Length} bytes were passed over; {Restore}"));
                assembler.Drop();
                continue;
            }
            if (TryAdd(assembler, entry, segment) is not { } unit) continue;
            if (damaged > 0) Align(unit);
            waiting.Add(unit);
            if (!waiting.IsFull) continue;
            Apply(waiting.TakeOldest());
            progress(unit.Records[^1].Offset);
        }
        Apply(waiting.TakeAll());
        cancel.ThrowIfCancellationRequested();
        if (assembler.HasPending && PassesOver(segment)) Report(new(segment.Name, assembler.WholeEnd, $"the records at its end have no manifest; {Restore}"));
        return (Math.Max(assembler.WholeEnd, from), damage);
    }

    // What cannot be read at the end of the open one was never acknowledged, and is set aside.
    private bool PassesOver(SegmentFile segment) => Damaged is not null && !segment.IsOpen;

    private UnreadUnit? TryAdd(UnitAssembler assembler, WarcEntry entry, SegmentFile segment)
    {
        try
        {
            return assembler.Add(entry);
        }
        catch (InvalidDataException lost) when (PassesOver(segment))
        {
            var fault = assembler.Fault ?? new(segment.Name, entry.Offset, lost.Message);
            Report(fault with { Reason = $"{fault.Reason}; {Restore}" });
            return null;
        }
    }

    // Behind captures that are lost: the position that a seal states, or where the log has the leaf.
    private void Align(UnreadUnit unit)
    {
        var counted = leaves + waiting.Count;
        var place = Math.Max(unit.Bundle.Seal?.Leaves ?? 0, counted);
        place = PlaceOf(unit.Leaf, place) ?? place;
        if (place == counted) return;
        Apply(waiting.TakeAll());
        leaves = place;
    }

    // An fsync that failed may have left pages that the kernel calls clean and the disk never got: written once more, they are synced for
    // certain, before anything that comes after them is acknowledged. What the catalogue knows was synced before it knew.
    private void MakeDurable(SegmentFile segment, long from, CancellationToken cancel)
    {
        using var file = store.Disk.Open(segment.Path);
        var buffer = new byte[1 << 20];
        for (var offset = from; RandomAccess.Read(file, buffer, offset) is > 0 and var read; offset += read)
        {
            cancel.ThrowIfCancellationRequested();
            store.Disk.Write(file, [buffer.AsMemory(0, read)], offset);
        }
        store.Disk.Sync(file, segment.Path);
    }

    private void Apply(IReadOnlyList<KeptUnit> units)
    {
        if (units.Count == 0) return;
        database.Write(transaction => { writer.ApplyAll(transaction, units, leaves); });
        leaves += units.Count;
        applied += units.Count;
    }

    // What a revisit refers to may itself be waiting to be applied.
    private ReadOnlyMemory<byte>? PayloadOf(Digest digest)
    {
        if (catalogue.Payload(digest) is { } known) return reader.Read(known).Payload;
        Apply(waiting.TakeAll());
        // Not in a conditional: null would become an empty payload.
        if (catalogue.Payload(digest) is not { } place) return null;
        return reader.Read(place).Payload;
    }

    // A crash between two steps of a seal, or between two attempts to begin a segment.
    private void FinishSeal(SegmentFile segment)
    {
        var disk = store.Disk;
        if (segment.IsOpen && new FileInfo(segment.Path).Length == 0) { disk.Delete(segment.Path); return; }
        if (segment.IsOpen)
        {
            disk.Rename(segment.Path, segment.SealedPath);
            if (File.Exists(segment.IndexPath)) disk.Replace(segment.IndexPath, new SegmentFile(segment.SealedPath).IndexPath);
        }
        if (OperatingSystem.IsWindows() || !File.GetUnixFileMode(segment.SealedPath).HasFlag(UnixFileMode.UserWrite)) return;
        disk.SetReadOnly(segment.SealedPath);
        disk.SyncDirectory(Path.GetDirectoryName(segment.SealedPath)!);
    }
}

/// <summary>Captures whose articles are being read on all processors, in the order of the segments.</summary>
internal sealed class ReadingAhead
{
    private const int Batch = 256;
    private const long MostBytes = 64 << 20;

    /// <summary>Captures that wait.</summary>
    public int Count => queue.Count;

    private readonly Queue<(Task<KeptUnit> Reading, long Bytes)> queue = new();
    private long bytes;

    /// <summary>Enough is read ahead: apply the oldest, while the others are being read.</summary>
    public bool IsFull => queue.Count >= 2 * Batch || bytes > MostBytes;

    public void Add(UnreadUnit unit)
    {
        queue.Enqueue((Task.Run(unit.Read), unit.Bytes));
        bytes += unit.Bytes;
    }

    public IReadOnlyList<KeptUnit> TakeOldest() => Take(Math.Min(Batch, Math.Max(1, queue.Count / 2)));

    public IReadOnlyList<KeptUnit> TakeAll() => Take(queue.Count);

    private List<KeptUnit> Take(int count)
    {
        var units = new List<KeptUnit>(count);
        while (units.Count < count)
        {
            var (reading, size) = queue.Dequeue();
            units.Add(reading.GetAwaiter().GetResult());
            bytes -= size;
        }
        return units;
    }
}
