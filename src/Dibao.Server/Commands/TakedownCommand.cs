using System.CommandLine;
using Dibao.Keep;

namespace Dibao.Server.Commands;

internal static class TakedownCommand
{
    private static readonly Argument<string> Which = new("ARTICLE") { Description = "Number or address of the article" };
    private static readonly Option<string> Reason = new("--reason") { Description = "Shown to whoever asks for what was removed", HelpName = "TEXT", Required = true };
    private static readonly Option<bool> Law = new("--law") { Description = "A court or an authority demanded it: readers are told 451 instead of 410" };
    private static readonly Option<bool> Confirm = new("--confirm") { Description = "Do it; without this it is only said what would be removed" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("takedown", "Remove an article for good; a tombstone stays, and the log stays provable") { Which, Reason, Law, Confirm }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        if (string.IsNullOrWhiteSpace(call.Value(Reason))) throw new UsageException("--reason: say why, in a sentence that readers may see.");
        return call.Value(Confirm) ? await TakeDownAsync(call) : Foretell(call);
    }

    private static int Foretell(Invocation call)
    {
        using var archive = call.OpenReader();
        Print(call.Output, new TakedownPlanner(archive.Database, archive.Segments).Plan(Find(archive, call.Value(Which))), done: false);
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
            var plan = Plan(archive.Reader, call.Value(Which));
            await archive.Takedowns.RunAsync([plan], cause, call.Value(Reason)!, call.Time.GetUtcNow(), call.Cancel);
            archive.Log.Publish();
            Print(call.Output, plan, done: true);
        }
        else
        {
            using var archive = call.OpenReader();
            var plan = Plan(archive, call.Value(Which));
            await server.TakeDownAsync(plan.Articles[0].Id, cause, call.Value(Reason)!, call.Cancel);
            Print(call.Output, plan, done: true);
        }
        call.Output.Note("Run `dibao publish` and `dibao backup` again: published folders and backups keep it until then.");
        return ExitCode.Done;
    }

    private static TakedownPlan Plan(ArchiveReader archive, string which)
    {
        var article = Find(archive, which);
        if (article.Removal is { } before) throw new UsageException($"Article {article.Id} was taken down already, on {before.At:yyyy-MM-dd}: {before.Reason}");
        return new TakedownPlanner(archive.Database, archive.Segments).Plan(article);
    }

    private static Article Find(ArchiveReader archive, string which) =>
        ArticleArgument.Find(archive, which) ?? throw new UsageException($"There is no article {which}: `dibao search` and `dibao list` give numbers.");

    private static void Print(Output output, TakedownPlan plan, bool done)
    {
        if (output.Json)
        {
            output.Object(new { done, articles = plan.Articles.Select(article => new { id = article.Id, url = article.Url }), captures = plan.Captures.Count, feeds = plan.Feeds });
            return;
        }
        foreach (var article in plan.Articles) output.Line($"{article.Id}\t{article.Url}\t{article.Current.Title}");
        output.Line($"{plan.Captures.Count} captures {(done ? "removed" : "would be removed")}, {plan.Feeds} of them feeds' answers that told of it.");
    }
}
