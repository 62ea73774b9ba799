using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dibao.Keep;

/// <summary>Writes that are on the disk when the call returns.</summary>
/// <remarks>libc's fsync directly: on .NET 10, Flush(true) reports success on EIO and ENOSPC.</remarks>
internal static partial class Durable
{
    private const int InterruptedCall = 4;

    /// <exception cref="DurabilityException">The disk did not take it. Never retried: after a failed fsync the kernel
    /// may call the same pages clean, and a second one would lie.</exception>
    public static void Sync(SafeFileHandle file, string path)
    {
        while (Fsync(file) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != InterruptedCall) throw new DurabilityException(path, Marshal.GetPInvokeErrorMessage(error));
        }
    }

    /// <summary>Makes the names in a directory durable: files made, renamed, removed in it.</summary>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        using var directory = Open(path);
        Sync(directory, path);
    }

    /// <summary>The file is there whole, or not at all, whenever the power goes.</summary>
    public static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".tmp";
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, content, 0);
            Sync(file, temporary);
        }
        File.Move(temporary, path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    private static SafeFileHandle Open(string directory)
    {
        const int ReadOnly = 0, CloseOnExec = 0x80000;
        var descriptor = OpenFile(directory, ReadOnly | CloseOnExec);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new DurabilityException(directory, Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenFile(string path, int flags);
}

/// <summary>The disk refused to make something durable. Nothing after it is acknowledged.</summary>
public sealed class DurabilityException(string path, string cause) : IOException(
    $"{path} could not be made durable: {cause}. Nothing further is acknowledged; check the disk, then start dibao again.");
