using Dapper;
using Dibao.Capture.Import;
using Dibao.Keep;
using Dibao.Warc;

namespace Dibao.Bench.Store;

/// <summary>The bytes of an imported corpus, by what they are for, as shares of the files themselves.</summary>
internal static class StorageUse
{
    public static async Task MeasureAsync(string corpus, string folder, BenchReport report)
    {
        var raw = new ImportReader(corpus, new ImportOptions(), TimeProvider.System).Read(CancellationToken.None)
            .OfType<ImportItem.Ready>().Sum(item => (long)(item.Bundle.File?.Bytes.Length ?? 0));
        await using (var archive = Archive.Open(folder, new ArchiveOptions(), TimeProvider.System))
        {
            await new ImportRun(archive, new ImportReader(corpus, new ImportOptions(), TimeProvider.System)).RunAsync(_ => { }, null, CancellationToken.None);
        }
        report.Section($"storage: {Path.GetFileName(corpus)}, {raw / 1e6:F1} MB of files");
        var store = StoreFolder.OpenExisting(folder);
        var total = 0L;
        foreach (var (what, bytes) in Segments(store).Concat(Tables(store)).Append(("log", Size(Path.Combine(folder, "log"), "*"))).Append(("segment indexes", Size(folder, "*.idx*"))).OrderByDescending(part => part.Item2))
        {
            total += bytes;
            if (bytes > raw / 500) report.Add(new("storage", what, bytes / 1e6, "MB", Note: $"{100.0 * bytes / raw:F1} % of the files"));
        }
        report.Add(new("storage", "all", total / 1e6, "MB", "≤ 1/4", $"{(double)total / raw:F2} of the files"));
    }

    private static IEnumerable<(string What, long Bytes)> Segments(StoreFolder store) => store.Segments()
        .SelectMany(segment =>
        {
            using var file = File.OpenRead(segment.Path);
            return new WarcReader(file).ReadAll().Select(entry => (Kind: KindOf(entry.Record!), entry.Length)).ToList();
        })
        .GroupBy(record => record.Kind)
        .Select(kind => ($"segments: {kind.Key}", kind.Sum(record => record.Length)));

    private static string KindOf(WarcRecord record) => record.Headers["Content-Type"] is { } type && type.Contains("manifest", StringComparison.Ordinal) ? "manifests" : record.Type;

    private static List<(string What, long Bytes)> Tables(StoreFolder store)
    {
        using var database = new Database(store.DatabasePath, global::Dibao.Find.SearchTokenizer.Register, readOnly: true);
        var (bodies, search) = database.Read(connection => connection.QuerySingle<(long, long)>(
            "SELECT (SELECT SUM(LENGTH(body)) FROM bodies), (SELECT SUM(LENGTH(block)) FROM search_data)"));
        return [("extraction: HTML and text", bodies), ("search index", search), ("catalogue: all other tables", new FileInfo(store.DatabasePath).Length - bodies - search)];
    }

    private static long Size(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) : 0;
}
