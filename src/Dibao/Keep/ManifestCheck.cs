using System.Text.Json;
using Dibao.Capture;
using Dibao.Log;
using Dibao.Warc;

namespace Dibao.Keep;

/// <summary>Holds each manifest against the records before it, without reading any article.</summary>
internal sealed class ManifestCheck(string segment)
{
    private readonly List<(string Id, string Sha256, long Offset)> pending = [];

    /// <summary>Records that wait for their manifest.</summary>
    public int Pending => pending.Count;

    /// <summary>The leaf of the capture that the last record completed; null when it completed none.</summary>
    public Leaf? Leaf { get; private set; }

    public IReadOnlyList<Fault> Add(WarcEntry entry)
    {
        Leaf = null;
        var record = entry.Record!;
        if (record.Type == "warcinfo") return [];
        if (record.Headers["Content-Type"] == Tombstone.ContentType) return AddTombstone(entry);
        if (record.Headers["Content-Type"] != Manifest.ContentType)
        {
            pending.Add((record.Id, Digest.Of(entry.Raw.Span).ToHex(), entry.Offset));
            return [];
        }
        var faults = Against(entry, Parse(record));
        pending.Clear();
        return faults;
    }

    private List<Fault> AddTombstone(WarcEntry entry)
    {
        pending.Clear();
        if (Tombstone.Parse(entry.Record!) is not { } stone) return [new(segment, entry.Offset, "the tombstone is none")];
        Leaf = CaptureLeaf.Of(stone.Kind, stone.At, stone.ManifestDigest.ToBytes());
        return [];
    }

    private List<Fault> Against(WarcEntry entry, Manifest? manifest)
    {
        if (manifest is null) return [new(segment, entry.Offset, "the manifest is no manifest")];
        Leaf = CaptureLeaf.Of(manifest.Kind, manifest.At, Digest.Of(entry.Raw.Span).ToBytes());
        var faults = new List<Fault>();
        if (manifest.Records.Count != pending.Count)
        {
            faults.Add(new(segment, entry.Offset, $"the manifest lists {manifest.Records.Count} records, and {pending.Count} stand before it"));
        }
        faults.AddRange(manifest.Records.Zip(pending)
            .Where(pair => pair.First.Id != pair.Second.Id || pair.First.Sha256 != pair.Second.Sha256)
            .Select(pair => new Fault(segment, pair.Second.Offset, "the record is not the one that its manifest lists")));
        return faults;
    }

    private static Manifest? Parse(WarcRecord record)
    {
        try { return JsonSerializer.Deserialize(record.Block.Span, KeepJson.Default.Manifest); }
        catch (JsonException) { return null; }
    }
}
