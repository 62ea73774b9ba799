using System.CommandLine;
using Dibao.Keep;

namespace Dibao.Server.Commands;

internal static class RestoreCommand
{
    private static readonly Argument<string> From = new("DIR") { Description = "Folder of a backup" };

    public static (Command, Func<Invocation, Task<int>>) Create() => (new("restore", "Copy a backup into an empty archive folder (--data)") { From }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var report = await ProgressView.ShowAsync(call, "Copying", progress =>
            Task.Run(() => Backup.Restore(call.Value(From), call.Settings.Data, progress, call.Cancel), call.Cancel));
        // Opening applies what the backup's catalogue did not have, and reads the segments that it does.
        await using var archive = call.OpenArchive();
        BackupCommand.Print(call.Output, report, $"Restored into {archive.Reader.Store.Root}, {archive.Reader.Catalogue.Counts().Articles} articles");
        return ExitCode.Done;
    }
}
