using System.CommandLine;
using System.Globalization;
using Dibao.Capture.Backfill;
using Dibao.Capture.Sources;
using Dibao.Publish;

namespace Dibao.Server.Commands;

internal static class BackfillCommand
{
    private const int DefaultPerDay = 200;

    private static readonly Argument<string?> Source = new("SOURCE") { Description = "A source's address or number; without one, all backfills are listed", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Since = new("--since") { Description = "The oldest day wanted", HelpName = "YYYY-MM-DD" };
    private static readonly Option<int> PerDay = new("--per-day") { Description = "Articles a day at the most", DefaultValueFactory = _ => DefaultPerDay };
    private static readonly Option<bool> Stop = new("--stop") { Description = "End it; what was fetched stays" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("backfill", "Fetch a source's past articles, a few each day, from its site's sitemaps and the older pages of its feed") { Source, Since, PerDay, Stop }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        if (call.Value(Source) is not { } name) return List(call);
        await using var archive = call.OpenArchive();
        var target = Find(archive, name) ?? throw new UsageException($"There is no source \"{name}\" that is watched: dibao sources lists all.");
        var backfills = archive.Capture.Backfills;
        if (call.Value(Stop))
        {
            backfills.Stop(target.Source.Id);
            Print(call.Output, backfills.Of(target.Source.Id)!);
            return ExitCode.Done;
        }
        if (call.Value(PerDay) is < 1 or > 100_000) throw new UsageException($"--per-day is {call.Value(PerDay)}: write a number from 1 to 100000.");
        if (call.Value(Since) is { } day || backfills.Of(target.Source.Id) is null) backfills.Start(target.Source.Id, DayOf(call.Value(Since)), call.Value(PerDay));
        return await StepAsync(call, archive, target);
    }

    // 1. The list. 2. Today's share. What is left, `dibao serve` goes on with, or the same command tomorrow.
    private static async Task<int> StepAsync(Invocation call, Archive archive, PollTarget target)
    {
        await ProgressView.ShowAsync(call, "backfilling", async view =>
        {
            while (await archive.Capture.Backfill.StepAsync(target, archive.KeepAsync, call.Cancel))
            {
                if (archive.Capture.Backfills.Of(target.Source.Id) is { Listed: not null } progress)
                    view.Report(new PublishProgress(progress.All - progress.Of(BackfillState.Waiting), progress.All));
            }
            return true;
        });
        var now = archive.Capture.Backfills.Of(target.Source.Id)!;
        Print(call.Output, now);
        if (now.Ended is null) call.Output.Note("That is today's share. `dibao serve` goes on by itself, or call the same command tomorrow.");
        return now.Words is null && now.Of(BackfillState.Failed) == 0 ? ExitCode.Done : ExitCode.Findings;
    }

    private static int List(Invocation call)
    {
        using var archive = call.OpenReader();
        var all = archive.Backfills();
        foreach (var progress in all) Print(call.Output, progress);
        if (all.Count == 0) call.Output.Note("There are none yet: dibao backfill SOURCE --since YYYY-MM-DD.");
        return ExitCode.Done;
    }

    private static PollTarget? Find(Archive archive, string name)
    {
        var active = archive.Capture.Book.Active();
        return active.FirstOrDefault(target => target.Source.Url == name || (long.TryParse(name, NumberStyles.None, null, out var id) && target.Source.Id == id))
            ?? (ArticleUrl.TryNormalize(name, out var url) ? active.FirstOrDefault(target => target.Source.Url == url) : null);
    }

    private static DateTimeOffset DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? new(day, TimeOnly.MinValue, TimeSpan.Zero)
        : throw new UsageException(text is null ? "--since is missing: write the oldest day wanted, as in 2024-01-31." : $"--since is \"{text}\": write a day as in 2024-01-31.");

    private static void Print(Output output, BackfillProgress progress)
    {
        if (output.Json)
        {
            output.Object(new
            {
                source = progress.SourceUrl, since = progress.Since, perDay = progress.PerDay, listed = progress.Listed, ended = progress.Ended, problem = progress.Words,
                all = progress.All, kept = progress.Of(BackfillState.Kept), there = progress.Of(BackfillState.There), waiting = progress.Of(BackfillState.Waiting),
                failed = progress.Of(BackfillState.Failed), noArticle = progress.Of(BackfillState.NoArticle),
            });
            return;
        }
        output.Line($"{progress.SourceUrl}  since {progress.Since:yyyy-MM-dd}, {progress.PerDay} a day: {progress.All} found, {progress.Of(BackfillState.Kept)} kept, "
            + $"{progress.Of(BackfillState.There)} there before, {progress.Of(BackfillState.Waiting)} waiting, {progress.Of(BackfillState.Failed)} failed, {progress.Of(BackfillState.NoArticle)} no articles"
            + (progress.Ended is { } ended ? $"; done {ended:yyyy-MM-dd HH:mm}Z" : ""));
        if (progress.Words is { } words) output.Line($"    {words}");
    }
}
