using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Dibao.Keep;

/// <summary>The folder an archive lives in, and the names of the things inside.</summary>
/// <remarks><code>
/// FORMAT                     what this folder is, and whose log: origin, key, keys before it
/// keys/log.key               what the log is signed with, mode 0600
/// log/                       checkpoint, tiles, history: what everybody may see
/// lock                       held by the one process that writes
/// seg/2026/11/DIBAO-….warc.gz       sealed, mode 0444
/// seg/2026/11/DIBAO-….warc.gz.open  the one that is written
/// seg/2026/11/DIBAO-….idx           hashes of its members: derived
/// db/index.sqlite            a cache of the segments
/// quarantine/                torn tails, never deleted
/// </code></remarks>
public sealed class StoreFolder
{
    private const string FormatLine = "dibao-store 1\n";
    private const string Sealed = ".warc.gz";
    private const string Open = ".warc.gz.open";

    private StoreFolder(string root, StoreTuning tuning)
    {
        Root = Path.GetFullPath(root);
        Tuning = tuning;
    }

    public string Root { get; }

    internal StoreTuning Tuning { get; }

    internal Disk Disk => Tuning.Disk;

    public string DatabasePath => Path.Combine(Root, "db", "index.sqlite");

    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>Origin and public keys of the archive's log, the newest key first, as FORMAT has them; empty before there is a log.</summary>
    public IReadOnlyList<string> LogIdentity
    {
        get => File.ReadAllText(FormatPath)[FormatLine.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        internal set => Disk.WriteWhole(FormatPath, System.Text.Encoding.UTF8.GetBytes(FormatLine + string.Concat(value.Select(line => line + "\n"))));
    }

    private string FormatPath => Path.Combine(Root, "FORMAT");

    private string SegmentRoot => Path.Combine(Root, "seg");

    /// <summary>Makes the folder when it is empty or not there.</summary>
    /// <exception cref="StoreException">It holds something else, or a newer format.</exception>
    public static StoreFolder OpenOrCreate(string root) => OpenOrCreate(root, StoreTuning.Standard);

    internal static StoreFolder OpenOrCreate(string root, StoreTuning tuning)
    {
        var store = new StoreFolder(root, tuning);
        if (!File.Exists(store.FormatPath))
        {
            if (Directory.Exists(store.Root) && Directory.EnumerateFileSystemEntries(store.Root).Any(e => Path.GetFileName(e) is not ("lock" or "dibao.json" or "FORMAT.tmp")))
            {
                throw new StoreException($"{store.Root} is not empty and has no FORMAT file: it is no Dibao archive. Name another folder (--data).");
            }
            tuning.Disk.CreateDirectory(store.Root);
            tuning.Disk.WriteWhole(store.FormatPath, System.Text.Encoding.UTF8.GetBytes(FormatLine));
        }
        store.RequireKnownFormat();
        tuning.Disk.CreateDirectory(Path.GetDirectoryName(store.DatabasePath)!);
        return store;
    }

    /// <exception cref="StoreException">There is no archive.</exception>
    public static StoreFolder OpenExisting(string root)
    {
        var store = new StoreFolder(root, StoreTuning.Standard);
        if (!File.Exists(store.FormatPath))
        {
            throw new StoreException($"{store.Root} holds no archive. Name its folder (--data or DIBAO_DATA), or make one: dibao add URL, dibao import PATH.");
        }
        store.RequireKnownFormat();
        return store;
    }

    /// <summary>Takes the writer's place, until the returned handle is disposed or the process ends, however it ends.</summary>
    /// <exception cref="StoreException">Another process has it.</exception>
    public IDisposable Lock()
    {
        var path = Path.Combine(Root, "lock");
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Said again without .NET, whose own lock can be switched off and passes over file systems that know none.
            if (OperatingSystem.IsWindows() || Libc.TryLock(file, path)) return file;
        }
        catch (IOException busy) when (file is null && busy is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw Taken(busy);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
        file.Dispose();
        throw Taken(null);
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
        Disk.CreateDurableDirectory(folder, Root);
        return Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"DIBAO-{time:yyyyMMddHHmmss}-{number:D8}{Open}"));
    }

    private StoreException Taken(Exception? cause) =>
        new($"Another dibao is writing to {Root}. Stop it first (systemctl stop dibao), or name another folder (--data).", cause);

    private void RequireKnownFormat()
    {
        var format = File.ReadAllText(FormatPath);
        if (!format.StartsWith(FormatLine, StringComparison.Ordinal))
        {
            throw new StoreException($"{FormatPath} says {format.Split('\n')[0]}, and this dibao knows dibao-store 1: run the dibao that made the archive.");
        }
    }
}

/// <summary>What tests change about a store.</summary>
/// <param name="SegmentBytes">A segment is sealed before it grows beyond this.</param>
internal sealed record StoreTuning(Disk Disk, long SegmentBytes)
{
    public static StoreTuning Standard { get; } = new(Disk.Real, 1_000_000_000);
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

    /// <summary>Bytes.</summary>
    internal long Length
    {
        get
        {
            using var file = OpenRead();
            return file.Length;
        }
    }

    /// <summary>To read, also where it was sealed, and so renamed, since it was listed. Unbuffered.</summary>
    internal FileStream OpenRead()
    {
        try { return Read(Path); }
        catch (FileNotFoundException) when (IsOpen) { return Read(SealedPath); }
    }

    private static FileStream Read(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);

    /// <summary>Of the whole file.</summary>
    internal static Digest Sha256(string path, CancellationToken cancel) => Sha256(path, 0, long.MaxValue, cancel);

    /// <summary>Of a part of it; of less where the file ends before.</summary>
    internal static Digest Sha256(string path, long offset, long length, CancellationToken cancel)
    {
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        while (RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)), offset) is > 0 and var read)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            (offset, length) = (offset + read, length - read);
        }
        return Digest.FromBytes(hash.GetHashAndReset());
    }

    /// <summary>Where <see cref="SegmentIndex"/> keeps its rows of it.</summary>
    public string IndexPath => SealedPath[..^".warc.gz".Length] + (IsOpen ? ".idx.open" : ".idx");
}

/// <summary>The archive's folder cannot be used as asked; the message names it, the cause and the remedy.</summary>
public sealed class StoreException(string message, Exception? cause = null) : Exception(message, cause);
