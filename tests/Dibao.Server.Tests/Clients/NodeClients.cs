using System.Diagnostics;
using Xunit;

namespace Dibao.Server.Tests.Clients;

/// <summary>Clients that other people wrote, from npm: tests/clients. Tests that need them are skipped where they are not installed.</summary>
internal static class NodeClients
{
    /// <summary>The folder with package.json.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "tests", "clients");

    /// <summary>A file of an installed package; skips the test when there is none.</summary>
    public static string Require(string path)
    {
        var file = Path.Combine(Folder, "node_modules", path);
        if (!File.Exists(file)) Assert.Skip($"{path} is not installed: run `npm ci --ignore-scripts` in tests/clients");
        return file;
    }

    /// <summary>Runs node in the folder and gives back what it printed.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"node: {await error}");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Dibao.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
