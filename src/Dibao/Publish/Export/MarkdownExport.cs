using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dibao.Extract;

namespace Dibao.Publish.Export;

/// <summary>A Markdown file an article, with YAML front matter: <c>&lt;outlet&gt;/2026-11-20-1048575.md</c>.</summary>
public static class MarkdownExport
{
    // A zip has no earlier time, and one that moved would change its bytes.
    private static readonly DateTimeOffset ZipEpoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="folder">New or empty.</param>
    /// <returns>How many articles were written.</returns>
    /// <exception cref="PublishException">There are files in the folder.</exception>
    public static long WriteFolder(ArchiveReader archive, IEnumerable<Article> articles, string folder, CancellationToken cancel)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new PublishException($"{folder} is not an empty folder: name a new one, or one ending in .zip for a single file.");
        }
        Directory.CreateDirectory(folder);
        return WriteEach(archive, articles, (path, bytes) =>
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }, cancel);
    }

    /// <returns>How many articles were written.</returns>
    public static long WriteZip(ArchiveReader archive, IEnumerable<Article> articles, Stream output, CancellationToken cancel)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        return WriteEach(archive, articles, (path, bytes) =>
        {
            var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
            entry.LastWriteTime = ZipEpoch;
            using var content = entry.Open();
            content.Write(bytes);
        }, cancel);
    }

    private static long WriteEach(ArchiveReader archive, IEnumerable<Article> articles, Action<string, byte[]> write, CancellationToken cancel)
    {
        var count = 0L;
        var names = new OutletFolders(archive.Catalogue.Outlets().Select(shelf => shelf.Outlet));
        foreach (var article in articles)
        {
            cancel.ThrowIfCancellationRequested();
            if (article.VersionCount == 0 || names.Of(article.Outlet) is not { } name) continue;
            var path = string.Create(CultureInfo.InvariantCulture, $"{name}/{article.Newest.UtcDateTime:yyyy-MM-dd}-{article.Number}.md");
            write(path, Encoding.UTF8.GetBytes(FileOf(article, archive.Catalogue.Body(article.Current.Id))));
            count++;
        }
        return count;
    }

    // Every value is JSON, which YAML 1.2 contains: no title can end the front matter or become something else.
    private static string FileOf(Article article, ArticleBody body)
    {
        var version = article.Current;
        var file = new StringBuilder("---\n");
        Add(file, "title", version.Title);
        Add(file, "from", article.Url);
        Add(file, "outlet", article.Outlet.Slug);
        Add(file, "date", JsonLinesExport.Time(version.Published));
        Add(file, "modified", JsonLinesExport.Time(version.Modified));
        Add(file, "captured", JsonLinesExport.Time(article.FirstCaptured));
        Add(file, "author", version.Authors);
        Add(file, "tags", version.Sections);
        Add(file, "language", version.Language);
        Add(file, "image", version.LeadImage);
        Add(file, "description", version.Standfirst);
        Add(file, "state", JsonLinesExport.NameOf(article.State));
        return file.Append("---\n\n").Append(MarkdownWriter.Write(WholeBody.Of(version, body))).Append('\n').ToString();
    }

    private static void Add(StringBuilder file, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) file.Append(CultureInfo.InvariantCulture, $"{name}: {JsonSerializer.Serialize(value, Readable)}\n");
    }

    private static void Add(StringBuilder file, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0) file.Append(CultureInfo.InvariantCulture, $"{name}: [{string.Join(", ", values.Select(value => JsonSerializer.Serialize(value, Readable)))}]\n");
    }
}
