using System.Buffers.Binary;

namespace Dibao.Log;

/// <summary>The entries below one hash tile: each with its length (u16, big-endian) before it.</summary>
public static class EntryBundle
{
    /// <exception cref="InvalidDataException">It does not hold as many entries as the tile is wide, and nothing else.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bundle, Tile tile)
    {
        var entries = new List<ReadOnlyMemory<byte>>(tile.Width);
        var rest = bundle;
        while (rest.Length >= 2 && entries.Count < tile.Width)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest.Span);
            if (rest.Length < 2 + length) break;
            entries.Add(rest.Slice(2, length));
            rest = rest[(2 + length)..];
        }
        return entries.Count == tile.Width && rest.IsEmpty
            ? entries
            : throw new InvalidDataException($"{tile.Path} holds {entries.Count} whole entries and {rest.Length} bytes more, and {tile.Width} entries belong there.");
    }

    internal static void Append(List<byte> bundle, ReadOnlySpan<byte> entry)
    {
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)entry.Length));
        bundle.AddRange(length);
        bundle.AddRange(entry);
    }
}
