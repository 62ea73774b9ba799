using System.CommandLine;
using Dibao.Keep;

namespace Dibao.Server.Commands;

internal static class RebuildCommand
{
    // More of them say no more, to people; with --json all are listed.
    private const int MostShown = 20;

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("rebuild", "Make the catalogue again from the segments, as far as they can be read; one JSON line a fault and a lost capture with --json"), RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var missing = new List<MissingCapture>();
        await using var archive = await ProgressView.ShowAsync(call, "Rebuilding", progress => Task.Run(
            () => Archive.Rebuild(call.Settings.Data, call.Settings.Archive, call.Time, progress, call.Cancel, fault => FaultLine.Print(call.Output, fault), missing.Add), call.Cancel));
        foreach (var capture in missing.Take(call.Output.Json ? missing.Count : MostShown)) Print(call.Output, capture);
        if (missing.Count > MostShown && !call.Output.Json) call.Output.Line($"… and {missing.Count - MostShown} more captures.");
        Summarize(call.Output, archive, missing.Count);
        return archive.Recovery.Damaged == 0 ? ExitCode.Done : ExitCode.Corruption;
    }

    private static void Print(Output output, MissingCapture capture)
    {
        if (output.Json) output.Object(new { missing = capture.Url, at = capture.At, leaf = capture.Leaf });
        else output.Line($"Missing: {capture.Url}, captured {capture.At:yyyy-MM-dd HH:mm:ss} UTC, leaf {capture.Leaf}");
    }

    private static void Summarize(Output output, Archive archive, int missing)
    {
        var counts = archive.Reader.Catalogue.Counts();
        var (damaged, before) = (archive.Recovery.Damaged, archive.Recovery.Before);
        if (output.Json)
        {
            output.Object(new { counts.Outlets, counts.Sources, counts.Articles, counts.Versions, counts.Captures, counts.SegmentBytes, damaged, missing, before });
            return;
        }
        output.Line($"Rebuilt from {counts.Captures} captures: {counts.Articles} articles of {counts.Outlets} outlets, {counts.Versions} versions, {counts.Sources} sources.");
        if (damaged == 0) return;
        output.Error($"{damaged} places could not be read{(missing > 0 ? $", and {missing} captures that the catalogue had are missing" : "")}. Restore the segments named above from a backup, then run `dibao rebuild` again.");
        if (before is not null) output.Error($"The catalogue before is kept in {before}: it may be all that has the words of what is missing.");
    }
}
