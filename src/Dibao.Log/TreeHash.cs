using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dibao.Log;

/// <summary>A hash of the Merkle tree: SHA-256, 32 bytes.</summary>
/// <remarks>Source: RFC 9162 §2.1.1.</remarks>
/// <param name="High">The first 16 bytes, big-endian.</param>
/// <param name="Low">The last 16 bytes, big-endian.</param>
public readonly record struct TreeHash(UInt128 High, UInt128 Low)
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    private const int Base64Length = 44;

    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static TreeHash Empty { get; } = FromBytes(SHA256.HashData([]));

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static TreeHash FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
        : throw new ArgumentException("A tree hash has 32 bytes.", nameof(bytes));

    /// <summary>Hash of a leaf: SHA-256 of a zero byte and the leaf.</summary>
    public static TreeHash OfLeaf(ReadOnlySpan<byte> leaf)
    {
        Span<byte> input = leaf.Length < 256 ? stackalloc byte[1 + leaf.Length] : new byte[1 + leaf.Length];
        input[0] = 0;
        leaf.CopyTo(input[1..]);
        return OfBytes(input);
    }

    /// <summary>Hash of two neighbours: SHA-256 of a one byte and both.</summary>
    public static TreeHash OfNode(TreeHash left, TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Size)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Size)..]);
        return OfBytes(input);
    }

    /// <summary>Reads the 44 characters of base64; other spellings of the same bytes are refused.</summary>
    public static bool TryParseBase64(ReadOnlySpan<char> text, out TreeHash hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length != Base64Length || !Convert.TryFromBase64Chars(text, bytes, out var written) || written != Size) return false;
        hash = FromBytes(bytes);
        // The last character has two bits to spare, which some decoders take as they come.
        return text.SequenceEqual(hash.ToString());
    }

    /// <param name="target">At least 32 bytes.</param>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt128BigEndian(target, High);
        BinaryPrimitives.WriteUInt128BigEndian(target[16..], Low);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Base64, as checkpoints and proofs have it.</summary>
    public override string ToString() => Convert.ToBase64String(ToBytes());

    private static TreeHash OfBytes(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(input, hash);
        return FromBytes(hash);
    }
}
