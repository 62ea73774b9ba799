using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dibao.Log;

/// <summary>What a leaf attests. The numbers stand in the log: never reuse one.</summary>
public enum LeafKind : byte
{
    Capture = 1,
    Tombstone = 2,
    Seal = 3,
    Key = 4,
    Import = 5,
}

/// <summary>One line of the transparency log: that a capture's manifest was kept, and when.</summary>
/// <remarks>42 bytes: <c>01 | kind | milliseconds since 1970 (i64, big-endian) | SHA-256 of the manifest record</c>.
/// The leaf hash is SHA-256 of a zero byte and the leaf (RFC 9162 §2.1.1).</remarks>
public sealed record Leaf
{
    /// <summary>Bytes of the binary form.</summary>
    public const int Size = 42;

    private const byte Version = 1;

    private readonly TreeHash manifest;

    /// <param name="manifest">SHA-256 of the uncompressed manifest record: 32 bytes.</param>
    public Leaf(LeafKind kind, long unixMilliseconds, ReadOnlySpan<byte> manifest)
    {
        if (manifest.Length != SHA256.HashSizeInBytes) throw new ArgumentException("A manifest's hash has 32 bytes.", nameof(manifest));
        Kind = kind;
        UnixMilliseconds = unixMilliseconds;
        this.manifest = TreeHash.FromBytes(manifest);
    }

    public LeafKind Kind { get; }

    public long UnixMilliseconds { get; }

    /// <summary>SHA-256 of the uncompressed manifest record.</summary>
    public ReadOnlySpan<byte> Manifest => manifest.ToBytes();

    /// <summary>Reads the 42 bytes. A kind that is not known yet is kept as its number.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Leaf leaf)
    {
        leaf = null!;
        if (bytes.Length != Size || bytes[0] != Version) return false;
        leaf = new((LeafKind)bytes[1], BinaryPrimitives.ReadInt64BigEndian(bytes[2..]), bytes[10..]);
        return true;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        bytes[0] = Version;
        bytes[1] = (byte)Kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), UnixMilliseconds);
        manifest.CopyTo(bytes.AsSpan(10));
        return bytes;
    }

    /// <summary>The hash that stands in the tree.</summary>
    public TreeHash Hash() => TreeHash.OfLeaf(ToBytes());
}
