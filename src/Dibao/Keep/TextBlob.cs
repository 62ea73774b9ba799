using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Dibao.Keep;

/// <summary>Text as the catalogue holds it: UTF-8 under DEFLATE (RFC 1951), behind its length in four bytes.</summary>
internal static class TextBlob
{
    public static byte[] Pack(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        using var packed = new MemoryStream(sizeof(int) + (utf8.Length / 2));
        packed.Write(BitConverter.GetBytes(utf8.Length));
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(utf8);
        return packed.ToArray();
    }

    /// <exception cref="InvalidDataException">The catalogue is damaged; `dibao rebuild` makes it anew.</exception>
    public static string Unpack(byte[] blob)
    {
        var length = blob.Length < sizeof(int) ? -1 : BitConverter.ToInt32(blob);
        if (length < 0) throw Damaged();
        if (length == 0) return "";
        var utf8 = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(blob, sizeof(int), blob.Length - sizeof(int)), CompressionMode.Decompress);
            return inflate.ReadAtLeast(utf8.AsSpan(0, length), length, throwOnEndOfStream: false) == length
                ? Encoding.UTF8.GetString(utf8, 0, length)
                : throw Damaged();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    private static InvalidDataException Damaged() => new("A text in the catalogue is damaged: run `dibao rebuild`.");
}
