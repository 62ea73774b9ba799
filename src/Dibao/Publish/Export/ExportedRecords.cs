namespace Dibao.Publish.Export;

/// <summary>The records that stand for articles, each once: oldest capture first, a revisit behind what it repeats, which may belong to
/// another article (WARC 1.1 §6.7.2).</summary>
internal sealed class ExportedRecords(ArchiveReader archive)
{
    private readonly HashSet<(string Segment, long Offset)> seen = [];

    /// <summary>Those that no article before had.</summary>
    public IEnumerable<(KeptCapture Capture, KeptRecord Record)> Of(Article article)
    {
        foreach (var capture in archive.Catalogue.CapturesOf(article.Url, int.MaxValue).Reverse())
        {
            foreach (var record in capture.Records)
            {
                if (record is { Type: "revisit", Payload: { } payload } && archive.Catalogue.Payload(payload) is { } original && IsNew(original)) yield return (capture, original);
                if (IsNew(record)) yield return (capture, record);
            }
        }
    }

    private bool IsNew(KeptRecord record) => seen.Add((record.Segment, record.Offset));
}
