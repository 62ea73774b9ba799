using System.Globalization;
using System.Text;

namespace Dibao.Bench.Serve;

/// <summary><c>dibao serve</c> on an archive of 10,000 articles: its start, its memory, and what 8 clients wait for.</summary>
internal static class ServeBench
{
    private const int Articles = 10_000;
    private const int Starts = 5;
    private const int WarmUp = 2_000;
    private const int Requests = 4_000;

    // Frequent and rare, Chinese and English, one word and several: no two requests in a row ask the same.
    private static readonly CompositeFormat Search = CompositeFormat.Parse("/search?q={0}");

    /// <param name="folder">An archive that is there, or where one is to be made and left; null makes one and removes it.</param>
    public static async Task RunAsync(string? folder, BenchReport report)
    {
        var temporary = folder is null ? Directory.CreateTempSubdirectory("dibao-bench-serve-").FullName : null;
        folder ??= Path.Combine(temporary!, "archive");
        try
        {
            if (!Directory.Exists(folder))
            {
                var made = await Cost.OfAsync(() => ServedArchive.MakeAsync(folder, Articles, CancellationToken.None));
                report.Section($"made an archive of {Articles} articles in {made.Wall.TotalSeconds:F1} s");
            }
            await MeasureAsync(folder, report);
        }
        finally
        {
            if (temporary is not null) Directory.Delete(temporary, recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder, BenchReport report)
    {
        report.Section($"serve: {Articles} made-up articles, {Load.Clients} clients in a closed loop over keep-alive, in a process of their own on the same cores, not pinned");
        var starts = new List<(double Wall, double Processor)>();
        for (var start = 0; start < Starts; start++)
        {
            using var server = await ServerProcess.StartAsync(folder);
            starts.Add((server.FirstAnswer.TotalSeconds, server.Processor.TotalSeconds));
        }
        report.Add(new("serve", "first answer, median", starts.Select(start => start.Wall).Order().ElementAt(Starts / 2), "s", "≤ 1.5", $"{Starts} starts; least {starts.Min(start => start.Wall):F2}, most {starts.Max(start => start.Wall):F2}"));
        report.Add(new("serve", "processor until then, least", starts.Min(start => start.Processor), "s"));
        using var running = await ServerProcess.StartAsync(folder);
        report.Add(new("serve", "resident after the first answer", running.Resident().Now / 1e6, "MB", "≤ 150"));
        var queries = Queries();
        await LoadAsync(report, running, "article page", "≤ 10", n => string.Create(CultureInfo.InvariantCulture, $"/a/{1 + (n * 7919 % Articles)}"));
        await LoadAsync(report, running, "search page", "≤ 20", n => string.Format(CultureInfo.InvariantCulture, Search, queries[n % queries.Count]));
        await LoadAsync(report, running, "list of newest", null, n => n % 2 == 0 ? "/" : string.Create(CultureInfo.InvariantCulture, $"/o/outlet-{n / 2 % 20}"));
        await LoadAsync(report, running, "baseline: /healthz", null, _ => "/healthz");
        var (now, peak) = running.Resident();
        report.Add(new("serve", "resident after all that", now / 1e6, "MB", "≤ 150", $"peak {peak / 1e6:F0}"));
    }

    private static async Task LoadAsync(BenchReport report, ServerProcess server, string what, string? target, Func<int, string> pathOf)
    {
        await Load.RunAsync(server.Address, WarmUp, pathOf);
        var before = server.Processor;
        var rounds = new List<double[]>();
        for (var round = 0; round < 3; round++) rounds.Add(await Load.RunAsync(server.Address, Requests, pathOf));
        var processor = (server.Processor - before).TotalMilliseconds / (rounds.Count * Requests);
        report.Add(new("serve", $"{what}, p99, least of {rounds.Count} rounds", rounds.Min(times => Load.Percentile(times, 0.99)), "ms", target,
            $"of {Requests} each; the others {string.Join(", ", rounds.Select(times => Load.Percentile(times, 0.99)).Order().Skip(1).Select(p99 => p99.ToString("F1", CultureInfo.InvariantCulture)))}"));
        report.Add(new("serve", $"{what}, p50", rounds.Min(times => Load.Percentile(times, 0.5)), "ms"));
        report.Add(new("serve", $"{what}, server's processor", processor, "ms/request"));
    }

    private static List<string> Queries()
    {
        var texts = Find.FindCorpus.Load(null, 200).Documents;
        var chinese = texts.Select((text, n) => text.Text.Substring(n, 2 + (n % 3)).Replace("。", "", StringComparison.Ordinal)).Where(words => words.Length > 0);
        var english = Enumerable.Range(0, 100).Select(n => n % 3 == 0 ? $"{EnglishText.Word(n)} {EnglishText.Word(n * 5)}" : EnglishText.Word(n * 70));
        return [.. chinese.Concat(english).Select(Uri.EscapeDataString)];
    }
}
