using Dapper;
using Dibao.Log;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>One thing that is not as it was kept.</summary>
/// <param name="File">Name of the segment, of its index, of a file of the log, or of the catalogue.</param>
/// <param name="Offset">Bytes; null where the fault has no place.</param>
public sealed record Fault(string File, long? Offset, string Reason)
{
    /// <summary>Nothing that was kept is touched: <c>dibao rebuild</c>, or a start, makes it again.</summary>
    public bool Derived { get; init; }
}

/// <summary>What a verification saw.</summary>
/// <param name="Records">That were read; 0 below level 1.</param>
/// <param name="Captures">That were read; 0 below level 3.</param>
/// <param name="Root">Root of the log over all captures in the segments.</param>
/// <param name="Unsealed">Sealed segments of which the log does not say what they were: a dibao that wrote no seals sealed them. No fault.</param>
/// <param name="Faults">In what was kept.</param>
/// <param name="Derived">In what can be made again.</param>
public sealed record VerificationReport(long Segments, long Bytes, long Records, long Captures, Digest Root, long Unsealed, long Faults, long Derived);

/// <summary>Reads the segments and believes nothing.</summary>
/// <remarks><list type="table">
/// <item><term>0</term><description>names and lengths, each segment against its seal</description></item>
/// <item><term>1</term><description>the hash of every sealed segment against its seal, and of every member</description></item>
/// <item><term>2</term><description>gzip CRC, ISIZE and exact length, WARC grammar, block and payload digests, unique ids</description></item>
/// <item><term>3</term><description>each manifest against its records, tombstones against takedowns, the catalogue's own checks</description></item>
/// <item><term>4</term><description>every revisit has its payload</description></item>
/// </list>Each level holds those below it. What the log says, and whether the catalogue equals its rebuild, is for <c>ArchiveCheck</c>.
/// Memory: a few megabytes a processor and 32 MB for ids and payloads, whatever the size and whatever one record takes.</remarks>
public sealed class Verification(StoreFolder store, Database? database, int level = 4)
{
    public const int MaxLevel = 4;

    private readonly MerkleTree tree = new();
    private readonly ManifestCheck manifests = new();
    private Action<Fault> found = _ => { };
    private long bytes, records, captures, indexed, faults, derived;
    private (long Captures, (long Orders, long Done) Takedowns, Dictionary<string, long> Applied)? catalogue;
    private IReadOnlyDictionary<string, FoundSeal> seals = new Dictionary<string, FoundSeal>();

    /// <summary>Told of each leaf that the segments give, in the order of the log, with its segment and offset; from level 3.</summary>
    public Action<long, Leaf, string, long>? Leaves { get; init; }

    /// <summary>Told of each seal that a segment begins with, at every level.</summary>
    public Action<FoundSeal>? Seals { get; init; }

    /// <param name="report">Told of each fault as it is found.</param>
    /// <param name="progress">Bytes done of all bytes.</param>
    public VerificationReport Run(Action<Fault> report, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        found = report;
        // Before the segments: captures go on meanwhile, and the catalogue is held to what it knew at one moment.
        catalogue = database?.Read(Snapshot);
        var segments = store.Segments();
        var seal = new SealCheck(segments, catalogue?.Applied ?? []);
        seals = seal.Seals;
        foreach (var fault in seal.Faults()) Report(fault);
        foreach (var found in seals.Values) Seals?.Invoke(found);
        if (level > 0) ReadAll(segments, progress, cancel);
        if (level >= 3 && database is not null) CheckCatalogue();
        return new(segments.Count, bytes, records, captures, Digest.FromBytes(tree.Root().ToBytes()), seal.Unsealed, faults, derived);
    }

    /// <summary>Counts a fault that another check found.</summary>
    internal void Report(Fault fault)
    {
        if (fault.Derived) derived++;
        else faults++;
        found(fault);
    }

    private void ReadAll(IReadOnlyList<SegmentFile> segments, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        using var keys = new SeenKeys();
        var all = segments.Sum(segment => segment.Length);
        var hashes = new FileHashes([.. segments.Where(segment => seals.ContainsKey(segment.Name)).Select(segment => segment.Path)], cancel);
        foreach (var segment in segments)
        {
            var isAsSealed = seals.TryGetValue(segment.Name, out var seal) ? hashes.Next().ToHex() == seal.Seal.Sha256 : (bool?)null;
            Read(segment, isAsSealed, keys, done => progress?.Report((bytes + done, all)), cancel);
            bytes += segment.Length;
        }
        if (level >= 3) CheckRemovals();
        var names = segments.ToDictionary(segment => segment.Number, segment => segment.Name);
        foreach (var (kind, segment, offset) in keys.Faults())
        {
            Report(new(names[segment], offset, kind == KeyKind.Id ? "another record has the same WARC-Record-ID" : "the payload that this revisit refers to is not in the archive"));
        }
    }

