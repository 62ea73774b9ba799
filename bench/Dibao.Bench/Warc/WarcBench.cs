using System.Diagnostics;
using System.Text;
using Dibao.Bench.Find;
using Dibao.Warc;

namespace Dibao.Bench.Warc;

/// <summary>WARC files of made-up pages: written, indexed, checked; the index beside warcio.js's of the same file, where tests/clients is installed.</summary>
internal static class WarcBench
{
    private const int Records = 4_000;
    private const int PageBytes = 50_000;

    public static async Task RunAsync(BenchReport report)
    {
        report.Section($"WARC of {Records} pages of {PageBytes} bytes");
        var folder = Directory.CreateTempSubdirectory("dibao-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "bench.warc.gz");
            var megabytes = Records * PageBytes / 1e6;
            var records = Made();
            var writing = Cost.Of(() => Write(records, file));
            report.Add(new("warc", "written, gzip per record", megabytes / writing.Processor.TotalSeconds, "MB/s a core"));
            var indexing = Cost.Of(() => { using var stream = File.OpenRead(file); if (CdxIndexer.Index(stream, "bench.warc.gz", default).Count() != Records) throw new InvalidDataException("The index lacks records."); });
            report.Add(new("warc", "indexed", megabytes / indexing.Processor.TotalSeconds, "MB/s a core", Note: "every CRC, length and grammar checked on the way"));
            var checking = Cost.Of(() => { using var stream = File.OpenRead(file); if (new WarcCheck().Check("bench.warc.gz", stream, default).Any()) throw new InvalidDataException("The bench's own file is bad."); });
            report.Add(new("warc", "checked, with every digest", megabytes / checking.Processor.TotalSeconds, "MB/s a core"));
            if (await WarcioAsync(file) is { } theirs) report.Add(new("warc", "warcio.js: time ÷ ours for the same index", theirs.TotalSeconds / indexing.Wall.TotalSeconds, "×", "≥ 1", $"it takes {theirs.TotalSeconds:F1} s, start included"));
            else report.Add(new("warc", "warcio.js", 0, "", Note: "skipped: npm ci --ignore-scripts in tests/clients"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(List<WarcRecord> records, string path)
    {
        using var file = File.Create(path);
        var warc = new WarcWriter(file);
        foreach (var record in records) warc.Write(record);
    }

    private static List<WarcRecord> Made()
    {
        var (_, documents) = FindCorpus.Load(null, 200);
        var texts = documents.Select(document => document.Text).ToList();
        var records = new List<WarcRecord>(Records);
        for (var n = 0; n < Records; n++)
        {
            var page = new StringBuilder($"<!doctype html><title>{n}</title>");
            for (var part = n; page.Length < PageBytes / 3; part++) page.Append("<p class=\"text\">").Append(texts[part % texts.Count]).Append("</p>\n");
            var body = new byte[PageBytes];
            body.AsSpan().Fill((byte)' ');
            var bytes = Encoding.UTF8.GetBytes(page.ToString());
            bytes.AsSpan(0, Math.Min(bytes.Length, body.Length)).CopyTo(body);
            records.Add(WarcRecord.Create(new WarcHeaders()
                .Add("WARC-Type", "response")
                .Add("WARC-Record-ID", WarcRecord.NewId())
                .Add("WARC-Date", "2026-11-22T06:00:00Z")
                .Add("WARC-Target-URI", $"https://bench.example/{n}")
                .Add("WARC-Payload-Digest", WarcDigest.Of(body))
                .Add("Content-Type", "application/http; msgtype=response"), (byte[])[.. "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"u8, .. body]));
        }
        return records;
    }

    private static async Task<TimeSpan?> WarcioAsync(string file)
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Dibao.slnx"))) folder = Path.GetDirectoryName(folder);
        var cli = folder is null ? "" : Path.Combine(folder, "tests", "clients", "node_modules", "warcio", "dist", "cli.js");
        if (!File.Exists(cli)) return null;
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("node", [cli, "cdx-index", "--format", "cdxj", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(started);
    }
}
