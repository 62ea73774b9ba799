using System.CommandLine;

namespace Dibao.Server.Commands;

/// <summary>The commands of dibao.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        var root = Root(cancel);
        var parsed = root.Parse(args);
        // Wrong usage has its own code, so that scripts tell it from findings.
        var code = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, CancellationToken.None);
        return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
    }

    internal static RootCommand Root(CancellationToken cancel)
    {
        var root = new RootCommand("Dibao keeps the news: it captures outlets' articles for good, and lets you read, search and republish them.")
        {
            GlobalOptions.Data, GlobalOptions.Config, GlobalOptions.Json, GlobalOptions.Quiet,
        };
        foreach (var (command, run) in All())
        {
            command.SetAction((parsed, _) => Invocation.RunAsync(parsed, run, cancel));
            root.Add(command);
        }
        return root;
    }

    private static IEnumerable<(Command, Func<Invocation, Task<int>>)> All() =>
    [
        DemoCommand.Create(),
        ServeCommand.Create(),
        AddCommand.Create(),
        FeedCommand.Create(),
        SourcesCommand.Create(),
        BackfillCommand.Create(),
        ImportCommand.Create(),
        ProfileCommand.Create(),
        CaptureCommand.Create(),
        ListCommand.Create(),
        SearchCommand.Create(),
        ShowCommand.Create(),
        ExtractCommand.Create(),
        PublishCommand.Create(),
        ExportCommand.Create(),
        VerifyCommand.Create(),
        CheckCommand.Create(),
        ProveCommand.Create(),
        MirrorVerifyCommand.Create(),
        LogCommand.Create(),
        RebuildCommand.Create(),
        TakedownCommand.Create(),
        BackupCommand.Create(),
        RestoreCommand.Create(),
        DoctorCommand.Create(),
        VersionCommand.Create(),
    ];
}
