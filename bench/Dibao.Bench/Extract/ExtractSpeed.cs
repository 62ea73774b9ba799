using AngleSharp.Html.Parser;
using Dibao.Extract;
using Dibao.Extract.Markup;
using Dibao.Tests.Extract;

namespace Dibao.Bench.Extract;

/// <summary>Documents a second of processor time: ours, the parser alone, and the best-known reader of another language, in the same run.</summary>
internal static class ExtractSpeed
{
    // Before the sixth, methods that run seldom are still as they were first compiled.
    private const int Rounds = 8;
    private const string Set = "mixed";
    private const int MaxPages = 250;

    public static async Task RunAsync(BenchReport report, CancellationToken cancel)
    {
        if (!GoldSets.Has(Set)) { Console.WriteLine("../shared/benchmarks/extraction is not beside this checkout: nothing to measure on."); return; }
        var pages = GoldSets.Pages(Set).Take(MaxPages).Select(page => (page.Html, page.Url)).ToList();
        var chars = pages.Sum(page => (long)page.Html.Length);
        report.Section($"Reading {pages.Count} pages of {chars / pages.Count / 1000} thousand characters by processor time, the best of {Rounds} rounds");
        foreach (var (html, url) in pages) ArticleReader.Read(html, url); // the JIT is not what is measured
        var parse = Best(() => { foreach (var (html, _) in pages) using (new HtmlParser().ParseDocument(html)) { } });
        var own = Best(() => { foreach (var (html, _) in pages) MarkupParser.Parse(html, out _).Dispose(); });
        var read = Best(() => { foreach (var (html, url) in pages) ArticleReader.Read(html, url); });
        var slowest = pages.Max(page => Cost.Of(() => ArticleReader.Read(page.Html, page.Url)).Processor.TotalSeconds);
        report.Add(new Figure("extract", "AngleSharp, parse alone", pages.Count / parse.Seconds, "docs/s", null, $"{parse.Bytes / (double)chars:F1} bytes allocated per character"));
        report.Add(new Figure("extract", "Dibao, parse alone", pages.Count / own.Seconds, "docs/s", "≥ 1500", $"{own.Bytes / (double)chars:F2} bytes allocated per character"));
        report.Add(new Figure("extract", "Dibao, page to article", pages.Count / read.Seconds, "docs/s", "≥ 280", $"{chars / read.Seconds / 1e6:F0} million characters a second"));
        report.Add(new Figure("extract", "Dibao ÷ parse alone, time", read.Seconds / parse.Seconds, "×", "≤ 1.4"));
        report.Add(new Figure("extract", "allocated", read.Bytes / (double)chars, "bytes/char", "≤ 10"));
        report.Add(new Figure("extract", "slowest page", slowest * 1000, "ms", "≤ 1000"));
        var (worst, hostile) = HostilePages.All.Select(page => (page.Name, Cost.Of(() => ArticleReader.Read(page.Html, null)).Processor.TotalMilliseconds)).MaxBy(page => page.TotalMilliseconds);
        report.Add(new Figure("extract", "slowest hostile page", hostile, "ms", "≤ 1000", worst));
        if (await NodeReadability.SecondsAsync(pages, Rounds, cancel) is not { } peer) return;
        report.Add(new Figure("extract", "@mozilla/readability on linkedom", pages.Count / peer, "docs/s", null, NodeReadability.Versions));
        report.Add(new Figure("extract", "Dibao ÷ @mozilla/readability", peer / read.Seconds, "×", "≥ 10"));
    }

    private static (double Seconds, long Bytes) Best(Action act)
    {
        var best = (Seconds: double.MaxValue, Bytes: 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var cost = Cost.Of(act);
            if (cost.Processor.TotalSeconds < best.Seconds) best = (cost.Processor.TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return best;
    }
}
