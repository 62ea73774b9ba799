using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Dibao.Capture.Identity;

/// <summary>
/// A short print of a text, by which texts that are nearly the same find each other: the least hash of its shingles under each of 64
/// functions, eight bits of each. The share of equal bytes estimates the share of common shingles.
/// </summary>
/// <remarks>Source: Broder, "On the resemblance and containment of documents" (1997); Li and König, "b-Bit Minwise Hashing" (2010).
/// A shingle is five characters of running text, of any script, without what writers and systems change in passing: spaces, marks, case, widths.</remarks>
public sealed class TextPrint
{
    /// <summary>Bytes of a print.</summary>
    public const int Length = 64;

    /// <summary>Groups of functions that must agree as a whole for two texts to be compared at all.</summary>
    public const int Bands = 16;

    /// <summary>Shingles below which a text says too little: a caption, a traffic notice.</summary>
    public const int LeastShingles = 120;

    private const ulong Seed = 0x44_69_62_61_6FUL; // "Dibao"
    private const int Shingle = 5;
    private const int MaxCharacters = 100_000;
    private const int RowsOfBand = Length / Bands;

    // Odd factors of a fixed sequence: the same functions in every archive, for ever.
    private static readonly ulong[] Factors = [.. Enumerable.Range(0, Length).Select(i => Mix(Seed + (ulong)(2 * i)) | 1)];
    private static readonly ulong[] Offsets = [.. Enumerable.Range(0, Length).Select(i => Mix(Seed + (ulong)(2 * i) + 1))];

    private TextPrint(byte[] bytes) => Bytes = bytes;

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The print of a text; null when it is too short to tell anything.</summary>
    public static TextPrint? Of(string text)
    {
        var running = Running(text);
        if (running.Length < Shingle + LeastShingles) return null;
        Span<ulong> least = stackalloc ulong[Length];
        least.Fill(ulong.MaxValue);
        for (var at = 0; at + Shingle <= running.Length; at++)
        {
            Lower(least, HashOf(running.AsSpan(at, Shingle)));
        }
        return new(Low(least));
    }

    /// <summary>0 to 1: the estimated share of shingles that two texts have in common, chance taken out.</summary>
    public static double Similarity(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var equal = 0;
        for (var i = 0; i < Length; i++) equal += one[i] == other[i] ? 1 : 0;
        const double chance = 1.0 / 256;
        return Math.Max(0, ((double)equal / Length - chance) / (1 - chance));
    }

    /// <summary><see cref="Bands"/> numbers of a print; texts that have one in common are worth comparing.</summary>
    public static IReadOnlyList<long> BandsOf(ReadOnlySpan<byte> print)
    {
        var bands = new long[Bands];
        for (var band = 0; band < Bands; band++) bands[band] = ((long)band << 32) | BinaryPrimitives.ReadUInt32BigEndian(print[(band * RowsOfBand)..]);
        return bands;
    }

    // As many functions at once as the processor has lanes: this is nearly all that a print costs.
    private static void Lower(Span<ulong> least, ulong hash)
    {
        var lanes = MemoryMarshal.Cast<ulong, Vector<ulong>>(least);
        var factors = MemoryMarshal.Cast<ulong, Vector<ulong>>(Factors);
        var offsets = MemoryMarshal.Cast<ulong, Vector<ulong>>(Offsets);
        var hashes = new Vector<ulong>(hash);
        for (var i = 0; i < lanes.Length; i++) lanes[i] = Vector.Min(lanes[i], hashes * factors[i] + offsets[i]);
    }

    // Letters and digits only, lower case, full-width forms as their plain ones.
    private static string Running(string text)
    {
        var running = new char[Math.Min(text.Length, MaxCharacters)];
        var length = 0;
        foreach (var c in text)
        {
            if (length == running.Length) break;
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c)) running[length++] = char.ToLowerInvariant(c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c);
        }
        return new(running, 0, length);
    }

    private static byte[] Low(ReadOnlySpan<ulong> least)
    {
        var bytes = new byte[Length];
        for (var i = 0; i < Length; i++) bytes[i] = (byte)(least[i] >> 32);
        return bytes;
    }

    private static ulong HashOf(ReadOnlySpan<char> shingle)
    {
        var hash = 0UL;
        foreach (var c in shingle) hash = Mix(hash ^ c);
        return hash;
    }

    // SplitMix64's step and finalizer (Steele, Lea and Flood, 2014).
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15UL;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}
