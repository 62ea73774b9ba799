using System.Buffers.Binary;

namespace Dibao.Log;

/// <summary>A number modulo 2²⁵⁵ − 19, in five digits of 51 bits.</summary>
/// <remarks>Source: RFC 8032 §5.1. Not constant-time: for what everybody may know, and nothing else.</remarks>
internal readonly struct FieldElement
{
    private const ulong Digit = (1UL << 51) - 1;

    // Four times the prime: added before a subtraction, so that no digit goes below zero.
    private const ulong FourPrimesLow = (1UL << 53) - 76;
    private const ulong FourPrimes = (1UL << 53) - 4;

    private readonly ulong a, b, c, d, e;

    public FieldElement(ulong small)
        : this(small, 0, 0, 0, 0)
    {
    }

    private FieldElement(ulong a, ulong b, ulong c, ulong d, ulong e)
    {
        (this.a, this.b, this.c, this.d, this.e) = (a, b, c, d, e);
    }

    public static FieldElement operator +(FieldElement x, FieldElement y) => Carry(x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d, x.e + y.e);

    public static FieldElement operator -(FieldElement x, FieldElement y) => Carry(
        x.a + FourPrimesLow - y.a, x.b + FourPrimes - y.b, x.c + FourPrimes - y.c, x.d + FourPrimes - y.d, x.e + FourPrimes - y.e);

    public static FieldElement operator -(FieldElement x) => default(FieldElement) - x;

    // Digits are below 2^52, so each sum stays below 2^111.
    public static FieldElement operator *(FieldElement x, FieldElement y)
    {
        // What goes over 2^255 comes back nineteen-fold.
        var (b19, c19, d19, e19) = (19 * y.b, 19 * y.c, 19 * y.d, 19 * y.e);
        var r0 = Product(x.a, y.a) + Product(x.b, e19) + Product(x.c, d19) + Product(x.d, c19) + Product(x.e, b19);
        var r1 = Product(x.a, y.b) + Product(x.b, y.a) + Product(x.c, e19) + Product(x.d, d19) + Product(x.e, c19);
        var r2 = Product(x.a, y.c) + Product(x.b, y.b) + Product(x.c, y.a) + Product(x.d, e19) + Product(x.e, d19);
        var r3 = Product(x.a, y.d) + Product(x.b, y.c) + Product(x.c, y.b) + Product(x.d, y.a) + Product(x.e, e19);
        var r4 = Product(x.a, y.e) + Product(x.b, y.d) + Product(x.c, y.c) + Product(x.d, y.b) + Product(x.e, y.a);
        r1 += r0 >> 51;
        r2 += r1 >> 51;
        r3 += r2 >> 51;
        r4 += r3 >> 51;
        return Carry(((ulong)r0 & Digit) + (19 * (ulong)(r4 >> 51)), (ulong)r1 & Digit, (ulong)r2 & Digit, (ulong)r3 & Digit, (ulong)r4 & Digit);
    }

    /// <summary>To the power that the bits say, least significant first, in 255 of them.</summary>
    /// <param name="low">The lowest eight bits; all others are ones, up to <paramref name="bits"/>.</param>
    public FieldElement PowerOfOnes(byte low, int bits)
    {
        var power = new FieldElement(1);
        for (var i = bits - 1; i >= 0; i--)
        {
            power *= power;
            if (i >= 8 || ((low >> i) & 1) != 0) power *= this;
        }
        return power;
    }

    /// <summary>One divided by it: to the power 2²⁵⁵ − 21.</summary>
    public FieldElement Inverse() => PowerOfOnes(0xEB, 255);

    /// <summary>Reads 32 bytes, little-endian, without the topmost bit.</summary>
    /// <returns>False for a number that is not below the prime.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FieldElement value)
    {
        var (w0, w1, w2, w3) = (Word(bytes, 0), Word(bytes, 1), Word(bytes, 2), Word(bytes, 3));
        value = new(w0 & Digit, ((w0 >> 51) | (w1 << 13)) & Digit, ((w1 >> 38) | (w2 << 26)) & Digit, ((w2 >> 25) | (w3 << 39)) & Digit, (w3 >> 12) & Digit);
        return value.a < Digit - 18 || value.b != Digit || value.c != Digit || value.d != Digit || value.e != Digit;
    }

    /// <summary>32 bytes, little-endian, below the prime.</summary>
    public void Write(Span<byte> bytes)
    {
        var x = Carry(a, b, c, d, e);
        // One when it is the prime or more.
        var over = (x.a + 19) >> 51;
        over = (x.b + over) >> 51;
        over = (x.c + over) >> 51;
        over = (x.d + over) >> 51;
        over = (x.e + over) >> 51;
        var r0 = x.a + (19 * over);
        var r1 = x.b + (r0 >> 51);
        var r2 = x.c + (r1 >> 51);
        var r3 = x.d + (r2 >> 51);
        var r4 = (x.e + (r3 >> 51)) & Digit;
        (r0, r1, r2, r3) = (r0 & Digit, r1 & Digit, r2 & Digit, r3 & Digit);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, r0 | (r1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (r1 >> 13) | (r2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (r2 >> 26) | (r3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (r3 >> 39) | (r4 << 12));
    }

    public bool IsOdd
    {
        get
        {
            Span<byte> bytes = stackalloc byte[32];
            Write(bytes);
            return (bytes[0] & 1) != 0;
        }
    }

    public bool Is(FieldElement other)
    {
        Span<byte> mine = stackalloc byte[32], theirs = stackalloc byte[32];
        Write(mine);
        other.Write(theirs);
        return mine.SequenceEqual(theirs);
    }

    private static FieldElement Carry(ulong a, ulong b, ulong c, ulong d, ulong e)
    {
        b += a >> 51;
        c += b >> 51;
        d += c >> 51;
        e += d >> 51;
        a = (a & Digit) + (19 * (e >> 51));
        return new((a & Digit), (b & Digit) + (a >> 51), c & Digit, d & Digit, e & Digit);
    }

    private static UInt128 Product(ulong x, ulong y)
    {
        var high = Math.BigMul(x, y, out var low);
        return new(high, low);
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * index)..]);
}
