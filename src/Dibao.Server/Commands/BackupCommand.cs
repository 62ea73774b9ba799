using System.CommandLine;
using Dibao.Keep;

namespace Dibao.Server.Commands;

internal static class BackupCommand
{
    private static readonly Argument<string> Target = new("DIR") { Description = "Folder of the backup; a second backup into it copies what is new" };

    public static (Command, Func<Invocation, Task<int>>) Create() => (new("backup", "Copy the archive, also while it is served") { Target }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        using var archive = call.OpenReader();
        var report = await ProgressView.ShowAsync(call, "Copying", progress =>
            Task.Run(() => Backup.Write(archive, call.Value(Target), progress, call.Cancel), call.Cancel));
        Print(call.Output, report, $"Backup in {Path.GetFullPath(call.Value(Target))}");
        return ExitCode.Done;
    }

    internal static void Print(Output output, CopyReport report, string done)
    {
        if (output.Json) output.Object(new { copied = report.Copied, alreadyThere = report.AlreadyThere, bytes = report.Bytes });
        else output.Line($"{done}: {report.Copied} segments copied ({report.Bytes} bytes), {report.AlreadyThere} already there.");
    }
}
