using Dibao.Keep;
using Microsoft.Win32.SafeHandles;

namespace Dibao.Tests.Keep.Faults;

/// <summary>How a call to the disk goes wrong.</summary>
public enum DiskFault
{
    /// <summary>EIO: nothing was done. Of a failed fsync, what was written before is lost with the next power cut.</summary>
    Refused,

    /// <summary>ENOSPC: of a write, the first half was done.</summary>
    Full,

    /// <summary>All of it was done, and an error was reported.</summary>
    DoneButReported,

    /// <summary>The process dies in the middle of it; what it wrote before stays.</summary>
    Killed,

    /// <summary>The power goes in the middle of it; what was not synced is gone.</summary>
    PowerCut,
}

/// <summary>A disk on which one call fails, and which knows what of its files would survive a power cut.</summary>
internal sealed class FaultyDisk(DiskFault first, int firstAt) : Disk
{
    private DiskFault fault = first;
    private int failAt = firstAt;
    private readonly Lock turn = new();
    private readonly Dictionary<SafeFileHandle, Inode> handles = [];
    private readonly HashSet<string> unsyncedFolders = [];
    private Dictionary<string, Inode> names = [];
    private Dictionary<string, Inode> durableNames = [];
    private int calls;
    private bool dead;

    /// <summary>What was hit; null while nothing was.</summary>
    public string? Struck { get; private set; }

    /// <summary>From now on all goes well again, as after a restart.</summary>
    public void Heal()
    {
        Struck ??= "";
        dead = false;
    }

    /// <summary>Lets a call fail once more, counted from now on.</summary>
    public void Arm(DiskFault next, int nextAt)
    {
        (fault, failAt, calls, Struck, dead) = (next, nextAt, 0, null, false);
    }

    /// <summary>Takes away everything that was not synced.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void CutPower()
    {
        var modes = names.Where(name => File.Exists(name.Key)).ToDictionary(name => name.Value, name => File.GetUnixFileMode(name.Key));
        foreach (var path in names.Keys.Concat(durableNames.Keys).Distinct().ToList()) File.Delete(path);
        foreach (var folder in unsyncedFolders.OrderByDescending(path => path.Length).Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
        foreach (var (path, inode) in durableNames)
        {
            if (!Directory.Exists(Path.GetDirectoryName(path))) continue;
            File.WriteAllBytes(path, inode.Durable);
            if (modes.TryGetValue(inode, out var mode)) File.SetUnixFileMode(path, mode);
            inode.Lost.Clear();
        }
        unsyncedFolders.Clear();
        names = durableNames.Where(name => File.Exists(name.Key)).ToDictionary();
        durableNames = new(names);
        handles.Clear();
    }

    public override SafeFileHandle Create(string path) => Do($"create {path}", () => Track(base.Create(path), names[path] = new()));

    public override SafeFileHandle Open(string path) => Do($"open {path}", () => Track(base.Open(path), InodeOf(path)));

    public override void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset)
    {
        byte[] all = [.. parts.SelectMany(part => part.ToArray())];
        Do("write", () => WriteAll(file, all, offset), () => WriteAll(file, all[..(all.Length / 2)], offset));
    }

    public override void SetLength(SafeFileHandle file, long length) => Do("truncate", () =>
    {
        base.SetLength(file, length);
        handles[file].Lost.RemoveWhere(at => at >= length);
        return true;
    });

    public override void Sync(SafeFileHandle file, string path) => Do($"fsync {path}", () => handles[file].Sync(file), () => handles[file].Lose(file), path);

    public override void SyncDirectory(string path) => Do($"fsync {path}/", () =>
    {
        foreach (var gone in durableNames.Keys.Where(name => Path.GetDirectoryName(name) == path && !names.ContainsKey(name)).ToList()) durableNames.Remove(gone);
        foreach (var (name, inode) in names.Where(name => Path.GetDirectoryName(name.Key) == path)) durableNames[name] = inode;
        unsyncedFolders.RemoveWhere(folder => Path.GetDirectoryName(folder) == path);
        return true;
    }, null, path);

    public override void CreateDirectory(string path) => Do($"mkdir {path}", () =>
    {
        for (var folder = path; !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)!) unsyncedFolders.Add(folder);
        base.CreateDirectory(path);
        return true;
    });

    public override void Rename(string from, string to) => Do($"rename {from}", () => Move(from, to, () => base.Rename(from, to)));

    public override void Replace(string from, string to) => Do($"replace {to}", () => Move(from, to, () => base.Replace(from, to)));

    public override void Delete(string path) => Do($"unlink {path}", () =>
    {
        if (File.Exists(path)) InodeOf(path);
        base.Delete(path);
        names.Remove(path);
        return true;
    });

    public override void SetReadOnly(string path) => Do($"chmod {path}", () =>
    {
        base.SetReadOnly(path);
        return true;
    });

    private bool Move(string from, string to, Action move)
    {
        var inode = InodeOf(from);
        if (File.Exists(to)) InodeOf(to);
        move();
        names.Remove(from);
        names[to] = inode;
        return true;
    }

    // A file from before this disk was watched is durable as it is.
    private Inode InodeOf(string path)
    {
        if (names.TryGetValue(path, out var known)) return known;
        return names[path] = durableNames[path] = new() { Durable = File.ReadAllBytes(path) };
    }

    private SafeFileHandle Track(SafeFileHandle file, Inode inode)
    {
        handles[file] = inode;
        return file;
    }

    private bool WriteAll(SafeFileHandle file, byte[] bytes, long offset)
    {
        base.Write(file, [bytes], offset);
        var lost = handles[file].Lost;
        if (lost.Count > 0) lost.RemoveWhere(at => at >= offset && at < offset + bytes.Length);
        return true;
    }

    private T Do<T>(string what, Func<T> act, Func<T>? half = null, string? synced = null)
    {
        lock (turn)
        {
            if (dead) throw new IOException("the machine is off");
            if (Struck is not null || ++calls != failAt) return act();
            Struck = what;
            dead = fault is DiskFault.Killed or DiskFault.PowerCut;
            if (fault == DiskFault.DoneButReported) act();
            else if (half is not null && (fault != DiskFault.Refused || synced is not null)) half();
            var cause = fault == DiskFault.Full ? "No space left on device" : "Input/output error";
            throw synced is null ? new IOException(cause) : new DurabilityException(synced, cause);
        }
    }

    private sealed class Inode
    {
        public byte[] Durable { get; set; } = [];

        /// <summary>Offsets that a failed fsync lost, though the kernel calls them clean.</summary>
        public HashSet<long> Lost { get; } = [];

        public bool Sync(SafeFileHandle file)
        {
            var bytes = Content(file);
            foreach (var at in Lost.Where(at => at < bytes.Length)) bytes[at] = at < Durable.Length ? Durable[at] : (byte)0;
            Durable = bytes;
            return true;
        }

        public bool Lose(SafeFileHandle file)
        {
            var bytes = Content(file);
            for (var at = 0; at < bytes.Length; at++)
            {
                if (at >= Durable.Length || bytes[at] != Durable[at]) Lost.Add(at);
            }
            return true;
        }

        private static byte[] Content(SafeFileHandle file)
        {
            var bytes = new byte[RandomAccess.GetLength(file)];
            RandomAccess.Read(file, bytes, 0);
            return bytes;
        }
    }
}
