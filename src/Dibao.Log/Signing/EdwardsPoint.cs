namespace Dibao.Log;

/// <summary>A point of the curve edwards25519, in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.</summary>
/// <remarks>Source: RFC 8032 §5.1.2 to §5.1.4.</remarks>
internal readonly struct EdwardsPoint
{
    // RFC 8032 §5.1: d = −121665/121666; the base point has y = 4/5 and an even x.
    private static readonly FieldElement D = -(new FieldElement(121665) * new FieldElement(121666).Inverse());
    private static readonly FieldElement TwoD = D + D;

    // 2 to the power (p − 1)/4 = 2^253 − 5.
    private static readonly FieldElement RootOfMinusOne = new FieldElement(2).PowerOfOnes(0xFB, 253);

    private readonly FieldElement x, y, z, t;

    private EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t)
    {
        (this.x, this.y, this.z, this.t) = (x, y, z, t);
    }

    /// <summary>The point that changes nothing when added.</summary>
    public static EdwardsPoint Neutral { get; } = new(default, new(1), new(1), default);

    /// <summary>The point that every key is a multiple of.</summary>
    public static EdwardsPoint Base { get; } = FromY(new FieldElement(4) * new FieldElement(5).Inverse(), odd: false)!.Value;

    public static EdwardsPoint operator -(EdwardsPoint p) => new(-p.x, p.y, p.z, -p.t);

    public static EdwardsPoint operator +(EdwardsPoint p, EdwardsPoint q)
    {
        var a = (p.y - p.x) * (q.y - q.x);
        var b = (p.y + p.x) * (q.y + q.x);
        var c = p.t * TwoD * q.t;
        var d = p.z * q.z;
        d += d;
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new(e * f, g * h, f * g, e * h);
    }

    /// <summary>The point added to itself.</summary>
    public EdwardsPoint Doubled()
    {
        var a = x * x;
        var b = y * y;
        var c = z * z;
        c += c;
        var h = a + b;
        var sum = x + y;
        var e = h - (sum * sum);
        var g = a - b;
        var f = c + g;
        return new(e * f, g * h, f * g, e * h);
    }

    /// <summary>s·p + k·q, both numbers little-endian in 32 bytes.</summary>
    public static EdwardsPoint Combine(ReadOnlySpan<byte> s, EdwardsPoint p, ReadOnlySpan<byte> k, EdwardsPoint q)
    {
        var both = p + q;
        var sum = Neutral;
        for (var bit = 255; bit >= 0; bit--)
        {
            sum = sum.Doubled();
            var (ofP, ofQ) = (Bit(s, bit), Bit(k, bit));
            if (ofP && ofQ) sum += both;
            else if (ofP) sum += p;
            else if (ofQ) sum += q;
        }
        return sum;
    }

    /// <summary>Reads the 32 bytes of an encoded point (RFC 8032 §5.1.3); null for what encodes none.</summary>
    public static EdwardsPoint? Read(ReadOnlySpan<byte> bytes) =>
        FieldElement.TryRead(bytes, out var y) ? FromY(y, odd: (bytes[31] & 0x80) != 0) : null;

    /// <summary>The 32 bytes of RFC 8032 §5.1.2.</summary>
    public void Write(Span<byte> bytes)
    {
        var inverse = z.Inverse();
        (y * inverse).Write(bytes);
        if ((x * inverse).IsOdd) bytes[31] |= 0x80;
    }

    // RFC 8032 §5.1.3: x² = (y² − 1)/(d·y² + 1).
    private static EdwardsPoint? FromY(FieldElement y, bool odd)
    {
        var one = new FieldElement(1);
        var square = y * y;
        var (u, v) = (square - one, (D * square) + one);
        var v3 = v * v * v;
        // To the power (p − 5)/8 = 2^252 − 3.
        var x = u * v3 * (u * v3 * v3 * v).PowerOfOnes(0xFD, 252);
        var found = v * x * x;
        if (!found.Is(u))
        {
            if (!found.Is(-u)) return null;
            x *= RootOfMinusOne;
        }
        if (x.Is(default) && odd) return null;
        if (x.IsOdd != odd) x = -x;
        return new(x, y, one, x * y);
    }

    private static bool Bit(ReadOnlySpan<byte> number, int bit) => ((number[bit / 8] >> (bit % 8)) & 1) != 0;
}
