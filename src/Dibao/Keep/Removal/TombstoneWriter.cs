using System.Text.Json;
using Dapper;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Warc;

namespace Dibao.Keep;

/// <summary>Overwrites what was taken down. Doing it again changes nothing, so that whatever a crash left is finished by the same walk.</summary>
/// <param name="eraseWords">Makes the search index anew without what was removed from it.</param>
internal sealed class TombstoneWriter(StoreFolder store, Database database, Action<Database, CancellationToken> eraseWords)
{
    // takedowns.done: what a crash leaves at one of the first two is taken up by the next opening.
    private const int Ordered = 0, Overwritten = 2, Done = 1;

    private readonly SegmentReader reader = new(store);

    /// <summary>What opening an archive does about takedowns that a crash or a full disk stopped.</summary>
    /// <returns>Why something is still to do; null when all is done.</returns>
    public string? FinishAfterCrash(SegmentWriter segments, CancellationToken cancel)
    {
        try
        {
            if (Pending().Count > 0)
            {
                segments.SealEarly();
                Finish(cancel);
            }
            Erase(cancel);
            return null;
        }
        // Nor may one damaged record keep the archive shut: its segment's remedy is in the message.
        catch (Exception failed) when (failed is IOException or InvalidDataException)
        {
            return failed.Message;
        }
    }

    /// <summary>Replaces every member that an unfinished takedown names. None of them lies in the open segment.</summary>
    public void Finish(CancellationToken cancel)
    {
        var pending = Pending();
        if (pending.Count == 0) return;
        // Several orders may name one capture: a feed's answer that told of two articles.
        var stones = pending.SelectMany(order => order.Captures).SelectMany(StonesOf).DistinctBy(stone => (stone.Place.Segment, stone.Place.Offset)).ToList();
        var files = store.Segments().ToDictionary(file => file.Name);
        foreach (var segment in stones.GroupBy(stone => stone.Place.Segment))
        {
            var members = segment.Where(stone => stone.Member is not null).Select(stone => (stone.Place.Offset, stone.Member!)).ToList();
            if (members.Count > 0) new SegmentRewrite(store.Disk, files[segment.Key]).Run(members, cancel);
            // Replaced before a crash, and perhaps not yet on the disk under its name.
            else store.Disk.SyncDirectory(Path.GetDirectoryName(files[segment.Key].Path)!);
        }
        database.Write(transaction => transaction.Connection!.Execute("UPDATE takedowns SET done = @Overwritten WHERE done = @Ordered", new { Overwritten, Ordered }, transaction));
    }

    /// <summary>Clears the words of what was overwritten out of the search index, which a takedown only marks there.</summary>
    public void Erase(CancellationToken cancel)
    {
        if (!database.Read(connection => connection.QuerySingle<bool>("SELECT EXISTS (SELECT 1 FROM takedowns WHERE done = @Overwritten)", new { Overwritten }))) return;
        eraseWords(database, cancel);
        database.Write(transaction => transaction.Connection!.Execute("UPDATE takedowns SET done = @Done WHERE done = @Overwritten", new { Done, Overwritten }, transaction));
        // Where a reader holds it open, whoever closes the catalogue last empties it.
        database.EmptyLog();
    }

    private List<Takedown> Pending() => database.Read(connection => connection.Query<long>("SELECT capture_id FROM takedowns WHERE done = @Ordered", new { Ordered }).ToList())
        .ConvertAll(OrderOf);

    private Takedown OrderOf(long captureId)
    {
        var record = reader.Read(new Catalogue(database).Capture(captureId)!.Records[^1]);
        return ManifestIn(record).Takedown ?? throw new InvalidDataException($"The takedown in capture {captureId} names nothing: restore its segment from a backup.");
    }

    private static Manifest ManifestIn(WarcRecord record) => JsonSerializer.Deserialize(record.Block.Span, KeepJson.Default.Manifest)
        ?? throw new InvalidDataException($"{record.Id} is no manifest: restore its segment from a backup.");

    // Null where the tombstone stands already.
    private IEnumerable<(KeptRecord Place, byte[]? Member)> StonesOf(RemovedCapture removed)
    {
        if (CaptureOf(removed) is not { } capture) yield break;
        foreach (var (ordinal, place) in capture.Records.Index())
        {
            if (removed.Left?.Contains(ordinal) == true) continue;
            var record = reader.Read(place);
            if (record.Headers["Content-Type"] is Tombstone.ContentType or Tombstone.RemovedContentType)
            {
                yield return (place, null);
                continue;
            }
            var stone = ordinal == capture.Records.Count - 1 ? StoneOf(capture, removed, ManifestIn(record)).ToRecord(record) : Tombstone.Removed(record);
            yield return (place, SameLength.Member(stone, (int)place.Length)
                ?? throw new InvalidDataException($"{place.Segment} at {place.Offset}: a tombstone does not fit into {place.Length} bytes"));
        }
    }

    private KeptCapture? CaptureOf(RemovedCapture removed) => database.Read(connection => connection.QuerySingleOrDefault<long?>(
        "SELECT id FROM captures WHERE leaf = @Leaf AND manifest = @manifest", new { removed.Leaf, manifest = Convert.FromHexString(removed.Manifest) }))
        is { } id ? new Catalogue(database).Capture(id) : null;

    // What the capture's own manifest says, and which rows it made.
    private Tombstone StoneOf(KeptCapture capture, RemovedCapture removed, Manifest manifest)
    {
        var (number, version) = database.Read(connection => connection.QuerySingle<(long? Number, long? Version)>(
            """
            SELECT a.number, (SELECT ABS(v.ordinal) FROM versions v WHERE v.capture_id = c.id)
            FROM captures c LEFT JOIN articles a ON a.id = c.article_id
            WHERE c.id = @Id
            """, new { capture.Id }));
        return new()
        {
            Format = 1,
            Kind = manifest.Kind,
            Url = manifest.Url,
            At = manifest.At,
            Outlet = manifest.Outlet ?? OutletName.None,
            Status = capture.Status,
            Manifest = removed.Manifest,
            Number = (int?)number,
            Version = (int?)version,
        };
    }
}
