using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dibao.Warc;

/// <summary>
/// Writes a WACZ 1.1.1 package: 1. records, one after another; 2. <see cref="Finish"/> adds the index over them, the pages, the
/// description with a digest of each file, and the digest of that, signed when there is a key. The same input gives the same bytes,
/// but for the signature.
/// </summary>
/// <remarks>Source: WACZ 1.1.1; its index is CDXJ in gzip members of <see cref="BlockLines"/> lines with an <c>.idx</c> over them, so
/// that a browser fetches what it needs. WARC files lie uncompressed in the ZIP, so that records are read by range. Memory: the lines of
/// the index and the pages.</remarks>
public sealed class WaczWriter : IDisposable
{
    /// <summary>Lines in one gzip member of the index.</summary>
    public const int BlockLines = 1024;

    private const string WarcName = "data.warc.gz";

    // A zip has no earlier time, and one that moved would change the package's bytes.
    private static readonly DateTimeOffset ZipEpoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive zip;
    private readonly ECDsa? key;
    private readonly HashedEntry warcFile;
    private readonly WarcWriter warc;
    private readonly CdxjWriter index = new();
    private readonly HashSet<UInt128> moments = [];
    private readonly MemoryStream pages = new();
    private readonly List<WaczResource> resources = [];

    /// <param name="output">Left open.</param>
    /// <param name="key">P-384; null leaves the package unsigned.</param>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public WaczWriter(Stream output, ECDsa? key = null)
    {
        if (key is not null) WaczSigning.RequireP384(key);
        this.key = key;
        zip = new(output, ZipArchiveMode.Create, leaveOpen: true);
        pages.Write("{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All Pages\"}\n"u8);
        warcFile = Open($"archive/{WarcName}");
        warc = new(warcFile);
    }

    public void Add(WarcRecord record) => Add(record, GzipMember.Compress(record.ToBytes()));

    /// <param name="member">The record as it is to lie in the package: its gzip member, copied from elsewhere.</param>
    public void Add(WarcRecord record, ReadOnlySpan<byte> member)
    {
        var place = warc.WriteRaw(member);
        // What is said about a page has the page's address: in the index it would stand in for the page.
        if (CdxIndexer.IsReplayed(record) && CdxIndexer.EntryOf(record, place, WarcName) is { } entry && !IsRepeated(record, entry)) index.Add(entry);
    }

    // Readers know a capture by its address and second: a revisit of the same second would stand in for the very record that it refers to.
    private bool IsRepeated(WarcRecord record, CdxEntry entry)
    {
        var moment = WarcCheck.Short($"{entry.Key} {entry.Timestamp}");
        if (record.Type == "revisit") return moments.Contains(moment);
        moments.Add(moment);
        return false;
    }

    public void Add(WaczPage page) => page.WriteTo(pages);

    public void Finish(WaczDescription description)
    {
        resources.Add(warcFile.Finish());
        WriteIndex();
        Write("pages/pages.jsonl", pages.ToArray());
        var package = Package(description);
        WriteUnlisted("datapackage.json", package);
        WriteUnlisted("datapackage-digest.json", WaczSigning.Write(description, WarcDigest.Of(package), key));
        zip.Dispose();
    }

    public void Dispose()
    {
        warcFile.Dispose();
        zip.Dispose();
        pages.Dispose();
    }

    private void WriteIndex()
    {
        var blocks = new StringBuilder("!meta 0 {\"format\":\"cdxj-gzip-1.0\",\"filename\":\"index.cdx.gz\"}\n");
        using (var file = Open("indexes/index.cdx.gz"))
        {
            foreach (var block in index.Sorted().Chunk(BlockLines))
            {
                var member = GzipMember.Compress([.. block.SelectMany(line => line)]);
                var first = Encoding.UTF8.GetString(block[0]);
                var name = first[..first.IndexOf(" {", StringComparison.Ordinal)];
                blocks.Append(CultureInfo.InvariantCulture, $"{name} {{\"offset\":{file.Length},\"length\":{member.Length},\"digest\":\"{WarcDigest.Of(member)}\",\"filename\":\"index.cdx.gz\"}}\n");
                file.Write(member);
            }
            if (index.Count == 0) file.Write(GzipMember.Compress([]));
            resources.Add(file.Finish());
        }
        Write("indexes/index.idx", Encoding.UTF8.GetBytes(blocks.ToString()));
    }

    private byte[] Package(WaczDescription description)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, WaczJson.Indented))
        {
            json.WriteStartObject();
            json.WriteString("profile", "data-package");
            json.WriteString("wacz_version", "1.1.1");
            json.WriteString("title", description.Title);
            if (description.Description is not null) json.WriteString("description", description.Description);
            json.WriteString("software", description.Software);
            json.WriteString("created", description.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteStartArray("resources");
            foreach (var resource in resources) Write(json, resource);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return output.ToArray();
    }

    private static void Write(Utf8JsonWriter json, WaczResource resource)
    {
        json.WriteStartObject();
        json.WriteString("name", resource.Path[(resource.Path.LastIndexOf('/') + 1)..]);
        json.WriteString("path", resource.Path);
        json.WriteString("hash", resource.Hash);
        json.WriteNumber("bytes", resource.Bytes);
        json.WriteEndObject();
    }

    private void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = Open(path);
        file.Write(bytes);
        resources.Add(file.Finish());
    }

    private void WriteUnlisted(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = Open(path);
        file.Write(bytes);
    }

    private HashedEntry Open(string path)
    {
        var entry = zip.CreateEntry(path, path.EndsWith(".gz", StringComparison.Ordinal) ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
        entry.LastWriteTime = ZipEpoch;
        return new(path, entry.Open());
    }
}
