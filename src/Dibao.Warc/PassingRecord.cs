using System.Security.Cryptography;

namespace Dibao.Warc;

/// <summary>A record that is too long for memory, checked while it passes by: fields, length, digests, line ends.</summary>
/// <param name="digests">Takes the SHA-256 of the whole record as well.</param>
internal sealed class PassingRecord(bool digests = false) : IDisposable
{
    private static readonly byte[] LineEnds = "\r\n\r\n"u8.ToArray();

    // Fields first, then how the block begins; no more than a header may take of either.
    private readonly MemoryStream beginning = new();
    private readonly IncrementalHash? raw = digests ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private IncrementalHash? block, payload;
    private PassingChunks? chunks;
    private RecordHead head;
    private long seen;
    private int httpHead = -1;
    private int lineEnds;

    /// <summary>Bytes of the record; 0 before its fields were read.</summary>
    public long Length => head.Headers is null ? 0 : head.Length + head.BlockLength + LineEnds.Length;

    /// <summary>What is wrong; null while nothing is.</summary>
    public string? Damage { get; private set; }

    /// <summary>True once the record is there to its last byte.</summary>
    public bool IsComplete => head.Headers is not null && seen == head.BlockLength && lineEnds == LineEnds.Length;

    /// <summary>Takes the bytes that follow.</summary>
    /// <returns>False when something is wrong: no more of it is wanted.</returns>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        raw?.AppendData(bytes);
        if (head.Headers is null && !TryBegin(ref bytes)) return Damage is null;
        var part = (int)Math.Min(bytes.Length, head.BlockLength - seen);
        TakeBlock(bytes[..part]);
        foreach (var octet in bytes[part..])
        {
            if (lineEnds == LineEnds.Length) return Fail("the gzip member holds more than one record");
            if (octet != LineEnds[lineEnds++]) return Fail(WarcRecord.NoLineEnds);
        }
        return true;
    }

    /// <summary>The record, once it is complete; its block is only how it begins.</summary>
    public WarcRecord ToRecord() => WarcRecord.Passed(head, beginning.ToArray(), new(
        head.BlockLength, Match("WARC-Block-Digest", block), payload is null ? DigestMatch.NotGiven : MatchPayload()));

    /// <summary>SHA-256 of the record, once it is complete; empty where it was not asked for.</summary>
    public byte[] RawSha256() => raw?.GetCurrentHash() ?? [];

    public void Dispose()
    {
        beginning.Dispose();
        block?.Dispose();
        payload?.Dispose();
        chunks?.Dispose();
        raw?.Dispose();
    }

    // True once the fields are there; the bytes behind them are left.
    private bool TryBegin(ref ReadOnlySpan<byte> bytes)
    {
        var before = (int)beginning.Length;
        beginning.Write(bytes[..Math.Min(bytes.Length, WarcRecord.LongestHeader + 4 - before)]);
        switch (WarcRecord.ReadHead(beginning.GetBuffer().AsSpan(0, (int)beginning.Length), out head))
        {
            case WarcReading.Damaged damaged: return Fail($"the record is damaged: {damaged.Reason}");
            case WarcReading.Incomplete: return false;
        }
        bytes = bytes[(head.Length - before)..];
        beginning.SetLength(0);
        block = Begin("WARC-Block-Digest");
        if (!head.Headers.IsHttp) { httpHead = 0; payload = Begin("WARC-Payload-Digest"); }
        return true;
    }

    private void TakeBlock(ReadOnlySpan<byte> bytes)
    {
        block?.AppendData(bytes);
        if (httpHead >= 0) TakePayload(bytes);
        else if (beginning.Length < WarcRecord.LongestHeader) TakeHttpHead(bytes);
        seen += bytes.Length;
    }

    private void TakeHttpHead(ReadOnlySpan<byte> bytes)
    {
        var before = (int)beginning.Length;
        beginning.Write(bytes[..Math.Min(bytes.Length, WarcRecord.LongestHeader - before)]);
        var end = beginning.GetBuffer().AsSpan(0, (int)beginning.Length).IndexOf(LineEnds);
        if (end < 0) return;
        httpHead = end + LineEnds.Length;
        beginning.SetLength(httpHead);
        payload = Begin("WARC-Payload-Digest");
        // Some writers take the digest of what is in the chunks, some of the chunks.
        if (ChunkedBody.IsDeclared(beginning.GetBuffer().AsSpan(0, httpHead)) && WarcDigest.AlgorithmOf(head.Headers["WARC-Payload-Digest"] ?? "") is { } algorithm) chunks = new(algorithm);
        TakePayload(bytes[(httpHead - before)..]);
    }

    private void TakePayload(ReadOnlySpan<byte> bytes)
    {
        payload?.AppendData(bytes);
        chunks?.Take(bytes);
    }

    private DigestMatch MatchPayload()
    {
        var match = Match("WARC-Payload-Digest", payload);
        if (match is not DigestMatch.Contradicts || chunks?.Hash() is not { } content) return match;
        return WarcDigest.Match(head.Headers["WARC-Payload-Digest"]!, content) is DigestMatch.Agrees ? DigestMatch.Agrees : match;
    }

    private IncrementalHash? Begin(string field) =>
        head.Headers[field] is { } label && WarcDigest.AlgorithmOf(label) is { } algorithm ? IncrementalHash.CreateHash(algorithm) : null;

    private DigestMatch Match(string field, IncrementalHash? hash) => head.Headers[field] is not { } label ? DigestMatch.NotGiven
        : hash is null ? DigestMatch.Unknown : WarcDigest.Match(label, hash.GetCurrentHash());

    private bool Fail(string why)
    {
        Damage = why;
        return false;
    }
}
