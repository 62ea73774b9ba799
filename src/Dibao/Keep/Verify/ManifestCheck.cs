using System.Text.Json;
using Dibao.Log;
using Dibao.Warc;

namespace Dibao.Keep;

/// <summary>Holds each manifest against the records before it, and tombstones against the orders that they carry out, without reading any article.</summary>
internal sealed class ManifestCheck
{
    private readonly List<(string Id, string Sha256, long Offset)> pending = [];
    private readonly Dictionary<Digest, (string Segment, long Offset)> stones = [];
    private readonly Dictionary<Digest, (string Segment, long Offset)> removed = [];

    private bool torn;

    /// <summary>Records that wait for their manifest.</summary>
    public int Pending => pending.Count;

    /// <summary>The leaf of the capture that the last record completed; null when it completed none.</summary>
    public Leaf? Leaf { get; private set; }

    /// <summary>Whether the block of a record says what belongs to a capture; of all others its hash is enough.</summary>
    public static bool ReadsBlock(WarcRecord record) => record.Headers["Content-Type"] is Manifest.ContentType or Tombstone.ContentType;

    /// <summary>A new segment: captures never go over the end of one.</summary>
    public void Begin()
    {
        pending.Clear();
        torn = false;
    }

    public IReadOnlyList<Fault> Add(string segment, ExaminedRecord examined)
    {
        Leaf = null;
        if (examined.Record is not { } record)
        {
            // It may have been a manifest: what stands before it is no business of the next one then.
            torn = true;
            return [];
        }
        if (record.Type == "warcinfo") return [];
        switch (record.Headers["Content-Type"])
        {
            case Tombstone.ContentType: return AddTombstone(segment, examined.Offset, record);
            case Manifest.ContentType:
                var faults = Against(segment, examined, record);
                Begin();
                return faults;
            default:
                pending.Add((record.Id, examined.Raw.ToHex(), examined.Offset));
                return [];
        }
    }

    /// <summary>After the last segment: every removal was ordered, and every order carried out.</summary>
    public IEnumerable<Fault> Removals()
    {
        foreach (var (manifest, place) in stones.Where(stone => !removed.ContainsKey(stone.Key)))
        {
            yield return new(place.Segment, place.Offset, $"a tombstone stands in the place of the manifest {manifest.ToHex()}, and no takedown in the archive ordered it");
        }
        foreach (var (manifest, place) in removed.Where(order => !stones.ContainsKey(order.Key)))
        {
            yield return new(place.Segment, place.Offset, $"this takedown ordered the capture {manifest.ToHex()} to be removed, and it is still there: start dibao, which finishes it");
        }
    }

    private List<Fault> AddTombstone(string segment, long offset, WarcRecord record)
    {
        Begin();
        if (Tombstone.Parse(record) is not { } stone) return [new(segment, offset, "the tombstone is none")];
        Leaf = CaptureLeaf.Of(stone.Kind, stone.At, stone.ManifestDigest.ToBytes());
        stones[stone.ManifestDigest] = (segment, offset);
        return [];
    }

    private List<Fault> Against(string segment, ExaminedRecord examined, WarcRecord record)
    {
        if (Parse(record) is not { } manifest) return [new(segment, examined.Offset, "the manifest is no manifest")];
        Leaf = CaptureLeaf.Of(manifest.Kind, manifest.At, examined.Raw.ToBytes());
        foreach (var order in manifest.Takedown?.Captures ?? []) removed[Digest.FromBytes(Convert.FromHexString(order.Manifest))] = (segment, examined.Offset);
        if (torn && pending.Count > manifest.Records.Count) pending.RemoveRange(0, pending.Count - manifest.Records.Count);
        if (manifest.Records.Count != pending.Count)
        {
            return [new(segment, examined.Offset, $"the manifest lists {manifest.Records.Count} records, and {pending.Count} stand before it")];
        }
        return [.. manifest.Records.Zip(pending)
            .Where(pair => pair.First.Id != pair.Second.Id || pair.First.Sha256 != pair.Second.Sha256)
            .Select(pair => new Fault(segment, pair.Second.Offset, "the record is not the one that its manifest lists"))];
    }

    private static Manifest? Parse(WarcRecord record)
    {
        try { return JsonSerializer.Deserialize(record.Block.Span, KeepJson.Default.Manifest); }
        catch (JsonException) { return null; }
    }
}
