using System.CommandLine;
using Dibao.Capture;
using Dibao.Capture.Import;

namespace Dibao.Server.Commands;

internal static class ImportCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Article files, saved pages, OPML or WARC: a file, a folder, a .zip or a .tar.gz", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Slug = new("--outlet") { Description = "The outlet of everything (default: by folder articles/SLUG/, or else by host)", HelpName = "SLUG" };
    private static readonly Option<string?> Name = new("--name") { Description = "That outlet's name for people" };
    private static readonly Option<string?> Report = new("--report") { Description = "Where refusals are written (default: reports/ in the archive's folder)", HelpName = "FILE" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("import", "Bring files into the archive; run it again to go on where it was stopped") { Paths, Slug, Name, Report }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var options = new ImportOptions { Outlet = OutletOf(call) };
        // Names are checked before the archive is opened or made.
        var readers = call.Value(Paths).Select(path => (Path: path, Reader: new ImportReader(path, options, call.Time))).ToList();
        await using var archive = call.OpenArchive();
        using var refusals = new RefusalReport(call.Value(Report) ?? RefusalReport.DefaultPath(archive.Reader.Store.Root, call.Time));
        var all = new ImportReport(0, 0, 0, 0, 0, 0, 0);
        foreach (var (path, reader) in readers)
        {
            var part = await ProgressView.ShowAsync(call, $"Importing {Path.GetFileName(path.TrimEnd('/'))}", progress => new ImportRun(archive, reader)
                .RunAsync(refused => Refuse(call.Output, refusals, refused), progress, call.Cancel, (url, outcome) => Acknowledge(call.Output, url, outcome)));
            all = Sum(all, part);
        }
        Print(call.Output, all, refusals.Path);
        return all.Refused > 0 ? ExitCode.Findings : ExitCode.Done;
    }

    private static OutletName? OutletOf(Invocation call)
    {
        var (slug, name) = (call.Value(Slug), call.Value(Name));
        if (slug is null) return name is null ? null : throw new UsageException("--name goes with --outlet.");
        AddCommand.RequireSlug(slug);
        return new(slug, name ?? slug);
    }

    // With --json, a line is an acknowledgement: what it names survives a power cut from here on.
    private static void Acknowledge(Output output, string url, KeepOutcome outcome)
    {
        if (output.Json) output.Object(new { kept = url, capture = outcome.CaptureId, article = outcome.ArticleId, change = outcome.Change });
    }

    private static void Refuse(Output output, RefusalReport report, ImportItem.Refused refused)
    {
        report.Add(refused.Path, refused.Line, refused.Reason);
        if (output.Json) output.Object(new { refused = refused.Path, line = refused.Line, reason = refused.Reason });
    }

    private static ImportReport Sum(ImportReport a, ImportReport b) => new(
        a.New + b.New, a.AlreadyThere + b.AlreadyThere, a.Changed + b.Changed, a.Known + b.Known, a.Refused + b.Refused, a.Passed + b.Passed, a.Sources + b.Sources);

    private static void Print(Output output, ImportReport report, string? refusals)
    {
        if (output.Json)
        {
            output.Object(new
            {
                @new = report.New, alreadyThere = report.AlreadyThere, changed = report.Changed, known = report.Known,
                refused = report.Refused, passed = report.Passed, sources = report.Sources, report = refusals,
            });
            return;
        }
        output.Line($"{report.New} new, {report.AlreadyThere} already there, {report.Changed} changed, {report.Known} known by their address only, {report.Refused} refused"
            + (report.Passed > 0 ? $", {report.Passed} passed over" : "") + (report.Sources > 0 ? $"; {report.Sources} sources added" : "") + ".");
        if (refusals is not null) output.Line($"Why files were refused: {refusals}");
    }
}
