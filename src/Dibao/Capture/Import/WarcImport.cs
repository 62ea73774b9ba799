using System.Globalization;
using System.Text;
using Dibao.Capture.Fetch;
using Dibao.Warc;

namespace Dibao.Capture.Import;

/// <summary>What one record of a foreign WARC file comes to.</summary>
public abstract record WarcImportItem
{
    private WarcImportItem() { }

    /// <summary>A page with the request for it where the file has one.</summary>
    public sealed record Page(CaptureBundle Bundle) : WarcImportItem;

    /// <summary>A record that is no page: warcinfo, metadata, DNS, an image.</summary>
    public sealed record Passed(string Type) : WarcImportItem;

    /// <param name="Offset">Of the record in the file, bytes.</param>
    public sealed record Refused(long Offset, string Reason) : WarcImportItem;
}

/// <summary>Reads the pages out of a WARC file that somebody else wrote, 1.0 or 1.1, compressed or plain.</summary>
public sealed class WarcImport(Stream file, OutletName? outlet)
{
    private WarcRecord? request;
    private (WarcRecord Record, long Offset)? response;

    public IEnumerable<WarcImportItem> Read(CancellationToken cancel)
    {
        foreach (var entry in new WarcReader(file).ReadAll(0, cancel))
        {
            if (entry.Record is not { } record)
            {
                if (Flush() is { } last) yield return last;
                yield return new WarcImportItem.Refused(entry.Offset, entry.Damage! + "; what follows it in the file cannot be read");
                yield break;
            }
            if (record.Fault() is { } fault) { yield return new WarcImportItem.Refused(entry.Offset, fault); continue; }
            foreach (var item in Add(record, entry.Offset)) yield return item;
        }
        if (Flush() is { } final) yield return final;
    }

    // Writers put the request before the response or behind it, so a response waits for the record after it.
    private IEnumerable<WarcImportItem> Add(WarcRecord record, long offset)
    {
        if (record.Type == "request")
        {
            var belongs = response is { } waiting && BelongsTo(record, waiting.Record);
            if (!belongs && Flush() is { } before) yield return before;
            request = record;
            if (belongs && Flush() is { } joined) yield return joined;
            yield break;
        }
        if (Flush() is { } last) yield return last;
        if (record.Type != "response") { yield return new WarcImportItem.Passed(record.Type); yield break; }
        response = (record, offset);
        if (request is not null && BelongsTo(request, record) && Flush() is { } whole) yield return whole;
    }

    private WarcImportItem? Flush()
    {
        if (response is not { } waiting) return null;
        var asked = request is not null && BelongsTo(request, waiting.Record) ? request : null;
        (request, response) = (null, null);
        return ToItem(waiting.Record, asked, waiting.Offset);
    }

    private WarcImportItem ToItem(WarcRecord record, WarcRecord? asked, long offset)
    {
        if (!ArticleUrl.TryNormalize(record.TargetUri, out var url)) return new WarcImportItem.Passed("response without a web address");
        if (record.Date is not { } at) return new WarcImportItem.Refused(offset, "its WARC-Date is no date");
        if (!TryDechunk(record, out var head, out var body)) return new WarcImportItem.Refused(offset, "its chunked body is broken");
        var exchange = KeptHead.ToExchange(url, at, asked?.Block ?? default, head, body) with
        {
            RemoteAddress = record.Headers["WARC-IP-Address"],
            Truncated = record.Headers["WARC-Truncated"],
        };
        if (exchange.Status == 0) return new WarcImportItem.Refused(offset, "its block is no HTTP response");
        var host = ArticleUrl.Host(url);
        return new WarcImportItem.Page(new()
        {
            Kind = CaptureKind.Article,
            Url = url,
            At = at,
            Outlet = outlet ?? new OutletName(host, host),
            Exchanges = [exchange],
        });
    }

    private static bool BelongsTo(WarcRecord asked, WarcRecord answer) =>
        asked.Headers["WARC-Concurrent-To"] == answer.Id || answer.Headers["WARC-Concurrent-To"] == asked.Id || asked.TargetUri == answer.TargetUri;

    // RFC 9112 §7.1. Bodies are kept dechunked, since most readers of WARC files do not expect chunks.
    private static bool TryDechunk(WarcRecord record, out ReadOnlyMemory<byte> head, out ReadOnlyMemory<byte> body)
    {
        (head, body) = (record.HttpHead, record.Payload);
        if (KeptHead.Field(head.Span, "Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) != true) return true;
        if (!LooksChunked(body.Span)) return true;
        head = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(head.Span)
            .Replace("\r\nTransfer-Encoding:", "\r\nx-orig-transfer-encoding:", StringComparison.OrdinalIgnoreCase));
        using var whole = new MemoryStream(body.Length);
        var rest = body.Span;
        while (true)
        {
            if (!TryChunkSize(rest, out var size, out var start) || size > rest.Length - start) return false;
            if (size == 0) break;
            whole.Write(rest.Slice(start, size));
            rest = rest[(start + size)..];
            if (rest.StartsWith("\r\n"u8)) rest = rest[2..];
        }
        body = whole.ToArray();
        return true;
    }

    // Some writers dechunk and leave the header as it was.
    private static bool LooksChunked(ReadOnlySpan<byte> body) => TryChunkSize(body, out var size, out var start)
        && start + size <= body.Length && (size == 0 || body[(start + size)..].StartsWith("\r\n"u8));

    private static bool TryChunkSize(ReadOnlySpan<byte> body, out int size, out int start)
    {
        (size, start) = (0, 0);
        var line = body[..Math.Min(body.Length, 64)].IndexOf("\r\n"u8);
        if (line <= 0) return false;
        var digits = body[..line];
        var extension = digits.IndexOf((byte)';');
        if (extension >= 0) digits = digits[..extension];
        start = line + 2;
        return int.TryParse(digits.Trim((byte)' '), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out size) && size >= 0;
    }
}
