using Dibao.Warc;

namespace Dibao.Publish.Export;

/// <summary>A CDXJ index over the archive's own segments, for other readers of WARC files to open them with.</summary>
public static class CdxjExport
{
    /// <returns>How many articles were written.</returns>
    /// <exception cref="InvalidDataException">A segment is damaged or missing.</exception>
    public static long Write(ArchiveReader archive, IEnumerable<Article> articles, Stream output, CancellationToken cancel)
    {
        var count = 0L;
        var index = new CdxjWriter();
        var records = new ExportedRecords(archive);
        foreach (var article in articles)
        {
            cancel.ThrowIfCancellationRequested();
            count++;
            foreach (var place in records.Of(article))
            {
                if (place.Type is not ("response" or "revisit" or "resource")) continue;
                if (CdxIndexer.EntryOf(archive.Segments.Read(place), new(place.Offset, place.Length), place.Segment) is { } entry) index.Add(entry);
            }
        }
        index.WriteTo(output);
        return count;
    }
}
