using System.Collections.Concurrent;
using Dibao.Extract;
using Dibao.Tests.Extract;

namespace Dibao.Bench.Extract;

/// <summary>The gold sets beside the checkout, read on all cores.</summary>
internal static class GoldSets
{
    public static readonly IReadOnlyList<string> Names = ["news", "asian-cjk", "asian-other", "snippets", "mixed", "readability", "dates"];

    private static readonly string Folder = Path.Combine("..", "shared", "benchmarks", "extraction");

    public static bool Has(string set) => File.Exists(PathOf(set));

    /// <summary>Half of each set is looked at while rules are made; the other half only says whether they hold there as well.</summary>
    public static bool IsDev(string id) => Fnv(id) % 2 == 0;

    public static IEnumerable<GoldPage> Pages(string set) => set switch
    {
        "asian-cjk" => GoldPage.In(PathOf(set)).Where(page => ExtractionScores.IsMostlyCjk(page.Text!)),
        "asian-other" => GoldPage.In(PathOf(set)).Where(page => !ExtractionScores.IsMostlyCjk(page.Text!)),
        _ => GoldPage.In(PathOf(set)),
    };

    /// <summary>In no order.</summary>
    public static List<(GoldPage Page, ArticleReading Reading, GoldScore Score)> Read(string set)
    {
        var read = new ConcurrentBag<(GoldPage, ArticleReading, GoldScore)>();
        Parallel.ForEach(Partitioner.Create(Pages(set), EnumerablePartitionerOptions.NoBuffering), page =>
        {
            var reading = ArticleReader.Read(page.Html, page.Url);
            read.Add((page with { Html = "" }, reading, GoldScore.Of(page, reading, byWords: set == "mixed")));
        });
        return [.. read];
    }

    private static string PathOf(string set) => Path.Combine(Folder, set.Split('-')[0] + ".jsonl.gz");

    public static uint Fnv(string text)
    {
        var hash = 2166136261;
        foreach (var c in text) hash = (hash ^ c) * 16777619;
        return hash ^ (hash >> 15);
    }
}
