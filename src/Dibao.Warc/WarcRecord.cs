using System.Globalization;
using System.Text;

namespace Dibao.Warc;

/// <summary>One WARC record in memory: its fields and its block.</summary>
/// <remarks>Source: WARC 1.1 (ISO 28500:2017) §4.</remarks>
public sealed class WarcRecord
{
    internal const string NoLineEnds = "its block is not followed by two line ends";

    /// <summary>Bytes of version and fields.</summary>
    internal const int LongestHeader = 1 << 20;

    // A number that no file system holds says nothing but that it is wrong.
    private const long LongestBlock = 1L << 42;

    private static readonly string[] Versions = ["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"];

    private readonly PassedBlock? digests;

    private WarcRecord(string version, WarcHeaders headers, ReadOnlyMemory<byte> block, PassedBlock? digests = null)
    {
        this.digests = digests;
        Version = version;
        Headers = headers;
        Block = block;
    }

    /// <summary><c>WARC/1.1</c>, or what a foreign file says.</summary>
    public string Version { get; }

    public WarcHeaders Headers { get; }

    /// <summary>The block's bytes, exactly Content-Length of them; only how it begins where the record is not <see cref="IsWhole"/>.</summary>
    public ReadOnlyMemory<byte> Block { get; }

    /// <summary>Bytes of the block, also of one that was too long to be held in memory.</summary>
    public long BlockLength => digests?.BlockLength ?? Block.Length;

    /// <summary>False for a record that was read past because it is longer than memory allows: its digests were taken, its bytes are not here.</summary>
    public bool IsWhole => digests is null;

    /// <summary>The fields alone, for when the block lies in memory that is used again.</summary>
    public WarcRecord WithoutBlock() => new(Version, Headers, default, new(BlockLength, DigestMatch.NotGiven, DigestMatch.NotGiven));

    public string Type => Headers["WARC-Type"] ?? "";

    /// <summary><c>&lt;urn:uuid:…&gt;</c>.</summary>
    public string Id => Headers["WARC-Record-ID"] ?? "";

    /// <summary>WARC-Target-URI without the angle brackets that WARC 1.0 writers put around it.</summary>
    public string? TargetUri => Headers["WARC-Target-URI"]?.Trim('<', '>');

