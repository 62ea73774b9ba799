using System.CommandLine;
using Dibao.Log;
using Dibao.Prove;
using Dibao.Prove.Witnesses;

namespace Dibao.Server.Commands;

internal static class MirrorVerifyCommand
{
    private static readonly Argument<string> Where = new("MIRROR") { Description = "Folder of a log, or its address (http://…/log)" };
    private static readonly Option<string> Key = new("--key") { Description = "The log's verifier key, had from elsewhere; several keys, newest first, are divided by commas", HelpName = "KEY", Required = true };
    private static readonly Option<string?> Since = new("--since") { Description = "An earlier checkpoint of the log that you kept: it must be its beginning", HelpName = "FILE" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("mirror-verify", "Check a log that somebody else serves: every tile, every entry, its signature, and that it only grew") { Where, Key, Since }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var keys = call.Value(Key)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadKey).ToList();
        if (keys.Count == 0) throw new UsageException("--key: give the log's verifier key (dibao log key, on the archive's machine).");
        var since = call.Value(Since) is { } file ? ReadCheckpoint(file, keys) : null;
        using var http = BoundedHttp.Client();
        using LogMirror mirror = Uri.TryCreate(call.Value(Where), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new LogMirror.Served(http, address!, call.Cancel)
            : new LogMirror.Folder(call.Value(Where));
        var report = await Task.Run(() => mirror.Check(keys, since, fault => Print(call.Output, fault), call.Cancel), call.Cancel);
        Summarize(call.Output, report);
        return report.Faults == 0 ? ExitCode.Done : ExitCode.Corruption;
    }

    private static void Summarize(Output output, AuditReport report)
    {
        var head = report.Checkpoint?.Checkpoint;
        if (output.Json) output.Object(new { origin = head?.Origin, size = head?.Size, root = head?.Root.ToString(), tiles = report.Tiles, history = report.History, faults = report.Faults });
        else if (head is null) output.Line($"Nothing could be checked: {report.Faults} faults.");
        else output.Line($"{head.Origin}: {head.Size} leaves, {report.Tiles} tiles, {report.History} earlier checkpoints: {(report.Faults == 0 ? "all as signed" : $"{report.Faults} faults")}.");
    }

    private static VerifierKey ReadKey(string text) =>
        VerifierKey.TryParse(text, out var key, out var problem) ? key : throw new UsageException($"--key {text}: {problem}.");

    private static SignedCheckpoint ReadCheckpoint(string file, List<VerifierKey> keys)
    {
        try
        {
            var checkpoint = SignedCheckpoint.Parse(File.ReadAllBytes(file));
            checkpoint.RequireFrom(keys.Find(checkpoint.Note.IsSignedBy) ?? keys[0]);
            return checkpoint;
        }
        catch (FormatException bad)
        {
            throw new UsageException($"--since {file}: {bad.Message}.");
        }
    }

    private static void Print(Output output, LogFault fault)
    {
        if (output.Json) output.Object(new { file = fault.File, reason = fault.Reason });
        else output.Line($"{fault.File}: {fault.Reason}");
    }
}
