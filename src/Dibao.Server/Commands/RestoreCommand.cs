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
        var faults = await ProgressView.ShowAsync(call, "Verifying", progress =>
            Task.Run(() => new ArchiveCheck(call.Settings.Data, 3).Run(fault => call.Output.Error(FaultLine.Text(fault)), progress, call.Cancel), call.Cancel));
        if (faults.Faults > 0) throw new InvalidDataException($"The backup in {call.Value(From)} is damaged in {faults.Faults} places: nothing was opened. Take another backup, or look at {call.Settings.Data} with `dibao verify`.");
        // Opening makes the catalogue again from the segments.
        await using var archive = call.OpenArchive();
        BackupCommand.Print(call.Output, report, $"Restored into {archive.Reader.Store.Root}, {archive.Reader.Catalogue.Counts().Articles} articles");
        return ExitCode.Done;
    }
}
