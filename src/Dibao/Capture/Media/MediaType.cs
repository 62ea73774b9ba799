using System.Text;

namespace Dibao.Capture.Media;

/// <summary>What bytes are, by the bytes themselves: a server's header may say anything.</summary>
/// <remarks>Source: mimesniff.spec.whatwg.org §6; AVIF by ISO/IEC 23000-22; SVG 2.</remarks>
public static class MediaType
{
    private const int BytesLookedAt = 1024;

    private static readonly (byte[] Start, string Type)[] Beginnings =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ("GIF87a"u8.ToArray(), "image/gif"),
        ("GIF89a"u8.ToArray(), "image/gif"),
        ("BM"u8.ToArray(), "image/bmp"),
        ([0, 0, 1, 0], "image/x-icon"),
        ("ID3"u8.ToArray(), "audio/mpeg"),
        ([0xFF, 0xFB], "audio/mpeg"),
        ("OggS"u8.ToArray(), "audio/ogg"),
        ("fLaC"u8.ToArray(), "audio/flac"),
        ([0x1A, 0x45, 0xDF, 0xA3], "video/webm"),
    ];

    /// <summary>A picture's or a recording's type; null for what is neither.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var (start, type) in Beginnings)
        {
            if (bytes.StartsWith(start)) return type;
        }
        if (bytes.Length >= 12 && bytes.StartsWith("RIFF"u8))
            return bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp" : bytes[8..12].SequenceEqual("WAVE"u8) ? "audio/wav" : null;
        if (bytes.Length >= 12 && bytes[4..8].SequenceEqual("ftyp"u8)) return OfBrand(bytes[8..12]);
        return IsSvg(bytes) ? "image/svg+xml" : null;
    }

    private static string OfBrand(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) ? "image/avif" : brand.SequenceEqual("M4A "u8) ? "audio/mp4" : "video/mp4";

    // An svg element at the front, after a declaration, comments and a document type.
    private static bool IsSvg(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, BytesLookedAt)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase)
            || (text.StartsWith("<?xml", StringComparison.Ordinal) || text.StartsWith("<!--", StringComparison.Ordinal) || text.StartsWith("<!DOCTYPE svg", StringComparison.OrdinalIgnoreCase))
            && text.Contains("<svg", StringComparison.OrdinalIgnoreCase);
    }
}