    /// <param name="isAsSealed">Whether the file's hash is that of its seal; null where it has none.</param>
    private void Read(SegmentFile segment, bool? isAsSealed, SeenKeys keys, Action<long> progress, CancellationToken cancel)
    {
        if (level == 1 && isAsSealed == true)
        {
            // Every member was hashed with the file.
            records += SegmentIndex.Read(segment.IndexPath).Count();
            return;
        }
        var length = segment.Length;
        // Somebody may be writing there, or was when the power went: nobody was told of it yet.
        var acknowledged = catalogue?.Applied.GetValueOrDefault(segment.Name);
        var until = segment.IsOpen && acknowledged is { } end ? Math.Min(end, length) : length;
        manifests.Begin();
        var (before, rewritten) = (faults, false);
        // One that is another than was sealed is looked into at level 1 as well: a takedown may have rewritten it.
        foreach (var examined in new SegmentScan(segment, until, isAsSealed == false ? Math.Max(level, 2) : level) { IsAsSealed = isAsSealed == true }.Run(cancel))
        {
            records++;
            rewritten |= isAsSealed == false && examined.Record?.Headers["Content-Type"] == Tombstone.ContentType;
            if (examined.Fault is { } fault) Report(new(segment.Name, examined.Offset, fault));
            if (examined.Record is not null) Note(segment, examined, keys, acknowledged);
            else if (level >= 3) manifests.Add(segment.Name, examined);
            if (records % 1000 == 0) progress(examined.Offset);
        }
        // What else such a segment holds is for the log's leaves to tell, at level 3.
        if (isAsSealed == false && !rewritten && faults == before) Report(new(segment.Name, null, $"its SHA-256 is not the one that {seals[segment.Name].In} says it was sealed with: restore it from a backup"));
        if (manifests.Pending > 0 && !segment.IsOpen && level >= 3) Report(new(segment.Name, null, $"its last {manifests.Pending} records have no manifest"));
    }

    private void Note(SegmentFile segment, ExaminedRecord examined, SeenKeys keys, long? acknowledged)
    {
        var record = examined.Record!;
        keys.Add(record.Id, KeyKind.Id, segment.Number, examined.Offset);
        if (level >= 4 && Digest.TryParse(record.Headers["WARC-Payload-Digest"], out var payload))
        {
            keys.Add(payload.ToBytes(), record.Type == "revisit" ? KeyKind.Revisit : KeyKind.Payload, segment.Number, examined.Offset);
        }
        if (level < 3) return;
        foreach (var broken in manifests.Add(segment.Name, examined)) Report(broken);
        if (manifests.Leaf is not { } leaf) return;
        tree.Append(leaf.Hash());
        Leaves?.Invoke(captures, leaf, segment.Name, examined.Offset);
        captures++;
        if (examined.Offset + examined.Length <= acknowledged) indexed++;
    }

    private void CheckRemovals()
    {
        // One that ran meanwhile has its order, or its tombstones, where this had been already.
        if (database is not null && database.Read(connection => TakedownsIn(connection)) != catalogue!.Value.Takedowns)
        {
            Report(new(Path.GetFileName(database.Path), null, "a takedown ran while this was read: verify again to have takedowns checked") { Derived = true });
            return;
        }
        foreach (var fault in manifests.Removals()) Report(fault);
    }

    private static (long Orders, long Done) TakedownsIn(SqliteConnection connection, SqliteTransaction? moment = null) =>
        connection.QuerySingle<(long, long)>("SELECT COUNT(*), COALESCE(SUM(done), 0) FROM takedowns", transaction: moment);

    // In one transaction: the search index checks itself by statements of its own, which must all see the same moment.
    private static List<string> QuickCheck(SqliteConnection connection)
    {
        using var moment = connection.BeginTransaction(deferred: true);
        connection.QuerySingle<long>("SELECT COUNT(*) FROM segments", transaction: moment);
        return [.. connection.Query<string>("PRAGMA quick_check", transaction: moment).Where(line => line != "ok").Take(20)];
    }

    private static (long, (long, long), Dictionary<string, long>) Snapshot(SqliteConnection connection)
    {
        using var moment = connection.BeginTransaction(deferred: true);
        return (
            connection.QuerySingle<long>("SELECT COUNT(*) FROM captures", transaction: moment),
            TakedownsIn(connection, moment),
            connection.Query<(string Name, long Applied)>("SELECT name, applied FROM segments", transaction: moment).ToDictionary(s => s.Name, s => s.Applied));
    }

    private void CheckCatalogue()
    {
        var name = Path.GetFileName(database!.Path);
        foreach (var problem in database!.ReadAfresh(QuickCheck)) Report(new(name, null, $"{problem}: run `dibao rebuild`") { Derived = true });
        var known = catalogue!.Value.Captures;
        // It may know fewer where some cannot be read: a rebuild went on behind them.
        if (known > indexed || (known < indexed && faults == 0)) Report(new(name, null, $"it knows {known} captures, and the segments hold {indexed}: run `dibao rebuild`") { Derived = true });
    }
}
