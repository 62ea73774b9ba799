using System.Text;

namespace Dibao.Feeds.Text;

/// <summary>UTF-16 and UTF-32, with a byte order mark or without.</summary>
internal readonly record struct WideEncoding(string Name, Encoding Encoding, int MarkLength)
{
    private static readonly WideEncoding[] All =
    [
        new("utf-32le", new UTF32Encoding(bigEndian: false, byteOrderMark: true), 4),
        new("utf-32be", new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4),
        new("utf-16le", Encoding.Unicode, 2),
        new("utf-16be", Encoding.BigEndianUnicode, 2),
    ];

    public static WideEncoding? Detect(ReadOnlySpan<byte> bytes)
    {
        foreach (var wide in All)
            if (bytes.StartsWith(wide.Encoding.Preamble))
                return wide;
        return ByZeros(bytes[..Math.Min(bytes.Length, 512)]);
    }

    // XML 1.0 appendix F.1: markup is ASCII, so its other bytes are zero.
    private static WideEncoding? ByZeros(ReadOnlySpan<byte> head)
    {
        Span<int> zeros = stackalloc int[4];
        for (var i = 0; i < head.Length; i++)
            zeros[i & 3] += head[i] == 0 ? 1 : 0;
        var many = Math.Max(1, head.Length / 12);
        if (head.Length < 4 || zeros[0] + zeros[1] + zeros[2] + zeros[3] < many * 2)
            return null;
        var index = (zeros[0] >= many, zeros[1] >= many, zeros[2] >= many, zeros[3] >= many) switch
        {
            (false, true, true, true) => 0,
            (true, true, true, false) => 1,
            (false, true, false, true) => 2,
            (true, false, true, false) => 3,
            _ => -1,
        };
        return index < 0 ? null : All[index] with { MarkLength = 0 };
    }
}
