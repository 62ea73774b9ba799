using System.Buffers.Binary;

namespace Dibao.Warc;

/// <summary>How an inflation ended.</summary>
public enum InflateEnd
{
    /// <summary>The final block was read; what was consumed is exact.</summary>
    Complete,

    /// <summary>The input ends before the final block does.</summary>
    Incomplete,

    /// <summary>The bits are no DEFLATE stream.</summary>
    Damaged,

    /// <summary>More output than the caller allows.</summary>
    TooLarge,
}

/// <summary>Where a stream that is longer than memory comes from, and where it goes.</summary>
internal abstract class InflateChannel
{
    /// <summary>The input that follows; empty at its end. What was given before may be overwritten.</summary>
    public abstract ReadOnlySpan<byte> Next();

    /// <summary>Takes what came out, in order, each byte once.</summary>
    /// <returns>False when that is enough: the inflation ends as <see cref="InflateEnd.TooLarge"/>.</returns>
    public abstract bool Take(ReadOnlySpan<byte> decoded);
}

/// <summary>
/// DEFLATE decoder that says exactly how many bytes it consumed and why it stopped. The BCL's streams read ahead and
/// take a cut member for a whole one, so no record boundary and no damage can be told from them.
/// </summary>
/// <remarks>Source: RFC 1951. Checked against the BCL's decoder by test; see docs/decisions/0001-own-inflate.md.</remarks>
internal ref struct Inflate
{
    private const int FastBits = 10;

    private static readonly HuffmanTable FixedLiterals = HuffmanTable.Build(FixedLiteralLengths(), FastBits)!;
    private static readonly HuffmanTable FixedDistances = HuffmanTable.Build(FixedDistanceLengths(), FastBits)!;

    private static ReadOnlySpan<ushort> LengthBase =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthExtra =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> DistanceBase =>
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
            8193, 12289, 16385, 24577];

    private static ReadOnlySpan<byte> DistanceExtra =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    private static ReadOnlySpan<byte> CodeLengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    // RFC 1951 §2: how far back a match may reach.
    private const int Window = 32 << 10;

    private readonly InflateChannel? channel;
    private readonly int maxOutput;
    private ReadOnlySpan<byte> input;
    private long before;
    private int taken;
    private byte[] output;
    private int written;
    private int position;
    private ulong bits;
    private int bitCount;

    private Inflate(ReadOnlySpan<byte> input, int maxOutput, byte[]? buffer)
    {
        this.input = input;
        this.maxOutput = maxOutput;
        output = buffer is not null && buffer.Length <= maxOutput ? buffer : new byte[Math.Clamp(input.Length * 4L, Math.Min(maxOutput, 1024), Math.Min(maxOutput, 1 << 20))];
    }

    private Inflate(InflateChannel channel)
    {
        this.channel = channel;
        output = new byte[8 * Window];
    }

    /// <param name="input">Starts at the first DEFLATE block.</param>
    /// <param name="maxOutput">Bytes that may come out.</param>
    /// <param name="consumed">Bytes of <paramref name="input"/> that belong to the stream; exact when complete.</param>
    /// <param name="decoded">What came out, also when the end is not <see cref="InflateEnd.Complete"/>.</param>
    /// <param name="buffer">What it may be unpacked into, as long as it is long enough.</param>
    public static InflateEnd Run(ReadOnlySpan<byte> input, int maxOutput, out int consumed, out ReadOnlyMemory<byte> decoded, byte[]? buffer = null)
    {
        var inflate = new Inflate(input, maxOutput, buffer);
        var end = inflate.Blocks();
        consumed = Math.Min(input.Length, inflate.position - (inflate.bitCount / 8));
        decoded = inflate.output.AsMemory(0, inflate.written);
        return end;
    }

    /// <summary>Inflates what does not fit into memory.</summary>
    /// <param name="consumed">Bytes of all input that belong to the stream; exact when complete.</param>
    public static InflateEnd Run(InflateChannel channel, out long consumed)
    {
        var inflate = new Inflate(channel);
        var end = inflate.Blocks();
        consumed = inflate.before + inflate.position - (inflate.bitCount / 8);
        return inflate.HandOn() ? end : InflateEnd.TooLarge;
    }

    private InflateEnd Blocks()
    {
        while (true)
        {
            if (!Need(3)) return InflateEnd.Incomplete;
            var final = Take(1) == 1;
            var end = Take(2) switch
            {
                0 => Stored(),
                1 => Compressed(FixedLiterals, FixedDistances),
                2 => Dynamic(),
                _ => InflateEnd.Damaged,
            };
            if (end != InflateEnd.Complete || final) return end;
        }
    }

    private InflateEnd Stored()
    {
        Take(bitCount % 8);
        if (!Need(32)) return InflateEnd.Incomplete;
        var length = (int)Take(16);
        if ((length ^ 0xFFFF) != (int)Take(16)) return InflateEnd.Damaged;
        // What was looked at ahead is whole bytes by now.
        for (; length > 0 && bitCount > 0; length--)
        {
            if (!Room(1)) return InflateEnd.TooLarge;
            output[written++] = (byte)Take(8);
        }
        while (length > 0)
        {
            if (position == input.Length && !More()) return InflateEnd.Incomplete;
            if (!Room(1)) return InflateEnd.TooLarge;
            var part = Math.Min(length, Math.Min(input.Length - position, output.Length - written));
            input.Slice(position, part).CopyTo(output.AsSpan(written));
            (written, position, length) = (written + part, position + part, length - part);
        }
        return InflateEnd.Complete;
    }

    private InflateEnd Dynamic()
    {
        if (!Need(14)) return InflateEnd.Incomplete;
        var literals = (int)Take(5) + 257;
        var distances = (int)Take(5) + 1;
        var codes = (int)Take(4) + 4;
        if (literals > 286 || distances > 30) return InflateEnd.Damaged;

        Span<byte> lengths = stackalloc byte[320];
        lengths.Clear();
        for (var i = 0; i < codes; i++)
        {
            if (!Need(3)) return InflateEnd.Incomplete;
            lengths[CodeLengthOrder[i]] = (byte)Take(3);
        }
        if (HuffmanTable.Build(lengths[..19], 7) is not { } codeTable) return InflateEnd.Damaged;
        lengths.Clear();
        var end = CodeLengths(codeTable, lengths[..(literals + distances)]);
        if (end != InflateEnd.Complete) return end;
        if (lengths[256] == 0) return InflateEnd.Damaged;
        return HuffmanTable.Build(lengths[..literals], FastBits) is { } literalTable
            && HuffmanTable.Build(lengths.Slice(literals, distances), FastBits) is { } distanceTable
            ? Compressed(literalTable, distanceTable)
            : InflateEnd.Damaged;
    }

    private InflateEnd CodeLengths(HuffmanTable table, scoped Span<byte> lengths)
    {
        var i = 0;
        while (i < lengths.Length)
        {
            var symbol = Symbol(table);
            if (symbol < 0) return Missing(symbol);
            if (symbol < 16) { lengths[i++] = (byte)symbol; continue; }
            var (extra, least) = symbol switch { 16 => (2, 3), 17 => (3, 3), _ => (7, 11) };
            if (!Need(extra)) return InflateEnd.Incomplete;
            var repeat = least + (int)Take(extra);
            if (i + repeat > lengths.Length || (symbol == 16 && i == 0)) return InflateEnd.Damaged;
            lengths.Slice(i, repeat).Fill(symbol == 16 ? lengths[i - 1] : (byte)0);
            i += repeat;
        }
        return InflateEnd.Complete;
    }

    private InflateEnd Compressed(HuffmanTable literals, HuffmanTable distances)
    {
        while (true)
        {
            var symbol = Symbol(literals);
            if (symbol < 0) return Missing(symbol);
            if (symbol == 256) return InflateEnd.Complete;
            if (symbol < 256)
            {
                if (written == output.Length && !Room(1)) return InflateEnd.TooLarge;
                output[written++] = (byte)symbol;
                continue;
            }
            var end = Match(symbol - 257, distances);
            if (end != InflateEnd.Complete) return end;
        }
    }

    private InflateEnd Match(int code, HuffmanTable distances)
    {
        if (code >= LengthBase.Length) return InflateEnd.Damaged;
        if (!Need(LengthExtra[code])) return InflateEnd.Incomplete;
        var length = LengthBase[code] + (int)Take(LengthExtra[code]);
        var symbol = Symbol(distances);
        if (symbol < 0) return Missing(symbol);
        if (symbol >= DistanceBase.Length) return InflateEnd.Damaged;
        if (!Need(DistanceExtra[symbol])) return InflateEnd.Incomplete;
        var distance = DistanceBase[symbol] + (int)Take(DistanceExtra[symbol]);
        if (distance > written) return InflateEnd.Damaged;
        if (!Room(length)) return InflateEnd.TooLarge;
        Copy(distance, length);
        return InflateEnd.Complete;
    }

    private void Copy(int distance, int length)
    {
        var from = written - distance;
        if (distance >= length) output.AsSpan(from, length).CopyTo(output.AsSpan(written));
        else for (var i = 0; i < length; i++) output[written + i] = output[from + i];
        written += length;
    }

    // -1: the input ends here; -2: no such code.
    private int Symbol(HuffmanTable table)
    {
        Refill();
        var entry = table.Look(bits);
        if (entry == 0) return bitCount >= HuffmanTable.MaxBits ? -2 : -1;
        var length = entry & 15;
        if (length > bitCount) return -1;
        bits >>= length;
        bitCount -= length;
        return entry >> 4;
    }

    private static InflateEnd Missing(int symbol) => symbol == -1 ? InflateEnd.Incomplete : InflateEnd.Damaged;

    private void Refill()
    {
        if (bitCount >= 32) return;
        if (position + 4 <= input.Length)
        {
            bits |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(input[position..]) << bitCount;
            position += 4;
            bitCount += 32;
            return;
        }
        while (bitCount <= 48 && (position < input.Length || More()))
        {
            bits |= (ulong)input[position++] << bitCount;
            bitCount += 8;
        }
    }

    private bool More()
    {
        if (channel is null) return false;
        before += input.Length;
        position = 0;
        input = channel.Next();
        return !input.IsEmpty;
    }

    private bool Need(int count)
    {
        Refill();
        return bitCount >= count;
    }

    private uint Take(int count)
    {
        var taken = (uint)(bits & ((1UL << count) - 1));
        bits >>= count;
        bitCount -= count;
        return taken;
    }

    private bool Room(int count)
    {
        if (written + count <= output.Length) return true;
        if (channel is not null) return Slide();
        if ((long)written + count > maxOutput) return false;
        Array.Resize(ref output, (int)Math.Min(maxOutput, Math.Max(output.Length * 2L, written + (long)count)));
        return true;
    }

    // Only what a match may reach stays.
    private bool Slide()
    {
        if (!HandOn()) return false;
        output.AsSpan(written - Window, Window).CopyTo(output);
        taken = written = Window;
        return true;
    }

    private bool HandOn()
    {
        var more = channel!.Take(output.AsSpan(taken, written - taken));
        taken = written;
        return more;
    }

    private static byte[] FixedLiteralLengths()
    {
        var lengths = new byte[288];
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280).Fill(8);
        return lengths;
    }

    private static byte[] FixedDistanceLengths()
    {
        var lengths = new byte[30];
        lengths.AsSpan().Fill(5);
        return lengths;
    }
}
