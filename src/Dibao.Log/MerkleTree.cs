using System.Security.Cryptography;

namespace Dibao.Log;

/// <summary>The root over all leaves so far, kept as the few subtree roots that a growing tree needs.</summary>
/// <remarks>Source: RFC 9162 §2.1.1. Memory: one hash for each set bit of the size.</remarks>
public sealed class MerkleTree
{
    // Roots of full subtrees, largest first: the binary digits of Size.
    private readonly Stack<(long Leaves, byte[] Root)> peaks = new();

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <param name="leafHash">As <see cref="Leaf.Hash"/>: 32 bytes.</param>
    public void Append(byte[] leafHash)
    {
        Size++;
        var leaves = 1L;
        var root = leafHash;
        while (peaks.TryPeek(out var left) && left.Leaves == leaves)
        {
            peaks.Pop();
            root = Node(left.Root, root);
            leaves *= 2;
        }
        peaks.Push((leaves, root));
    }

    /// <summary>The tree's root; SHA-256 of nothing for the empty tree.</summary>
    public byte[] Root()
    {
        byte[]? root = null;
        foreach (var (_, peak) in peaks) root = root is null ? peak : Node(peak, root);
        return root ?? SHA256.HashData([]);
    }

    private static byte[] Node(byte[] left, byte[] right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + SHA256.HashSizeInBytes)..]);
        return SHA256.HashData(input);
    }
}
