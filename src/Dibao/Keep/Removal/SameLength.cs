using System.IO.Compression;
using Dibao.Warc;

namespace Dibao.Keep;

/// <summary>Gzip members of a given length, so that a record can take the place of another and every offset behind it holds.</summary>
internal static class SameLength
{
    private const int HeaderBytes = 10;
    private const int FlagsAt = 3;
    private const byte CommentFlag = 16;

    // What readers take of a comment differs; 32 KiB is no trouble to those we know.
    private const int LongestComment = 32 << 10;

    /// <summary>RFC 1951 §3.2.4: a stored block of no bytes. It ends on a byte boundary, and so any number of them may stand before the others.</summary>
    private static ReadOnlySpan<byte> EmptyBlock => [0, 0, 0, 0xff, 0xff];

    /// <returns>Null when the content does not fit.</returns>
    public static byte[]? Member(ReadOnlySpan<byte> content, int length)
    {
        var member = GzipMember.Compress(content);
        if (member.Length > length) member = GzipMember.Compress(content, CompressionLevel.SmallestSize);
        return member.Length <= length ? Pad(member, length) : null;
    }

    // The space left over becomes a comment (RFC 1952 §2.3.1) behind the header; of much of it, most becomes empty blocks.
    private static byte[] Pad(byte[] member, int length)
    {
        var spare = length - member.Length;
        if (spare == 0) return member;
        var blocks = spare > LongestComment ? (spare - LongestComment + EmptyBlock.Length - 1) / EmptyBlock.Length : 0;
        var comment = spare - (blocks * EmptyBlock.Length);
        var padded = new byte[length];
        member.AsSpan(0, HeaderBytes).CopyTo(padded);
        padded[FlagsAt] |= CommentFlag;
        padded.AsSpan(HeaderBytes, comment - 1).Fill((byte)' ');
        var at = HeaderBytes + comment;
        for (var n = 0; n < blocks; n++, at += EmptyBlock.Length) EmptyBlock.CopyTo(padded.AsSpan(at));
        member.AsSpan(HeaderBytes).CopyTo(padded.AsSpan(at));
        return padded;
    }
}
