using System.IO.Compression;

namespace Dibao.Capture.Fetch;

/// <summary>A body with its Content-Encoding undone.</summary>
public abstract record Payload
{
    private const int MaxLayers = 3;

    private Payload() { }

    public sealed record Decoded(ReadOnlyMemory<byte> Bytes) : Payload;

    /// <param name="Reason">In words, without naming the address.</param>
    public sealed record Unreadable(string Reason) : Payload;

    /// <summary>Undoes gzip, deflate and br, layer by layer, into at most <paramref name="maxBytes"/> bytes.</summary>
    /// <remarks>Source: RFC 9110 §8.4.1. <c>deflate</c> is zlib by the standard and raw by the habit of some servers: both are read.</remarks>
    public static Payload Decode(ReadOnlyMemory<byte> body, string? contentEncoding, int maxBytes)
    {
        var codings = (contentEncoding ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (codings.Length > MaxLayers) return new Unreadable($"its body is encoded {codings.Length} times over, and {MaxLayers} are read");
        foreach (var coding in codings.Reverse())
        {
            switch (Undo(body, coding, maxBytes))
            {
                case Decoded layer: body = layer.Bytes; break;
                case var failed: return failed;
            }
        }
        return new Decoded(body);
    }

    private static Payload Undo(ReadOnlyMemory<byte> body, string coding, int maxBytes)
    {
        if (coding is "identity" || body.IsEmpty) return new Decoded(body);
        if (coding is not ("gzip" or "x-gzip" or "deflate" or "br")) return new Unreadable($"its Content-Encoding \"{coding}\" is not known");
        using var packed = Open(body, coding);
        using var plain = new MemoryStream();
        var buffer = new byte[64 << 10];
        try
        {
            for (int read; (read = packed.Read(buffer)) > 0; plain.Write(buffer, 0, read))
            {
                if (plain.Length + read > maxBytes) return new Unreadable($"its body unpacks to more than {maxBytes:N0} bytes");
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException or IOException)
        {
            return new Unreadable($"its {coding} body is broken");
        }
        return new Decoded(plain.GetBuffer().AsMemory(0, (int)plain.Length));
    }

    private static Stream Open(ReadOnlyMemory<byte> body, string coding)
    {
        var bytes = new MemoryStream(body.ToArray(), writable: false);
        return coding switch
        {
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "deflate" when IsZlib(body.Span) => new ZLibStream(bytes, CompressionMode.Decompress),
            "deflate" => new DeflateStream(bytes, CompressionMode.Decompress),
            _ => new GZipStream(bytes, CompressionMode.Decompress),
        };
    }

    // RFC 1950 §2.2: method 8, and a header that divides by 31.
    private static bool IsZlib(ReadOnlySpan<byte> body) =>
        body.Length >= 2 && (body[0] & 0x0F) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;
}
