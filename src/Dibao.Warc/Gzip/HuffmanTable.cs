namespace Dibao.Warc;

/// <summary>Canonical Huffman code as one direct table for short codes and a sorted list for the rest.</summary>
/// <remarks>Source: RFC 1951 §3.2.2. An entry is <c>symbol &lt;&lt; 4 | length</c>; 0 is no code.</remarks>
internal sealed class HuffmanTable
{
    /// <summary>Longest code, bits.</summary>
    public const int MaxBits = 15;

    private readonly int fastBits;
    private readonly ushort[] fast;
    private readonly ushort[] counts;
    private readonly ushort[] symbols;

    private HuffmanTable(int fastBits, ushort[] counts, ushort[] symbols)
    {
        this.fastBits = fastBits;
        this.counts = counts;
        this.symbols = symbols;
        fast = new ushort[1 << fastBits];
    }

    /// <returns>Null when <paramref name="lengths"/> (bits a symbol, 0 for none) claim more codes than there are.</returns>
    public static HuffmanTable? Build(ReadOnlySpan<byte> lengths, int fastBits)
    {
        var counts = new ushort[MaxBits + 1];
        foreach (var length in lengths) counts[length]++;
        counts[0] = 0;
        if (Oversubscribed(counts)) return null;

        Span<ushort> offsets = stackalloc ushort[MaxBits + 2];
        for (var bits = 1; bits <= MaxBits; bits++) offsets[bits + 1] = (ushort)(offsets[bits] + counts[bits]);
        var symbols = new ushort[offsets[MaxBits + 1]];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] != 0) symbols[offsets[lengths[symbol]]++] = (ushort)symbol;
        }
        var table = new HuffmanTable(fastBits, counts, symbols);
        table.FillFast();
        return table;
    }

    /// <summary>The code at the low end of <paramref name="bits"/>; 0 when there is none.</summary>
    public int Look(ulong bits)
    {
        var entry = fast[(int)(bits & (ulong)(fast.Length - 1))];
        return entry != 0 ? entry : Slow(bits);
    }

    private static bool Oversubscribed(ushort[] counts)
    {
        var left = 1;
        for (var bits = 1; bits <= MaxBits; bits++)
        {
            left = (left << 1) - counts[bits];
            if (left < 0) return true;
        }
        return false;
    }

    private void FillFast()
    {
        var code = 0;
        var index = 0;
        for (var length = 1; length <= fastBits; length++, code <<= 1)
        {
            for (var i = 0; i < counts[length]; i++, code++)
            {
                var entry = (ushort)((symbols[index++] << 4) | length);
                for (var slot = Reverse(code, length); slot < fast.Length; slot += 1 << length) fast[slot] = entry;
            }
        }
    }

    // A bit at a time, as RFC 1951 describes it: only codes longer than the direct table come here.
    private int Slow(ulong bits)
    {
        var code = 0;
        var first = 0;
        var index = 0;
        for (var length = 1; length <= MaxBits; length++)
        {
            code |= (int)(bits & 1);
            bits >>= 1;
            var count = counts[length];
            if (code - count < first) return (symbols[index + code - first] << 4) | length;
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        return 0;
    }

    private static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++) reversed |= ((code >> i) & 1) << (length - 1 - i);
        return reversed;
    }
}
