using System.Diagnostics;
using System.Runtime.InteropServices;
using Dibao.Keep;
using Microsoft.Win32.SafeHandles;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep.Faults;

/// <summary>An ext4 file system that is shut down under the archive, without its journal: what a power cut leaves.</summary>
public partial class PowerCutTests
{
    private const int CutsADisk = 10;
    private const int CutsWithoutSync = 6;

    [Fact]
    public async Task A_power_cut_at_any_moment_loses_nothing_that_was_acknowledged()
    {
        var (captures, lost, _) = await CutManyAsync(Disk.Real, Sizes.PowerCuts);
        lost.ShouldBe(0);
        captures.ShouldBeGreaterThan(Sizes.PowerCuts);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Sizes.PowerCuts} power cuts, {captures} captures acknowledged, 0 lost");
    }

    [Fact]
    public async Task Without_fsync_the_same_cuts_lose_what_was_acknowledged_so_the_test_can_fail()
    {
        var (captures, lost, losingCuts) = await CutManyAsync(new DiskWithoutSync(), CutsWithoutSync);
        lost.ShouldBeGreaterThan(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"negative control: {CutsWithoutSync} power cuts without fsync, {captures} captures acknowledged, {lost} lost in {losingCuts} cuts");
    }

    private static async Task<(int Captures, int Lost, int LosingCuts)> CutManyAsync(Disk disk, int cuts)
    {
        var pages = await PreparedPages.MakeAsync(300, revisits: false);
        var random = new Random(7);
        var (captures, lost, losingCuts) = (0, 0, 0);
        for (var done = 0; done < cuts;)
        {
            using var loop = LoopDisk.Mount();
            // Begun on a sound disk: what the control loses are captures, not the folder around them.
            if (disk != Disk.Real) await BeginAsync(loop);
            var kept = new Acknowledged();
            pages.Rewind();
            var lostHere = 0;
            // A disk that lost something is not used again: what it lost must not count twice.
            for (var n = 0; n < CutsADisk && done < cuts && lostHere == 0; n++, done++)
            {
                await WriteUntilCutAsync(loop, disk, pages, kept, random);
                loop.Remount();
                lostHere = await LostAsync(loop.Folder, kept, disk == Disk.Real);
            }
            captures += kept.Count;
            lost += lostHere;
            losingCuts += lostHere > 0 ? 1 : 0;
        }
        return (captures, lost, losingCuts);
    }

    private static async Task BeginAsync(LoopDisk loop)
    {
        await Open(loop, Disk.Real).DisposeAsync();
        loop.Remount();
    }

    private static Archive Open(LoopDisk loop, Disk disk) =>
        Archive.Open(StoreFolder.OpenOrCreate(Path.Combine(loop.Folder, "archive"), new(disk, 200_000)), new ArchiveOptions(), TimeProvider.System);

    private static async Task WriteUntilCutAsync(LoopDisk loop, Disk disk, PreparedPages pages, Acknowledged kept, Random random)
    {
        var cut = new CancellationTokenSource();
        try
        {
            await using var archive = Open(loop, disk);
            var cutting = Task.Run(async () =>
            {
                await Task.Delay(random.Next(5, 60));
                // What is told from here on does not count: it may have been told after the power was gone.
                await cut.CancelAsync();
                loop.Cut();
            });
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => KeepAsync(archive, pages, kept, cut.Token))));
            await cutting;
        }
        catch (Exception off) when (off is IOException or Microsoft.Data.Sqlite.SqliteException or UnauthorizedAccessException)
        {
            // The disk is off.
        }
    }

    private static async Task KeepAsync(Archive archive, PreparedPages pages, Acknowledged kept, CancellationToken cut)
    {
        while (!cut.IsCancellationRequested && pages.Next() is { } n)
        {
            var ready = pages.Ready(n);
            _ = await archive.Keeper.EnqueueAsync(ready, CancellationToken.None);
            await ready.Kept;
            if (!cut.IsCancellationRequested) kept.Add(pages.Manifest(n));
            if (n % 40 == 13) archive.Log.Publish();
        }
    }

    private static async Task<int> LostAsync(string folder, Acknowledged kept, bool whole)
    {
        var path = Path.Combine(folder, "archive");
        if (!File.Exists(Path.Combine(path, "FORMAT"))) return kept.Count;
        try
        {
            await using var archive = TestArchive.Open(path);
            if (whole) kept.ShouldHoldIn(archive, "after a power cut");
            return kept.LostIn(archive);
        }
        catch (Exception broken) when (!whole && broken is InvalidDataException or StoreException)
        {
            // Without fsync even that happens.
            return kept.Count;
        }
    }

    private sealed class DiskWithoutSync : Disk
    {
        public override void Sync(SafeFileHandle file, string path) { }

        public override void SyncDirectory(string path) { }
    }

    private sealed partial class LoopDisk : IDisposable
    {
        private const nuint ShutDown = 0x8004587D;
        private const uint WithoutJournal = 2;
        private readonly string image;

        private LoopDisk(string folder, string image)
        {
            Folder = folder;
            this.image = image;
        }

        public string Folder { get; }

        public static LoopDisk Mount()
        {
            if (!OperatingSystem.IsLinux() || Environment.UserName != "root") Assert.Skip("A power cut is made on a loop device, which only root may mount.");
            var root = Directory.CreateTempSubdirectory("dibao-cut-").FullName;
            var disk = new LoopDisk(Path.Combine(root, "disk"), Path.Combine(root, "image"));
            Directory.CreateDirectory(disk.Folder);
            using (var file = File.Create(disk.image)) file.SetLength(96 << 20);
            if (Run("mkfs.ext4", "-q", "-F", disk.image) != 0 || Run("mount", "-o", "loop", disk.image, disk.Folder) != 0)
            {
                Assert.Skip("This machine does not let tests mount a loop device.");
            }
            return disk;
        }

        public void Cut()
        {
            using var folder = Libc.OpenDirectory(Folder);
            Ioctl(folder, ShutDown, WithoutJournal).ShouldBe(0, "the file system could not be shut down");
        }

        public void Remount()
        {
            for (var tries = 0; Run("umount", Folder) != 0; tries++)
            {
                tries.ShouldBeLessThan(50);
                Thread.Sleep(20);
            }
            Run("mount", "-o", "loop", image, Folder).ShouldBe(0);
        }

        public void Dispose()
        {
            Run("umount", "-l", Folder);
            Directory.Delete(Path.GetDirectoryName(image)!, recursive: true);
        }

        private static int Run(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
                process.WaitForExit();
                return process.ExitCode;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return -1;
            }
        }

        [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
        private static partial int Ioctl(SafeFileHandle file, nuint request, in uint argument);
    }
}
