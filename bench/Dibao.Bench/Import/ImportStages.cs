using AngleSharp.Html.Parser;
using Dibao.Capture;
using Dibao.Capture.Import;
using Dibao.Extract;
using Dibao.Find;
using Dibao.Keep;
using Dibao.Warc;

namespace Dibao.Bench.Import;

/// <summary>The stages of an import one by one, on one thread: what each costs, and what the same bytes cost without Dibao.</summary>
internal sealed record ImportStages(int Files, long Bytes, Cost Read, Cost ParseAlone, Cost Extract, Cost Reading, Cost Gzip, Cost KeepAlone, Cost Index)
{
    private const int Batch = 256;

    /// <summary>In the order of the journey; the baselines last.</summary>
    public IEnumerable<(string What, Cost Cost)> Parts =>
    [
        ("  stage: unpack and read the files", Read),
        ("  stage: read the article (with the file again)", Reading),
        ("    of it: ArticleReader", Extract),
        ("  stage: gzip", Gzip),
        ("  stage: index", Index),
        ("  baseline: AngleSharp parse alone", ParseAlone),
        ("  baseline: gzip, write and fsync alone", KeepAlone),
    ];

    public static ImportStages Measure(string path, string folder)
    {
        List<CaptureBundle> bundles = [];
        var read = Cost.Of(() => bundles = [.. new ImportReader(path, new ImportOptions(), TimeProvider.System)
            .Read(CancellationToken.None).OfType<ImportItem.Ready>().Select(item => item.Bundle).Where(bundle => bundle.File is not null)]);
        var files = bundles.Select(bundle => bundle.File!).ToList();
        var parsed = files.Select(ArticleFile.Read).OfType<ArticleFileReading.Parsed>().ToList();
        List<VersionDraft> drafts = [];
        return new(
            files.Count,
            files.Sum(file => (long)file.Bytes.Length),
            read,
            Cost.Of(() => ParseAll(parsed)),
            Cost.Of(() => ExtractAll(parsed)),
            Cost.Of(() => drafts = [.. bundles.Select(bundle => BundleReading.Of(bundle)).Select(reading => reading.Draft).OfType<VersionDraft>()]),
            Cost.Of(() => CompressAll(files)),
            Cost.Of(() => KeepAll(files, Path.Combine(folder, "alone.gz"))),
            IndexAll(drafts, Path.Combine(folder, "alone.db")));
    }

    private static void ParseAll(List<ArticleFileReading.Parsed> files)
    {
        var parser = new HtmlParser();
        foreach (var file in files) parser.ParseDocument(file.Html).Dispose();
    }

    private static void ExtractAll(List<ArticleFileReading.Parsed> files)
    {
        foreach (var file in files)
        {
            if (file.WholePage) ArticleReader.Read(file.Html, file.Url);
            else ArticleReader.ReadFragment(file.Html, file.Url);
        }
    }

    private static void CompressAll(List<ImportedFile> files)
    {
        foreach (var file in files) GzipMember.Compress(file.Bytes.Span);
    }

    private static void KeepAll(List<ImportedFile> files, string path)
    {
        // O_SYNC: each write is on the disk when it returns.
        using var kept = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.WriteThrough);
        foreach (var batch in files.Chunk(Batch)) kept.Write([.. batch.SelectMany(file => GzipMember.Compress(file.Bytes.Span))]);
    }

    private static Cost IndexAll(List<VersionDraft> drafts, string path)
    {
        using var database = new Database(path, SearchTokenizer.Register);
        var documents = drafts.Select(ToDocument).ToList();
        var cost = Cost.Of(() =>
        {
            foreach (var batch in documents.Chunk(Batch)) database.Write(transaction => SearchIndex.IndexAll(transaction, batch));
        });
        database.Dispose();
        File.Delete(path);
        return cost;
    }

    private static SearchDocument ToDocument(VersionDraft draft, int index) => new()
    {
        ArticleId = index + 1,
        VersionId = index + 1,
        OutletId = 1,
        OutletSlug = "bench",
        Newest = draft.Published ?? DateTimeOffset.UnixEpoch.AddHours(index),
        Title = draft.Title,
        Standfirst = draft.Standfirst,
        Text = draft.Text,
        Authors = draft.Authors,
        Language = draft.Language,
    };
}
