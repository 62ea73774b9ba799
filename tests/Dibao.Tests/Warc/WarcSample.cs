using System.Text;
using Dibao.Warc;

namespace Dibao.Tests.Warc;

/// <summary>A WARC file with every kind of record, of our own words: what the damage is done to.</summary>
internal static class WarcSample
{
    public const int Info = 0, Request = 1, Response = 2, Revisit = 3, Resource = 4, Metadata = 5, Conversion = 6, First = 7, Second = 8;

    public const string Identical = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

    public static readonly DateTimeOffset At = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";

    private static readonly string Page = "<!doctype html><title>桥</title><p>" + string.Concat(Enumerable.Range(0, 40).Select(n => $"河湾的第{n}座桥在晨雾里显得很长。"));

    /// <summary>The plain bytes of each record, in order.</summary>
    public static List<byte[]> Records() => [.. Made().Select(record => record.ToBytes())];

    public static byte[] Compressed(IEnumerable<byte[]> records) => [.. records.SelectMany(record => GzipMember.Compress(record))];

    /// <summary>The record as text, changed, as bytes again; Latin-1, so that every byte stays what it was.</summary>
    public static byte[] Edited(byte[] record, string from, string to)
    {
        var text = Encoding.Latin1.GetString(record);
        return text.Contains(from, StringComparison.Ordinal)
            ? Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal))
            : throw new InvalidOperationException($"The sample has no {from}.");
    }

    public static string IdOf(int record) => $"<urn:uuid:00000000-0000-4000-8000-{record:D12}>";

    private static IEnumerable<WarcRecord> Made()
    {
        var body = Encoding.UTF8.GetBytes(Page);
        var url = "https://hewan.example/bridge";
        yield return Record(Info, "warcinfo", null, "application/warc-fields", "software: Dibao\r\n"u8.ToArray());
        yield return Record(Request, "request", url, "application/http; msgtype=request", "GET /bridge HTTP/1.1\r\nHost: hewan.example\r\n\r\n"u8.ToArray(), ("WARC-Concurrent-To", IdOf(Response)));
        yield return Record(Response, "response", url, "application/http; msgtype=response", [.. Encoding.ASCII.GetBytes(Head), .. body], ("WARC-Payload-Digest", WarcDigest.Of(body)));
        yield return Record(Revisit, "revisit", url + "?again", "application/http; msgtype=response", Encoding.ASCII.GetBytes(Head),
            ("WARC-Payload-Digest", WarcDigest.Of(body)), ("WARC-Profile", Identical), ("WARC-Refers-To", IdOf(Response)),
            ("WARC-Refers-To-Target-URI", url), ("WARC-Refers-To-Date", WarcRecord.FormatDate(At)));
        yield return Record(Resource, "resource", "file:///bridge.txt", "text/plain", "桥"u8.ToArray(), ("WARC-Payload-Digest", WarcDigest.Of("桥"u8)));
        yield return Record(Metadata, "metadata", url, "application/warc-fields", "via: https://hewan.example/\r\n"u8.ToArray(), ("WARC-Concurrent-To", IdOf(Response)));
        yield return Record(Conversion, "conversion", url, "text/plain", "bridge"u8.ToArray(), ("WARC-Refers-To", IdOf(Response)));
        yield return Record(First, "response", url + "/long", "application/http; msgtype=response", [.. Encoding.ASCII.GetBytes(Head), .. body.AsSpan(0, 100)], ("WARC-Segment-Number", "1"));
        yield return Record(Second, "continuation", url + "/long", null, body[100..], ("WARC-Segment-Number", "2"),
            ("WARC-Segment-Origin-ID", IdOf(First)), ("WARC-Segment-Total-Length", $"{Head.Length + body.Length}"));
    }

    private static WarcRecord Record(int n, string type, string? url, string? contentType, byte[] block, params (string Name, string Value)[] more)
    {
        var headers = new WarcHeaders()
            .Add("WARC-Type", type)
            .Add("WARC-Record-ID", IdOf(n))
            .Add("WARC-Date", WarcRecord.FormatDate(At))
            .Add("WARC-Target-URI", url)
            .Add("Content-Type", contentType);
        foreach (var (name, value) in more) headers.Add(name, value);
        return WarcRecord.Create(headers, block);
    }
}
