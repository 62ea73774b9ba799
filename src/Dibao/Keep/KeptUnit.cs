using System.Text.Json;
using Dibao.Capture;
using Dibao.Capture.Browser;
using Dibao.Capture.Fetch;
using Dibao.Log;
using Dibao.Warc;

namespace Dibao.Keep;

/// <summary>A record that lies in a segment.</summary>
internal sealed record PlacedRecord(string Id, string Type, string Segment, long Offset, long Length, Digest? Payload, UrlKey Url);

/// <summary>One whole capture in a segment: what the catalogue is made from, live or in a rebuild.</summary>
/// <param name="Manifest">SHA-256 of its manifest record; of the one that stood there, after a takedown.</param>
internal sealed record KeptUnit(CaptureBundle Bundle, BundleReading Reading, Digest Manifest, IReadOnlyList<PlacedRecord> Records)
{
    /// <summary>What stands in the place of a capture that was taken down; null while it is kept.</summary>
    public Tombstone? Tombstone { get; init; }

    /// <summary>Where the segment goes on behind it.</summary>
    public long End => Records[^1].Offset + Records[^1].Length;

    public Leaf Leaf => CaptureLeaf.Of(Bundle.Kind, Bundle.At, Manifest.ToBytes());
}

/// <summary>A capture as it stands in a segment, before its article is read: that is the costly part, and may run side by side.</summary>
/// <param name="Bytes">Of its records, uncompressed.</param>
internal sealed record UnreadUnit(CaptureBundle Bundle, Digest Manifest, IReadOnlyList<PlacedRecord> Records, long Bytes)
{
    public Tombstone? Tombstone { get; init; }

    public Leaf Leaf => CaptureLeaf.Of(Bundle.Kind, Bundle.At, Manifest.ToBytes());

    public KeptUnit Read()
    {
        var reading = Tombstone is { } stone ? new(null, stone.Status) : BundleReading.Of(Bundle);
        reading.Draft?.Ready();
        return new(Bundle, reading, Manifest, Records) { Tombstone = Tombstone };
    }
}

/// <summary>Gathers the records of a segment into captures; the reverse of <see cref="BundleRecords"/>.</summary>
/// <param name="payloadOf">The payload that a revisit refers to; null when it is not there.</param>
internal sealed class UnitAssembler(string segment, Func<Digest, ReadOnlyMemory<byte>?> payloadOf)
{
    private readonly List<(WarcEntry Entry, PlacedRecord Placed)> pending = [];

    /// <summary>Offset behind the last whole capture; what lies after it was never acknowledged.</summary>
    public long WholeEnd { get; private set; }

    /// <summary>What was wrong with the last capture that was none, by its place; null when it was another record that could not be read for it.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>True when records wait for a manifest.</summary>
    public bool HasPending => pending.Count > 0;

    /// <summary>Forgets the records that wait: one among them cannot be read.</summary>
    public void Drop() => pending.Clear();

    /// <summary>The capture that <paramref name="entry"/> completes; null while it goes on.</summary>
    /// <exception cref="InvalidDataException">The manifest and its records do not agree, or what it refers to is not there: see <see cref="Fault"/>. The next one may be sound.</exception>
    public UnreadUnit? Add(WarcEntry entry)
    {
        var record = entry.Record!;
        if (record.Type == "warcinfo")
        {
            if (pending.Count == 0) WholeEnd = entry.Offset + entry.Length;
            return null;
        }
        var payload = Digest.TryParse(record.Headers["WARC-Payload-Digest"], out var digest) ? digest : (Digest?)null;
        pending.Add((entry, new(record.Id, record.Type, segment, entry.Offset, entry.Length, payload, UrlKey.Of(record))));
        if (record.Headers["Content-Type"] is not (Manifest.ContentType or Tombstone.ContentType)) return null;
        Fault = null;
        try
        {
            var unit = record.Headers["Content-Type"] == Tombstone.ContentType ? AssembleTombstone(entry) : Assemble(entry);
            WholeEnd = entry.Offset + entry.Length;
            return unit;
        }
        finally
        {
            pending.Clear();
        }
    }

    private UnreadUnit Assemble(WarcEntry last)
    {
        var manifest = Parse(last) ?? throw Unreadable(last.Offset, "the manifest is no manifest");
        if (manifest.Format > Manifest.CurrentFormat) throw Unreadable(last.Offset, $"manifest format {manifest.Format} comes from a newer dibao");
        RequireListed(manifest, last.Offset);
        return new(ToBundle(manifest), Digest.Of(last.Raw.Span), [.. pending.Select(p => p.Placed)], pending.Sum(p => (long)p.Entry.Raw.Length));
    }

