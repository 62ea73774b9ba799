using System.Diagnostics;
using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep.Faults;

/// <summary><c>kill -9</c> while captures, seals, takedowns and checkpoints are being written.</summary>
public class KillTests
{
    private const int RoundsBetweenChecks = 10;
    private const int RoundsAnArchive = 30;

    [Fact]
    public async Task A_process_that_is_killed_at_any_moment_loses_nothing_it_acknowledged()
    {
        var lines = await Task.WhenAll(Enumerable.Range(0, 2).Select(worker => Task.Run(() => KillManyAsync(worker, Sizes.Kills / 2))));
        lines.Sum(line => line.Captures).ShouldBeGreaterThan(Sizes.Kills);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Sizes.Kills} kills, {lines.Sum(line => line.Captures)} captures and {lines.Sum(line => line.Takedowns)} takedowns acknowledged, {lines.Sum(line => line.Early)} killed while opening; 0 lost");
    }

    private static async Task<(int Captures, int Takedowns, int Early)> KillManyAsync(int worker, int kills)
    {
        var random = new Random(worker);
        var (captures, takedowns, early) = (0, 0, 0);
        for (var done = 0; done < kills;)
        {
            var folder = Directory.CreateTempSubdirectory("dibao-kill-").FullName;
            var kept = new Acknowledged();
            for (var round = 0; round < RoundsAnArchive && done < kills; round++, done++)
            {
                var (ended, gone, opened) = await KillOneAsync(folder, round, random, kept);
                takedowns += gone;
                early += opened ? 0 : 1;
                ended.ShouldBeTrue("the writer ended by itself");
                if (round % RoundsBetweenChecks == RoundsBetweenChecks - 1) await CheckAsync(folder, kept, $"worker {worker}, kill {done}");
            }
            await CheckAsync(folder, kept, $"worker {worker}, kill {done}");
            captures += kept.Count;
            Directory.Delete(folder, recursive: true);
        }
        return (captures, takedowns, early);
    }

    private static async Task<(bool Killed, int Takedowns, bool Opened)> KillOneAsync(string folder, int round, Random random, Acknowledged kept)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [CrashWriter.Name, folder, round.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, UseShellExecute = false, Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_TieredCompilation"] = "1" },
        })!;
        var (takedowns, opened, lines) = (0, false, 0);
        void Hear(string line)
        {
            lines++;
            opened |= line.StartsWith("open ", StringComparison.Ordinal);
            if (line.StartsWith("kept ", StringComparison.Ordinal) && line.Length == 69) kept.Add(line[5..]);
            if (line.StartsWith("gone ", StringComparison.Ordinal)) { kept.Remove(line[5..]); takedowns++; }
        }

        // Some after a time, and so while they open and recover; most after a number of acknowledgements, and a moment more.
        var until = random.Next(6) == 0 ? 0 : random.Next(1, 60);
        while (lines < until && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) Hear(line);
        await Task.Delay(until == 0 ? random.Next(400) : random.Next(12), TestContext.Current.CancellationToken);
        var killed = !process.HasExited;
        process.Kill();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) Hear(line);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (killed, takedowns, opened);
    }

    private static async Task CheckAsync(string folder, Acknowledged kept, string when)
    {
        if (!File.Exists(Path.Combine(folder, "FORMAT"))) { kept.Count.ShouldBe(0, when); return; }
        await using var archive = TestArchive.Open(folder);
        kept.ShouldHoldIn(archive, when);
    }
}
