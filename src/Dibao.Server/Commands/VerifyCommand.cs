using System.CommandLine;
using Dibao.Keep;
using Dibao.Log;
using Dibao.Prove;

namespace Dibao.Server.Commands;

internal static class VerifyCommand
{
    private static readonly Option<int> Level = new("--level")
    {
        Description = "0: sizes and seals; 1: the hash of every member; 2: every record by itself; 3: manifests, takedowns, the log; 4: the catalogue against its rebuild, a replay sample",
        HelpName = "0..4", DefaultValueFactory = _ => 3,
    };

    private static readonly Option<string?> Since = new("--since") { Description = "An earlier checkpoint of the log that you kept: it must be its beginning", HelpName = "FILE" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("verify", "Read what is kept, and report what is not as it was; one JSON line a fault with --json") { Level, Since }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var level = call.Value(Level);
        if (level is < 0 or > Verification.MaxLevel) throw new UsageException($"--level {level}: write a number from 0 to {Verification.MaxLevel}.");
        var since = call.Value(Since) is { } file ? ReadCheckpoint(file) : null;
        if (since is not null && level < 3) throw new UsageException("--since needs --level 3 or 4: only they look at the log.");
        var check = new ArchiveCheck(call.Settings.Data, level) { Since = since };
        var report = await RunAsync(call, check);
        Summarize(call.Output, report, level);
        return report.Faults > 0 ? ExitCode.Corruption : report.Derived > 0 ? ExitCode.Findings : ExitCode.Done;
    }

    private static async Task<ArchiveReport> RunAsync(Invocation call, ArchiveCheck check)
    {
        try
        {
            return await ProgressView.ShowAsync(call, "Verifying", progress => Task.Run(() => check.Run(fault => FaultLine.Print(call.Output, fault), progress, call.Cancel), call.Cancel));
        }
        catch (LogException other) when (check.Since is not null)
        {
            throw new UsageException($"--since {call.Value(Since)}: {other.Message}.");
        }
    }

    private static void Summarize(Output output, ArchiveReport report, int level)
    {
        var store = report.Store;
        var head = report.Checkpoint?.Checkpoint;
        if (output.Json)
        {
            output.Object(new
            {
                level, segments = store.Segments, bytes = store.Bytes, records = store.Records, captures = store.Captures, root = store.Root.ToString(),
                checkpoint = head?.Size, faults = report.Faults, derived = report.Derived, catalogue = report.HasCatalogue, unsealed = store.Unsealed,
            });
            return;
        }
        if (!report.HasCatalogue) output.Note("There is no catalogue; only the segments and the log were read. `dibao rebuild` makes it.");
        if (store.Unsealed > 0) output.Note($"{store.Unsealed} sealed segment{(store.Unsealed == 1 ? " is" : "s are")} from before the log had seals: what is in them is held to the log by level 3, their sizes are not.");
        var verdict = (report.Faults, report.Derived) switch
        {
            (0, 0) => "all as kept",
            (0, var derived) => $"all as kept, and {derived} faults in what can be made again",
            var (faults, derived) => $"{faults} faults in what is kept, {derived} in what can be made again",
        };
        output.Line($"Level {level}: {store.Segments} segments, {store.Bytes} bytes, {store.Records} records, {store.Captures} captures{(head is null ? "" : $", log of {head.Size}")}: {verdict}.");
    }

    private static SignedCheckpoint ReadCheckpoint(string file)
    {
        try { return SignedCheckpoint.Parse(File.ReadAllBytes(file)); }
        catch (FormatException bad) { throw new UsageException($"--since {file}: {bad.Message}."); }
    }
}
