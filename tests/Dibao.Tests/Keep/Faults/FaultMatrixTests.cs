using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep.Faults;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class FaultMatrixTests
{
    private const int Captures = 50;
    private const int More = 3;
    private const long SmallSegment = 30_000;

    [Theory]
    [InlineData(DiskFault.Refused)]
    [InlineData(DiskFault.Full)]
    [InlineData(DiskFault.DoneButReported)]
    [InlineData(DiskFault.Killed)]
    [InlineData(DiskFault.PowerCut)]
    public async Task Whichever_call_to_the_disk_fails_nothing_acknowledged_is_lost(DiskFault fault)
    {
        var pages = await PreparedPages.MakeAsync(Captures + More, revisits: true);
        // The strictest at every call; each of the others at every third, and at every call with --long.
        var step = fault == DiskFault.PowerCut || Sizes.Long ? 1 : 3;
        var (call, runs) = (1 + ((int)fault % step), 0);
        for (; await FailAsync(pages, fault, call); call += step) runs++;
        call.ShouldBeGreaterThan(150);
        TestContext.Current.TestOutputHelper?.WriteLine($"{fault}: {runs} runs, each with one call of {call - step} failing; 0 lost");
    }

    [Fact]
    public async Task Whichever_call_fails_while_the_first_failure_is_put_right_nothing_acknowledged_is_lost()
    {
        var pages = await PreparedPages.MakeAsync(Captures + (2 * More), revisits: true);
        var (runs, both) = (0, 0);
        foreach (var (pair, (first, second)) in Pairs.Index())
        {
            foreach (var (k, j) in Calls(pair))
            {
                if (await FailTwiceAsync(pages, first, k, second, j)) both++;
                runs++;
            }
        }
        both.ShouldBeGreaterThan(runs / 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"two faults: {runs} runs, {both} of them with both; 0 lost");
    }

    private static IEnumerable<(DiskFault, DiskFault)> Pairs => Enum.GetValues<DiskFault>().SelectMany(_ => Enum.GetValues<DiskFault>(), (first, second) => (first, second));

    // Some of each pair, spread over the run and over what opening and going on do: 173 and 340, 7 and 22 have no divisor in common.
    private static IEnumerable<(int First, int Second)> Calls(int pair) =>
        Enumerable.Range(0, Sizes.TwoFaults).Select(n => (1 + (((pair * 29) + (n * 173)) % 340), 1 + (((pair * 5) + (n * 7)) % 22)));

    // False when the second life ended before its j-th call.
    private static async Task<bool> FailTwiceAsync(PreparedPages pages, DiskFault first, int k, DiskFault second, int j)
    {
        var folder = InMemory();
        try
        {
            var disk = new FaultyDisk(first, k);
            var kept = new Acknowledged();
            await FirstLifeAsync(folder, disk, pages, kept);
            if (first == DiskFault.PowerCut && disk.Struck is not null) disk.CutPower();
            var when = $"{first} of call {k}: {disk.Struck}, then {second} of call {j}";
            if (k % 2 == 0) DeleteCatalogue(folder);
            disk.Arm(second, j);
            await TryAsync(() => LaterLifeAsync(folder, disk, pages, kept, null, Captures));
            var struck = disk.Struck;
            if (second == DiskFault.PowerCut && struck is not null) disk.CutPower();
            if (j % 2 == 0) DeleteCatalogue(folder);
            disk.Heal();
            await LaterLifeAsync(folder, disk, pages, kept, $"{when}: {struck}", Captures + More);
            disk.CutPower();
            await using var last = Open(folder, Disk.Real);
            kept.ShouldHoldIn(last, $"{when}: {struck}, then a power cut");
            return struck is not null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // False when the run ended before its k-th call.
    private static async Task<bool> FailAsync(PreparedPages pages, DiskFault fault, int k)
    {
        var folder = InMemory();
        try
        {
            var disk = new FaultyDisk(fault, k);
            var kept = new Acknowledged();
            await FirstLifeAsync(folder, disk, pages, kept);
            if (disk.Struck is not { } struck) return false;
            var when = $"{fault} of call {k}: {struck}";
            if (fault == DiskFault.PowerCut) disk.CutPower();
            // Half of the times the catalogue goes as well.
            if (k % 2 == 0) DeleteCatalogue(folder);
            disk.Heal();
            await LaterLifeAsync(folder, disk, pages, kept, when, Captures);
            // What a failed fsync lost is lost only now: nothing acknowledged since may lie behind it.
            disk.CutPower();
            await using var last = Open(folder, Disk.Real);
            kept.ShouldHoldIn(last, when + ", then a power cut");
            return true;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FirstLifeAsync(string folder, FaultyDisk disk, PreparedPages pages, Acknowledged kept)
    {
        try
        {
            await using var archive = Open(folder, disk);
            for (var n = 0; n < Captures; n++)
            {
                // As the keeper itself: nothing refers to what was refused.
                if (PreparedPages.IsRevisit(n) && !kept.Holds(pages.Manifest(n - 1))) continue;
                await TryAsync(() => KeepAsync(archive, pages, n, kept));
                if (n % 20 == 10) archive.Log.Publish();
                if (n is 25 or 40) await TryAsync(() => TakeDownAsync(archive, pages.Bundle(n - 5).Url, kept));
            }
        }
        catch (IOException)
        {
            // Opening was what failed: nothing was acknowledged.
        }
    }

    // Nothing is looked at while the disk fails once more.
    private static async Task LaterLifeAsync(string folder, FaultyDisk disk, PreparedPages pages, Acknowledged kept, string? when, int from)
    {
        await using var archive = Open(folder, disk);
        if (when is not null) kept.ShouldHoldIn(archive, when);
        for (var n = from; n < from + More; n++) await KeepAsync(archive, pages, n, kept);
    }

    private static async Task KeepAsync(Archive archive, PreparedPages pages, int n, Acknowledged kept)
    {
        var ready = pages.Ready(n);
        var done = await archive.Keeper.EnqueueAsync(ready, CancellationToken.None);
        await ready.Kept;
        kept.Add(pages.Manifest(n));
        await done;
    }

    private static async Task TakeDownAsync(Archive archive, string url, Acknowledged kept)
    {
        if (archive.Reader.Catalogue.Article(url) is not { Removal: null } article) return;
        var plan = archive.Takedowns.Planner.Plan(article);
        await archive.Takedowns.RunAsync([plan], TakedownCause.Request, "asked", TestArchive.Start.AddHours(3), CancellationToken.None);
        kept.Remove(url);
    }

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (IOException)
        {
            // Refused in words, and not acknowledged.
        }
    }

    // What is durable is the faulty disk's to say, so the files themselves may lie in memory.
    private static string InMemory()
    {
        if (!Directory.Exists("/dev/shm")) return Directory.CreateTempSubdirectory("dibao-fault-").FullName;
        return Directory.CreateDirectory(Path.Combine("/dev/shm", $"dibao-fault-{Guid.NewGuid():N}")).FullName;
    }

    private static void DeleteCatalogue(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "db"))) Directory.Delete(Path.Combine(folder, "db"), recursive: true);
    }

    private static Archive Open(string folder, Disk disk) =>
        Archive.Open(StoreFolder.OpenOrCreate(folder, new(disk, SmallSegment)), new ArchiveOptions(), TimeProvider.System);
}
