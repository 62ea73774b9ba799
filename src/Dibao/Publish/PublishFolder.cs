namespace Dibao.Publish;

/// <summary>A folder that is published into: replaces and removes its own files, and touches no other.</summary>
/// <remarks>Nothing is fsynced: after a power cut the next run finds the bytes that differ, and writes them again.</remarks>
internal sealed class PublishFolder : IDisposable
{
    private const string LockName = ".dibao-publish.lock";
    private const string TemporaryName = ".dibao-publish.tmp";

    private readonly string root;
    private readonly FileStream folderLock;
    private readonly HashSet<string> realFolders = [];

    private PublishFolder(string root, FileStream folderLock, IReadOnlyList<string> owned)
    {
        this.root = root;
        this.folderLock = folderLock;
        Owned = [.. owned];
    }

    /// <summary>What earlier runs wrote.</summary>
    public HashSet<string> Owned { get; }

    /// <exception cref="PublishException">Another publish is at work there, or its manifest is none.</exception>
    public static PublishFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        if (File.Exists(root)) throw new PublishException($"{root} is a file: name a folder to publish into.");
        Directory.CreateDirectory(root);
        var held = Lock(root);
        try
        {
            return new(root, held, ReadManifest(Path.Combine(root, PublishManifest.Name)));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Calls files ours before the first of them is written: what a crash leaves half done, the next run knows as its own.</summary>
    /// <exception cref="PublishException">A file is there already and is not ours.</exception>
    public void Claim(IReadOnlyCollection<string> files, bool overwrite)
    {
        if (!overwrite && files.Where(file => !Owned.Contains(file) && Path.Exists(FullPath(file))).Take(3).ToList() is { Count: > 0 } foreign)
        {
            throw new PublishException(
                $"{root} holds {string.Join(", ", foreign)}, which dibao publish did not write. Name another folder, or let it replace them with --overwrite.");
        }
        WriteIfOther(PublishManifest.Name, PublishManifest.Write(Owned.Union(files)));
    }

    /// <returns>False when the file holds these bytes already.</returns>
    public bool WriteIfOther(string file, ReadOnlySpan<byte> bytes)
    {
        var path = FullPath(file);
        RequireRealFolder(Path.GetDirectoryName(path)!);
        if (Holds(path, bytes)) return false;
        var temporary = Path.Combine(root, TemporaryName);
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, path, overwrite: true);
        return true;
    }

    /// <summary>Removes what is ours and no longer belongs, and says so in the manifest.</summary>
    /// <returns>What was removed.</returns>
    public IReadOnlyList<string> Keep(IReadOnlyCollection<string> files)
    {
        var stale = Owned.Except(files).Order(StringComparer.Ordinal).ToList();
        var removed = stale.Where(Remove).ToList();
        WriteIfOther(PublishManifest.Name, PublishManifest.Write(files));
        return removed;
    }

    public void Dispose()
    {
        File.Delete(Path.Combine(root, TemporaryName));
        folderLock.Dispose();
    }

    private bool Remove(string file)
    {
        var path = FullPath(file);
        if (!File.Exists(path)) return false;
        var folder = Path.GetDirectoryName(path)!;
        RequireRealFolder(folder);
        File.Delete(path);
        if (folder != root && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        return true;
    }

    private string FullPath(string file) => Path.Combine(root, file.Replace('/', Path.DirectorySeparatorChar));

    // A link in the place of a folder would lead out of the root.
    private void RequireRealFolder(string folder)
    {
        if (folder == root || (realFolders.Contains(folder) && Directory.Exists(folder))) return;
        RequireRealFolder(Path.GetDirectoryName(folder)!);
        if (new DirectoryInfo(folder).LinkTarget is not null)
        {
            throw new PublishException($"{folder} is a symbolic link, and publishing does not follow it. Replace it with a folder, or publish elsewhere.");
        }
        Directory.CreateDirectory(folder);
        realFolders.Add(folder);
    }

    private static bool Holds(string path, ReadOnlySpan<byte> bytes)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == bytes.Length && file.LinkTarget is null && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);
    }

    private static FileStream Lock(string root)
    {
        try
        {
            return new(Path.Combine(root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException busy) when (busy is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new PublishException($"Another dibao publishes into {root}. Wait for it to end, or name another folder.", busy);
        }
    }

    private static IReadOnlyList<string> ReadManifest(string path)
    {
        if (!File.Exists(path)) return [];
        return PublishManifest.Read(File.ReadAllBytes(path)) ?? throw new PublishException(
            $"{path} is no list that this dibao wrote. Delete it and publish with --overwrite, or name another folder.");
    }
}

/// <summary>Publishing cannot go on; the message names the thing, the cause and the remedy.</summary>
public sealed class PublishException(string message, Exception? cause = null) : IOException(message, cause);
