using Dibao.Log;

namespace Dibao.Prove;

/// <summary>Finds leaves again in a log from which captures are missing: those behind a gap stand further on than they are counted.</summary>
/// <param name="size">Leaves that are signed.</param>
internal sealed class LeafPlaces(LogReader log, long size)
{
    // Captures in a row that cannot be read, behind which the log is found again.
    private const int MostMissing = 1024;

    private IReadOnlyList<ReadOnlyMemory<byte>> entries = [];
    private long first = -1;

    /// <summary>Leaves that are signed.</summary>
    public long Size => size;

    /// <summary>Where the leaf stands, at a position or behind it; null where it does not, or is not signed yet.</summary>
    /// <exception cref="InvalidDataException">An entry bundle is missing or damaged.</exception>
    public long? Find(Leaf leaf, long from)
    {
        var wanted = leaf.ToBytes();
        for (var position = from; position < size && position <= from + MostMissing; position++)
        {
            if (position / Tile.FullWidth != first) Load(position / Tile.FullWidth);
            if (entries[(int)(position % Tile.FullWidth)].Span.SequenceEqual(wanted)) return position;
        }
        return null;
    }

    private void Load(long bundle)
    {
        var tile = Tile.Of(size, Tile.Entries, bundle)!.Value;
        entries = log.Bytes(tile.Path) is { } exact ? EntryBundle.Read(exact, tile)
            : log.Bytes(tile.Full.Path) is { } full ? EntryBundle.Read(full, tile.Full)
            : throw new InvalidDataException($"{tile.Path} is missing: starting dibao makes it again");
        first = bundle;
    }
}
