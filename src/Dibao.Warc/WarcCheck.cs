using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dibao.Warc;

/// <summary>
/// Reads WARC files and believes nothing: gzip members, grammar, required fields, digests, and how records refer to each other over
/// all files of a set. 1. <see cref="Check"/> each file. 2. <see cref="Finish"/>: what referred to a record that never came.
/// </summary>
/// <remarks>Source: WARC 1.1 (ISO 28500:2017), RFC 1952. Memory grows by some 100 bytes a record, and by what one record takes, up to
/// <see cref="MaxRecordBytes"/>: longer ones are read past, and checked as all others. Behind damage it goes on at the next record.</remarks>
public sealed class WarcCheck
{
    private const string Restore = "Restore the file from a copy";
    private const string Rewrite = "Write the record anew with a tool that follows WARC 1.1";

    private static readonly string[] Truncations = ["length", "time", "disconnect", "unspecified"];
    private static readonly string[] DateForms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    private readonly HashSet<UInt128> ids = [];
    private readonly RevisitCheck revisits = new();
    private readonly SegmentationCheck segmentation = new();

    /// <summary>Bytes that one record may take in memory, compressed and uncompressed.</summary>
    public int MaxRecordBytes { get; init; } = 64 << 20;

    /// <summary>Bytes that one record may take at all, uncompressed; a longer one is called damaged.</summary>
    public long LongestRecordBytes { get; init; } = 1L << 36;

    /// <summary>Records read so far, over all files.</summary>
    public long Records { get; private set; }

    /// <summary>Places so far where a record should be and none can be read.</summary>
    public long Damaged { get; private set; }

    /// <param name="name">Stands in every fault.</param>
    public IEnumerable<WarcFault> Check(string name, Stream file, CancellationToken cancel)
    {
        bool? compressed = null;
        var before = Records + Damaged;
        foreach (var entry in new WarcReader(file) { MaxRecordBytes = MaxRecordBytes, LongestRecordBytes = LongestRecordBytes }.ReadAll(0, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.Record is not { } record)
            {
                Damaged++;
                yield return new(name, entry.Offset, entry.Damage!, $"{Restore}; {entry.Length} bytes were passed over");
                continue;
            }
            Records++;
            if ((compressed ??= entry.IsCompressed) != entry.IsCompressed) yield return new(name, entry.Offset, "a plain record stands between compressed ones, or the reverse", Rewrite);
            foreach (var what in FaultsOf(record)) yield return new(name, entry.Offset, what, Rewrite);
            if (record.Fault() is { } fault) yield return new(name, entry.Offset, fault, Restore);
            foreach (var what in revisits.Add(name, entry.Offset, record).Concat(segmentation.Add(record))) yield return new(name, entry.Offset, what, Restore);
        }
        if (Records + Damaged == before) yield return new(name, 0, "there is no record in it", Restore);
    }

    /// <summary>Revisits whose original was in none of the files.</summary>
    public IEnumerable<WarcFault> Finish() => revisits.Unresolved();

    private IEnumerable<string> FaultsOf(WarcRecord record)
    {
        var headers = record.Headers;
        if (record.Id.Length > 0 && !ids.Add(Short(record.Id))) yield return $"the record id {record.Id} was used before";
        if (record.Id.Length > 0 && !IsUri(record.Id)) yield return "its WARC-Record-ID is no URI in angle brackets";
        if (record.Date is not null && !IsW3CDate(headers["WARC-Date"]!)) yield return "its WARC-Date is not written as 2026-11-22T06:00:00Z";
        if (record.Type is "response" or "request" or "resource" or "revisit" or "conversion" && string.IsNullOrEmpty(record.TargetUri)) yield return $"a {record.Type} has no WARC-Target-URI";
        if (headers.Folded is { } folded) yield return $"its {folded} is folded over several lines";
        if (headers.Fields.Any(field => field.Value.Contains('\uFFFD', StringComparison.Ordinal))) yield return "its header is not UTF-8";
        if (headers["WARC-Truncated"] is { } reason && !Truncations.Contains(reason)) yield return "its WARC-Truncated gives a reason that there is not";
        if (IsUnknown(headers["WARC-Block-Digest"])) yield return "the algorithm of its WARC-Block-Digest is not known";
        if (IsUnknown(headers["WARC-Payload-Digest"])) yield return "the algorithm of its WARC-Payload-Digest is not known";
        if (record.Type is "response" && record.HttpHead.Length > 0 && !record.Block.Span.StartsWith("HTTP/"u8)) yield return "its block is no HTTP response";
    }

    private static bool IsUnknown(string? label) => label is not null && WarcDigest.AlgorithmOf(label) is null;

    private static bool IsUri(string id) => id is ['<', .., '>'] && Uri.TryCreate(id[1..^1], UriKind.Absolute, out _);

    private static bool IsW3CDate(string text) => DateTime.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Half of a SHA-256: enough to tell names apart that nobody can make collide.</summary>
    internal static UInt128 Short(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
