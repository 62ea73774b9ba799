using System.Security.Cryptography;
using System.Text;
using Dibao.Keep;
using Dibao.Log;

namespace Dibao.Prove;

/// <summary>Who signs an archive's checkpoints: the key file against what FORMAT says of it.</summary>
internal static class LogKey
{
    /// <summary>The signing key of an archive; made with the archive's log, once.</summary>
    /// <exception cref="LogException">The key was lost or changed, or nobody else may not read it; the message says what to do.</exception>
    /// <exception cref="SigningUnavailableException">There is no libcrypto.</exception>
    public static SigningKey Open(StoreFolder store, LogFolder folder, LogOptions options)
    {
        var path = PathOf(store, options);
        if (store.LogIdentity is not [var origin, var known, ..]) return Begin(store, folder, options, path);
        if (!File.Exists(path))
        {
            throw new LogException($"{path} is missing: the log {origin} cannot be signed without its key. Put it back from where you keep a copy; if it is lost, `dibao log rotate` makes a new one.");
        }
        var key = Read(path);
        if (key.Verifier.ToString() == known) return key;
        throw new LogException($"{path} holds the key {key.Verifier}, and the archive's log is signed by {known}. Put that key back; if it is lost, `dibao log rotate` makes a new one.");
    }

    /// <summary>Makes a new key in the place of the one before, which is set aside.</summary>
    public static SigningKey Renew(StoreFolder store, LogOptions options, string suffix)
    {
        var path = PathOf(store, options);
        if (File.Exists(path)) store.Disk.Rename(path, $"{path}.{suffix}");
        return Make(store, path, store.LogIdentity[0]);
    }

    public static string PathOf(StoreFolder store, LogOptions options) => options.KeyFile ?? Path.Combine(store.Root, "keys", "log.key");

    // A crash between the key and FORMAT costs nothing: the key that lies there is taken.
    private static SigningKey Begin(StoreFolder store, LogFolder folder, LogOptions options, string path)
    {
        var key = File.Exists(path) ? Read(path) : Make(store, path, options.Origin ?? MadeUpOrigin());
        RequireOwn(folder, key.Verifier);
        // One that was made before a crash may not have its name on the disk yet, and FORMAT must never outlive it.
        store.Disk.SyncDirectory(Path.GetDirectoryName(path)!);
        if (options.KeyFile is null) store.Disk.SyncDirectory(store.Root);
        store.LogIdentity = [key.Verifier.Name, key.Verifier.ToString()];
        return key;
    }

    // A restored archive may bring a log along, whose name and key FORMAT then lacks.
    private static void RequireOwn(LogFolder folder, VerifierKey key)
    {
        if (folder.Read(LogFolder.CheckpointPath) is not { } bytes) return;
        try { SignedCheckpoint.Open(bytes, key); }
        catch (FormatException other)
        {
            throw new LogException($"{folder.PathOf(LogFolder.CheckpointPath)} is not of this archive's key {key}: {other.Message}. Put the log's own key into place, or move the log's folder away.", other);
        }
    }

    private static SigningKey Read(string path)
    {
        RequirePrivate(path);
        try { return SigningKey.Parse(File.ReadAllText(path)); }
        catch (FormatException bad) { throw new LogException($"{path} cannot be used: {bad.Message}. Put the key back from where you keep a copy.", bad); }
    }

    private static void RequirePrivate(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if ((File.GetUnixFileMode(path) & Others) != UnixFileMode.None) throw new LogException($"{path} may be read or written by others: chmod 600 {path}. Until then nothing is signed with it.");
    }

    private static SigningKey Make(StoreFolder store, string path, string origin)
    {
        var key = SigningKey.Generate(origin);
        store.Disk.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".tmp";
        store.Disk.Delete(temporary);
        using (var file = store.Disk.Create(temporary))
        {
            // Before there is anything in it to read.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            store.Disk.Write(file, [Encoding.UTF8.GetBytes(key.ToSecretText() + "\n")], 0);
            store.Disk.Sync(file, temporary);
        }
        store.Disk.Rename(temporary, path);
        store.Disk.SyncDirectory(Path.GetDirectoryName(path)!);
        return key;
    }

    // .invalid never exists (RFC 2606): it cannot be mistaken for somebody's address.
    private static string MadeUpOrigin() => $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.dibao.invalid/log";
}
