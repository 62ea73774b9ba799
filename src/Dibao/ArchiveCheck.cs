using Dapper;
using Dibao.Find;
using Dibao.Keep;
using Dibao.Log;
using Dibao.Prove;

namespace Dibao;

/// <summary>What a whole verification saw.</summary>
/// <param name="Checkpoint">The log's newest; null where there is no log, or below level 3.</param>
public sealed record ArchiveReport(VerificationReport Store, SignedCheckpoint? Checkpoint, bool HasCatalogue, long Faults, long Derived);

/// <summary>Verifies an archive in all its stages, beside the process that writes: segments, log, catalogue and search index.</summary>
/// <remarks>Levels 0 to 2 are <see cref="Verification"/>'s, and its seals are held against the log. 3 adds the log: every leaf against its manifest, tiles to root, that every
/// checkpoint of the history is a beginning, and that its stamps are over it. 4 adds that the catalogue and the search index equal their rebuild, and replays a sample.</remarks>
public sealed class ArchiveCheck(string folder, int level)
{
    private const int Replayed = 200;

    private Action<Fault> found = _ => { };
    private long faults, derived;

    /// <summary>A checkpoint of this log that was kept elsewhere, which must be its beginning; null when there is none.</summary>
    public SignedCheckpoint? Since { get; init; }

    /// <exception cref="StoreException">There is no archive.</exception>
    /// <exception cref="LogException"><see cref="Since"/> is no checkpoint of this archive's log.</exception>
    public ArchiveReport Run(Action<Fault> report, IProgress<(long Done, long All)>? progress, CancellationToken cancel)
    {
        found = report;
        var store = StoreFolder.OpenExisting(folder);
        using var database = File.Exists(store.DatabasePath) ? new Database(store.DatabasePath, SearchTokenizer.Register, readOnly: true) : null;
        var log = new LogReader(store);
        if (Since is not null) RequireOwn(Since, log);
        // Before the segments: what is signed now, they hold already.
        var newest = Head(log);
        var head = level >= 3 ? newest : null;
        var leaves = head is null ? null : new LeafCheck(new(log, head.Checkpoint.Size), Report);
        // From level 3 on the whole log is held against the segments, and the seals with it.
        var sealedBy = level < 3 && newest is not null ? new SealedByLog(log, newest, Report) : null;
        var kept = new Verification(store, database, level) { Leaves = leaves is null ? null : leaves.Hold, Seals = sealedBy is null ? null : sealedBy.Hold }.Run(Report, progress, cancel);
        leaves?.End();
        if (head is not null) Audit(log, cancel);
        else if (Since is not null) Report(new("log/checkpoint", null, $"there is no signed checkpoint, and the one that was kept elsewhere is over {Since.Checkpoint.Size} leaves: restore the log from a backup"));
        if (level >= 4 && database is not null) CheckCaches(store, database, cancel);
        return new(kept, head, database is not null, faults, derived);
    }

    private void Report(Fault fault)
    {
        if (fault.Derived) derived++;
        else faults++;
        found(fault);
    }

    // Said before anything is read: another log's checkpoint would look like a log that was changed.
    private static void RequireOwn(SignedCheckpoint since, LogReader log)
    {
        if (log.Origin is { } origin && since.Checkpoint.Origin != origin)
        {
            throw new LogException($"It is a checkpoint of the log {since.Checkpoint.Origin}, and this archive's log is {origin}: take one that you kept of this log");
        }
        if (log.Keys is { Count: > 0 } keys && !keys.Any(since.Note.IsSignedBy))
        {
            throw new LogException($"It is not signed by {keys[0]}, nor by a key of this log before it: it was changed since you kept it, or never was this log's");
        }
    }

    private SignedCheckpoint? Head(LogReader log)
    {
        try
        {
            return log.Checkpoint();
        }
        catch (LogException bad)
        {
            Report(new("log/checkpoint", null, bad.Message));
            return null;
        }
    }

