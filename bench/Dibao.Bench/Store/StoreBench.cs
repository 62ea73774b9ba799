using System.Diagnostics;
using Dibao.Bench.Serve;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Keep;

namespace Dibao.Bench.Store;

/// <summary>What keeping costs: acknowledgements, verification, recovery, and the bytes of an archive by what they are for.</summary>
internal static class StoreBench
{
    private const string Corpus = "../shared/corpus/jekyll.tar.gz";
    private const int Burst = 1000;
    private const int VerifyRuns = 4;

    public static async Task RunAsync(string? corpus, BenchReport report)
    {
        var folder = Directory.CreateTempSubdirectory("dibao-bench-store-").FullName;
        try
        {
            await AcknowledgeAsync(Path.Combine(folder, "acknowledge"), report);
            await VerifyAsync(Path.Combine(folder, "verify"), report);
            await RecoverAsync(Path.Combine(folder, "recover"), report);
            if ((corpus ?? Corpus) is var path && File.Exists(path)) await StorageUse.MeasureAsync(path, Path.Combine(folder, "storage"), report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Verification alone, at each level that reads, and its memory in a process that has done nothing else but write its archive.</summary>
    public static async Task RunVerifyAsync(BenchReport report)
    {
        var folder = Directory.CreateTempSubdirectory("dibao-bench-verify-").FullName;
        try { await VerifyAsync(folder, report); }
        finally { Directory.Delete(folder, recursive: true); }
    }

    /// <summary>The bytes of an archive alone.</summary>
    public static async Task RunBytesAsync(string? corpus, BenchReport report)
    {
        var folder = Directory.CreateTempSubdirectory("dibao-bench-bytes-").FullName;
        try { await StorageUse.MeasureAsync(corpus ?? Corpus, Path.Combine(folder, "storage"), report); }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task AcknowledgeAsync(string folder, BenchReport report)
    {
        report.Section($"keep: pages of 50 kB, bursts of {Burst}, 64 callers at a time");
        await using var archive = Open(folder);
        List<double> milliseconds = [], rates = [];
        var (reading, whole) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var burst = 0; burst < 4; burst++)
        {
            var start = Stopwatch.GetTimestamp();
            var ready = new ReadyCapture[Burst];
            Parallel.For(0, Burst, n => ready[n] = archive.Keeper.Prepare(Page((burst * Burst) + n, 50_000)));
            var prepared = Stopwatch.GetTimestamp();
            var (latencies, done) = await EnqueueAllAsync(archive.Keeper, ready);
            var acknowledged = Stopwatch.GetElapsedTime(prepared);
            await Task.WhenAll(done);
            // The first burst is the JIT's.
            if (burst == 0) continue;
            milliseconds.AddRange(latencies);
            rates.Add(Burst / acknowledged.TotalSeconds);
            reading += Stopwatch.GetElapsedTime(start, prepared);
            whole += Stopwatch.GetElapsedTime(start);
        }
        milliseconds.Sort();
        report.Add(new("keep", "acknowledged, records made before", rates.Average(), "captures/s", "≥ 2000", "append, fsync; the catalogue follows"));
        report.Add(new("keep", "one acknowledgement, median", milliseconds[milliseconds.Count / 2], "ms"));
        report.Add(new("keep", "one acknowledgement, p99", milliseconds[milliseconds.Count * 99 / 100], "ms", "≤ 50"));
        report.Add(new("keep", "reading the article and making records", 3 * Burst / reading.TotalSeconds, "captures/s", Note: "all processors"));
        report.Add(new("keep", "all of it, catalogue and index included", 3 * Burst / whole.TotalSeconds, "captures/s"));
        await FsyncBaselineAsync(folder, report);
    }

    private static async Task<(List<double> Latencies, List<Task<KeepOutcome>> Done)> EnqueueAllAsync(Keeper keeper, ReadyCapture[] ready)
    {
        var latencies = new double[ready.Length];
        var done = new Task<KeepOutcome>[ready.Length];
        await Parallel.ForAsync(0, ready.Length, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (n, cancel) =>
        {
            var start = Stopwatch.GetTimestamp();
            done[n] = await keeper.EnqueueAsync(ready[n], cancel);
            await ready[n].Kept;
            latencies[n] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        return ([.. latencies], [.. done]);
    }

    // What the disk itself asks for one small durable write.
    private static async Task FsyncBaselineAsync(string folder, BenchReport report)
    {
        var milliseconds = new List<double>();
        await using var file = new FileStream(Path.Combine(folder, "baseline"), FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.WriteThrough);
        for (var n = 0; n < 100; n++)
        {
            var start = Stopwatch.GetTimestamp();
            await file.WriteAsync(new byte[10_000]);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        milliseconds.Sort();
        report.Add(new("keep", "baseline: one synced write of 10 kB, median", milliseconds[50], "ms"));
        report.Add(new("keep", "baseline: the same, p99", milliseconds[98], "ms"));
    }

    private static async Task VerifyAsync(string folder, BenchReport report)
    {
        const int Pages = 1500;
        report.Section($"verify: {Pages} pages of 112 kB, {Environment.ProcessorCount} cores");
        await using (var archive = Open(folder))
        {
            await Parallel.ForAsync(0, Pages, async (n, cancel) => await archive.KeepAsync(Page(n, 112_000), cancel));
            archive.Log.Publish();
        }
        foreach (var level in (ReadOnlySpan<int>)[1, 2, 3])
        {
            VerificationReport? kept = null;
            // The least of some: others use the machine as well.
            var runs = Enumerable.Range(0, VerifyRuns)
                .Select(_ => Cost.Of(() => kept = new ArchiveCheck(folder, level).Run(_ => throw new InvalidOperationException("a fault"), null, CancellationToken.None).Store)).ToList();
            var (wall, processor) = (runs.Min(run => run.Wall), runs.Min(run => run.Processor));
            if (level == 1) report.Add(new("verify", "level 1", kept!.Records / wall.TotalSeconds, "records/s", "≥ 30000"));
            else report.Add(new("verify", $"level {level}", Pages / wall.TotalSeconds, "documents/s", "≥ 1500", $"{Pages * 0.112 / wall.TotalSeconds:F0} MB/s uncompressed"));
            report.Add(new("verify", $"level {level}, processor time of one document", processor.TotalMilliseconds / Pages, "ms", Note: $"{Environment.ProcessorCount} idle cores do {Environment.ProcessorCount * Pages / processor.TotalSeconds:F0}/s"));
        }
        report.Add(new("verify", "memory of this process at its highest", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB", Note: "writer and bursts above included"));
    }

    private static async Task RecoverAsync(string folder, BenchReport report)
    {
        report.Section("recovery: an open segment of 1 GB");
        var random = new Random(3);
        var bytes = 0L;
        await using (var archive = Open(folder))
        {
            for (var n = 0; bytes < 960_000_000; n += 64)
            {
                var kept = await Task.WhenAll(Enumerable.Range(n, 64).Select(i => archive.KeepAsync(Feed(i, Noise(random, 120_000)), CancellationToken.None)));
                bytes += kept.Length * 121_000L;
            }
        }
        var length = StoreFolder.OpenExisting(folder).Segments()[^1] is { IsOpen: true } open ? new FileInfo(open.Path).Length : 0;
        report.Add(new("recover", "the open segment", length / 1e6, "MB"));
        report.Add(new("recover", "opening after an orderly end", (await OpeningAsync(folder)).TotalSeconds, "s"));
        foreach (var index in Directory.GetFiles(folder, "*.idx.open", SearchOption.AllDirectories)) File.Delete(index);
        report.Add(new("recover", "opening, its index lost", (await OpeningAsync(folder)).TotalSeconds, "s", "≤ 10"));
        Backup.DeleteDatabase(StoreFolder.OpenExisting(folder));
        report.Add(new("recover", "opening, the catalogue lost: all of it read", (await OpeningAsync(folder)).TotalSeconds, "s", "≤ 10", "written and synced again as well"));
    }

    private static async Task<TimeSpan> OpeningAsync(string folder)
    {
        var start = Stopwatch.GetTimestamp();
        var archive = Open(folder);
        var opened = Stopwatch.GetElapsedTime(start);
        await archive.DisposeAsync();
        return opened;
    }

    private static Archive Open(string folder) => Archive.Open(folder, new ArchiveOptions(), TimeProvider.System);

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static CaptureBundle Feed(int n, byte[] body) => new()
    {
        Kind = CaptureKind.Feed, Url = "https://bench.example/feed", SourceUrl = "https://bench.example/feed", At = DateTimeOffset.UnixEpoch.AddMinutes(n),
        Outlet = new("bench", "Bench"),
        Exchanges = [KeptHead.ToExchange("https://bench.example/feed", DateTimeOffset.UnixEpoch.AddMinutes(n), "GET /feed HTTP/1.1\r\n\r\n"u8.ToArray(), "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), body)],
    };

    // As pages are: a text, and many times as much around it.
    internal static CaptureBundle Page(int n, int bytes)
    {
        var (title, paragraphs) = EnglishText.Make(n);
        var html = new System.Text.StringBuilder($"<!doctype html><html lang=\"en\"><head><title>{title}</title></head><body><nav><ul>");
        var random = new Random(n);
        while (html.Length < bytes - 9000) html.Append($"<li class=\"menu-item item-{random.Next(100)}\"><a href=\"/{EnglishText.Word(random.Next(8000))}/{random.Next(9999)}\">{EnglishText.Word(random.Next(8000))}</a></li>\n");
        html.Append($"</ul></nav><article><h1>{title}</h1>{string.Concat(paragraphs.Select(paragraph => $"<p>{paragraph}</p>"))}</article></body></html>");
        var url = $"https://bench.example/{n}";
        return new()
        {
            Kind = CaptureKind.Article, Url = url, At = DateTimeOffset.UnixEpoch.AddMinutes(n), Outlet = new("bench", "Bench"),
            Exchanges =
            [
                KeptHead.ToExchange(url, DateTimeOffset.UnixEpoch.AddMinutes(n), "GET / HTTP/1.1\r\n\r\n"u8.ToArray(),
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"u8.ToArray(), System.Text.Encoding.UTF8.GetBytes(html.ToString())),
            ],
        };
    }
}
