using System.Text;
using Dibao.Keep;

namespace Dibao.Tests.Keep.Faults;

/// <summary>A process that keeps captures until it is killed, and says on standard output what was acknowledged: the other end of <see cref="KillTests"/>.</summary>
internal static class CrashWriter
{
    public const string Name = "keep-until-killed";

    private const long SmallSegment = 100_000;

    /// <param name="folder">Of the archive.</param>
    /// <param name="round">Numbers its articles.</param>
    public static async Task<int> RunAsync(string folder, int round)
    {
        await using var output = Console.OpenStandardOutput();
        void Say(string line)
        {
            lock (output) output.Write(Encoding.ASCII.GetBytes(line + "\n"));
        }

        await using var archive = Archive.Open(StoreFolder.OpenOrCreate(folder, new(Disk.Real, SmallSegment)), new ArchiveOptions(), TimeProvider.System);
        Say($"open {archive.Keeper.Leaves}");
        for (var n = 0; ; n++)
        {
            // Three at a time, so that batches hold several.
            await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => KeepAsync(archive, (round * 10_000) + (n * 3) + i, Say))));
            if (n % 6 == 4) archive.Log.Publish();
            if (n % 8 == 7) await TakeDownAsync(archive, $"https://hewan.example/news/{(round * 10_000) + (n * 3)}", Say);
        }
    }

    private static async Task KeepAsync(Archive archive, int n, Action<string> say)
    {
        var ready = archive.Keeper.Prepare(TestArchive.Page(n));
        var done = await archive.Keeper.EnqueueAsync(ready, CancellationToken.None);
        await ready.Kept;
        say("kept " + ready.Capture.Manifest.ToHex());
        await done;
    }

    private static async Task TakeDownAsync(Archive archive, string url, Action<string> say)
    {
        if (archive.Reader.Catalogue.Article(url) is not { } article) return;
        var plan = archive.Takedowns.Planner.Plan(article);
        await archive.Takedowns.RunAsync([plan], TakedownCause.Request, "asked", TestArchive.Start.AddHours(3), CancellationToken.None);
        say("gone " + url);
    }
}
