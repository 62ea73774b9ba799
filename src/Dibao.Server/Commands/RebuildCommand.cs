using System.CommandLine;

namespace Dibao.Server.Commands;

internal static class RebuildCommand
{
    public static (Command, Func<Invocation, Task<int>>) Create() => (new("rebuild", "Make the catalogue again from the segments"), RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        await using var archive = await ProgressView.ShowAsync(call, "Rebuilding", progress =>
            Task.Run(() => Archive.Rebuild(call.Settings.Data, call.Settings.Archive, call.Time, progress, call.Cancel), call.Cancel));
        var counts = archive.Reader.Catalogue.Counts();
        if (call.Output.Json) call.Output.Object(counts);
        else call.Output.Line($"Rebuilt from {counts.Captures} captures: {counts.Articles} articles of {counts.Outlets} outlets, {counts.Versions} versions, {counts.Sources} sources.");
        return ExitCode.Done;
    }
}
