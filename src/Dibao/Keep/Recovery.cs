using Dapper;
using Dibao.Capture.Fetch;
using Dibao.Warc;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>What opening an archive found and did.</summary>
/// <param name="Applied">Captures that the catalogue did not have yet.</param>
/// <param name="Quarantined">Torn tail that was moved away; null when there was none.</param>
public sealed record RecoveryReport(long Applied, string? Quarantined);

/// <summary>
/// Brings the catalogue up to what the segments hold, by the same writer that serves live captures. Opening after a
/// crash, opening with an older catalogue and `dibao rebuild` are one and the same path.
/// </summary>
internal sealed class Recovery(StoreFolder store, Database database, CatalogueWriter writer, TimeProvider time)
{
    private const int Batch = 256;

    private readonly SegmentReader reader = new(store);
    private readonly Catalogue catalogue = new(database);
    private long leaves;
    private readonly List<KeptUnit> waiting = new(Batch);
    private long applied;

    /// <param name="progress">Bytes done of all bytes to do.</param>
    /// <exception cref="InvalidDataException">A sealed segment is damaged; the message names file and offset.</exception>
    public (long Leaves, SegmentFile? Open, RecoveryReport Report) Run(IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        leaves = catalogue.LeafCount();
        var segments = store.Segments();
        var all = segments.Sum(segment => new FileInfo(segment.Path).Length);
        var done = 0L;
        string? quarantined = null;
        foreach (var segment in segments)
        {
            quarantined = CatchUp(segment, bytes => progress?.Report((done + bytes, all)), cancel) ?? quarantined;
            done += new FileInfo(segment.Path).Length;
        }
        return (leaves, segments is [.., { IsOpen: true } open] ? open : null, new(applied, quarantined));
    }

    /// <summary>Notes that the catalogue holds everything of the unit's segment up to its end.</summary>
    public static void Advance(SqliteTransaction transaction, KeptUnit unit) => transaction.Connection!.Execute(
        """
        INSERT INTO segments(name, applied) VALUES (@name, @end)
        ON CONFLICT(name) DO UPDATE SET applied = excluded.applied
        """, new { name = unit.Records[^1].Segment, end = unit.End }, transaction);

    private string? CatchUp(SegmentFile segment, Action<long> progress, CancellationToken cancel)
    {
        var from = database.Read(connection => connection.QuerySingleOrDefault<long?>(
            "SELECT applied FROM segments WHERE name = @Name", new { segment.Name })) ?? 0;
        var length = new FileInfo(segment.Path).Length;
        if (from > length) throw new InvalidDataException($"{segment.Path} has {length} bytes, and the catalogue knows {from}: acknowledged captures are missing. Restore it from a backup, then run `dibao rebuild`.");
        if (from == length) return null;
        var (wholeEnd, damage) = Walk(segment, from, progress, cancel);
        if (wholeEnd == length) return null;
        return segment.IsOpen
            ? SetAside(segment, wholeEnd)
            : throw new InvalidDataException($"{segment.Path} at {wholeEnd}: {damage ?? "records without a manifest"}. It is sealed, so this is damage: restore it from a backup, then run `dibao rebuild`.");
    }

    private (long WholeEnd, string? Damage) Walk(SegmentFile segment, long from, Action<long> progress, CancellationToken cancel)
    {
        using var file = File.OpenRead(segment.Path);
        file.Position = from;
        var assembler = new UnitAssembler(segment.Name, PayloadOf);
        string? damage = null;
        foreach (var entry in new WarcReader(file).ReadAll(from, cancel))
        {
            if (entry.Damage is not null) { damage = entry.Damage; break; }
            if (assembler.Add(entry) is not { } unit) continue;
            waiting.Add(unit);
            if (waiting.Count < Batch) continue;
            ApplyWaiting();
            progress(unit.End);
        }
        ApplyWaiting();
        cancel.ThrowIfCancellationRequested();
        return (Math.Max(assembler.WholeEnd, from), damage);
    }

    private void ApplyWaiting()
    {
        if (waiting.Count == 0) return;
        database.Write(transaction => { writer.ApplyAll(transaction, waiting, leaves); });
        leaves += waiting.Count;
        applied += waiting.Count;
        waiting.Clear();
    }

    // What a revisit refers to may itself be waiting to be applied.
    private ReadOnlyMemory<byte>? PayloadOf(Digest digest)
    {
        ApplyWaiting();
        return catalogue.Payload(digest) is { } place ? reader.Read(place).Payload : null;
    }

    // Never deleted: what a crash tore may still be of use to somebody.
    private string SetAside(SegmentFile segment, long wholeEnd)
    {
        Directory.CreateDirectory(store.Quarantine);
        var tail = Path.Combine(store.Quarantine, $"{segment.Name}.{wholeEnd}.{time.GetUtcNow():yyyyMMddHHmmss}");
        using (var file = File.Open(segment.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = wholeEnd;
            using (var copy = File.Create(tail))
            {
                file.CopyTo(copy);
                Durable.Sync(copy.SafeFileHandle, tail);
            }
            Durable.SyncDirectory(store.Quarantine);
            file.SetLength(wholeEnd);
            Durable.Sync(file.SafeFileHandle, segment.Path);
        }
        return tail;
    }
}
