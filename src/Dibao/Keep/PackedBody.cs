using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>An article's body as the catalogue holds it: the lengths of text and HTML (int32, little endian, bytes), then both as UTF-8 in one
/// Brotli stream (RFC 7932).</summary>
/// <remarks>The HTML says nearly the same as the text, so in one stream it costs next to nothing; and the text stands first, so that
/// whoever wants it alone, as lists of hits do, unpacks no further.</remarks>
internal static class PackedBody
{
    private const int Head = 2 * sizeof(int);
    private const int Quick = 2;
    private const int Small = 10;
    private const int Window = 18;

    /// <summary>Packs quickly: a fortieth of the work of <see cref="Repack"/>.</summary>
    public static byte[] Pack(string text, string html) => Pack(text, html, Quick);

    /// <summary>Packs again what was packed quickly: a quarter smaller, and unpacked as fast.</summary>
    /// <inheritdoc cref="Unpack(byte[])" path="/exception"/>
    public static byte[] Repack(byte[] body)
    {
        var (text, html) = Unpack(body);
        var small = Pack(text, html, Small);
        return small.Length < body.Length ? small : body;
    }

    private static byte[] Pack(string text, string html, int quality)
    {
        var textLength = Encoding.UTF8.GetByteCount(text);
        var length = textLength + Encoding.UTF8.GetByteCount(html);
        var plain = ArrayPool<byte>.Shared.Rent(length);
        var packed = ArrayPool<byte>.Shared.Rent(Head + BrotliEncoder.GetMaxCompressedLength(length));
        try
        {
            Encoding.UTF8.GetBytes(text, plain);
            Encoding.UTF8.GetBytes(html, plain.AsSpan(textLength));
            BinaryPrimitives.WriteInt32LittleEndian(packed, textLength);
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(sizeof(int)), length - textLength);
            return BrotliEncoder.TryCompress(plain.AsSpan(0, length), packed.AsSpan(Head), out var written, quality, Window)
                ? packed[..(Head + written)]
                : throw new InvalidOperationException("Brotli took more than it says it takes at the most.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <inheritdoc cref="Unpack(byte[])" path="/exception"/>
    public static string Text(byte[] body) => Unpack(body, textOnly: true).Text;

    /// <exception cref="InvalidDataException">The catalogue is damaged; `dibao rebuild` makes it anew.</exception>
    public static (string Text, string Html) Unpack(byte[] body) => Unpack(body, textOnly: false);

    /// <summary>Gives migration 0012 what makes one body of a text and an HTML that were packed apart.</summary>
    public static void RegisterMigration(SqliteConnection connection) =>
        connection.CreateFunction("dibao_packed_body", (byte[] text, byte[] html) => Pack(Inflated(text), Inflated(html)), isDeterministic: true);

    /// <summary>Gives a connection <c>dibao_plain_body(body)</c>: what a body says, however well it was packed.</summary>
    public static void RegisterPlain(SqliteConnection connection) =>
        connection.CreateFunction("dibao_plain_body", (byte[] body) => Unpack(body) is var (text, html) ? $"{text}\u001f{html}" : null, isDeterministic: true);

    private static (string Text, string Html) Unpack(byte[] body, bool textOnly)
    {
        var (text, html) = body.Length < Head ? (-1, -1) : (BinaryPrimitives.ReadInt32LittleEndian(body), BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(sizeof(int))));
        if (text < 0 || html < 0 || text > Array.MaxLength - html) throw Damaged();
        var wanted = textOnly ? text : text + html;
        var plain = ArrayPool<byte>.Shared.Rent(wanted);
        try
        {
            using var decoder = new BrotliDecoder();
            decoder.Decompress(body.AsSpan(Head), plain.AsSpan(0, wanted), out _, out var written);
            if (written != wanted) throw Damaged();
            return (Encoding.UTF8.GetString(plain, 0, text), textOnly ? "" : Encoding.UTF8.GetString(plain, text, html));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    // As it was until migration 0012: DEFLATE (RFC 1951) behind its length in four bytes.
    private static string Inflated(byte[] blob)
    {
        using var inflate = new DeflateStream(new MemoryStream(blob, sizeof(int), blob.Length - sizeof(int)), CompressionMode.Decompress);
        using var reader = new StreamReader(inflate, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static InvalidDataException Damaged() => new("A text in the catalogue is damaged: run `dibao rebuild`.");
}
