using System.Text;

namespace Dibao.Warc;

/// <summary>Makes the index of WARC files.</summary>
/// <remarks>The same lines as warcio.js 2.4 writes of captures by GET, which a test holds; it adds the body of a POST to the key, this does not.</remarks>
public static class CdxIndexer
{
    /// <summary>The entry of a record; null for records that no index lists: requests, warcinfo, and fields about other records.</summary>
    /// <param name="fileName">Of the WARC file.</param>
    public static CdxEntry? EntryOf(WarcRecord record, WarcPlace place, string fileName)
    {
        if (!IsListed(record) || record.Headers["WARC-Target-URI"] is not { } url) return null;
        return new()
        {
            Key = Surt.Of(url),
            Timestamp = Timestamp(record.Headers["WARC-Date"] ?? ""),
            Url = url,
            Mime = MimeOf(record),
            Status = record.Type is "response" or "revisit" ? StatusOf(record.HttpHead.Span) : null,
            Digest = record.Headers["WARC-Payload-Digest"] is { } digest && digest.Split(':') is [_, var value, ..] ? value : null,
            Length = place.Length,
            Offset = place.Offset,
            FileName = fileName,
        };
    }

    /// <summary>True for what a reader may ask for by its address: answers and files, and not what is said about them.</summary>
    public static bool IsReplayed(WarcRecord record) => record.Type is "response" or "revisit" or "resource";

    /// <summary>The entries of a file, in its order. Damage ends them; <see cref="WarcCheck"/> says what it is.</summary>
    public static IEnumerable<CdxEntry> Index(Stream file, string fileName, CancellationToken cancel)
    {
        foreach (var entry in new WarcReader(file).ReadAll(0, cancel))
        {
            if (entry.Record is { } record && EntryOf(record, new(entry.Offset, entry.Length), fileName) is { } line) yield return line;
        }
    }

    private static bool IsListed(WarcRecord record) => record.Type switch
    {
        "request" or "warcinfo" => false,
        "metadata" or "resource" => record.Headers["Content-Type"] != "application/warc-fields",
        _ => true,
    };

    private static string Timestamp(string date)
    {
        var digits = string.Concat(date.Where(c => c is not ('-' or ':' or 'T')));
        return digits.Length <= 14 ? digits : digits[..14];
    }

    private static string? MimeOf(WarcRecord record)
    {
        if (record.Type == "revisit") return "warc/revisit";
        if (record.Type != "response") return record.Headers["Content-Type"];
        var type = Field(record.HttpHead.Span, "Content-Type");
        return type?.Split(';')[0].Trim() is { Length: > 0 } mime ? mime : null;
    }

    private static string? StatusOf(ReadOnlySpan<byte> head)
    {
        var line = head[..Math.Max(0, head.IndexOf("\r\n"u8))];
        var space = line.IndexOf((byte)' ');
        if (space < 0) return null;
        var rest = line[(space + 1)..];
        var end = rest.IndexOf((byte)' ');
        return Encoding.Latin1.GetString(end < 0 ? rest : rest[..end]);
    }

    private static string? Field(ReadOnlySpan<byte> head, string name)
    {
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            var colon = line.IndexOf((byte)':');
            if (colon == name.Length && Ascii.EqualsIgnoreCase(line[..colon], name)) return Encoding.Latin1.GetString(line[(colon + 1)..]).Trim();
        }
        return null;
    }
}