    private UnreadUnit AssembleTombstone(WarcEntry last)
    {
        var stone = Tombstone.Parse(last.Record!) ?? throw Unreadable(last.Offset, "the tombstone is none");
        return new(stone.ToBundle(), stone.ManifestDigest, [.. pending.Select(p => p.Placed)], 0) { Tombstone = stone };
    }

    private void RequireListed(Manifest manifest, long offset)
    {
        if (manifest.Records.Count != pending.Count - 1)
        {
            throw Unreadable(offset, $"the manifest of {manifest.Url} lists {manifest.Records.Count} records, and {pending.Count - 1} that can be read stand before it");
        }
        foreach (var (listed, (entry, _)) in manifest.Records.Zip(pending))
        {
            if (listed.Id != entry.Record!.Id || listed.Sha256 != Digest.Of(entry.Raw.Span).ToHex())
            {
                throw Unreadable(entry.Offset, $"the record is not the one that its manifest, of {manifest.Url}, lists");
            }
        }
    }

    private static Manifest? Parse(WarcEntry last)
    {
        try { return JsonSerializer.Deserialize(last.Record!.Block.Span, KeepJson.Default.Manifest); }
        catch (JsonException) { return null; }
    }

    private InvalidDataException Unreadable(long offset, string why)
    {
        Fault = new(segment, offset, why);
        return new($"{segment} at {offset}: {why}");
    }

    private CaptureBundle ToBundle(Manifest manifest)
    {
        var entry = pending.FirstOrDefault(p => p.Entry.Record!.Headers["Content-Type"] == Manifest.EntryContentType).Entry.Record;
        var file = pending.FirstOrDefault(p => p.Placed.Type == "resource").Entry.Record;
        return new()
        {
            Kind = manifest.Kind,
            Url = manifest.Url,
            At = manifest.At,
            Outlet = manifest.Outlet ?? OutletName.None,
            SourceUrl = manifest.Source,
            PageError = manifest.PageError,
            Prefer = manifest.Prefer,
            Rule = manifest.Rule,
            Template = manifest.Template,
            Source = manifest.Change,
            Takedown = manifest.Takedown,
            LogKey = manifest.LogKey,
            Seal = manifest.Seal,
            Exchanges = [.. Exchanges(manifest.Records)],
            Entry = entry is null ? null : JsonSerializer.Deserialize(entry.Block.Span, KeepJson.Default.Entry),
            Rendered = RenderedOf(pending.FirstOrDefault(p => p.Placed.Type == "conversion").Entry.Record),
            File = file is null || manifest.File is not { } named ? null
                : new() { Path = named.Path, ContentType = named.ContentType, Dialect = named.Dialect, Bytes = file.Block },
        };
    }

    private static RenderedPage? RenderedOf(WarcRecord? record) => record is null ? null : new()
    {
        Url = record.TargetUri ?? "",
        At = record.Date ?? default,
        Html = record.Block,
        Agent = record.Headers[Manifest.RenderedBy] ?? "",
    };

    private IEnumerable<Exchange> Exchanges(IReadOnlyList<ManifestRecord> listed)
    {
        var request = ReadOnlyMemory<byte>.Empty;
        foreach (var ((entry, placed), manifest) in pending.Zip(listed))
        {
            var record = entry.Record!;
            if (placed.Type == "request") { request = record.Block; continue; }
            if (placed.Type is not ("response" or "revisit")) continue;
            yield return KeptHead.ToExchange(record.TargetUri ?? "", record.Date ?? default, request, record.HttpHead, BodyOf(record, placed)) with
            {
                RemoteAddress = record.Headers["WARC-IP-Address"],
                Protocol = record.Headers["WARC-Protocol"],
                Truncated = record.Headers["WARC-Truncated"],
                Role = manifest.Role ?? ExchangeRole.Page,
            };
            request = default;
        }
    }

    private ReadOnlyMemory<byte> BodyOf(WarcRecord record, PlacedRecord placed) =>
        placed.Type == "response" ? record.Payload
        : placed.Payload is { } digest && payloadOf(digest) is { } payload ? payload
        : throw Unreadable(placed.Offset, $"the payload that this revisit of {record.TargetUri} refers to is not in the archive");
}
