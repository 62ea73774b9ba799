using System.CommandLine;
using Dibao.Publish;
using Dibao.Publish.Git;
using Dibao.Server.Configuration;

namespace Dibao.Server.Commands;

internal static class PublishCommand
{
    private static readonly Argument<string?> Target = new("DIR")
    {
        Description = "Folder of the article files, lists and README (default: Publish:Folder)", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => null,
    };

    private static readonly Option<bool> Git = new("--git") { Description = "Make the folder a git repository, and commit what changed" };
    private static readonly Option<string?> Push = new("--push") { Description = "Push the commit there; implies --git", HelpName = "REMOTE" };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace files that stand in the way and are not dibao's" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("publish", "Write the archive as files that stay readable without dibao") { Target, Git, Push, Overwrite }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var folder = call.Value(Target) ?? call.Settings.PublishFolder ?? throw new UsageException("Name a folder to publish into: dibao publish DIR.");
        var remote = call.Value(Push) ?? call.Settings.PublishRemote;
        if (remote is not null && SettingTable.PublishRemote.Problem(remote) is { } problem) throw new UsageException($"--push: {problem}.");
        using var archive = call.OpenReader();
        var report = await ProgressView.ShowAsync(call, "Publishing", progress => Task.Run(
            () => new PublishRun(archive, folder, new() { Overwrite = call.Value(Overwrite) }).Run(progress, call.Cancel), call.Cancel));
        var git = call.Value(Git) || call.Settings.PublishGit || remote is not null
            ? await new GitTarget(folder, call.Time).CommitAsync(report.Files, remote, call.Cancel)
            : null;
        Print(call.Output, Path.GetFullPath(folder), report, git);
        return ExitCode.Done;
    }

    private static void Print(Output output, string folder, PublishReport report, GitReport? git)
    {
        if (output.Json)
        {
            output.Object(new { folder, written = report.Written, unchanged = report.Unchanged, removed = report.Removed, commit = git?.Message, pushed = git?.Pushed });
            return;
        }
        output.Line($"{folder}: {report.Written} files written, {report.Unchanged} unchanged, {report.Removed} removed.");
        if (git is not null) output.Line((git.Message is null ? "Nothing to commit" : $"Committed: {git.Message}") + (git.Pushed ? "; pushed." : "."));
    }
}
