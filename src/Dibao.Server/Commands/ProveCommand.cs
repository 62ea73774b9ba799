using System.CommandLine;
using Dibao.Prove;

namespace Dibao.Server.Commands;

internal static class ProveCommand
{
    private static readonly Argument<string> Which = new("ARTICLE") { Description = "Its number (from list or search), its URL, or any URL that was captured" };
    private static readonly Option<string?> Into = new("--output") { Description = "Folder to write, which must not be there (default: proof-LEAF)", HelpName = "DIR" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("prove", "Write what a stranger needs to check that a page was captured") { Which, Into }, RunAsync);

    private static Task<int> RunAsync(Invocation call)
    {
        using var archive = call.OpenReader();
        if (Find(archive, call.Value(Which)) is not { } capture)
        {
            call.Output.Error($"Nothing was captured as {call.Value(Which)}: dibao list and dibao search give the numbers of articles.");
            return Task.FromResult(ExitCode.Findings);
        }
        var folder = Path.GetFullPath(call.Value(Into) ?? $"proof-{capture.Leaf}");
        if (Path.Exists(folder)) throw new UsageException($"{folder} is there already: name another with --output.");
        new ProofFolder(archive.Catalogue, archive.Segments, archive.Log).Write(capture, folder);
        var key = archive.Log.Keys[0];
        if (call.Output.Json) call.Output.Object(new { folder, leaf = capture.Leaf, url = capture.Url, key = key.ToString() });
        else
        {
            call.Output.Line($"The proof of {capture.Url}, leaf {capture.Leaf}, is in {folder}.");
            call.Output.Note($"Hand over the key another way than the folder; with it anybody runs: node verify.mjs {folder} {key}");
        }
        return Task.FromResult(ExitCode.Done);
    }

    private static KeptCapture? Find(ArchiveReader archive, string which)
    {
        if (ArticleArgument.Find(archive, which) is { } article && archive.Catalogue.Capture(article.Current.CaptureId) is { } capture) return capture;
        return archive.Catalogue.CapturesOf(which, limit: 1) is [var newest, ..] ? newest : null;
    }
}
