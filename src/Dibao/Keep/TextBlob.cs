using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Dibao.Keep;

/// <summary>Text as the catalogue holds it: UTF-8 under Brotli (RFC 7932), behind its length.</summary>
internal static class TextBlob
{
    // Quality 4 packs Chinese HTML about as well as gzip's best, at several times its speed.
    private const int Quality = 4;
    private const int Window = 18;

    public static byte[] Pack(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var packed = ArrayPool<byte>.Shared.Rent(sizeof(int) + BrotliEncoder.GetMaxCompressedLength(utf8.Length));
        BitConverter.TryWriteBytes(packed, utf8.Length);
        if (!BrotliEncoder.TryCompress(utf8, packed.AsSpan(sizeof(int)), out var written, Quality, Window))
        {
            throw new InvalidOperationException("Brotli found its own bound too small.");
        }
        var blob = packed.AsSpan(0, sizeof(int) + written).ToArray();
        ArrayPool<byte>.Shared.Return(packed);
        return blob;
    }

    /// <exception cref="InvalidDataException">The catalogue is damaged; `dibao rebuild` makes it anew.</exception>
    public static string Unpack(byte[] blob)
    {
        var length = blob.Length < sizeof(int) ? -1 : BitConverter.ToInt32(blob);
        if (length < 0) throw Damaged();
        var utf8 = new byte[length];
        return BrotliDecoder.TryDecompress(blob.AsSpan(sizeof(int)), utf8, out var written) && written == length
            ? Encoding.UTF8.GetString(utf8)
            : throw Damaged();
    }

    /// <summary>The beginning of the text, without unpacking the rest.</summary>
    /// <param name="bytes">Of UTF-8, at most; a character that they cut is left out.</param>
    public static string UnpackStart(byte[] blob, int bytes)
    {
        if (blob.Length < sizeof(int) || BitConverter.ToInt32(blob) <= bytes) return Unpack(blob);
        Span<byte> start = stackalloc byte[bytes];
        using var decoder = new BrotliDecoder();
        decoder.Decompress(blob.AsSpan(sizeof(int)), start, out _, out var written);
        while (written > 0 && (start[written - 1] & 0xC0) == 0x80) written--;
        return Encoding.UTF8.GetString(start[..Math.Max(0, written - 1)]);
    }

    private static InvalidDataException Damaged() => new("A text in the catalogue is damaged: run `dibao rebuild`.");
}
