using System.Text.Json;
using Dibao.Capture;
using Dibao.Log;
using Dibao.Warc;

namespace Dibao.Keep;

/// <summary>How a segment begins: what it calls itself, and what it says of the one before it. Reads 64 KB, whatever the segment holds.</summary>
/// <param name="Name">WARC-Filename of its first record; null where that cannot be read.</param>
/// <param name="EndOfInfo">Where its first record ends, bytes; 0 where it cannot be read.</param>
/// <param name="Seal">Null where its first capture is no seal: the archive's first segment, or one of a dibao that wrote none.</param>
internal sealed record SegmentHead(string? Name, long EndOfInfo, FoundSeal? Seal)
{
    private const int Most = 64 << 10;

    private static readonly SegmentHead Unreadable = new(null, 0, null);

    public static SegmentHead Read(SegmentFile segment)
    {
        var bytes = new byte[Most];
        using var file = segment.OpenRead();
        var rest = bytes.AsMemory(0, file.ReadAtLeast(bytes, Most, throwOnEndOfStream: false));
        if (Record(rest) is not { Record: { Type: "warcinfo" } info, Length: var end }) return Unreadable;
        return new(info.Headers["WARC-Filename"], end, Record(rest[end..]) is var (record, raw, _) ? SealIn(segment.Name, record, raw, end) : null);
    }

    private static FoundSeal? SealIn(string segment, WarcRecord record, ReadOnlyMemory<byte> raw, long offset)
    {
        if (record.Headers["Content-Type"] != Manifest.ContentType) return null;
        try
        {
            return JsonSerializer.Deserialize(record.Block.Span, KeepJson.Default.Manifest) is { Kind: CaptureKind.Seal, Seal: { } seal } manifest
                ? new(segment, offset, seal, CaptureLeaf.Of(manifest.Kind, manifest.At, Digest.Of(raw.Span).ToBytes()))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (WarcRecord Record, ReadOnlyMemory<byte> Raw, int Length)? Record(ReadOnlyMemory<byte> rest) =>
        GzipMember.Read(rest.Span, Most) is GzipReading.Complete member && WarcRecord.Read(member.Content) is WarcReading.Complete { Record: var record }
            ? (record, member.Content, member.Length)
            : null;
}

/// <summary>A seal as it stands at the head of a segment.</summary>
/// <param name="In">Name of the segment that begins with it.</param>
/// <param name="Offset">Where its manifest begins, bytes.</param>
/// <param name="Leaf">What the log must have at <see cref="SegmentSeal.Leaves"/>.</param>
public sealed record FoundSeal(string In, long Offset, SegmentSeal Seal, Leaf Leaf);
