using System.Security.Cryptography;
using System.Text.Json;
using Dibao.Capture;
using Dibao.Capture.Browser;
using Dibao.Capture.Fetch;
using Dibao.Log;
using Dibao.Warc;

namespace Dibao.Keep;

/// <summary>One record, ready to append.</summary>
/// <param name="Member">The gzip member.</param>
/// <param name="Payload">Digest of the payload, for responses, revisits and resources.</param>
internal sealed record PreparedRecord(string Id, string Type, byte[] Member, Digest? Payload, UrlKey Url);

/// <summary>A bundle as the records that will stand for it, the manifest last.</summary>
internal sealed record PreparedCapture(IReadOnlyList<PreparedRecord> Records, Leaf Leaf)
{
    public static PreparedCapture None { get; } = new([], CaptureLeaf.Of(CaptureKind.Article, default, new byte[Digest.Size]));

    public Digest Manifest => Digest.FromBytes(Leaf.Manifest);

    public long Bytes => Records.Sum(record => (long)record.Member.Length);
}

/// <summary>Where the same payload was kept before.</summary>
internal sealed record KeptPayload(string RecordId, string Url, DateTimeOffset At);

/// <summary>Turns a bundle into WARC records.</summary>
internal sealed class BundleRecords(Func<Digest, KeptPayload?> findPayload)
{
    private const string RevisitProfile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

    private readonly List<PreparedRecord> prepared = [];
    private readonly List<ManifestRecord> listed = [];

    public PreparedCapture Prepare(CaptureBundle bundle, BundleReading reading)
    {
        foreach (var exchange in bundle.Exchanges) Add(exchange);
        if (bundle.Entry is { } entry) AddEntry(bundle, entry);
        if (bundle.File is { } file) AddFile(bundle, file);
        if (bundle.Rendered is { } rendered) AddRendered(rendered);
        return AddManifest(bundle, reading);
    }

    private void Add(Exchange exchange)
    {
        var responseId = WarcRecord.NewId();
        if (exchange.RequestHead.Length > 0)
        {
            Append(Head("request", WarcRecord.NewId(), exchange.At, exchange.Url)
                .Add("WARC-Concurrent-To", responseId)
                .Add("Content-Type", "application/http; msgtype=request"), exchange.RequestHead, role: exchange.Role);
        }
        var payload = Digest.Of(exchange.Body.Span);
        var known = exchange.Body.Length > 0 && exchange.Truncated is null ? findPayload(payload) : null;
        var headers = Head(known is null ? "response" : "revisit", responseId, exchange.At, exchange.Url)
            .Add("WARC-IP-Address", exchange.RemoteAddress)
            .Add("WARC-Protocol", exchange.Protocol)
            .Add("WARC-Truncated", exchange.Truncated)
            .Add("WARC-Payload-Digest", payload.ToString())
            .Add("Content-Type", "application/http; msgtype=response");
        if (known is null)
        {
            Append(headers, Join(exchange.ResponseHead, exchange.Body), payload, exchange.Role);
            return;
        }
        headers.Add("WARC-Profile", RevisitProfile)
            .Add("WARC-Refers-To", known.RecordId)
            .Add("WARC-Refers-To-Target-URI", known.Url)
            .Add("WARC-Refers-To-Date", WarcRecord.FormatDate(known.At));
        Append(headers, exchange.ResponseHead, payload, exchange.Role);
    }

    // WARC 1.1 §6.9: another form of what the server answered, made by the archive's own process.
    private void AddRendered(RenderedPage rendered) => Append(
        Head("conversion", WarcRecord.NewId(), rendered.At, rendered.Url)
            .Add("WARC-Refers-To", prepared.LastOrDefault(record => record.Type is "response" or "revisit")?.Id)
            .Add(Manifest.RenderedBy, rendered.Agent)
            .Add("WARC-Payload-Digest", WarcDigest.Of(rendered.Html.Span))
            .Add("Content-Type", "text/html; charset=utf-8"),
        rendered.Html);

    private void AddEntry(CaptureBundle bundle, Entry entry) => Append(
        Head("metadata", WarcRecord.NewId(), bundle.At, bundle.Url).Add("Content-Type", Manifest.EntryContentType),
        JsonSerializer.SerializeToUtf8Bytes(entry, KeepJson.Readable.Entry));

    private void AddFile(CaptureBundle bundle, ImportedFile file)
    {
        var payload = Digest.Of(file.Bytes.Span);
        Append(
            Head("resource", WarcRecord.NewId(), bundle.At, "file:///" + string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString)))
                .Add("WARC-Payload-Digest", payload.ToString())
                .Add("Content-Type", file.ContentType),
            file.Bytes,
            payload);
    }

    private PreparedCapture AddManifest(CaptureBundle bundle, BundleReading reading)
    {
        var manifest = new Manifest
        {
            Format = Manifest.CurrentFormat,
            Kind = bundle.Kind,
            Url = bundle.Url,
            At = bundle.At.ToUniversalTime(),
            Outlet = bundle.Outlet == OutletName.None ? null : bundle.Outlet,
            Source = bundle.SourceUrl,
            PageError = bundle.PageError,
            Prefer = bundle.Prefer,
            Rule = bundle.Rule,
            Template = bundle.Template,
            Change = bundle.Source,
            File = bundle.File is { } file ? new(file.Path, file.ContentType, file.Dialect) : null,
            Takedown = bundle.Takedown,
            LogKey = bundle.LogKey,
            Seal = bundle.Seal,
            Records = listed,
            Wording = reading.Draft?.Wording.ToString(),
            Extractor = reading.Draft is null ? null : Extract.ArticleReader.Revision,
            Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        };
        var headers = Head("metadata", WarcRecord.NewId(), bundle.At, bundle.Url).Add("Content-Type", Manifest.ContentType);
        var record = WarcRecord.Create(headers, JsonSerializer.SerializeToUtf8Bytes(manifest, KeepJson.Readable.Manifest)).ToBytes();
        prepared.Add(new(headers["WARC-Record-ID"]!, "metadata", GzipMember.Compress(record), null, new(0, bundle.At.ToUnixTimeMilliseconds())));
        return new(prepared, CaptureLeaf.Of(bundle.Kind, bundle.At, SHA256.HashData(record)));
    }

    private void Append(WarcHeaders headers, ReadOnlyMemory<byte> block, Digest? payload = null, ExchangeRole role = ExchangeRole.Page)
    {
        var record = WarcRecord.Create(headers, block);
        var bytes = record.ToBytes();
        prepared.Add(new(record.Id, record.Type, GzipMember.Compress(bytes), payload, UrlKey.Of(record)));
        listed.Add(new(record.Id, record.Type, Convert.ToHexStringLower(SHA256.HashData(bytes)), role == ExchangeRole.Page ? null : role));
    }

    private static WarcHeaders Head(string type, string id, DateTimeOffset at, string url) => new WarcHeaders()
        .Add("WARC-Type", type)
        .Add("WARC-Record-ID", id)
        .Add("WARC-Date", WarcRecord.FormatDate(at))
        .Add("WARC-Target-URI", url);

    private static byte[] Join(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body) => [.. head.Span, .. body.Span];
}
