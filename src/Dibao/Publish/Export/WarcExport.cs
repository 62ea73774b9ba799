using System.Security.Cryptography;
using System.Text;
using Dibao.Warc;

namespace Dibao.Publish.Export;

/// <summary>The records that the archive keeps of the articles, copied byte for byte, member by member: a valid .warc.gz of its own.</summary>
public static class WarcExport
{
    internal const string Software = "Dibao/0.1";

    /// <param name="selection">In words; stands in the warcinfo record.</param>
    /// <returns>How many articles were written.</returns>
    /// <exception cref="InvalidDataException">A segment is damaged or missing.</exception>
    public static long Write(ArchiveReader archive, IEnumerable<Article> articles, string selection, Stream output, CancellationToken cancel)
    {
        var count = 0L;
        var warc = new WarcWriter(output);
        var records = new ExportedRecords(archive);
        foreach (var article in articles)
        {
            cancel.ThrowIfCancellationRequested();
            if (count++ == 0) warc.Write(WarcInfo(selection, article.LastCaptured));
            foreach (var place in records.Of(article)) warc.WriteRaw(archive.Segments.ReadMember(place));
        }
        if (count == 0) warc.Write(WarcInfo(selection, DateTimeOffset.UnixEpoch));
        return count;
    }

    // WARC 1.1 §6.2. Its date and id follow from the archive, so that an unchanged archive gives the same bytes.
    internal static WarcRecord WarcInfo(string selection, DateTimeOffset at)
    {
        var block = Encoding.UTF8.GetBytes(
            $"software: {Software}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\ndescription: export of {selection}\r\n");
        var date = WarcRecord.FormatDate(at);
        var headers = new WarcHeaders()
            .Add("WARC-Type", "warcinfo")
            .Add("WARC-Record-ID", $"<urn:uuid:{IdOf([.. block, .. Encoding.ASCII.GetBytes(date)])}>")
            .Add("WARC-Date", date)
            .Add("Content-Type", "application/warc-fields");
        return WarcRecord.Create(headers, block);
    }

    // RFC 9562 §5.8: version 8, whose bits are the writer's own to choose.
    private static Guid IdOf(byte[] content)
    {
        var bits = SHA256.HashData(content).AsSpan(0, 16);
        bits[6] = (byte)((bits[6] & 0x0F) | 0x80);
        bits[8] = (byte)((bits[8] & 0x3F) | 0x80);
        return new Guid(bits, bigEndian: true);
    }
}
