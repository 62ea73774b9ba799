using System.Text.Json;
using System.Text.Json.Serialization;
using Dibao.Capture;
using Dibao.Warc;

namespace Dibao.Keep;

/// <summary>What stands in the place of a manifest whose capture was taken down: enough for the log and the catalogue to stay as they were, and nothing of what was said.</summary>
/// <remarks>It has fewer fields than the manifest it replaces (no record ids, no salt, no wording), and so always fits into its place.</remarks>
internal sealed record Tombstone
{
    public const string ContentType = "application/vnd.dibao.tombstone+json";

    /// <summary>Of a record other than the manifest that is no more; its block is empty.</summary>
    public const string RemovedContentType = "application/vnd.dibao.removed";

    [JsonPropertyName("dibao-tombstone")]
    public required int Format { get; init; }

    public required CaptureKind Kind { get; init; }
    public required string Url { get; init; }
    public required DateTimeOffset At { get; init; }
    public required OutletName Outlet { get; init; }
    public int? Status { get; init; }

    /// <summary>SHA-256 of the manifest record that stood here, hexadecimal: the log's leaf is made of it.</summary>
    public required string Manifest { get; init; }

    /// <summary>As <see cref="Article.Number"/>; null when it was no article's capture.</summary>
    public int? Number { get; init; }

    /// <summary>As <see cref="ArticleVersion.Ordinal"/> of the version that it brought; null when it brought none.</summary>
    public int? Version { get; init; }

    [JsonIgnore]
    public Digest ManifestDigest => Digest.FromBytes(Convert.FromHexString(Manifest));

    public static Tombstone? Parse(WarcRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize(record.Block.Span, KeepJson.Default.Tombstone) is { Manifest.Length: 2 * Digest.Size } stone
                && stone.Manifest.All(char.IsAsciiHexDigit) ? stone : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public CaptureBundle ToBundle() => new() { Kind = Kind, Url = Url, At = At, Outlet = Outlet };

    /// <summary>The uncompressed record, in the place of the manifest that had this id.</summary>
    public byte[] ToRecord(WarcRecord manifest) =>
        Record(manifest, ContentType, JsonSerializer.SerializeToUtf8Bytes(this, KeepJson.Readable.Tombstone));

    /// <summary>The uncompressed record in the place of any other record.</summary>
    public static byte[] Removed(WarcRecord record) => Record(record, RemovedContentType, default);

    // By hand, for the sake of its length: a block digest would not always fit into the place of a short record.
    private static byte[] Record(WarcRecord replaced, string contentType, ReadOnlySpan<byte> block) =>
    [
        .. System.Text.Encoding.UTF8.GetBytes(
            $"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: {replaced.Id}\r\nWARC-Date: {replaced.Headers["WARC-Date"]}\r\n"
            + $"Content-Type: {contentType}\r\nContent-Length: {block.Length}\r\n\r\n"),
        .. block,
        .. "\r\n\r\n"u8,
    ];
}
