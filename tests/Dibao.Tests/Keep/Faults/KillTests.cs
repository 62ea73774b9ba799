using System.Diagnostics;
using System.Globalization;
using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep.Faults;

/// <summary><c>kill -9</c> while captures, seals, takedowns and checkpoints are being written.</summary>
public class KillTests
{
    private const int RoundsBetweenChecks = 10;
    private const int RoundsAnArchive = 20;

    [Fact]
    public async Task A_process_that_is_killed_at_any_moment_loses_nothing_it_acknowledged()
    {
        var lines = await Task.WhenAll(Enumerable.Range(0, 2).Select(worker => Task.Run(() => KillManyAsync(worker, Sizes.Kills / 2))));
        lines.Sum(line => line.Captures).ShouldBeGreaterThan(Sizes.Kills);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{lines.Sum(line => line.Kills)} archives killed, {CrashWriter.Archives} with a process, {lines.Sum(line => line.Captures)} captures and {lines.Sum(line => line.Takedowns)} takedowns acknowledged, {lines.Sum(line => line.Early)} killed while opening; 0 lost");
    }

    private static async Task<Tally> KillManyAsync(int worker, int kills)
    {
        var random = new Random(worker);
        var sum = new Tally(0, 0, 0, 0);
        while (sum.Kills < kills)
        {
            var folder = Directory.CreateTempSubdirectory("dibao-kill-").FullName;
            var kept = Enumerable.Range(0, CrashWriter.Archives).Select(_ => new Acknowledged()).ToArray();
            for (var round = 0; round < RoundsAnArchive && sum.Kills < kills; round++)
            {
                sum += await KillOneAsync(folder, round, random, kept);
                if (round % RoundsBetweenChecks == RoundsBetweenChecks - 1) await CheckAsync(folder, kept, $"worker {worker}, kill {sum.Kills}");
            }
            await CheckAsync(folder, kept, $"worker {worker}, kill {sum.Kills}");
            sum += new Tally(0, kept.Sum(archive => archive.Count), 0, 0);
            Directory.Delete(folder, recursive: true);
        }
        return sum;
    }

    private static async Task<Tally> KillOneAsync(string folder, int round, Random random, Acknowledged[] kept)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [CrashWriter.Name, folder, round.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, UseShellExecute = false, Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_TieredCompilation"] = "1" },
        })!;
        var (takedowns, opened, lines) = (0, 0, 0);
        void Hear(string line)
        {
            lines++;
            if (line.Length < 3) return;
            if (!HearOf(kept[line[0] - '0'], line[2..])) return;
            if (line[2..].StartsWith("gone ", StringComparison.Ordinal)) takedowns++; else opened++;
        }

        // Some after a time, and so while they open and recover; most after a number of acknowledgements, and a moment more.
        var until = random.Next(6) == 0 ? 0 : random.Next(1, 30 * CrashWriter.Archives);
        while (lines < until && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) Hear(line);
        await Task.Delay(until == 0 ? random.Next(400) : random.Next(12), TestContext.Current.CancellationToken);
        process.HasExited.ShouldBeFalse("the writer ended by itself");
        process.Kill();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) Hear(line);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(CrashWriter.Archives, 0, takedowns, CrashWriter.Archives - opened);
    }

    // False of a capture, and of a line that the kill cut short.
    private static bool HearOf(Acknowledged kept, string line)
    {
        if (line.StartsWith("kept ", StringComparison.Ordinal) && line.Length == 69) kept.Add(line[5..]);
        if (line.StartsWith("gone ", StringComparison.Ordinal)) kept.Remove(line[5..]);
        return line.StartsWith("gone ", StringComparison.Ordinal) || line.StartsWith("open ", StringComparison.Ordinal);
    }

    private static async Task CheckAsync(string folder, Acknowledged[] kept, string when)
    {
        for (var n = 0; n < kept.Length; n++)
        {
            var path = Path.Combine(folder, $"{n}");
            if (!File.Exists(Path.Combine(path, "FORMAT"))) { kept[n].Count.ShouldBe(0, when); continue; }
            await using var archive = TestArchive.Open(path);
            kept[n].ShouldHoldIn(archive, $"{when}, archive {n}");
        }
    }

    private sealed record Tally(int Kills, int Captures, int Takedowns, int Early)
    {
        public static Tally operator +(Tally a, Tally b) => new(a.Kills + b.Kills, a.Captures + b.Captures, a.Takedowns + b.Takedowns, a.Early + b.Early);
    }
}
