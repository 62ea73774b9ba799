namespace Dibao.Warc;

/// <summary>A gzip member that is too long for memory, unpacked as it passes by.</summary>
/// <param name="window">Stands behind the member's header, and behind its trailer afterwards.</param>
/// <param name="longest">Bytes that may come out.</param>
internal sealed class PassingMember(WarcWindow window, PassingRecord record, long longest) : InflateChannel
{
    // A decoder looks ahead by less than these bytes, which may lie before the chunk that it has.
    private const int LookAhead = 8;

    private long given;
    private uint crc;
    private bool tooLong;
    private bool begun;

    /// <summary>Bytes behind the header that the member takes in the file, as far as it was read.</summary>
    public long Consumed { get; private set; }

    /// <summary>Bytes that came out.</summary>
    public long Passed { get; private set; }

    /// <returns>What is wrong; null when it is whole and one record.</returns>
    public string? Run()
    {
        var end = Inflate.Run(this, out var consumed);
        Consumed = Math.Min(consumed, given);
        window.StandBefore((int)(given - Consumed));
        if (record.Damage is { } damage) return damage;
        if (tooLong) return $"the gzip member is damaged: it holds more than {longest} bytes";
        return end switch
        {
            InflateEnd.Incomplete => "the file ends inside a gzip member",
            InflateEnd.Complete => AtTrailer(),
            _ => "the gzip member is damaged: its DEFLATE stream is broken",
        };
    }

    public override ReadOnlySpan<byte> Next()
    {
        var chunk = begun ? window.Next(LookAhead) : window.Span;
        begun = true;
        given += chunk.Length;
        return chunk;
    }

    public override bool Take(ReadOnlySpan<byte> decoded)
    {
        crc = Crc32.Append(crc, decoded);
        Passed += decoded.Length;
        tooLong = Passed > longest;
        return !tooLong && record.Take(decoded);
    }

    private string? AtTrailer()
    {
        while (window.Span.Length < GzipMember.TrailerLength)
        {
            if (!window.Fill()) return "the file ends inside a gzip member";
        }
        var fault = GzipMember.TrailerFault(window.Span, crc, Passed);
        window.Skip(GzipMember.TrailerLength);
        Consumed += GzipMember.TrailerLength;
        return fault is not null ? $"the gzip member is damaged: {fault}"
            : record.IsComplete ? null
            : record.Length == 0 ? "the record's header does not end in its gzip member"
            : "the record's Content-Length goes beyond its gzip member";
    }
}
