using System.Globalization;

namespace Dibao.Log;

/// <summary>Name of one tile: a row of up to 256 hashes, or of the entries that stand below them.</summary>
/// <remarks>Source: C2SP tlog-tiles. Bytes of a hash tile: 32 a hash. Bytes of an entry bundle: a length (u16, big-endian) and the entry, one after another.</remarks>
public readonly record struct Tile
{
    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>Levels of the tree that a tile spans.</summary>
    public const int Height = 8;

    /// <summary>The level of entry bundles.</summary>
    public const int Entries = -1;

    private const int MaxLevel = 63 / Height;

    /// <param name="level">0 holds leaf hashes, each one above the roots of full tiles below; <see cref="Entries"/> the entries themselves.</param>
    /// <param name="index">From 0.</param>
    /// <param name="width">1 to 256.</param>
    public Tile(int level, long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, Entries);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        (Level, Index, Width) = (level, index, width);
    }

    public int Level { get; }
    public long Index { get; }
    public int Width { get; }

    public bool IsFull => Width == FullWidth;

    /// <summary>The full tile in this one's place.</summary>
    public Tile Full => new(Level, Index, FullWidth);

    /// <summary>Where it lies below the log's address: <c>tile/0/x001/x234/067.p/12</c>.</summary>
    public string Path
    {
        get
        {
            var number = (Index % 1000).ToString("D3", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000) number = $"x{rest % 1000:D3}/{number}";
            var level = Level == Entries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
            return IsFull ? $"tile/{level}/{number}" : $"tile/{level}/{number}.p/{Width}";
        }
    }

    /// <summary>The tile at an index of a tree; null where that tree has nothing there.</summary>
    /// <param name="level">As in the constructor.</param>
    public static Tile? Of(long treeSize, int level, long index)
    {
        var hashes = treeSize >> (Height * Math.Max(level, 0));
        return hashes - (index * FullWidth) is > 0 and var width ? new(level, index, (int)Math.Min(width, FullWidth)) : null;
    }

    /// <summary>All tiles of a tree, bundles first, then level by level.</summary>
    public static IEnumerable<Tile> All(long treeSize)
    {
        for (var level = Entries; level <= MaxLevel; level++)
        {
            for (var index = 0L; Of(treeSize, level, index) is { } tile; index++) yield return tile;
        }
    }

    /// <summary>Reads <see cref="Path"/>; any other spelling is refused.</summary>
    public static bool TryParse(string path, out Tile tile)
    {
        tile = default;
        var parts = path.Split('/');
        if (parts.Length is < 3 or > 12 || parts[0] != "tile") return false;
        var width = FullWidth;
        var last = parts.Length - 1;
        if (parts[last - 1].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!TryDigits(parts[last], out var partial) || partial is < 1 or >= FullWidth) return false;
            width = (int)partial;
            last--;
        }
        if (!TryLevel(parts[1], out var level)) return false;
        var index = 0L;
        for (var i = 2; i <= last; i++)
        {
            var digits = parts[i].TrimEnd('p').TrimEnd('.').TrimStart('x');
            if (!TryDigits(digits, out var part) || index > (long.MaxValue - part) / 1000) return false;
            index = (index * 1000) + part;
        }
        tile = new(level, index, width);
        return tile.Path == path;
    }

    private static bool TryLevel(string text, out int level)
    {
        level = Entries;
        if (text == "entries") return true;
        if (!TryDigits(text, out var number) || number > MaxLevel) return false;
        level = (int)number;
        return true;
    }

    private static bool TryDigits(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= 3;
}
