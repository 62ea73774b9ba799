namespace Dibao.Log;

/// <summary>A tree of a certain size, read out of its tiles. Not thread-safe: it remembers the tiles it has read.</summary>
/// <param name="size">Leaves.</param>
/// <param name="read">The bytes of a tile; throws when it has none.</param>
public sealed class TiledTree(long size, Func<Tile, ReadOnlyMemory<byte>> read)
{
    // Of one proof or one root: two tiles a level.
    private const int MaxRemembered = 64;

    private readonly Dictionary<Tile, ReadOnlyMemory<byte>> remembered = [];

    public long Size => size;

    /// <exception cref="InvalidDataException">A tile has not the length that the tree's size gives it.</exception>
    public TreeHash Root() => MerkleProof.Root(size, Subtree);

    /// <inheritdoc cref="MerkleProof.Inclusion"/>
    public IReadOnlyList<TreeHash> Inclusion(long index) => MerkleProof.Inclusion(index, size, Subtree);

    /// <inheritdoc cref="MerkleProof.Consistency"/>
    public IReadOnlyList<TreeHash> Consistency(long older) => MerkleProof.Consistency(older, size, Subtree);

    /// <summary>The entry at an index.</summary>
    public ReadOnlyMemory<byte> Entry(long index)
    {
        var tile = Tile.Of(size, Tile.Entries, index / Tile.FullWidth) ?? throw new ArgumentOutOfRangeException(nameof(index), index, "The tree is smaller.");
        return EntryBundle.Read(Load(tile), tile)[(int)(index % Tile.FullWidth)];
    }

    /// <summary>Hash of a full subtree.</summary>
    /// <param name="level">It has 2^level leaves.</param>
    public TreeHash Subtree(int level, long index)
    {
        var within = level % Tile.Height;
        var first = index << within;
        var tile = Tile.Of(size, level / Tile.Height, first / Tile.FullWidth) ?? throw new ArgumentOutOfRangeException(nameof(index), index, "The tree is smaller.");
        var hashes = Load(tile).Span.Slice((int)(first % Tile.FullWidth) * TreeHash.Size, TreeHash.Size << within);
        return Fold(hashes);
    }

    /// <summary>Root over a row of hashes, as many as a power of two.</summary>
    internal static TreeHash Fold(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == TreeHash.Size) return TreeHash.FromBytes(hashes);
        var half = hashes.Length / 2;
        return TreeHash.OfNode(Fold(hashes[..half]), Fold(hashes[half..]));
    }

    private ReadOnlyMemory<byte> Load(Tile tile)
    {
        if (remembered.TryGetValue(tile, out var known)) return known;
        var bytes = read(tile);
        if (tile.Level != Tile.Entries && bytes.Length != tile.Width * TreeHash.Size)
        {
            throw new InvalidDataException($"{tile.Path} has {bytes.Length} bytes, and {tile.Width * TreeHash.Size} belong there.");
        }
        if (remembered.Count >= MaxRemembered) remembered.Clear();
        return remembered[tile] = bytes;
    }
}
