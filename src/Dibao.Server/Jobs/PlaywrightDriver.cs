using System.Runtime.InteropServices;

namespace Dibao.Server.Jobs;

/// <summary>Where Playwright's driver is: Node and its scripts, which a published dibao leaves out for their size.</summary>
/// <remarks>The same places in the same order as Playwright itself looks (Microsoft.Playwright, Driver.GetExecutablePath).</remarks>
internal static class PlaywrightDriver
{
    public const string Variable = "PLAYWRIGHT_DRIVER_SEARCH_PATH";

    public const string Remedy =
        "publish dibao with -p:PlaywrightPlatform=linux-x64 (or the platform that it is), or copy the folder .playwright of such a build here, and name the folder that it lies in in " +
        Variable + " (docs/capture.md)";

    private const string Name = ".playwright";

    /// <summary>The folder that <c>.playwright</c> lies in; null when there is none, or the one that is named holds none.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? Array.Find([named, Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(named))) ?? named], Holds)
        : Holds(AppContext.BaseDirectory) ? AppContext.BaseDirectory : null;

    /// <summary>Tells Playwright, which takes the folder around it only, where it is.</summary>
    public static void Point()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } && Find() is { } found) Environment.SetEnvironmentVariable(Variable, found);
    }

    private static bool Holds(string folder) =>
        File.Exists(Path.Combine(folder, Name, "package", "cli.js")) && File.Exists(Path.Combine(folder, Name, "node", Platform, OperatingSystem.IsWindows() ? "node.exe" : "node"));

    private static string Platform =>
        (OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux") + "-" +
        (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64");
}
