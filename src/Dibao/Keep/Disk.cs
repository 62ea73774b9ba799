using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dibao.Keep;

/// <summary>
/// Every change that the store makes to its files goes through here, one call a system call, so that tests can let each of them fail.
/// What was written, renamed or removed survives a power cut only once the file, and the directory of its name, were synced.
/// </summary>
/// <remarks>Reading does not go through here: it changes nothing. Thread-safe.</remarks>
internal partial class Disk
{
    /// <summary>The machine's own.</summary>
    public static Disk Real { get; } = new();

    /// <summary>A new file, to read and write. Others may read it.</summary>
    /// <exception cref="IOException">There is one of that name.</exception>
    public virtual SafeFileHandle Create(string path) => File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>A file that is there, to read and write.</summary>
    public virtual SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>All of <paramref name="parts"/>, one behind the other. On failure any part of them may be there.</summary>
    public virtual void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => RandomAccess.Write(file, parts, offset);

    /// <summary>Cuts the file off, or makes it longer with zeros.</summary>
    public virtual void SetLength(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    /// <exception cref="DurabilityException">The disk did not take it. Never retried: after a failed fsync the kernel
    /// may call the same pages clean, and a second one would lie.</exception>
    /// <remarks>libc's fsync directly: on .NET 10, Flush(true) reports success on EIO and ENOSPC.</remarks>
    public virtual void Sync(SafeFileHandle file, string path) => Libc.Sync(file, path);

    /// <summary>Makes the names in a directory durable: files made, renamed, removed in it.</summary>
    /// <exception cref="DurabilityException">The disk did not take it.</exception>
    public virtual void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        using var directory = Libc.OpenDirectory(path);
        Libc.Sync(directory, path);
    }

    public virtual void CreateDirectory(string path) => Directory.CreateDirectory(path);

    /// <summary>Gives a file another name, and never takes that of another file.</summary>
    /// <exception cref="IOException">There is one of that name.</exception>
    public virtual void Rename(string from, string to)
    {
        if (OperatingSystem.IsWindows()) File.Move(from, to, overwrite: false);
        else Libc.RenameNew(from, to);
    }

    /// <summary>Puts a file in the place of another, or where none is.</summary>
    public virtual void Replace(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Nothing happens when it is not there.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Mode 0444: what is sealed is not written by accident.</summary>
    public virtual void SetReadOnly(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    /// <summary>The file is there whole, or as it was before, whenever the power goes.</summary>
    public void WriteWhole(string path, ReadOnlyMemory<byte> content)
    {
        var temporary = path + ".tmp";
        Delete(temporary);
        using (var file = Create(temporary))
        {
            Write(file, [content], 0);
            Sync(file, temporary);
        }
        Replace(temporary, path);
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a folder, and the names of all folders above it up to <paramref name="root"/> durable.</summary>
    public void CreateDurableDirectory(string path, string root)
    {
        CreateDirectory(path);
        for (var folder = path; folder.Length >= root.Length; folder = Path.GetDirectoryName(folder)!) SyncDirectory(folder);
    }
}

/// <summary>The disk refused to make something durable. Nothing after it is acknowledged.</summary>
public sealed class DurabilityException(string path, string cause) : IOException(
    $"{path} could not be made durable: {cause}. Nothing further is acknowledged; check the disk, then start dibao again.");

/// <summary>What .NET does not offer, or hides the failures of.</summary>
internal static partial class Libc
{
    private const int InterruptedCall = 4, Invalid = 22, NotThere = 38, NotSupported = 95, WouldBlock = 11;

    public static void Sync(SafeFileHandle file, string path)
    {
        while (Fsync(file) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != InterruptedCall) throw new DurabilityException(path, Marshal.GetPInvokeErrorMessage(error));
        }
    }

    public static SafeFileHandle OpenDirectory(string path)
    {
        const int ReadOnly = 0, CloseOnExec = 0x80000;
        var descriptor = OpenFile(path, ReadOnly | CloseOnExec);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new DurabilityException(path, Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
    }

    /// <summary>renameat2 with RENAME_NOREPLACE; on file systems without it, a link and the end of the old name.</summary>
    public static void RenameNew(string from, string to)
    {
        const int Here = -100;
        const uint NoReplace = 1;
        try
        {
            if (RenameAt2(Here, from, Here, to, NoReplace) == 0) return;
            var error = Marshal.GetLastPInvokeError();
            if (error is not (Invalid or NotThere or NotSupported)) throw Failed(from, to, error);
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library, or another one: the same by two calls.
        }
        if (Link(from, to) != 0) throw Failed(from, to, Marshal.GetLastPInvokeError());
        File.Delete(from);
    }

    /// <summary>Takes the file for this process, for as long as the handle is open and the process lives.</summary>
    /// <returns>False when another process has it.</returns>
    /// <exception cref="IOException">The file system knows no locks.</exception>
    public static bool TryLock(SafeFileHandle file, string path)
    {
        const int Exclusive = 2, NoWait = 4;
        while (Flock(file, Exclusive | NoWait) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock) return false;
            if (error != InterruptedCall) throw new IOException($"{path} could not be locked: {Marshal.GetPInvokeErrorMessage(error)}");
        }
        return true;
    }

    private static IOException Failed(string from, string to, int error) =>
        new($"{from} could not be renamed to {Path.GetFileName(to)}: {Marshal.GetPInvokeErrorMessage(error)}");

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);
}
