using Dibao.Capture;
using Dibao.Capture.Import;

namespace Dibao.Bench.Import;

/// <summary>Files into a fresh archive, extracted, indexed and durable, with what the same bytes cost at the least beside it.</summary>
internal static class ImportBench
{
    // One round alone tells what a cold process does.
    private static readonly int Rounds = Environment.GetEnvironmentVariable("DIBAO_BENCH_ROUNDS") is { } rounds ? int.Parse(rounds, null) : 5;
    private static readonly string[] Corpora = ["../shared/corpus/jekyll.tar.gz", "../shared/corpus/cdt"];

    /// <param name="path">What <c>dibao import</c> would take; null takes the corpora, or made-up files where they are absent.</param>
    public static async Task RunAsync(string? path, BenchReport report)
    {
        var given = path is null ? Corpora.Where(corpus => File.Exists(corpus) || Directory.Exists(corpus)).ToArray() : [path];
        var folder = Directory.CreateTempSubdirectory("dibao-bench-import-");
        try
        {
            if (given.Length == 0) given = [MadeUpFiles.Write(folder.CreateSubdirectory("made-up").FullName, 1500)];
            foreach (var one in given) await RunOneAsync(one, folder.FullName, report);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunOneAsync(string path, string folder, BenchReport report)
    {
        var name = Path.GetFileName(path);
        var costs = new List<Cost>();
        var refused = new List<ImportItem.Refused>();
        ImportReport? last = null;
        for (var round = 0; round < Rounds; round++)
        {
            refused.Clear();
            var target = Path.Combine(folder, $"{name}-{round}");
            var cost = await Cost.OfAsync(async () => last = await ImportAsync(path, target, refused));
            costs.Add(cost);
            Directory.Delete(target, recursive: true);
        }
        var stages = ImportStages.Measure(path, folder);
        Print(report, name, last!, refused, costs, stages);
    }

    private static async Task<ImportReport> ImportAsync(string path, string folder, List<ImportItem.Refused> refused)
    {
        await using var archive = Archive.Open(folder, new CaptureOptions(), TimeProvider.System);
        var run = new ImportRun(archive, new ImportReader(path, new ImportOptions(), TimeProvider.System));
        return await run.RunAsync(refused.Add, null, CancellationToken.None);
    }

    private static void Print(BenchReport report, string name, ImportReport last, List<ImportItem.Refused> refused, List<Cost> costs, ImportStages stages)
    {
        report.Section($"import {name}: {stages.Files} files, {stages.Bytes / 1e6:F1} MB; new {last.New}, already there {last.AlreadyThere}, "
            + $"changed {last.Changed}, known {last.Known}, passed {last.Passed}, refused {last.Refused}; {Rounds} rounds, the first with a cold JIT");
        foreach (var reason in refused.CountBy(refusal => refusal.Reason)) report.Section($"  refused {reason.Value}: {reason.Key}");
        var section = $"import {name}";
        var warm = costs.Skip(costs.Count > 1 ? 1 : 0).ToList();
        var processor = warm.Min(cost => cost.Processor);
        report.Add(new(section, "articles/s, first (cold JIT)", last.Seen / costs[0].Wall.TotalSeconds, "articles/s", "≥ 300", Of(costs[0])));
        report.Add(new(section, "articles/s, median of the others", last.Seen / Median(warm.Select(cost => cost.Wall.TotalSeconds)), "articles/s", "≥ 300"));
        report.Add(new(section, "articles/s, best", last.Seen / warm.Min(cost => cost.Wall.TotalSeconds), "articles/s", "≥ 300"));
        report.Add(new(section, "processor, first (cold JIT)", PerArticle(costs[0].Processor, last.Seen), "ms/article"));
        report.Add(new(section, "processor, least", PerArticle(processor, last.Seen), "ms/article", Note: "÷ 2 cores is the time they would need alone"));
        foreach (var (what, cost) in stages.Parts) report.Add(new(section, what, PerArticle(cost.Processor, last.Seen), "ms/article"));
        report.Add(new(section, "whole ÷ parsing alone", processor / stages.ParseAlone.Processor, "times", Note: "baseline: AngleSharp on the same bodies"));
        report.Add(new(section, "whole ÷ gzip and fsync alone", processor / stages.KeepAlone.Processor, "times", Note: "baseline: one member a file, one fsync for 256"));
    }

    private static string Of(Cost cost) => $"{cost.Wall.TotalSeconds:F2} s";

    private static double PerArticle(TimeSpan processor, long articles) => processor.TotalMilliseconds / articles;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
