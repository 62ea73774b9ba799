using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Publish.Export;
using Dibao.Server.Tests.Read;

namespace Dibao.Server.Tests.Clients;

/// <summary>Pages in every shape that outlets' servers send them, kept in a real archive over two segments and exported.</summary>
internal static class ExportedPackage
{
    public const string Gzip = "https://hewan.example/gzip";
    public const string Brotli = "https://hewan.example/brotli";
    public const string Chunked = "https://hewan.example/chunked";
    public const string Chinese = "https://hewan.example/%E6%A1%A5/%E5%A4%9C?%E9%A1%B5=1";
    public const string Revisit = "https://hewan.example/again";

    public static readonly DateTimeOffset At = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    /// <summary>8 × 8 pixels, all of them red.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC");

    /// <param name="warc">A file for the same records as a WARC.</param>
    /// <param name="wacz">A file for the package.</param>
    public static async Task WriteAsync(string warc, string wacz)
    {
        var folder = Directory.CreateTempSubdirectory("dibao-clients-").FullName;
        try
        {
            await using (var archive = Archive.Open(folder, new ArchiveOptions(), TimeProvider.System))
            {
                foreach (var bundle in Bundles()) await archive.KeepAsync(bundle, CancellationToken.None);
            }
            // Sealed, so that the revisit lies in another segment than its original.
            Seal(folder);
            await using var reopened = Archive.Open(folder, new ArchiveOptions(), TimeProvider.System);
            await reopened.KeepAsync(Bundle(Revisit, At.AddDays(1), Answer(Revisit, At.AddDays(1), "text/html; charset=utf-8", [], "Content-Encoding: gzip\r\n", Compressed("压缩的页面"))), CancellationToken.None);
            var reader = reopened.Reader;
            if (reader.Catalogue.CapturesOf(Revisit)[0].Records.All(record => record.Type != "revisit")) throw new InvalidOperationException("The sample has no revisit.");
            await using (var file = File.Create(warc)) WarcExport.Write(reader, reader.Catalogue.All(), "everything", file, CancellationToken.None);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
            await using (var file = File.Create(wacz)) WaczExport.Write(reader, reader.Catalogue.All(), "everything", key, file, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<CaptureBundle> Bundles()
    {
        yield return Bundle(Gzip, At, Answer(Gzip, At, "text/html; charset=utf-8", [], "Content-Encoding: gzip\r\n", Compressed("压缩的页面")));
        yield return Bundle(Brotli, At, Answer(Brotli, At, "text/html; charset=utf-8", [], "Content-Encoding: br\r\n", Packed("布罗特利", stream => new BrotliStream(stream, CompressionLevel.Optimal))));
        yield return Bundle(Chunked, At, Answer(Chunked, At, "text/html; charset=utf-8", Page("分块的页面"), "x-orig-transfer-encoding: chunked\r\n"));
        yield return Bundle(Chinese, At, Answer(Chinese, At, "text/html; charset=utf-8", Page("桥上的夜")));
    }

    private static byte[] Compressed(string heading) => Packed(heading, stream => new GZipStream(stream, CompressionLevel.Optimal));

    private static byte[] Packed(string heading, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var stream = pack(packed)) stream.Write(Page(heading));
        return packed.ToArray();
    }

    private static byte[] Page(string heading) => Encoding.UTF8.GetBytes(
        $"""
        <!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{heading}</title><link rel="stylesheet" href="/page.css"></head>
        <body><article><h1>{heading}</h1><p>河湾的第一座桥今天通车，市民从清晨起就在桥头等候，桥面上挂着红色的灯笼，孩子们拿着纸船，桥下的渡船鸣笛致意。</p>
        <p>工程负责人林桥生说，这座桥用了三年时间建成，长度是一千二百米，今后两岸之间步行只需要十五分钟，渡船照常开行。</p><img src="/red.png" alt=""></article></body></html>
        """);

    // What a page needs is kept with it, before it: the last answer is the article's.
    private static CaptureBundle Bundle(string url, DateTimeOffset at, Exchange page) => new()
    {
        Kind = CaptureKind.Article,
        Url = url,
        At = at,
        Outlet = SampleNews.Hewan,
        Exchanges = [Answer("https://hewan.example/page.css", at, "text/css", "h1 { color: rgb(10, 20, 30) }"u8.ToArray()), Answer("https://hewan.example/red.png", at, "image/png", Picture), page],
    };

    private static Exchange Answer(string url, DateTimeOffset at, string type, byte[] body, string more = "", byte[]? packed = null) => KeptHead.ToExchange(
        url, at, Encoding.ASCII.GetBytes($"GET {new Uri(url).PathAndQuery} HTTP/1.1\r\nHost: hewan.example\r\n\r\n"),
        Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n{more}\r\n"), packed ?? body);

    // As the writer does when a segment is full.
    private static void Seal(string folder)
    {
        var open = Directory.GetFiles(folder, "*.warc.gz.open", SearchOption.AllDirectories).Single();
        File.Move(open, open[..^".open".Length]);
    }
}
