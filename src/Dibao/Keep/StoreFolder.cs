using System.Globalization;

namespace Dibao.Keep;

/// <summary>The folder an archive lives in, and the names of the things inside.</summary>
/// <remarks><code>
/// FORMAT                     what this folder is, and whose log: origin, key, keys before it
/// keys/log.key               what the log is signed with, mode 0600
/// log/                       checkpoint, tiles, history: what everybody may see
/// lock                       held by the one process that writes
/// seg/2026/11/DIBAO-….warc.gz       sealed, mode 0444
/// seg/2026/11/DIBAO-….warc.gz.open  the one that is written
/// db/index.sqlite            a cache of the segments
/// quarantine/                torn tails, never deleted
/// </code></remarks>
public sealed class StoreFolder
{
    private const string FormatLine = "dibao-store 1\n";
    private const string Sealed = ".warc.gz";
    private const string Open = ".warc.gz.open";

    private StoreFolder(string root) => Root = root;

    public string Root { get; }

    public string DatabasePath => Path.Combine(Root, "db", "index.sqlite");

    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>Origin and public keys of the archive's log, the newest key first, as FORMAT has them; empty before there is a log.</summary>
    public IReadOnlyList<string> LogIdentity
    {
        get => File.ReadAllText(FormatPath)[FormatLine.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        internal set => Durable.WriteWhole(FormatPath, System.Text.Encoding.UTF8.GetBytes(FormatLine + string.Concat(value.Select(line => line + "\n"))));
    }

    private string FormatPath => Path.Combine(Root, "FORMAT");

    private string SegmentRoot => Path.Combine(Root, "seg");

    /// <summary>Makes the folder when it is empty or not there.</summary>
    /// <exception cref="StoreException">It holds something else, or a newer format.</exception>
    public static StoreFolder OpenOrCreate(string root)
    {
        var store = new StoreFolder(Path.GetFullPath(root));
        if (!File.Exists(store.FormatPath))
        {
            if (Directory.Exists(store.Root) && Directory.EnumerateFileSystemEntries(store.Root).Any(e => Path.GetFileName(e) is not ("lock" or "dibao.json")))
            {
                throw new StoreException($"{store.Root} is not empty and has no FORMAT file: it is no Dibao archive. Name another folder (--data).");
            }
            Directory.CreateDirectory(store.Root);
            Durable.WriteWhole(store.FormatPath, System.Text.Encoding.UTF8.GetBytes(FormatLine));
        }
        store.RequireKnownFormat();
        Directory.CreateDirectory(Path.GetDirectoryName(store.DatabasePath)!);
        return store;
    }

    /// <exception cref="StoreException">There is no archive.</exception>
    public static StoreFolder OpenExisting(string root)
    {
        var store = new StoreFolder(Path.GetFullPath(root));
        if (!File.Exists(store.FormatPath))
        {
            throw new StoreException($"{store.Root} holds no archive. Name its folder (--data or DIBAO_DATA), or make one: dibao add URL, dibao import PATH.");
        }
        store.RequireKnownFormat();
        return store;
    }

    /// <summary>Takes the writer's place.</summary>
    /// <exception cref="StoreException">Another process has it.</exception>
    public FileStream Lock()
    {
        var path = Path.Combine(Root, "lock");
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB): gone with the process, however it ends.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException busy) when (busy is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new StoreException($"Another dibao is writing to {Root}. Stop it first (systemctl stop dibao), or name another folder (--data).", busy);
        }
    }

    /// <summary>All segments in the order they were written, the open one last.</summary>
    public IReadOnlyList<SegmentFile> Segments()
    {
        if (!Directory.Exists(SegmentRoot)) return [];
        return [.. Directory.EnumerateFiles(SegmentRoot, "DIBAO-*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(Sealed, StringComparison.Ordinal) || path.EndsWith(Open, StringComparison.Ordinal))
            .Select(path => new SegmentFile(path))
            .OrderBy(segment => segment.Number)];
    }

    /// <summary>Path of a new open segment; its folder is made.</summary>
    public string NewSegment(long number, DateTimeOffset at)
    {
        var time = at.UtcDateTime;
        var folder = Path.Combine(SegmentRoot, time.ToString("yyyy", CultureInfo.InvariantCulture), time.ToString("MM", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        // The folders' own names must survive as well: each parent up to the root.
        for (var parent = folder; parent.Length >= Root.Length; parent = Path.GetDirectoryName(parent)!) Durable.SyncDirectory(parent);
        return Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"DIBAO-{time:yyyyMMddHHmmss}-{number:D8}{Open}"));
    }

    private void RequireKnownFormat()
    {
        var format = File.ReadAllText(FormatPath);
        if (!format.StartsWith(FormatLine, StringComparison.Ordinal))
        {
            throw new StoreException($"{FormatPath} says {format.Split('\n')[0]}, and this dibao knows dibao-store 1: run the dibao that made the archive.");
        }
    }
}

/// <summary>One segment on disk.</summary>
public sealed record SegmentFile(string Path)
{
    private const string OpenSuffix = ".open";

    /// <summary>File name without <c>.open</c>: stays the same when the segment is sealed.</summary>
    public string Name => IsOpen ? System.IO.Path.GetFileName(Path)[..^OpenSuffix.Length] : System.IO.Path.GetFileName(Path);

    public bool IsOpen => Path.EndsWith(OpenSuffix, StringComparison.Ordinal);

    /// <summary>Position in the order of writing, from 1.</summary>
    public long Number => long.Parse(Name.AsSpan(Name.LastIndexOf('-') + 1, 8), null);

    public string SealedPath => IsOpen ? Path[..^OpenSuffix.Length] : Path;
}

/// <summary>The archive's folder cannot be used as asked; the message names it, the cause and the remedy.</summary>
public sealed class StoreException(string message, Exception? cause = null) : Exception(message, cause);
