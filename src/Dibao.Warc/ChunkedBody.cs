using System.Globalization;
using System.Text;

namespace Dibao.Warc;

/// <summary>Undoes <c>Transfer-Encoding: chunked</c> in records of writers that kept it.</summary>
/// <remarks>Source: RFC 9112 §7.1.</remarks>
public static class ChunkedBody
{
    /// <summary>Bytes, with its line end.</summary>
    internal const int LongestSizeLine = 64;

    /// <summary>True when the head says that the body is in chunks, and it is: some writers undo them and leave the header as it was.</summary>
    public static bool Is(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body) => IsDeclared(head)
        && TryReadSize(body, out var size, out var start)
        && start + (long)size <= body.Length
        && (size == 0 || body[(start + size)..].StartsWith("\r\n"u8));

    /// <returns>False when the body is in no chunks, or they are broken.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> head, ReadOnlyMemory<byte> body, out ReadOnlyMemory<byte> whole)
    {
        whole = body;
        if (!Is(head, body.Span)) return false;
        using var content = new MemoryStream(body.Length);
        var rest = body.Span;
        while (true)
        {
            if (!TryReadSize(rest, out var size, out var start) || size > rest.Length - start) return false;
            if (size == 0) break;
            content.Write(rest.Slice(start, size));
            rest = rest[(start + size)..];
            if (rest.StartsWith("\r\n"u8)) rest = rest[2..];
        }
        whole = content.GetBuffer().AsMemory(0, (int)content.Length);
        return true;
    }

    /// <summary>True when an HTTP head says that what follows it is in chunks.</summary>
    internal static bool IsDeclared(ReadOnlySpan<byte> head)
    {
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            var colon = line.IndexOf((byte)':');
            if (colon > 0 && Ascii.EqualsIgnoreCase(line[..colon], "Transfer-Encoding"))
            {
                return Encoding.ASCII.GetString(line[colon..]).Contains("chunked", StringComparison.OrdinalIgnoreCase);
            }
        }
        return false;
    }

    internal static bool TryReadSize(ReadOnlySpan<byte> body, out int size, out int start)
    {
        (size, start) = (0, 0);
        var line = body[..Math.Min(body.Length, LongestSizeLine)].IndexOf("\r\n"u8);
        if (line <= 0) return false;
        var digits = body[..line];
        var extension = digits.IndexOf((byte)';');
        if (extension >= 0) digits = digits[..extension];
        start = line + 2;
        return int.TryParse(digits.Trim((byte)' '), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out size) && size >= 0;
    }
}
