using System.Text;
using Dibao.Capture.Fetch;
using Dibao.Warc;

namespace Dibao.Capture.Import;

/// <summary>What one record of a foreign WARC file comes to.</summary>
internal abstract record WarcImportItem
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
/// <param name="originals">Of all files that are read together.</param>
/// <param name="reopen">Opens the file anew; null when it cannot be.</param>
internal sealed class WarcImport(string path, Stream file, OutletName? outlet, RevisitOriginals originals, Func<Stream>? reopen)
{
    private WarcRecord? request;
    private (WarcRecord Record, long Offset)? response;

    public IEnumerable<WarcImportItem> Read(CancellationToken cancel)
    {
        foreach (var entry in new WarcReader(file).ReadAll(0, cancel))
        {
            if (entry.Record is not { } record)
            {
                if (Flush(cancel) is { } last) yield return last;
                yield return new WarcImportItem.Refused(entry.Offset, $"{entry.Damage}; {entry.Length} bytes were passed over");
                continue;
            }
            if (record.Fault() is { } fault) { yield return new WarcImportItem.Refused(entry.Offset, fault); continue; }
            if (record.Type is "response" or "resource") originals.Remember(record, entry.Offset, reopen);
            foreach (var item in Add(record, entry.Offset, cancel)) yield return item;
        }
        if (Flush(cancel) is { } final) yield return final;
    }

    /// <summary>Revisits of a set whose originals stood behind them; read when the set has been.</summary>
    public static IEnumerable<(string Path, WarcImportItem Item)> ReadDeferred(RevisitOriginals originals, OutletName? outlet, CancellationToken cancel)
    {
        foreach (var (path, revisit, request, offset) in originals.TakeDeferred())
        {
            var item = originals.Find(revisit, cancel) is { } original
                ? ToItem(revisit, original, request, offset, outlet)
                : new WarcImportItem.Refused(offset, "a revisit refers to a record that is in none of the files; import them together, unpacked, in one folder");
            yield return (path, item);
        }
    }

    // Writers put the request before the response or behind it, so a response waits for the record after it.
    private IEnumerable<WarcImportItem> Add(WarcRecord record, long offset, CancellationToken cancel)
    {
        if (record.Type == "request")
        {
            var belongs = response is { } waiting && BelongsTo(record, waiting.Record);
            if (!belongs && Flush(cancel) is { } before) yield return before;
            request = record;
            if (belongs && Flush(cancel) is { } joined) yield return joined;
            yield break;
        }
        if (Flush(cancel) is { } last) yield return last;
        if (record.Type is not ("response" or "revisit")) { yield return new WarcImportItem.Passed(record.Type); yield break; }
        response = (record, offset);
        if (request is not null && BelongsTo(request, record) && Flush(cancel) is { } whole) yield return whole;
    }

    private WarcImportItem? Flush(CancellationToken cancel)
    {
        if (response is not { } waiting) return null;
        var asked = request is not null && BelongsTo(request, waiting.Record) ? request : null;
        (request, response) = (null, null);
        var record = waiting.Record;
        if (record.Type == "response") return ToItem(record, record, asked, waiting.Offset, outlet);
        if (record.Headers["WARC-Profile"]?.EndsWith("/server-not-modified", StringComparison.Ordinal) == true) return new WarcImportItem.Passed("revisit that says nothing has changed");
        if (originals.Find(record, cancel) is { } original) return ToItem(record, original, asked, waiting.Offset, outlet);
        originals.Defer(path, record, asked, waiting.Offset);
        return null;
    }

    // A revisit has the head of its own answer, where its writer kept it, and the body of its original.
    private static WarcImportItem ToItem(WarcRecord record, WarcRecord holder, WarcRecord? asked, long offset, OutletName? outlet)
    {
        if (!ArticleUrl.TryNormalize(record.TargetUri, out var url)) return new WarcImportItem.Passed("response without a web address");
        if (record.Date is not { } at) return new WarcImportItem.Refused(offset, "its WARC-Date is no date");
        if (!TryDechunk(record.HttpHead.IsEmpty ? holder.HttpHead : record.HttpHead, holder, out var head, out var body)) return new WarcImportItem.Refused(offset, "its chunked body is broken");
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

    // Bodies are kept dechunked, since most readers of WARC files do not expect chunks.
    private static bool TryDechunk(ReadOnlyMemory<byte> answer, WarcRecord holder, out ReadOnlyMemory<byte> head, out ReadOnlyMemory<byte> body)
    {
        (head, body) = (answer, holder.Payload);
        if (ChunkedBody.Is(holder.HttpHead.Span, body.Span) && !ChunkedBody.TryDecode(holder.HttpHead.Span, body, out body)) return false;
        head = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(head.Span)
            .Replace("\r\nTransfer-Encoding:", "\r\nx-orig-transfer-encoding:", StringComparison.OrdinalIgnoreCase));
        return true;
    }
}
