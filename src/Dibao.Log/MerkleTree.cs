namespace Dibao.Log;

/// <summary>The root over all leaves so far, kept as the few subtree roots that a growing tree needs.</summary>
/// <remarks>Source: RFC 9162 §2.1.1. Memory: one hash for each set bit of the size.</remarks>
public sealed class MerkleTree
{
    // Roots of full subtrees, largest first: the binary digits of Size.
    private readonly Stack<(long Leaves, TreeHash Root)> peaks = new();

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <param name="leafHash">As <see cref="Leaf.Hash"/>.</param>
    public void Append(TreeHash leafHash)
    {
        Size++;
        var leaves = 1L;
        var root = leafHash;
        while (peaks.TryPeek(out var left) && left.Leaves == leaves)
        {
            peaks.Pop();
            root = TreeHash.OfNode(left.Root, root);
            leaves *= 2;
        }
        peaks.Push((leaves, root));
    }

    /// <summary>The tree's root; SHA-256 of nothing for the empty tree.</summary>
    public TreeHash Root()
    {
        TreeHash? root = null;
        foreach (var (_, peak) in peaks) root = root is { } right ? TreeHash.OfNode(peak, right) : peak;
        return root ?? TreeHash.Empty;
    }
}
