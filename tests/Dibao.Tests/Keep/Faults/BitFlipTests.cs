using Dibao.Keep;
using Dibao.Tests.Prove;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep.Faults;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class BitFlipTests
{
    [Fact]
    public async Task Every_flipped_bit_of_segments_and_log_is_noticed()
    {
        await using var test = TestArchive.New();
        // 20 kB of segments, each byte of which is hit some times; with --long 1 MB.
        foreach (var n in Enumerable.Range(1, Sizes.Long ? 350 : 6)) await test.Keep(TestArchive.Page(n));
        await test.Archive.Keeper.SealAsync(CancellationToken.None);
        // Begins with the seal of the one that is damaged.
        await test.Keep(TestArchive.Page(1_000));
        test.Archive.Log.Publish();
        await test.Archive.DisposeAsync();
        var random = new Random(5);
        var files = Kept(test.Folder);
        foreach (var path in files)
        {
            var sound = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var places = Places(random, sound.Length, Sizes.BitFlips / files.Count);
            foreach (var (n, at) in places.Index())
            {
                // The hashes of its members tell, and without them the seal.
                if (n == places.Count / 2 && path.EndsWith(".gz", StringComparison.Ordinal)) File.Delete(new SegmentFile(path).IndexPath);
                var damaged = sound.ToArray();
                damaged[at] ^= (byte)(1 << random.Next(8));
                Overwrite(path, damaged);
                Notices(test.Folder, path).ShouldBeTrue($"{path} at {at}");
            }
            Overwrite(path, sound);
        }
        await test.Reopen();
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
    private static void Overwrite(string path, byte[] bytes)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, bytes, 0);
    }
}
