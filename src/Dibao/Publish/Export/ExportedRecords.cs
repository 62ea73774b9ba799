using Dibao.Capture.Media;

namespace Dibao.Publish.Export;

/// <summary>The records that stand for articles, each once: oldest capture first, a revisit behind what it repeats, which may belong to
/// another article (WARC 1.1 §6.7.2).</summary>
internal sealed class ExportedRecords(ArchiveReader archive)
{
    private readonly HashSet<(string Segment, long Offset)> seen = [];

    /// <summary>Those that no article before had; the pictures that it shows last, where another article's capture holds them.</summary>
    public IEnumerable<KeptRecord> Of(Article article)
    {
        var captured = archive.Catalogue.CapturesOf(article.Url, int.MaxValue).Reverse().SelectMany(capture => capture.Records);
        foreach (var record in captured.Concat(PicturesOf(article)))
        {
            if (record is { Type: "revisit", Payload: { } payload } && archive.Catalogue.Payload(payload) is { } original && IsNew(original)) yield return original;
            if (IsNew(record)) yield return record;
        }
    }

    private IEnumerable<KeptRecord> PicturesOf(Article article)
    {
        foreach (var version in archive.Catalogue.Versions(article.Id))
        {
            foreach (var url in ArticleImages.Of(version.LeadImage, archive.Catalogue.Body(version.Id).Html))
            {
                if (archive.Mementos.Closest(url, version.Captured) is { } picture) yield return picture.Place;
            }
        }
    }

    private bool IsNew(KeptRecord record) => seen.Add((record.Segment, record.Offset));
}
