using System.CommandLine;
using System.Runtime.InteropServices;

namespace Dibao.Server.Commands;

internal static class VersionCommand
{
    /// <summary>Three numbers: 0.1.0.</summary>
    public static string Version { get; } = typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);

    public static (Command, Func<Invocation, Task<int>>) Create() => (new("version", "Print the version"), RunAsync);

    private static Task<int> RunAsync(Invocation call)
    {
        if (call.Output.Json)
        {
            call.Output.Object(new
            {
                version = Version,
                schema = Database.CurrentVersion,
                runtime = RuntimeInformation.FrameworkDescription,
                platform = RuntimeInformation.RuntimeIdentifier,
            });
        }
        else call.Output.Line($"dibao {Version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, catalogue {Database.CurrentVersion})");
        return Task.FromResult(ExitCode.Done);
    }
}
