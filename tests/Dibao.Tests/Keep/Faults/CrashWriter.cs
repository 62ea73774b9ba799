using System.Text;
using Dibao.Keep;

namespace Dibao.Tests.Keep.Faults;

/// <summary>A process that keeps captures until it is killed, and says on standard output what was acknowledged: the other end of <see cref="KillTests"/>.</summary>
internal static class CrashWriter
{
    public const string Name = "keep-until-killed";

    /// <summary>Archives that one process writes side by side: most of what a process costs is its start.</summary>
    public const int Archives = 5;

    private const long SmallSegment = 100_000;

    /// <param name="folder">Of the archives, which are named 0, 1, 2 …</param>
    /// <param name="round">Numbers its articles.</param>
    public static async Task<int> RunAsync(string folder, int round)
    {
        await using var output = Console.OpenStandardOutput();
        void Say(int archive, string line)
        {
            lock (output) output.Write(Encoding.ASCII.GetBytes($"{archive} {line}\n"));
        }

        var writers = Enumerable.Range(0, Archives)
            .Select(archive => Task.Run(() => WriteAsync(Path.Combine(folder, $"{archive}"), round, line => Say(archive, line))));
        // None ends by itself, unless it fails: then the process ends, and the test says so.
        await await Task.WhenAny(writers);
        return 1;
    }

    private static async Task WriteAsync(string folder, int round, Action<string> say)
    {
        await using var archive = Archive.Open(StoreFolder.OpenOrCreate(folder, new(Disk.Real, SmallSegment)), new ArchiveOptions(), TimeProvider.System);
        say($"open {archive.Keeper.Leaves}");
        for (var n = 0; ; n++)
        {
            // Three at a time, so that batches hold several.
            await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => KeepAsync(archive, (round * 10_000) + (n * 3) + i, say))));
            if (n % 4 == 2) archive.Log.Publish();
            if (n % 5 == 3) await TakeDownAsync(archive, $"https://hewan.example/news/{(round * 10_000) + (n * 3)}", say);
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
