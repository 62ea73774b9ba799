using System.IO.Compression;

namespace Dibao.Warc;

/// <summary>Writes records one behind another and says where each lies.</summary>
/// <param name="output">Written to and left open.</param>
/// <param name="compressed">A gzip member a record (<c>.warc.gz</c>), or plain (<c>.warc</c>).</param>
public sealed class WarcWriter(Stream output, bool compressed = true, CompressionLevel level = CompressionLevel.Optimal)
{
    /// <summary>Bytes written so far: where the next record begins.</summary>
    public long End { get; private set; }

    public WarcPlace Write(WarcRecord record)
    {
        var bytes = record.ToBytes();
        return WriteRaw(compressed ? GzipMember.Compress(bytes, level) : bytes);
    }

    /// <summary>Copies a record as it lies in another file of the same kind: its member, or its plain bytes.</summary>
    public WarcPlace WriteRaw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        var place = new WarcPlace(End, bytes.Length);
        End += bytes.Length;
        return place;
    }
}

/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="Length">Bytes that the record takes there.</param>
public readonly record struct WarcPlace(long Offset, long Length);
