using System.Buffers.Binary;
using System.IO.Compression;

namespace Dibao.Warc;

/// <summary>What one gzip member turned out to be.</summary>
public abstract record GzipReading
{
    private GzipReading() { }

    /// <param name="Content">The uncompressed bytes; CRC-32 and ISIZE agree.</param>
    /// <param name="Length">Of the member, bytes: the next one starts there.</param>
    public sealed record Complete(ReadOnlyMemory<byte> Content, int Length) : GzipReading;

    /// <summary>The input ends inside the member.</summary>
    public sealed record Incomplete : GzipReading;

    /// <summary>It is no gzip member, or not the one that was written.</summary>
    public sealed record Damaged(string Reason) : GzipReading
    {
        /// <summary>Where the member ends, when its DEFLATE stream does say so; 0 when not.</summary>
        public int Length { get; init; }

        /// <summary>It holds more than was allowed, and nothing else is known to be wrong with it.</summary>
        public bool IsTooLarge { get; init; }
    }
}

/// <summary>One gzip member, exactly: its end is known, and any damage to it is noticed.</summary>
/// <remarks>Source: RFC 1952; WARC 1.1 Annex D (one record a member).</remarks>
public static class GzipMember
{
    /// <summary>CRC-32 and ISIZE, bytes.</summary>
    internal const int TrailerLength = 8;

    /// <summary>A longer header is called damaged, bytes.</summary>
    internal const int LongestHeader = 64 << 10;

    private const int HeaderLength = 10;
    private const byte HeaderCrc = 2, Extra = 4, Name = 8, Comment = 16;

    /// <summary>True when <paramref name="bytes"/> start as a gzip member does.</summary>
    public static bool Starts(ReadOnlySpan<byte> bytes) => bytes.Length >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;

    /// <summary>A member with no name and no time in its header, so that the same content gives the same bytes.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var member = new MemoryStream((content.Length / 3) + 64);
        member.Write([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
        // The BCL writes no block at all for no bytes; an empty fixed block is what gzip itself writes.
        if (content.IsEmpty) member.Write([3, 0]);
        else using (var deflate = new DeflateStream(member, level, leaveOpen: true)) deflate.Write(content);
        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32.Of(content));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)content.Length);
        member.Write(trailer);
        return member.ToArray();
    }

    /// <param name="input">Starts at the member; may go on beyond it.</param>
    /// <param name="maxContent">Bytes; a member that holds more is called damaged.</param>
    public static GzipReading Read(ReadOnlySpan<byte> input, int maxContent) => Read(input, maxContent, null);

    /// <param name="input">Starts at the member; may go on beyond it.</param>
    /// <param name="maxContent">Bytes; a member that holds more is called damaged.</param>
    /// <param name="buffer">What it is unpacked into where that is long enough: the content is good until it is used again.</param>
    public static GzipReading Read(ReadOnlySpan<byte> input, int maxContent, byte[]? buffer)
    {
        var header = ReadHeader(input);
        if (header < 0) return header == TooShort ? new GzipReading.Incomplete() : new GzipReading.Damaged(WhyNoHeader(header));
        var end = Inflate.Run(input[header..], maxContent, out var consumed, out var content, buffer);
        return end switch
        {
            InflateEnd.Incomplete => new GzipReading.Incomplete(),
            InflateEnd.Damaged => new GzipReading.Damaged("its DEFLATE stream is broken"),
            InflateEnd.TooLarge => new GzipReading.Damaged($"it holds more than {maxContent} bytes") { IsTooLarge = true },
            _ => CheckTrailer(input[(header + consumed)..], header + consumed, content),
        };
    }

    /// <summary>Why a trailer is not that of a stream; null when it is.</summary>
    internal static string? TrailerFault(ReadOnlySpan<byte> trailer, uint crc, long length) =>
        BinaryPrimitives.ReadUInt32LittleEndian(trailer) != crc ? WrongCrc
        : BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)length ? WrongSize
        : null;

    /// <summary>Whether a member begins here whose content begins with <paramref name="content"/>: costs next to nothing, and says nothing of what follows.</summary>
    /// <param name="input">At least <see cref="LongestHeader"/> and some hundred bytes, or all there are.</param>
    internal static bool BeginsWith(ReadOnlySpan<byte> input, ReadOnlySpan<byte> content)
    {
        var header = ReadHeader(input);
        if (header < 0) return false;
        Inflate.Run(input[header..], content.Length, out _, out var decoded);
        return decoded.Span.SequenceEqual(content);
    }

    private const string WrongCrc = "its CRC-32 is wrong", WrongSize = "its ISIZE is wrong";

    private const int TooShort = -1, NoMagic = -2, OddMethod = -3, OddFlags = -4, BadHeaderCrc = -5, LongHeader = -6;

    private static string WhyNoHeader(int code) => code switch
    {
        NoMagic => "it does not start with 1f 8b",
        OddMethod => "its compression method is not DEFLATE",
        OddFlags => "its header sets reserved flags",
        BadHeaderCrc => "its header's CRC-16 is wrong",
        _ => $"its header is longer than {LongestHeader} bytes",
    };

    private static GzipReading CheckTrailer(ReadOnlySpan<byte> trailer, int start, ReadOnlyMemory<byte> content)
    {
        if (trailer.Length < TrailerLength) return new GzipReading.Incomplete();
        return TrailerFault(trailer, Crc32.Of(content.Span), content.Length) is { } fault
            ? new GzipReading.Damaged(fault) { Length = start + TrailerLength }
            : new GzipReading.Complete(content, start + TrailerLength);
    }

    /// <summary>The header's length in bytes, or one of the negative reasons above.</summary>
    internal static int ReadHeader(ReadOnlySpan<byte> input)
    {
        if (input.Length < HeaderLength) return input.Length >= 2 && !Starts(input) ? NoMagic : TooShort;
        if (!Starts(input)) return NoMagic;
        if (input[2] != 8) return OddMethod;
        var flags = input[3];
        if ((flags & 0xE0) != 0) return OddFlags;
        var at = HeaderLength;
        if ((flags & Extra) != 0)
        {
            if (input.Length < at + 2) return TooShort;
            at += 2 + BinaryPrimitives.ReadUInt16LittleEndian(input[at..]);
        }
        if ((flags & Name) != 0 && !SkipText(input, ref at)) return at > LongestHeader ? LongHeader : TooShort;
        if ((flags & Comment) != 0 && !SkipText(input, ref at)) return at > LongestHeader ? LongHeader : TooShort;
        if ((flags & HeaderCrc) != 0)
        {
            if (input.Length < at + 2) return TooShort;
            if ((ushort)Crc32.Of(input[..at]) != BinaryPrimitives.ReadUInt16LittleEndian(input[at..])) return BadHeaderCrc;
            at += 2;
        }
        return at > input.Length ? TooShort : at;
    }

    private static bool SkipText(ReadOnlySpan<byte> input, ref int at)
    {
        if (at >= input.Length) return false;
        var end = input[at..].IndexOf((byte)0);
        at += end < 0 ? input.Length - at : end + 1;
        return end >= 0;
    }
}
