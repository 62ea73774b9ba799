using System.Formats.Tar;
using System.IO.Compression;
using Dibao.Capture.Fetch;

namespace Dibao.Capture.Import;

/// <summary>One file of an import, before anybody looked inside.</summary>
/// <param name="Path">With '/' between its parts, control characters replaced.</param>
/// <param name="Open">Opens the content; may be called once.</param>
internal sealed record ImportFile(string Path, long Length, Func<Stream> Open)
{
    /// <summary>True when <see cref="Open"/> may be called again, as long as the import runs.</summary>
    public bool Reopens { get; init; }
}

/// <summary>The files of a folder, a single file, a .zip or a .tar.gz, in a stable order.</summary>
internal sealed class ImportFiles
{
    private static readonly string[] TarSuffixes = [".tar", ".tar.gz", ".tgz"];

    private readonly string root;
    private long done;

    /// <exception cref="FileNotFoundException">There is neither a file nor a folder of that name.</exception>
    public ImportFiles(string path)
    {
        root = System.IO.Path.GetFullPath(path);
        if (!File.Exists(root) && !Directory.Exists(root))
        {
            throw new FileNotFoundException($"{path} is neither a file nor a folder: check its name.", path);
        }
        All = Directory.Exists(root) ? InFolder().Sum(file => file.Length) : new FileInfo(root).Length;
    }

    /// <summary>Bytes in all, as they lie on disk.</summary>
    public long All { get; }

    /// <summary>Bytes read so far, comparable to <see cref="All"/>.</summary>
    public long Done => Interlocked.Read(ref done);

    public IEnumerable<ImportFile> Enumerate()
    {
        if (Directory.Exists(root)) return Counted(InFolder());
        if (root.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) return InZip();
        return TarSuffixes.Any(suffix => root.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            ? InTar()
            : Counted([new(Clean(System.IO.Path.GetFileName(root)), new FileInfo(root).Length, () => File.OpenRead(root)) { Reopens = true }]);
    }

    private IEnumerable<ImportFile> InFolder() => new DirectoryInfo(root)
        .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Where(file => !file.FullName.Contains("/.git/", StringComparison.Ordinal))
        .OrderBy(file => file.FullName, StringComparer.Ordinal)
        .Select(file => new ImportFile(Clean(System.IO.Path.GetRelativePath(root, file.FullName)), file.Length, file.OpenRead) { Reopens = true });

    private IEnumerable<ImportFile> Counted(IEnumerable<ImportFile> files)
    {
        foreach (var file in files)
        {
            yield return file;
            Interlocked.Add(ref done, file.Length);
        }
    }

    private IEnumerable<ImportFile> InZip()
    {
        using var zip = ZipFile.OpenRead(root);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0))
        {
            yield return new(Clean(entry.FullName), entry.Length, entry.Open);
            Interlocked.Add(ref done, entry.CompressedLength);
        }
    }

    private IEnumerable<ImportFile> InTar()
    {
        using var file = File.OpenRead(root);
        using Stream plain = root.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) ? file : new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(plain);
        while (tar.GetNextEntry() is { } entry)
        {
            Interlocked.Exchange(ref done, file.Position);
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                yield return new(Clean(entry.Name), entry.Length, () => entry.DataStream ?? Stream.Null);
            }
        }
    }

    // Names are shown, kept and reported, never opened: control characters in them are made visible, nothing more.
    private static string Clean(string name) =>
        string.Concat(name.Replace('\\', '/').Select(c => char.IsControl(c) ? '\uFFFD' : c)).TrimStart('/');
}
