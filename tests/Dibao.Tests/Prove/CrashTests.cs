using Dibao.Capture;
using Dibao.Keep;
using Dibao.Log;
using Dibao.Prove;
using Dibao.Tests.Keep;
using Microsoft.Win32.SafeHandles;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Prove;

/// <summary>The process dies at every single call that publishing makes to the disk: before it, in it, and after it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class CrashTests
{
    public enum Death
    {
        Before,
        Within,
        After,
    }

    [Theory]
    [InlineData(Death.Before)]
    [InlineData(Death.Within)]
    [InlineData(Death.After)]
    public async Task A_log_recovers_from_a_death_at_any_call(Death death)
    {
        var (origin, before) = await BaseAsync();
        var steps = 0;
        for (var survived = false; !survived; steps++)
        {
            var folder = Copy(origin);
            var disk = new MortalDisk();
            var archive = Archive.Open(StoreFolder.OpenOrCreate(folder, new(disk, 1 << 30)), new CaptureOptions(), TimeProvider.System);
            for (var n = 0; n < 10; n++) await archive.KeepAsync(TestArchive.Page(n, minutes: 1_000 + n), TestContext.Current.CancellationToken);
            disk.DieAt(steps, death);
            archive.Log.Publish();
            survived = !disk.IsDead;
            await archive.DisposeAsync();

            await using (var again = TestArchive.Open(folder))
            {
                again.Log.Fault.ShouldBeNull($"{death} call {steps}");
                var now = again.Log.Publish()!.Checkpoint;
                now.Size.ShouldBe(264);
                MerkleProof.VerifyConsistency(before.Size, before.Root, now.Size, now.Root, again.Reader.Log.Tree(now).Consistency(before.Size)).ShouldBeTrue();
            }
            TransparencyLogTests.Audit(folder).ShouldBeEmpty($"{death} call {steps}");
            Directory.Delete(folder, recursive: true);
        }
        // Tiles of two levels, an entry bundle, the checkpoint, and what they stand for removed: each several calls.
        steps.ShouldBeGreaterThan(30);
        Directory.Delete(origin, recursive: true);
    }

    [Theory]
    [InlineData(Death.Before)]
    [InlineData(Death.Within)]
    [InlineData(Death.After)]
    public async Task An_archive_that_died_while_it_was_made_has_one_log(Death death)
    {
        for (var (step, survived) = (0, false); !survived; step++)
        {
            var folder = Directory.CreateTempSubdirectory("dibao-crash-").FullName;
            var disk = new MortalDisk();
            disk.DieAt(step, death);
            try
            {
                await using var archive = Archive.Open(StoreFolder.OpenOrCreate(folder, new(disk, 1 << 30)), new CaptureOptions(), TimeProvider.System);
                survived = !disk.IsDead;
            }
            catch (IOException)
            {
                disk.IsDead.ShouldBeTrue();
            }
            await using (var again = TestArchive.Open(folder))
            {
                again.Log.Fault.ShouldBeNull($"{death} call {step}");
                await again.KeepAsync(TestArchive.Page(1), TestContext.Current.CancellationToken);
                again.Log.Publish()!.RequireFrom(again.Reader.Log.Keys.ShouldHaveSingleItem());
            }
            Directory.Delete(folder, recursive: true);
        }
    }

    // 254 leaves, so that ten more fill a tile.
    private static async Task<(string Folder, Checkpoint Head)> BaseAsync()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-crash-").FullName;
        await using var archive = TestArchive.Open(folder);
        for (var n = 0; n < 254; n++) await archive.KeepAsync(TestArchive.Page(n % 20, minutes: n), TestContext.Current.CancellationToken);
        return (folder, archive.Log.Publish()!.Checkpoint);
    }

    private static string Copy(string origin)
    {
        var folder = Directory.CreateTempSubdirectory("dibao-crash-").FullName;
        foreach (var path in Directory.GetFiles(origin, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(origin, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
        return folder;
    }

    /// <summary>Dies at one call, and does nothing from then on.</summary>
    private sealed class MortalDisk : Disk
    {
        private int left = int.MaxValue;
        private Death death;

        public bool IsDead { get; private set; }

        public void DieAt(int call, Death how) => (left, death) = (call, how);

        public override SafeFileHandle Create(string path) => Call(() => base.Create(path));

        public override SafeFileHandle Open(string path) => Call(() => base.Open(path));

        public override void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => Call(
            () => base.Write(file, parts, offset),
            // Torn: half of the first part is there.
            () => base.Write(file, [parts[0][..(parts[0].Length / 2)]], offset));

        public override void SetLength(SafeFileHandle file, long length) => Call(() => base.SetLength(file, length));

        public override void Sync(SafeFileHandle file, string path) => Call(() => base.Sync(file, path));

        public override void SyncDirectory(string path) => Call(() => base.SyncDirectory(path));

        public override void CreateDirectory(string path) => Call(() => base.CreateDirectory(path));

        public override void Rename(string from, string to) => Call(() => base.Rename(from, to));

        public override void Replace(string from, string to) => Call(() => base.Replace(from, to));

        public override void Delete(string path) => Call(() => base.Delete(path));

        public override void SetReadOnly(string path) => Call(() => base.SetReadOnly(path));

        private void Call(Action call, Action? torn = null) => Call(() => { call(); return true; }, torn);

        private T Call<T>(Func<T> call, Action? torn = null)
        {
            if (IsDead) throw Dead();
            if (left-- > 0) return call();
            IsDead = true;
            if (death == Death.Within) torn?.Invoke();
            if (death == Death.After && call() is IDisposable handle) handle.Dispose();
            throw Dead();
        }

        private static IOException Dead() => new("the process is dead");
    }
}
