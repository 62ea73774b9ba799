using Dapper;
using Dibao.Log;
using Dibao.Warc;

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
    private long faults;

    /// <param name="found">Told of each fault as it is found.</param>
    /// <param name="progress">Bytes done of all bytes.</param>
    public VerificationReport Run(Action<Fault> found, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        void Report(Fault fault)
        {
            faults++;
            found(fault);
        }

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
        if (database is not null) CheckCatalogue(segments, Report);
        return new(segments.Count, bytes, records, captures, Digest.FromBytes(tree.Root()), faults);
    }

    private void Check(SegmentFile segment, Action<Fault> report, Action<long> progress, CancellationToken cancel)
    {
        using var file = File.Open(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        // A live archive goes on growing: what was there at the start is checked.
        var length = file.Length;
        var assembler = new ManifestCheck(segment.Name);
        foreach (var entry in new WarcReader(file).ReadAll(0, cancel))
        {
            if (entry.Offset >= length && segment.IsOpen) break;
            if (entry.Damage is not null)
            {
                report(new(segment.Name, entry.Offset, entry.Damage + (segment.IsOpen ? "; the tail was never acknowledged if dibao was stopped hard: opening moves it to quarantine" : "")));
                return;
            }
            records++;
            if (entry.Record!.Fault() is { } fault) report(new(segment.Name, entry.Offset, fault));
            CheckPayload(entry, segment.Name, report);
            foreach (var broken in assembler.Add(entry)) report(broken);
            if (assembler.Leaf is { } whole) { tree.Append(whole.Hash()); captures++; }
            if (records % 1000 == 0) progress(entry.Offset);
        }
        if (assembler.Pending > 0 && !segment.IsOpen) report(new(segment.Name, null, $"its last {assembler.Pending} records have no manifest"));
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
        foreach (var problem in database.Read(c => c.Query<string>("PRAGMA quick_check").Where(line => line != "ok").Take(20).ToList()))
        {
            report(new(name, null, $"{problem}: run `dibao rebuild`"));
        }
        var known = database.Read(c => c.QuerySingle<long>("SELECT COUNT(*) FROM captures"));
        // The catalogue may have run ahead of what was read when somebody captures at this moment, never behind.
        if (known < captures) report(new(name, null, $"it knows {known} captures, and the segments hold {captures}: run `dibao rebuild`"));
        foreach (var (segment, applied) in database.Read(c => c.Query<(string, long)>("SELECT name, applied FROM segments").ToList()))
        {
            var file = segments.FirstOrDefault(s => s.Name == segment);
            if (file is null) report(new(segment, null, "the catalogue refers to it, and it is missing: restore it from a backup"));
            else if (new FileInfo(file.Path).Length < applied) report(new(segment, new FileInfo(file.Path).Length, $"it ends here, and the catalogue knows {applied} bytes: acknowledged captures are missing; restore it from a backup"));
        }
    }
}
