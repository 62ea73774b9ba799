using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Dibao.Bench.Feeds;

/// <summary><c>dibao feed</c> as a process over what attackers send: how long it takes to say no, and the most memory it holds meanwhile.</summary>
internal static class FeedBounds
{
    private const int Rounds = 3;

    public static async Task RunAsync(BenchReport report)
    {
        report.Section("Feeds that are attacks: `dibao feed`, a process each");
        var folder = Directory.CreateTempSubdirectory("dibao-bench-bounds-").FullName;
        try
        {
            foreach (var (name, write) in Inputs())
            {
                var path = Path.Combine(folder, "input");
                await using (var file = File.Create(path))
                    write(file);
                await MeasureAsync(report, name, path, isPiped: false);
                await MeasureAsync(report, name + ", piped", path, isPiped: true);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Name, Action<Stream> Write)> Inputs() =>
    [
        ("an ordinary feed of 100 kB, to compare", to => new EndlessFeed(100_000).CopyTo(to)),
        ("50 MB", to => new EndlessFeed(50_000_000).CopyTo(to)),
        ("50 MB in one entry", to => Repeat(to, "<rss><channel><item><title>", "words and words ", 50_000_000)),
        ("50 MB of tags", to => Repeat(to, "<rss><channel><item>", "<a b=\"c\">d</a>", 50_000_000)),
        ("entities that grow tenfold, 20 times over", to => to.Write(Encoding.UTF8.GetBytes(
            "<!DOCTYPE rss [<!ENTITY a0 \"lol\">" + string.Concat(Enumerable.Range(1, 20).Select(Entity)) + "]><rss><channel><title>&a20;</title></channel></rss>"))),
        ("31 MB of open tags", to => Repeat(to, "<rss><channel>", "<a>", 31_000_000)),
        ("31 MB of open JSON arrays", to => Repeat(to, "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[", "[", 31_000_000)),
        ("1 GB of zeros under gzip", to => Packed(to, "", "\0", 1_000_000_000)),
        ("1 GB of one title under gzip", to => Packed(to, "<rss><channel><item><title>", "a", 1_000_000_000)),
        ("1 GB of entries under gzip", to => Packed(to, "<rss><channel>", "<item><title>a</title><description>" + new string('b', 8000) + "</description></item>", 1_000_000_000)),
    ];

    private static string Entity(int index) => $"<!ENTITY a{index} \"{string.Concat(Enumerable.Repeat($"&a{index - 1};", 10))}\">";

    private static void Packed(Stream to, string head, string part, long length)
    {
        using var gzip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        Repeat(gzip, head, part, length);
    }

    private static void Repeat(Stream to, string head, string part, long length)
    {
        to.Write(Encoding.UTF8.GetBytes(head));
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1 + 100_000 / part.Length)));
        for (var written = 0L; written < length; written += block.Length)
            to.Write(block);
    }

    private static async Task MeasureAsync(BenchReport report, string name, string path, bool isPiped)
    {
        var least = TimeSpan.MaxValue;
        var (most, said, code) = (0L, "", 0);
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            using var process = Start(isPiped ? "-" : path);
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            var feeding = FeedAsync(process, isPiped ? path : null);
            while (!process.HasExited)
            {
                most = Math.Max(most, Peak(process.Id));
                await Task.Delay(2);
            }

            await Task.WhenAll(output, feeding);
            (said, code) = (await error, process.ExitCode);
            least = TimeSpan.FromTicks(Math.Min(least.Ticks, watch.Elapsed.Ticks));
        }

        report.Add(new("feed", name, least.TotalMilliseconds, "ms", "about a second", $"ends with {code}; {said.Trim().Split('\n')[0]}"));
        report.Add(new("feed", name + ": resident at the most", most / 1000.0, "MB", "≤ 64"));
    }

    private static async Task FeedAsync(Process process, string? path)
    {
        await using var to = process.StandardInput.BaseStream;
        if (path is null)
            return;
        try
        {
            await using var from = File.OpenRead(path);
            await from.CopyToAsync(to);
        }
        catch (IOException)
        {
            // It has heard enough.
        }
    }

    private static Process Start(string place) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "dibao.exe" : "dibao"), ["feed", place, "--json"])
    {
        UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;

    /// <returns>Kilobytes; 0 where the process is gone, or the system does not say.</returns>
    private static long Peak(int process)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{process}/status"))
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return long.Parse(line.AsSpan("VmHWM:".Length).Trim(" \tkB"), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }

        return 0;
    }
}
