using System.Buffers.Binary;
using Dibao.Log;

namespace Dibao.Tests.Log;

/// <summary>A tree whose n-th entry is the number n, kept whole: every full subtree by level and index.</summary>
internal sealed class Grown
{
    private readonly List<List<TreeHash>> levels = [[]];
    private readonly Dictionary<string, byte[]> tiles = [];
    private readonly TileWriter writer = new();

    public Grown(long size)
    {
        while (writer.Size < size) Append();
    }

    public long Size => writer.Size;

    /// <summary>Every tile that was written so far, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Tiles => tiles;

    public static byte[] Entry(long n)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, n);
        return bytes;
    }

    public void Append()
    {
        var entry = Entry(writer.Size);
        writer.Append(entry);
        var hash = TreeHash.OfLeaf(entry);
        for (var level = 0; ; level++)
        {
            if (levels.Count == level) levels.Add([]);
            levels[level].Add(hash);
            if (levels[level].Count % 2 == 1) break;
            hash = TreeHash.OfNode(levels[level][^2], levels[level][^1]);
        }
    }

    public void Write()
    {
        foreach (var file in writer.Take()) tiles[file.Tile.Path] = file.Bytes;
    }

    public TreeHash Subtree(int level, long index) => levels[level][(int)index];

    public TreeHash Root(long size) => MerkleProof.Root(size, Subtree);

    public TiledTree Tiled(long size) => new(size, tile => tiles[tile.Path]);
}
