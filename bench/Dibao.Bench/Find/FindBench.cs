using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dibao.Find;
using Microsoft.Data.Sqlite;

namespace Dibao.Bench.Find;

/// <summary>
/// A whole-process run: documents per CPU second into the index, with FTS5's own trigram tokenizer beside it,
/// and what searches cost, warm and one at a time.
/// </summary>
internal static class FindBench
{
    private const int BatchSize = 500;

    private static readonly string[] Queries =
    [
        "中国", "习近平", "北京", "访问莫斯科", "普京 北京", "俄羅斯總統", "\"人民大会堂\" -美国", "国", "outlet:outlet-3 经济", "after:2015-06 粮食", "GDP", "李尚福",
    ];

    /// <param name="args">Number of documents (default 10000), and the corpus: <c>xwlb.tar.gz</c> (default ../shared/corpus/xwlb.tar.gz).</param>
    /// <returns>0.</returns>
    public static int Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var (name, documents) = FindCorpus.Load(args.Length > 1 ? args[1] : "../shared/corpus/xwlb.tar.gz", count);
        var bytes = documents.Sum(document => (long)Encoding.UTF8.GetByteCount(document.Text) + Encoding.UTF8.GetByteCount(document.Title));
        Console.WriteLine($"find: {documents.Count} documents ({name}), {bytes / documents.Count} bytes each, {Environment.ProcessorCount} cores");
        var folder = Directory.CreateTempSubdirectory("dibao-bench-find-");
        try
        {
            using (Index(Path.Combine(folder.FullName, "warm-up.db"), [.. documents.Take(1000)], "dibao, warm-up", shuffle: false)) { }
            using (Index(Path.Combine(folder.FullName, "single.db"), documents, "dibao, shuffled, Index", shuffle: true, single: true)) { }
            using (Index(Path.Combine(folder.FullName, "shuffled.db"), documents, "dibao, shuffled", shuffle: true)) { }
            using var database = Index(Path.Combine(folder.FullName, "dibao.db"), documents, "dibao, in order", shuffle: false);
            TrigramBaseline.Index(Path.Combine(folder.FullName, "trigram.db"), documents, BatchSize);
            foreach (var order in new[] { SearchOrder.Newest, SearchOrder.Best }) Ask(new SearchIndex(database), order);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return 0;
    }

    internal static void Report(string what, int documents, TimeSpan processor, string path, string table)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var size = connection.CreateCommand();
#pragma warning disable CA2100 // two names of our own
        size.CommandText = $"SELECT sum(length(block)) FROM {table}_data";
#pragma warning restore CA2100
        var bytes = Convert.ToInt64(size.ExecuteScalar(), CultureInfo.InvariantCulture);
        Console.WriteLine($"  {what,-22} {documents / processor.TotalSeconds,8:F0} docs/cpu-s {bytes / documents,8} index bytes/doc");
    }

    private static Database Index(string path, List<SearchDocument> documents, string what, bool shuffle, bool single = false)
    {
        var database = new Database(path, SearchTokenizer.Register);
        var order = documents.ToArray();
        if (shuffle) new Random(3).Shuffle(order);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var batch in order.Chunk(BatchSize))
        {
            database.Write(transaction =>
            {
                if (!single) SearchIndex.IndexAll(transaction, batch);
                else foreach (var document in batch) SearchIndex.Index(transaction, document);
            });
        }
        Report(what, documents.Count, Process.GetCurrentProcess().TotalProcessorTime - before, path, "search");
        return database;
    }

    private static void Ask(SearchIndex index, SearchOrder order)
    {
        Console.WriteLine($"  {order}: hits, p50 and p99 in ms");
        foreach (var text in Queries)
        {
            if (SearchQuery.Parse(text) is not QueryReading.Parsed parsed) continue;
            var options = new SearchOptions { Order = order };
            var page = index.Search(parsed.Query, options);
            var times = Enumerable.Range(0, 200).Select(_ => Time(() => index.Search(parsed.Query, options))).Order().ToArray();
            Console.WriteLine($"    {text,-24} {page.Total,6}{(page.TotalIsCapped ? "+" : " ")} {times[100],7:F2} {times[197],7:F2}");
        }
    }

    private static double Time(Action act)
    {
        var start = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
