using Dibao.Keep;
using Dibao.Tests.Prove;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep.Faults;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class BitFlipTests
{
    private const long SmallSegment = 30_000;

    [Fact]
    public async Task Every_flipped_bit_of_segments_and_log_is_noticed()
    {
        var folder = await SegmentsAsync();
        var random = new Random(5);
        var files = Kept(folder);
        foreach (var path in files)
        {
            var sound = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var places = Places(random, sound.Length, Sizes.BitFlips / files.Count);
            foreach (var (n, at) in places.Index())
            {
                // The hashes of its members tell, and without them the seal.
                if (n == places.Count / 2 && path.EndsWith(".gz", StringComparison.Ordinal)) File.Delete(new SegmentFile(path).IndexPath);
                Overwrite(path, at, (byte)(sound[at] ^ (1 << random.Next(8))));
                Notices(folder, path).ShouldBeTrue($"{path} at {at}");
                Overwrite(path, at, sound[at]);
            }
        }
        await TestArchive.Open(folder).DisposeAsync();
        Directory.Delete(folder, recursive: true);
        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Count} files, all noticed");
    }

    // 15 kB in a sealed segment; with --long 1 MB in many. The open one begins with the seal of the last of them.
    private static async Task<string> SegmentsAsync()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-flip-").FullName;
        await using var archive = Archive.Open(StoreFolder.OpenOrCreate(folder, new(Disk.Real, SmallSegment)), new ArchiveOptions(), TimeProvider.System);
        foreach (var n in Enumerable.Range(1, Sizes.Long ? 350 : 6)) await archive.KeepAsync(TestArchive.Page(n), CancellationToken.None);
        await archive.Keeper.SealAsync(CancellationToken.None);
        await archive.KeepAsync(TestArchive.Page(1_000), CancellationToken.None);
        return folder;
    }

    // With --long each byte of the store, and each once.
    private static List<int> Places(Random random, int length, int usual) =>
        [.. Sizes.Long ? Enumerable.Range(0, length) : Enumerable.Range(0, usual).Select(_ => random.Next(length))];

    // The segment against the hashes of its members; tiles and checkpoint as an auditor reads them.
    private static bool Notices(string folder, string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal)) return TransparencyLogTests.Audit(folder).Count > 0;
        var faults = 0;
        new Verification(StoreFolder.OpenExisting(folder), null, level: 1).Run(fault => faults += fault.Derived ? 0 : 1, null, CancellationToken.None);
        return faults > 0;
    }

    private static List<string> Kept(string folder) =>
    [
        .. StoreFolder.OpenExisting(folder).Segments().Select(segment => segment.Path).Where(path => path.EndsWith(".gz", StringComparison.Ordinal)),
        .. Directory.GetFiles(Path.Combine(folder, "log"), "*", SearchOption.AllDirectories),
    ];

    // In place: the file keeps its mode and its name.
    private static void Overwrite(string path, int at, byte octet)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, [octet], at);
    }
}
