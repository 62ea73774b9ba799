using System.CommandLine;
using Dibao.Capture;
using Dibao.Server.Jobs;

namespace Dibao.Server.Commands;

internal static class CaptureCommand
{
    private const int RechecksInOneRound = 1000;

    private static readonly Option<bool> Once = new("--once") { Description = "One round, then end" };
    private static readonly Option<bool> All = new("--all") { Description = "With --once: all sources, due or not" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("capture", "Poll sources and capture what is new, without serving anything") { Once, All }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        if (call.Value(All) && !call.Value(Once)) throw new UsageException("--all goes with --once.");
        await using var archive = call.OpenArchive();
        await using var browser = new ChromiumBrowser(call.Settings.Chromium, call.Time);
        archive.Capture.Browser = browser.RenderAsync;
        return call.Value(Once) ? await RunRoundAsync(call, archive) : await RunAlwaysAsync(call, archive);
    }

    private static async Task<int> RunRoundAsync(Invocation call, Archive archive)
    {
        var book = archive.Capture.Book;
        var began = archive.Capture.Uptime.Begin();
        var sources = call.Value(All) ? book.Active() : book.Due(call.Time.GetUtcNow());
        if (sources.Count == 0 && book.Active().Count == 0) call.Output.Note("There are no sources yet: dibao add URL.");
        var round = await archive.Capture.Round.RunAsync(sources, archive.KeepAsync, new SourceLines(call.Output), call.Cancel);
        var rechecks = await archive.Capture.Round.RecheckAsync(archive.Rechecks, RechecksInOneRound, archive.KeepAsync, call.Cancel);
        round = round with { Rechecks = rechecks };
        archive.Capture.Uptime.Show(began);
        foreach (var recheck in rechecks.Where(recheck => recheck.Change is not null)) Print(call.Output, recheck);
        if (call.Output.Json) call.Output.Object(new { sources = round.Sources.Count, failed = round.Failed, @new = round.New, changed = round.Changed, rechecked = rechecks.Count });
        else call.Output.Line($"{round.Sources.Count} sources, {round.Failed} failed; {round.New} new articles, {round.Changed} changed; {rechecks.Count} looked at again.");
        return round.Failed > 0 ? ExitCode.Findings : ExitCode.Done;
    }

    private static async Task<int> RunAlwaysAsync(Invocation call, Archive archive)
    {
        call.Output.Note($"Capturing into {archive.Reader.Store.Root}; Ctrl-C ends it.");
        var scheduler = new CaptureScheduler(archive.Capture.Book, archive.Capture.Round, archive.Rechecks, archive.KeepAsync, call.Time)
        {
            Progress = new SourceLines(call.Output),
        };
        await archive.Capture.RunAsync(scheduler, archive.KeepAsync, call.Cancel);
        return ExitCode.Done;
    }

    private static void Print(Output output, RecheckReport recheck)
    {
        if (output.Json) output.Object(new { recheck = recheck.Target.Url, change = recheck.Change, words = recheck.Words });
        else output.Line($"{recheck.Target.Outlet.Slug}  {recheck.Target.Url}  {recheck.Words}");
    }
}

/// <summary>A line for each source as it ends.</summary>
internal sealed class SourceLines(Output output) : IProgress<SourceReport>
{
    public void Report(SourceReport value)
    {
        if (output.Json)
        {
            output.Object(new
            {
                source = value.Target.Source.Url, outlet = value.Target.Outlet.Slug, end = value.End, words = value.Words, nextPoll = value.NextPoll,
                entries = value.Entries, @new = value.New, changed = value.Changed, left = value.Left, pageErrors = value.PageErrors, movedTo = value.MovedTo,
            });
            return;
        }
        output.Line($"{value.Target.Outlet.Slug}  {value.Target.Source.Url}  {value.Words}");
        foreach (var error in value.PageErrors) output.Line($"    {error}");
    }
}
