using System.Runtime.InteropServices;

namespace Dibao.Log;

/// <summary>A tile and its bytes, to be written.</summary>
public readonly record struct TileFile(Tile Tile, byte[] Bytes);

/// <summary>Turns a growing row of entries into tiles. Holds the right edge of the tree: at most 255 hashes a level.</summary>
public sealed class TileWriter
{
    private readonly List<byte> bundle = [];
    private readonly List<List<byte>> edge = [[]];
    private readonly List<TileFile> full = [];

    // Width of the partial tile, a level, that was taken last: no need to write it twice.
    private readonly List<int> taken = [0];

    /// <summary>Entries so far.</summary>
    public long Size { get; private set; }

    /// <summary>Goes on where a tree of some size ended.</summary>
    /// <param name="read">The bytes of a tile of that tree.</param>
    /// <exception cref="InvalidDataException">A tile is not as long as it has to be, or the last bundle and its hashes do not agree.</exception>
    public static TileWriter Resume(long size, Func<Tile, ReadOnlyMemory<byte>> read)
    {
        var writer = new TileWriter { Size = size };
        for (var level = 0; size >> (Tile.Height * level) > 0; level++)
        {
            writer.Room(level);
            var hashes = size >> (Tile.Height * level);
            if (hashes % Tile.FullWidth == 0) continue;
            var tile = new Tile(level, hashes / Tile.FullWidth, (int)(hashes % Tile.FullWidth));
            var bytes = read(tile);
            if (bytes.Length != tile.Width * TreeHash.Size) throw new InvalidDataException($"{tile.Path} has {bytes.Length} bytes, and {tile.Width * TreeHash.Size} belong there.");
            writer.edge[level].AddRange(bytes.Span);
            writer.taken[level] = tile.Width;
        }
        writer.ResumeBundle(read);
        return writer;
    }

    /// <param name="entry">At most 65,535 bytes.</param>
    public void Append(ReadOnlySpan<byte> entry)
    {
        EntryBundle.Append(bundle, entry);
        var index = Size++ / Tile.FullWidth;
        Push(0, TreeHash.OfLeaf(entry));
        if (Size % Tile.FullWidth != 0) return;
        full.Add(new(new(Tile.Entries, index, Tile.FullWidth), [.. bundle]));
        bundle.Clear();
    }

    /// <summary>The tiles that became full since the last time: so a long row needs no more memory than a short one.</summary>
    public IReadOnlyList<TileFile> TakeFull()
    {
        TileFile[] files = [.. full];
        full.Clear();
        return files;
    }

    /// <summary>What has to be written so that a tree of this size can be served: full tiles first, then the partial ones.</summary>
    public IReadOnlyList<TileFile> Take()
    {
        List<TileFile> files = [.. TakeFull()];
        var partial = (int)(Size % Tile.FullWidth);
        if (partial > 0 && partial != taken[0]) files.Add(new(new(Tile.Entries, Size / Tile.FullWidth, partial), [.. bundle]));
        for (var level = 0; level < edge.Count; level++)
        {
            var width = edge[level].Count / TreeHash.Size;
            if (width > 0 && width != taken[level]) files.Add(new(new(level, Hashes(level) / Tile.FullWidth, width), [.. edge[level]]));
            taken[level] = width;
        }
        return files;
    }

    public TreeHash Root() => new TiledTree(Size, tile => edge[tile.Level].ToArray()).Root();

    private void Push(int level, TreeHash hash)
    {
        Room(level);
        Span<byte> bytes = stackalloc byte[TreeHash.Size];
        hash.CopyTo(bytes);
        edge[level].AddRange(bytes);
        if (edge[level].Count < Tile.FullWidth * TreeHash.Size) return;
        full.Add(new(new(level, (Hashes(level) - 1) / Tile.FullWidth, Tile.FullWidth), [.. edge[level]]));
        var root = TiledTree.Fold(CollectionsMarshal.AsSpan(edge[level]));
        edge[level].Clear();
        taken[level] = 0;
        Push(level + 1, root);
    }

    private long Hashes(int level) => Size >> (Tile.Height * level);

    private void Room(int level)
    {
        while (edge.Count <= level) { edge.Add([]); taken.Add(0); }
    }

    private void ResumeBundle(Func<Tile, ReadOnlyMemory<byte>> read)
    {
        var width = (int)(Size % Tile.FullWidth);
        if (width == 0) return;
        var tile = new Tile(Tile.Entries, Size / Tile.FullWidth, width);
        var bytes = read(tile);
        var entries = EntryBundle.Read(bytes, tile);
        for (var i = 0; i < width; i++)
        {
            if (TreeHash.OfLeaf(entries[i].Span) != TreeHash.FromBytes(CollectionsMarshal.AsSpan(edge[0]).Slice(i * TreeHash.Size, TreeHash.Size)))
            {
                throw new InvalidDataException($"{tile.Path}: its entry {i} does not hash to what {new Tile(0, tile.Index, width).Path} has for it.");
            }
        }
        bundle.AddRange(bytes.Span);
    }
}
