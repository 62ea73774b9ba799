using System.Numerics;

namespace Dibao.Log;

/// <summary>Makes and checks the two proofs of a Merkle tree: that a leaf is in it, and that it only grew.</summary>
/// <remarks>Source: RFC 6962 §2.1.1 and §2.1.2 for making, RFC 9162 §2.1.3.2 and §2.1.4.2 for checking: two descriptions that share no step.</remarks>
public static class MerkleProof
{
    /// <summary>Hashes that a proof has at most: one for each bit of a size, and one more.</summary>
    public const int MaxHashes = 64;

    /// <summary>Hash of a full subtree.</summary>
    /// <param name="level">It has 2^level leaves; 0 is a leaf.</param>
    /// <param name="index">How many of its size stand before it.</param>
    public delegate TreeHash Subtree(int level, long index);

    /// <summary>Root of the tree's first <paramref name="size"/> leaves.</summary>
    public static TreeHash Root(long size, Subtree subtree) => size == 0 ? TreeHash.Empty : Range(0, size, subtree);

    /// <summary>What to hash a leaf with, from its neighbour up to the root's child.</summary>
    /// <param name="index">0 to <paramref name="size"/> − 1.</param>
    public static IReadOnlyList<TreeHash> Inclusion(long index, long size, Subtree subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<TreeHash>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            if (index < middle)
            {
                path.Add(Range(middle, to, subtree));
                to = middle;
            }
            else
            {
                path.Add(Range(from, middle, subtree));
                from = middle;
            }
        }
        path.Reverse();
        return path;
    }

    /// <summary>What shows that the tree of <paramref name="older"/> leaves is the beginning of that of <paramref name="newer"/>.</summary>
    /// <param name="older">0 to <paramref name="newer"/>; empty for 0 and for the same size.</param>
    public static IReadOnlyList<TreeHash> Consistency(long older, long newer, Subtree subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(older);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(older, newer);
        if (older == 0 || older == newer) return [];
        var path = new List<TreeHash>();
        var (from, to) = (0L, newer);
        while (older < to)
        {
            var middle = from + Split(to - from);
            if (older <= middle)
            {
                path.Add(Range(middle, to, subtree));
                to = middle;
            }
            else
            {
                path.Add(Range(from, middle, subtree));
                from = middle;
            }
        }
        // The whole older tree needs no telling: who asks has its root.
        if (from > 0) path.Add(Range(from, to, subtree));
        path.Reverse();
        return path;
    }

    /// <summary>True when the leaf stands at the index in the tree with that size and root.</summary>
    public static bool VerifyInclusion(TreeHash leaf, long index, long size, IReadOnlyList<TreeHash> proof, TreeHash root)
    {
        if (index < 0 || index >= size || proof.Count > MaxHashes) return false;
        var (node, last) = (index, size - 1);
        var hash = leaf;
        foreach (var beside in proof)
        {
            if (last == 0) return false;
            if (long.IsOddInteger(node) || node == last)
            {
                hash = TreeHash.OfNode(beside, hash);
                Climb(ref node, ref last);
            }
            else
            {
                hash = TreeHash.OfNode(hash, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash == root;
    }

    /// <summary>True when the newer tree begins with the whole older one.</summary>
    public static bool VerifyConsistency(long older, TreeHash olderRoot, long newer, TreeHash newerRoot, IReadOnlyList<TreeHash> proof)
    {
        if (older < 0 || older > newer || proof.Count > MaxHashes) return false;
        if (older == 0) return proof.Count == 0 && olderRoot == TreeHash.Empty && (newer > 0 || newerRoot == TreeHash.Empty);
        if (older == newer) return proof.Count == 0 && olderRoot == newerRoot;
        // A full older tree is itself the first node.
        IEnumerable<TreeHash> hashes = BitOperations.IsPow2(older) ? [olderRoot, .. proof] : proof;
        var (node, last) = (older - 1, newer - 1);
        while (long.IsOddInteger(node)) (node, last) = (node >> 1, last >> 1);
        TreeHash? old = null, young = null;
        foreach (var beside in hashes)
        {
            if (old is not { } left || young is not { } right) { (old, young) = (beside, beside); continue; }
            if (last == 0) return false;
            if (long.IsOddInteger(node) || node == last)
            {
                (old, young) = (TreeHash.OfNode(beside, left), TreeHash.OfNode(beside, right));
                Climb(ref node, ref last);
            }
            else
            {
                young = TreeHash.OfNode(right, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && old == olderRoot && young == newerRoot;
    }

    // Over the levels where the node has no right neighbour.
    private static void Climb(ref long node, ref long last)
    {
        while (!long.IsOddInteger(node) && node != 0) (node, last) = (node >> 1, last >> 1);
    }

    private static TreeHash Range(long from, long to, Subtree subtree)
    {
        var leaves = to - from;
        if (BitOperations.IsPow2(leaves)) return subtree(BitOperations.Log2((ulong)leaves), from / leaves);
        var middle = from + Split(leaves);
        return TreeHash.OfNode(Range(from, middle, subtree), Range(middle, to, subtree));
    }

    // The largest power of two below it.
    private static long Split(long leaves) => 1L << BitOperations.Log2((ulong)(leaves - 1));
}
