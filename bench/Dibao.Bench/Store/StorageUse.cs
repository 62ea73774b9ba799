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
        Print(folder, raw, "storage, imported", report);
        Cost tidying;
        await using (var archive = Archive.Open(folder, new ArchiveOptions(), TimeProvider.System))
        {
            tidying = Cost.Of(() => { while (archive.Tidy()) { } });
        }
        Print(folder, raw, "storage, tidied", report);
        report.Add(new("storage, tidied", "tidying, processor", tidying.Processor.TotalSeconds, "s"));
    }

    private static void Print(string folder, long raw, string section, BenchReport report)
    {
        var store = StoreFolder.OpenExisting(folder);
        var total = 0L;
        foreach (var (what, bytes) in Segments(store).Concat(Tables(store)).Append(("log", Size(Path.Combine(folder, "log"), "*"))).Append(("segment indexes", Size(folder, "*.idx*"))).OrderByDescending(part => part.Item2))
        {
            total += bytes;
            if (bytes > raw / 1000) report.Add(new(section, what, bytes / 1e6, "MB", Note: $"{100.0 * bytes / raw:F1} % of the files"));
        }
        report.Add(new(section, "all", total / 1e6, "MB", "≤ 1/4", $"{(double)total / raw:F2} of the files"));
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
        var (bodies, search, versions, free) = database.Read(connection => connection.QuerySingle<(long, long, long, long)>(
            """
            SELECT (SELECT SUM(LENGTH(body)) FROM bodies), (SELECT SUM(LENGTH(block)) FROM search_data),
                   (SELECT SUM(LENGTH(CAST(title || COALESCE(standfirst, '') || lead || authors || sections || COALESCE(lead_image, '') AS BLOB))) FROM versions),
                   (SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size)
            """));
        var others = new FileInfo(store.DatabasePath).Length - bodies - search - versions - free;
        return [("extraction: HTML and text", bodies), ("extraction: titles, leads and so on", versions), ("search index", search), ("free pages", free), ("all other tables, and pages filled in part", others)];
    }

    private static long Size(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) : 0;
}
