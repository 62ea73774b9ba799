using Dapper;
using Dibao.Capture.Fetch;
using Dibao.Log;
using Dibao.Warc;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>One thing that is not as it was kept.</summary>
/// <param name="File">Name of the segment, or of the catalogue.</param>
/// <param name="Offset">Bytes; null where the fault has no place.</param>
public sealed record Fault(string File, long? Offset, string Reason);

/// <summary>What a verification saw.</summary>
/// <param name="Root">Root of the log over all captures in the segments.</param>
public sealed record VerificationReport(long Segments, long Bytes, long Records, long Captures, Digest Root, long Faults);

/// <summary>
/// Reads every byte of every segment and believes nothing: gzip CRC and length, WARC grammar, block and payload
/// digests, each manifest against its records, each row of the catalogue against its member.
/// </summary>
public sealed class Verification(StoreFolder store, Database? database)
{
    private readonly MerkleTree tree = new();
    private readonly HashSet<Digest> payloads = [];
    private long bytes;
    private long records;
    private long captures;
    private long indexed;
    private long faults;
    private (long Captures, Dictionary<string, long> Applied)? catalogue;

    /// <param name="found">Told of each fault as it is found.</param>
    /// <param name="progress">Bytes done of all bytes.</param>
    public VerificationReport Run(Action<Fault> found, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        void Report(Fault fault)
        {
            faults++;
            found(fault);
        }

        // Before the segments: captures go on meanwhile, and the catalogue is held to what it knew at one moment.
        catalogue = database?.Read(Snapshot);
        var segments = store.Segments();
        var all = segments.Sum(segment => new FileInfo(segment.Path).Length);
        var expected = 1L;
        foreach (var segment in segments)
        {
            if (segment.Number != expected) Report(new(segment.Name, null, $"segment {expected} should come before it, and is missing"));
            expected = segment.Number + 1;
            Check(segment, Report, done => progress?.Report((bytes + done, all)), cancel);
            bytes += new FileInfo(segment.Path).Length;
        }
        if (catalogue is not null) CheckCatalogue(segments, Report);
        return new(segments.Count, bytes, records, captures, Digest.FromBytes(tree.Root().ToBytes()), faults);
    }

    private void Check(SegmentFile segment, Action<Fault> report, Action<long> progress, CancellationToken cancel)
    {
        using var file = File.Open(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var acknowledged = catalogue?.Applied.GetValueOrDefault(segment.Name);
        var assembler = new ManifestCheck(segment.Name);
        foreach (var entry in new WarcReader(file).ReadAll(0, cancel))
        {
            // Somebody may be writing there, or was when the power went: nobody was told of it yet.
            if (segment.IsOpen && entry.Offset >= acknowledged) return;
            if (entry.Damage is not null)
            {
                report(new(segment.Name, entry.Offset, entry.Damage));
                return;
            }
            CheckRecord(entry, segment.Name, report);
            foreach (var broken in assembler.Add(entry)) report(broken);
            if (assembler.Leaf is { } whole)
            {
                tree.Append(whole.Hash());
                captures++;
                if (entry.Offset + entry.Length <= acknowledged) indexed++;
            }
            if (records % 1000 == 0) progress(entry.Offset);
        }
        if (assembler.Pending > 0 && !segment.IsOpen) report(new(segment.Name, null, $"its last {assembler.Pending} records have no manifest"));
    }

    private void CheckRecord(WarcEntry entry, string segment, Action<Fault> report)
    {
        records++;
        if (entry.Record!.Fault() is { } fault) report(new(segment, entry.Offset, fault));
        CheckPayload(entry, segment, report);
    }

    // In one transaction: the search index checks itself by statements of its own, which must all see the same moment.
    private static List<string> QuickCheck(SqliteConnection connection)
    {
        using var moment = connection.BeginTransaction(deferred: true);
        connection.QuerySingle<long>("SELECT COUNT(*) FROM segments", transaction: moment);
        return [.. connection.Query<string>("PRAGMA quick_check", transaction: moment).Where(line => line != "ok").Take(20)];
    }

    private static (long, Dictionary<string, long>) Snapshot(SqliteConnection connection)
    {
        using var moment = connection.BeginTransaction(deferred: true);
        return (
            connection.QuerySingle<long>("SELECT COUNT(*) FROM captures", transaction: moment),
            connection.Query<(string Name, long Applied)>("SELECT name, applied FROM segments", transaction: moment).ToDictionary(s => s.Name, s => s.Applied));
    }

    private void CheckPayload(WarcEntry entry, string segment, Action<Fault> report)
    {
        if (!Digest.TryParse(entry.Record!.Headers["WARC-Payload-Digest"], out var payload)) return;
        if (entry.Record.Type != "revisit") { payloads.Add(payload); return; }
        if (!payloads.Contains(payload)) report(new(segment, entry.Offset, "the payload that this revisit refers to is not in the archive"));
    }

    private void CheckCatalogue(IReadOnlyList<SegmentFile> segments, Action<Fault> report)
    {
        var name = Path.GetFileName(database!.Path);
        foreach (var problem in database!.ReadAfresh(QuickCheck))
        {
            report(new(name, null, $"{problem}: run `dibao rebuild`"));
        }
        var (known, applied) = catalogue!.Value;
        if (known != indexed) report(new(name, null, $"it knows {known} captures, and the segments hold {indexed}: run `dibao rebuild`"));
        foreach (var (segment, end) in applied)
        {
            var file = segments.FirstOrDefault(s => s.Name == segment);
            if (file is null) report(new(segment, null, "the catalogue refers to it, and it is missing: restore it from a backup"));
            else if (new FileInfo(file.Path).Length < end) report(new(segment, new FileInfo(file.Path).Length, $"it ends here, and the catalogue knows {end} bytes: acknowledged captures are missing; restore it from a backup"));
        }
    }
}
