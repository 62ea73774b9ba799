using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Dibao.Bench.Extract;

/// <summary>The peer: installed by npm into a temporary folder for the run, and removed with it.</summary>
internal static class NodeReadability
{
    public const string Versions = "@mozilla/readability 0.6.0, linkedom 0.18.12";

    /// <returns>Of the best round over all pages; null, with the reason on the console, where node or its registry is absent.</returns>
    public static async Task<double?> SecondsAsync(IReadOnlyList<(string Html, string? Url)> pages, int rounds, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("dibao-bench-node-");
        try
        {
            var (installed, errors) = await RunAsync("npm", "install --no-audit --no-fund @mozilla/readability@0.6.0 linkedom@0.18.12", folder.FullName, cancel);
            if (installed != 0) { Console.WriteLine($"  npm could not install the peer: {errors.Trim().Split('\n')[0]}"); return null; }
            var input = Path.Combine(folder.FullName, "pages.json");
            await File.WriteAllTextAsync(input, JsonSerializer.Serialize(pages.Select(page => new { html = page.Html, url = page.Url })), cancel);
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Extract", "readability.mjs"), Path.Combine(folder.FullName, "readability.mjs"));
            var (ended, output) = await RunAsync("node", $"readability.mjs pages.json {rounds}", folder.FullName, cancel);
            if (ended == 0) return double.Parse(output, CultureInfo.InvariantCulture);
            Console.WriteLine($"  node ended with {ended}: {output.Trim()}");
            return null;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Console.WriteLine($"  the peer needs node and npm: {missing.Message}");
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string arguments, string folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, process.ExitCode == 0 ? await output : await errors);
    }
}