    private void Audit(LogReader log, CancellationToken cancel)
    {
        var keys = log.Keys;
        if (keys.Count == 0) { Report(new("FORMAT", null, "it names no key, and there is a signed checkpoint: restore it from a backup")); return; }
        // As a stranger checks a mirror: stamps of kept checkpoints, and files that no log has, are looked at as well.
        using var mirror = new LogMirror.Folder(log.Folder);
        mirror.Check(keys, Since, fault => Report(new("log/" + fault.File, null, fault.Reason)), cancel);
    }

    private void CheckCaches(StoreFolder store, Database database, CancellationToken cancel)
    {
        using var reader = new ArchiveReader(store, new(store.DatabasePath, SearchTokenizer.Register, readOnly: true));
        ReplaySample(reader, cancel);
        var scratch = Directory.CreateTempSubdirectory("dibao-verify-").FullName;
        try
        {
            foreach (var difference in new RebuildCheck(store, database, Archive.Index, Archive.PlacesIn(new(store)), scratch).Run(cancel))
            {
                Report(new(Path.GetFileName(store.DatabasePath), null, difference) { Derived = true });
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    // Spread over the archive: what a reader would be shown can be shown.
    private void ReplaySample(ArchiveReader reader, CancellationToken cancel)
    {
        var captures = reader.Database.Read(connection => connection.Query<long>(
            "SELECT id FROM captures WHERE id % MAX(1, (SELECT COUNT(*) FROM captures) / @Replayed) = 0", new { Replayed }).ToList());
        foreach (var capture in captures.Select(reader.Catalogue.Capture).OfType<KeptCapture>())
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                reader.Original(capture);
            }
            catch (InvalidDataException broken)
            {
                Report(new(capture.Records[^1].Segment, capture.Records[^1].Offset, $"the capture of {capture.Url} cannot be replayed: {broken.Message}"));
            }
        }
    }

    /// <summary>Holds what segments say of those before them against the log, with a proof of inclusion each: nobody writes them anew and signs that.</summary>
    private sealed class SealedByLog(LogReader log, SignedCheckpoint head, Action<Fault> report)
    {
        private bool unreadable;

        public void Hold(FoundSeal found)
        {
            if (unreadable || found.Seal.Leaves >= head.Checkpoint.Size) return;
            try
            {
                if (!log.Keys.Any(head.Note.IsSignedBy)) throw new LogException($"the checkpoint is not signed by the key of {head.Checkpoint.Origin}: restore it from a backup or from a mirror");
                if (log.Prove(found.Seal.Leaves, head).Extra.Span.SequenceEqual(found.Leaf.ToBytes())) return;
                report(new(found.In, found.Offset, $"its seal of {found.Seal.Segment} is not the log's leaf {found.Seal.Leaves}: one of the two segments was replaced; restore them from a backup"));
            }
            catch (LogException bad)
            {
                unreadable = true;
                report(new("log", null, bad.Message));
            }
        }
    }

    /// <summary>Holds the leaves that the segments give against the entries of the log.</summary>
    private sealed class LeafCheck(LeafPlaces places, Action<Fault> report)
    {
        private long seen;
        private long missing;
        private bool unreadable;

        public void Hold(long index, Leaf leaf, string segment, long offset)
        {
            var place = index + missing;
            seen = place + 1;
            if (seen > places.Size || unreadable) return;
            try
            {
                if (places.Find(leaf, place) is not { } found) report(new(segment, offset, $"its manifest is not the one that the log's leaf {place} was made of"));
                else if (found > place) Miss(found - place, place, segment, offset);
                seen = index + missing + 1;
            }
            catch (InvalidDataException bad)
            {
                unreadable = true;
                report(new("log", null, bad.Message));
            }
        }

        public void End()
        {
            if (seen < places.Size) report(new("log/checkpoint", null, $"it is signed over {places.Size} captures, and the segments hold {seen - missing}: restore them from a backup"));
        }

        // A capture whose manifest cannot be read gives no leaf: those behind it stand further on in the log, and are sound.
        private void Miss(long ahead, long at, string segment, long offset)
        {
            missing += ahead;
            report(new(segment, offset, $"{(ahead == 1 ? $"the log's leaf {at} has" : $"the log's leaves {at} to {at + ahead - 1} have")} no capture before it that can be read: restore the segment from a backup"));
        }
    }
}
