using Dibao.Capture.Sources;
using Dibao.Feeds;
using Dibao.Warc;

namespace Dibao.Capture.Import;

/// <summary>Reads everything that <c>dibao import</c> takes: article files, saved pages, OPML, WARC, WACZ; alone, in a folder, in an archive.</summary>
public sealed class ImportReader(string path, ImportOptions options, TimeProvider time)
{
    private static readonly string[] Text = [".md", ".markdown", ".html", ".htm", ".txt"];
    private static readonly string[] Warc = [".warc", ".warc.gz"];
    private static readonly string[] Wacz = [".wacz"];
    private static readonly string[] Opml = [".opml", ".xml"];

    private readonly ImportFiles files = new(path);
    private readonly RevisitOriginals originals = new();

    /// <summary>Bytes read and bytes in all, for progress.</summary>
    public (long Done, long All) Progress => (Math.Min(files.Done, files.All), files.All);

    /// <summary>Each file in a stable order; a damaged archive ends in a refusal.</summary>
    public IEnumerable<ImportItem> Read(CancellationToken cancel)
    {
        using var steps = files.Enumerate().GetEnumerator();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (!Next(steps, out var broken))
            {
                if (broken is not null) yield return broken;
                foreach (var (file, item) in WarcImport.ReadDeferred(originals, options.Outlet, cancel)) yield return ToItem(file, item);
                yield break;
            }
            foreach (var item in ReadFile(steps.Current, cancel)) yield return item;
        }
    }

    private bool Next(IEnumerator<ImportFile> steps, out ImportItem.Refused? broken)
    {
        broken = null;
        try
        {
            return steps.MoveNext();
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException)
        {
            broken = new(System.IO.Path.GetFileName(path), 0, $"the archive is damaged, and what follows in it cannot be read: {damage.Message}");
            return false;
        }
    }

    private IEnumerable<ImportItem> ReadFile(ImportFile file, CancellationToken cancel)
    {
        if (HasSuffix(file, Warc)) return ReadWarc(file, cancel);
        if (HasSuffix(file, Wacz)) return ReadWacz(file, cancel);
        if (!HasSuffix(file, Text) && !HasSuffix(file, Opml)) return [new ImportItem.Passed(file.Path, "its name is that of no file that is imported (.md .html .txt .opml .warc .wacz .zip .tar.gz)")];
        if (!TryRead(file, out var bytes, out var reason)) return [new ImportItem.Refused(file.Path, 0, reason)];
        return HasSuffix(file, Opml) ? [ReadOpml(file, bytes)] : ReadArticle(file, bytes);
    }

    private IEnumerable<ImportItem> ReadArticle(ImportFile file, byte[] bytes) => ArticleFile.Read(bytes, file.Path) switch
    {
        ArticleFileReading.Parsed parsed => [new ImportItem.Ready(new()
        {
            Kind = CaptureKind.File,
            Url = parsed.Url,
            At = time.GetUtcNow(),
            Outlet = OutletOf(file.Path, parsed.Url),
            File = new() { Path = file.Path, Bytes = bytes, ContentType = ContentType(parsed.Dialect), Dialect = parsed.Dialect },
        }, parsed)],
        ArticleFileReading.Listed listed => ReadList(file, listed),
        ArticleFileReading.Refused when file.Path is "README.md" || file.Path.EndsWith("/README.md", StringComparison.Ordinal) =>
            [new ImportItem.Passed(file.Path, "what is said about the folder it lies in")],
        ArticleFileReading.Refused refused => [new ImportItem.Refused(file.Path, refused.Line, refused.Reason)],
        _ => [],
    };

    private IEnumerable<ImportItem> ReadList(ImportFile file, ArticleFileReading.Listed listed)
    {
        if (listed.Rows.All(row => row.Url is null)) return [new ImportItem.Passed(file.Path, "a list whose articles are files of the same archive")];
        return listed.Rows.Where(row => row.Url is not null).Select(row => new ImportItem.Ready(new()
        {
            Kind = CaptureKind.Known,
            Url = row.Url!,
            At = time.GetUtcNow(),
            Outlet = OutletOf(file.Path, row.Url!),
            Entry = new() { Id = row.Url!, Link = row.Url!, Title = row.Title },
        }));
    }

    private static ImportItem ReadOpml(ImportFile file, byte[] bytes) => Feeds.Opml.Read(bytes) switch
    {
        OpmlReading.Found found => new ImportItem.Outlines(file.Path, found.Outlines),
        OpmlReading.Failed failed => new ImportItem.Refused(file.Path, failed.Line, failed.Message),
        _ => new ImportItem.Refused(file.Path, 0, "no OPML"),
    };

    private IEnumerable<ImportItem> ReadWarc(ImportFile file, CancellationToken cancel)
    {
        using var stream = file.Open();
        foreach (var item in new WarcImport(file.Path, stream, options.Outlet, originals, file.Reopens ? file.Open : null).Read(cancel)) yield return ToItem(file.Path, item);
    }

    // 1. Check all of it: a package that is not what it says is refused as a whole. 2. Its WARC files, as a set of their own.
    private IEnumerable<ImportItem> ReadWacz(ImportFile file, CancellationToken cancel)
    {
        using var stream = file.Open();
        if (!stream.CanSeek) { yield return new ImportItem.Refused(file.Path, 0, "a package inside an archive cannot be read: unpack the archive first"); yield break; }
        using var package = WaczFile.Open(file.Path, stream, new(), cancel);
        foreach (var fault in package.Reading.Faults) yield return new ImportItem.Refused(file.Path, 0, $"{fault.What}; nothing of the package is imported");
        if (package.Reading.Faults.Count > 0) yield break;
        var set = new RevisitOriginals();
        foreach (var entry in package.Reading.Warcs)
        {
            var path = $"{file.Path}/{entry}";
            using var warc = package.OpenWarc(entry);
            foreach (var item in new WarcImport(path, warc, options.Outlet, set, () => package.OpenWarc(entry)).Read(cancel)) yield return ToItem(path, item);
        }
        foreach (var (path, item) in WarcImport.ReadDeferred(set, options.Outlet, cancel)) yield return ToItem(path, item);
    }

    private static ImportItem ToItem(string path, WarcImportItem item) => item switch
    {
        WarcImportItem.Page page => new ImportItem.Ready(page.Bundle),
        WarcImportItem.Refused refused => new ImportItem.Refused($"{path} at byte {refused.Offset}", 0, refused.Reason),
        WarcImportItem.Passed passed => new ImportItem.Passed(path, passed.Type),
        _ => throw new InvalidOperationException($"An unknown case of {nameof(WarcImportItem)}."),
    };

    private bool TryRead(ImportFile file, out byte[] bytes, out string reason)
    {
        (bytes, reason) = ([], "");
        if (file.Length > options.MaxFileBytes) { reason = $"it has {file.Length} bytes, more than {options.MaxFileBytes}"; return false; }
        try
        {
            using var stream = file.Open();
            if (ReadAll(stream, (int)file.Length) is not { } content) { reason = $"it unpacks to more than {options.MaxFileBytes} bytes"; return false; }
            bytes = content;
            return true;
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            reason = $"it cannot be read: {failed.Message}";
            return false;
        }
    }

    // The length that an archive claims is only a claim: null when there is more than may be.
    private byte[]? ReadAll(Stream stream, int claimed)
    {
        var bytes = new byte[claimed];
        var length = 0;
        while (true)
        {
            length += stream.ReadAtLeast(bytes.AsSpan(length), bytes.Length - length, throwOnEndOfStream: false);
            if (length < bytes.Length) return bytes[..length];
            var more = stream.ReadByte();
            if (more < 0) return bytes;
            if (length >= options.MaxFileBytes) return null;
            Array.Resize(ref bytes, (int)Math.Min(options.MaxFileBytes, Math.Max(64 << 10, 2L * length)));
            bytes[length++] = (byte)more;
        }
    }

    private OutletName OutletOf(string file, string url)
    {
        if (options.Outlet is { } given) return given;
        var parts = file.Split('/');
        var shelf = Array.IndexOf(parts, "articles");
        if (shelf < 0) shelf = Array.IndexOf(parts, "lists");
        if (shelf >= 0 && shelf < parts.Length - 1)
        {
            var name = parts[shelf + 1];
            if (shelf == parts.Length - 2) name = System.IO.Path.GetFileNameWithoutExtension(name);
            if (parts[shelf] == "lists" || shelf < parts.Length - 2)
            {
                if (OutletNaming.SlugOf(name) is { } slug) return new(slug, name);
            }
        }
        var host = OutletNaming.Slug(url);
        return new(host, host);
    }

    private static bool HasSuffix(ImportFile file, string[] suffixes) =>
        suffixes.Any(suffix => file.Path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    private static string ContentType(FileDialect dialect) => dialect == FileDialect.Html ? "text/html" : "text/markdown; charset=utf-8";
}
