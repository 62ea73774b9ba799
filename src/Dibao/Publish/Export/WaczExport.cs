using System.Security.Cryptography;
using Dibao.Warc;

namespace Dibao.Publish.Export;

/// <summary>The articles as one WACZ package: their records byte for byte, an index, a page for each wording, and digests over all of it.</summary>
/// <remarks>Opens in ReplayWeb.page and in any other reader of WACZ 1.1. The same archive gives the same bytes, but for the signature.</remarks>
public static class WaczExport
{
    /// <param name="selection">In words; stands in the description.</param>
    /// <param name="key">Signs the package; P-384. Null leaves it unsigned.</param>
    /// <returns>How many articles were written.</returns>
    /// <exception cref="InvalidDataException">A segment is damaged or missing.</exception>
    public static long Write(
        ArchiveReader archive, IEnumerable<Article> articles, string selection, ECDsa? key, Stream output, CancellationToken cancel)
    {
        var count = 0L;
        var newest = DateTimeOffset.UnixEpoch;
        using var package = new WaczWriter(output, key);
        var records = new ExportedRecords(archive);
        foreach (var article in articles)
        {
            cancel.ThrowIfCancellationRequested();
            if (count++ == 0) package.Add(WarcExport.WarcInfo(selection, article.LastCaptured));
            if (article.LastCaptured > newest) newest = article.LastCaptured;
            AddRecords(archive, records.Of(article), package);
            AddPages(archive, article, package);
        }
        if (count == 0) package.Add(WarcExport.WarcInfo(selection, newest));
        package.Finish(new()
        {
            Title = $"Dibao: {selection}",
            Description = $"Export of {selection}",
            Software = WarcExport.Software,
            Created = newest,
        });
        return count;
    }

    private static void AddRecords(ArchiveReader archive, IEnumerable<KeptRecord> places, WaczWriter package)
    {
        foreach (var place in places)
        {
            var (record, member) = archive.Segments.ReadWithMember(place);
            package.Add(record, member);
        }
    }

    // A wording from a feed or a file has no page to go to.
    private static void AddPages(ArchiveReader archive, Article article, WaczWriter package)
    {
        foreach (var version in archive.Catalogue.Versions(article.Id))
        {
            if (version.Origin != VersionOrigin.Page || archive.Catalogue.Capture(version.CaptureId) is not { } capture) continue;
            if (archive.Mementos.Closest(article.Url, capture.At) is not { } memento) continue;
            package.Add(new WaczPage($"a{article.Id}-{version.Ordinal}", article.Url, memento.At, version.Title));
        }
    }
}