    /// <summary>WARC-Date; null when it is missing or no date.</summary>
    public DateTimeOffset? Date => DateTimeOffset.TryParse(
        Headers["WARC-Date"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
        ? date
        : null;

    /// <param name="headers">Everything but Content-Length and WARC-Block-Digest, which are added.</param>
    public static WarcRecord Create(WarcHeaders headers, ReadOnlyMemory<byte> block)
    {
        headers.Add("WARC-Block-Digest", WarcDigest.Of(block.Span));
        headers.Add("Content-Length", block.Length.ToString(CultureInfo.InvariantCulture));
        return new("WARC/1.1", headers, block);
    }

    /// <summary>A new record id.</summary>
    public static string NewId() => $"<urn:uuid:{Guid.CreateVersion7()}>";

    /// <summary>WARC-Date in UTC with milliseconds.</summary>
    /// <remarks>Source: WARC 1.1 §5.4, W3CDTF.</remarks>
    public static string FormatDate(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The record as it is written before compression.</summary>
    public byte[] ToBytes()
    {
        var header = new StringBuilder(512).Append(Version).Append("\r\n");
        Headers.WriteTo(header);
        header.Append("\r\n");
        var head = Encoding.UTF8.GetBytes(header.ToString());
        var bytes = new byte[head.Length + Block.Length + 4];
        head.CopyTo(bytes, 0);
        Block.Span.CopyTo(bytes.AsSpan(head.Length));
        "\r\n\r\n"u8.CopyTo(bytes.AsSpan(head.Length + Block.Length));
        return bytes;
    }

    /// <param name="input">Starts at the version line; may go on beyond the record.</param>
    public static WarcReading Read(ReadOnlyMemory<byte> input)
    {
        var span = input.Span;
        if (ReadHead(span, out var head) is { } other) return other;
        if (head.Length + head.BlockLength + 4 is var need && span.Length < need) return new WarcReading.Incomplete(need);
        var end = head.Length + (int)head.BlockLength;
        if (!span.Slice(end, 4).SequenceEqual("\r\n\r\n"u8)) return new WarcReading.Damaged(NoLineEnds);
        return new WarcReading.Complete(new(head.Version, head.Headers, input.Slice(head.Length, (int)head.BlockLength)), end + 4);
    }

    /// <summary>Reads version and fields.</summary>
    /// <returns>Null when they are there; else what the record is.</returns>
    internal static WarcReading? ReadHead(ReadOnlySpan<byte> span, out RecordHead head)
    {
        head = default;
        if (!StartsLikeRecord(span)) return new WarcReading.Damaged("it does not start with WARC/");
        var headEnd = span[..Math.Min(span.Length, LongestHeader)].IndexOf("\r\n\r\n"u8);
        if (EndsLinesInLf(headEnd < 0 ? span[..Math.Min(span.Length, LongestHeader)] : span[..headEnd])) return new WarcReading.Damaged("its header lines end in LF, not in CRLF");
        if (headEnd < 0) return span.Length >= LongestHeader ? new WarcReading.Damaged("its header never ends") : new WarcReading.Incomplete();
        var text = Encoding.UTF8.GetString(span[..headEnd]);
        var firstLine = text.IndexOf('\n', StringComparison.Ordinal);
        var version = firstLine < 0 ? text : text[..(firstLine - 1)];
        if (!Versions.Contains(version)) return new WarcReading.Damaged($"its version is no known one: {Shown(version)}");
        if (!WarcHeaders.TryParse(firstLine < 0 ? "" : text[(firstLine + 1)..], out var headers, out var error)) return new WarcReading.Damaged(error);
        if (!long.TryParse(headers["Content-Length"], NumberStyles.None, null, out var length))
        {
            return new WarcReading.Damaged(headers["Content-Length"] is { } written ? $"its Content-Length is no number of bytes: {Shown(written)}" : "it has no Content-Length");
        }
        if (length > LongestBlock) return new WarcReading.Damaged($"its block claims {length} bytes");
        head = new(version, headers, headEnd + 4, length);
        return null;
    }

    /// <summary>A record whose block was read past.</summary>
    /// <param name="beginning">How its block begins: the HTTP head, where it has one.</param>
    internal static WarcRecord Passed(RecordHead head, ReadOnlyMemory<byte> beginning, PassedBlock digests) => new(head.Version, head.Headers, beginning, digests);

    /// <summary>Whether a record begins here, by its first line.</summary>
    internal static bool Begins(ReadOnlySpan<byte> span)
    {
        foreach (var version in Versions)
        {
            if (span.Length >= version.Length + 2 && Ascii.Equals(span[..version.Length], version) && span[version.Length..].StartsWith("\r\n"u8)) return true;
        }
        return false;
    }

    // The first line tells: whoever ends one so ends them all so.
    private static bool EndsLinesInLf(ReadOnlySpan<byte> head)
    {
        var line = head.IndexOf((byte)'\n');
        return line >= 0 && (line == 0 || head[line - 1] != '\r');
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static bool StartsLikeRecord(ReadOnlySpan<byte> span) =>
        span.Length >= 5 ? span.StartsWith("WARC/"u8) : "WARC/"u8.StartsWith(span);

    /// <summary>What is wrong with the record by its own words; null when all its digests and required fields hold.</summary>
    public string? Fault()
    {
        foreach (var required in (ReadOnlySpan<string>)["WARC-Type", "WARC-Record-ID", "WARC-Date"])
        {
            if (Headers[required] is null) return $"it has no {required}";
        }
        if (Date is null) return "its WARC-Date is no date";
        if (Headers.Repeated() is { } twice) return $"its {twice} stands there twice";
        if (Headers.Fields.Any(field => field.Value.Contains('\0', StringComparison.Ordinal) || field.Key.Contains('\0', StringComparison.Ordinal))) return "its header has a NUL in it";
        if ((digests?.Block ?? WarcDigest.Match(Headers["WARC-Block-Digest"], Block.Span)) == DigestMatch.Contradicts) return "its block does not match WARC-Block-Digest";
        return PayloadContradicts() ? "its payload does not match WARC-Payload-Digest" : null;
    }

    // A revisit's payload is elsewhere, and that of a segmented record in more than one place. A payload is what its chunks
    // hold (WARC 1.1 §5.9), but some writers take the digest with the chunks' sizes in it.
    private bool PayloadContradicts() => digests is { } taken ? taken.Payload == DigestMatch.Contradicts && Type is not "revisit" && Headers["WARC-Segment-Number"] is null : Type is not "revisit" && Headers["WARC-Segment-Number"] is null
        && WarcDigest.Match(Headers["WARC-Payload-Digest"], Payload.Span) == DigestMatch.Contradicts
        && !(ChunkedBody.TryDecode(HttpHead.Span, Payload, out var whole) && WarcDigest.Match(Headers["WARC-Payload-Digest"], whole.Span) == DigestMatch.Agrees);

    /// <summary>The block without the HTTP head, for HTTP records; the block itself for all others.</summary>
    public ReadOnlyMemory<byte> Payload => IsHttp ? Block[HttpHeadLength..] : Block;

    /// <summary>Status line or request line and headers with the empty line after them; empty for others.</summary>
    public ReadOnlyMemory<byte> HttpHead => IsHttp ? Block[..HttpHeadLength] : default;

    private bool IsHttp => Headers.IsHttp;

    private int HttpHeadLength
    {
        get
        {
            var end = Block.Span.IndexOf("\r\n\r\n"u8);
            return end < 0 ? Block.Length : end + 4;
        }
    }
}

/// <summary>Version and fields of a record.</summary>
/// <param name="Length">Bytes up to the block.</param>
internal readonly record struct RecordHead(string Version, WarcHeaders Headers, int Length, long BlockLength);

/// <summary>What is known of a block that was read past.</summary>
internal sealed record PassedBlock(long BlockLength, DigestMatch Block, DigestMatch Payload);

/// <summary>What stood at a place where a record should start.</summary>
public abstract record WarcReading
{
    private WarcReading() { }

    /// <param name="Length">Of the uncompressed record, bytes.</param>
    public sealed record Complete(WarcRecord Record, int Length) : WarcReading;

    /// <summary>The input ends inside the record.</summary>
    /// <param name="Need">Bytes that the whole record takes; 0 when not known yet.</param>
    public sealed record Incomplete(long Need = 0) : WarcReading;

    public sealed record Damaged(string Reason) : WarcReading;
}
