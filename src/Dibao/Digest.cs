using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Dibao;

/// <summary>SHA-256 of bytes as received: 32 bytes, big-endian. The archive's only content key.</summary>
/// <remarks>Source: FIPS 180-4. Written as <c>sha256:</c> and 64 lower-case hexadecimal digits.</remarks>
public readonly record struct Digest(UInt128 High, UInt128 Low)
{
    private const string Prefix = "sha256:";

    /// <summary>Bytes in the binary form.</summary>
    public const int Size = 32;

    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        return FromBytes(hash);
    }

    /// <summary>Digest of the UTF-8 form of <paramref name="text"/>.</summary>
    public static Digest OfText(string text) => Of(System.Text.Encoding.UTF8.GetBytes(text));

    /// <param name="hash">Exactly 32 bytes.</param>
    public static Digest FromBytes(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != Size) throw new ArgumentException($"A digest has {Size} bytes, not {hash.Length}.", nameof(hash));
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }

    /// <summary>Reads <c>sha256:</c> + 64 hexadecimal digits; anything else is <see langword="false"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Digest digest)
    {
        digest = default;
        if (text.Length != Prefix.Length + 64 || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var hex = text[Prefix.Length..];
        if (!UInt128.TryParse(hex[..32], NumberStyles.AllowHexSpecifier, null, out var high)) return false;
        if (!UInt128.TryParse(hex[32..], NumberStyles.AllowHexSpecifier, null, out var low)) return false;
        digest = new(high, low);
        return true;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), Low);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits, without a prefix.</summary>
    public string ToHex() => Convert.ToHexStringLower(ToBytes());

    public override string ToString() => Prefix + ToHex();
}
