using System.CommandLine;
using Dibao.Keep;
using Dibao.Server.Hosting;

namespace Dibao.Server.Commands;

internal static class TakedownCommand
{
    private static readonly Argument<string[]> Which = new("ARTICLE") { Description = "Number or address of the article; of several at once, which cost little more than one", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> Reason = new("--reason") { Description = "Shown to whoever asks for what was removed", HelpName = "TEXT", Required = true };
    private static readonly Option<bool> Law = new("--law") { Description = "A court or an authority demanded it: readers are told 451 instead of 410" };
    private static readonly Option<bool> Confirm = new("--confirm") { Description = "Do it; without this it is only said what would be removed" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("takedown", "Remove articles for good; a tombstone stays, and the log stays provable") { Which, Reason, Law, Confirm }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        if (string.IsNullOrWhiteSpace(call.Value(Reason))) throw new UsageException("--reason: say why, in a sentence that readers may see.");
        return call.Value(Confirm) ? await TakeDownAsync(call) : Foretell(call);
    }

    private static int Foretell(Invocation call)
    {
        using var archive = call.OpenReader();
        var planner = new TakedownPlanner(archive.Database, archive.Segments);
        Print(call.Output, [.. call.Value(Which)!.Select(which => planner.Plan(Find(archive, which)))], done: false);
        call.Output.Note("Nothing was removed yet: add --confirm. It cannot be undone, and earlier backups keep it until their next run.");
        return ExitCode.Findings;
    }

    // The running server has the archive open, and does it; without one this process opens it.
    private static async Task<int> TakeDownAsync(Invocation call)
    {
        using var server = await RunningServer.FindAsync(call.Settings.Data, call.Cancel);
        var cause = call.Value(Law) ? TakedownCause.Law : TakedownCause.Request;
        if (server is null)
        {
            await using var archive = call.OpenArchive();
            var plans = Plans(archive.Reader, call.Value(Which)!);
            await archive.Takedowns.RunAsync(plans, cause, call.Value(Reason)!, call.Time.GetUtcNow(), call.Cancel);
            archive.Log.Publish();
            Print(call.Output, plans, done: true);
        }
        else
        {
            using var archive = call.OpenReader();
            var plans = Plans(archive, call.Value(Which)!);
            await server.TakeDownAsync([.. plans.Select(plan => plan.Articles[0].Id)], cause, call.Value(Reason)!, call.Cancel);
            Print(call.Output, plans, done: true);
        }
        call.Output.Note("Run `dibao publish` and `dibao backup` again: published folders and backups keep it until then.");
        return ExitCode.Done;
    }

    // All of them, before anything is removed.
    private static List<TakedownPlan> Plans(ArchiveReader archive, string[] which)
    {
        var planner = new TakedownPlanner(archive.Database, archive.Segments);
        return [.. which.Select(one => Find(archive, one)).DistinctBy(article => article.Id).Select(article =>
            TakedownAnswer.RefusalOf(article) is { } refusal ? throw new UsageException(refusal) : planner.Plan(article))];
    }

    private static Article Find(ArchiveReader archive, string which) =>
        ArticleArgument.Find(archive, which) ?? throw new UsageException($"There is no article {which}: `dibao search` and `dibao list` give numbers.");

    private static void Print(Output output, List<TakedownPlan> plans, bool done)
    {
        var articles = plans.SelectMany(plan => plan.Articles).DistinctBy(article => article.Id).ToList();
        var captures = TakedownPlan.CapturesOf(plans);
        int? feeds = plans.Count == 1 ? plans[0].Feeds : null;
        if (output.Json)
        {
            output.Object(new { done, articles = articles.Select(article => new { id = article.Id, url = article.Url }), captures, feeds });
            return;
        }
        foreach (var article in articles) output.Line($"{article.Id}\t{article.Url}\t{article.Current.Title}");
        output.Line($"{captures} captures {(done ? "removed" : "would be removed")}{(plans.Count == 1 ? $", {feeds} of them feeds' answers that told of it" : "")}.");
    }
}
