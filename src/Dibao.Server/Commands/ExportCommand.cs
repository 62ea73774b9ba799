using System.CommandLine;
using System.Security.Cryptography;
using Dibao.Find;
using Dibao.Publish;
using Dibao.Publish.Export;

namespace Dibao.Server.Commands;

internal static class ExportCommand
{
    private static readonly Option<string> Format = new("--format") { Description = "jsonl, csv, md (a folder, or a .zip), warc (.warc.gz), wacz or cdxj", DefaultValueFactory = _ => "jsonl" };
    private static readonly Option<string?> Outlet = new("--outlet") { Description = "Only articles of this outlet", HelpName = "SLUG" };
    private static readonly Option<string?> Query = new("--query") { Description = "Only articles that this finds, as in dibao search", HelpName = "QUERY" };
    private static readonly Option<string?> Target = new("--output", "-o") { Description = "File, or for md a new folder (default: standard output)", HelpName = "PATH" };

    static ExportCommand() => Format.AcceptOnlyFromAmong("jsonl", "csv", "md", "warc", "wacz", "cdxj");

    private delegate long Exporter(ArchiveReader archive, IEnumerable<Article> articles, Stream output, CancellationToken cancel);

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("export", "Write articles as JSON lines, CSV, Markdown, WARC or WACZ") { Format, Outlet, Query, Target }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var target = call.Value(Target);
        if (call.Value(Format) == "md" && target is null) throw new UsageException("Markdown takes several files: name a new folder or a .zip with --output.");
        var selection = new ExportSelection { Outlet = call.Value(Outlet), Query = Parsed(call.Value(Query)) };
        using var archive = call.OpenReader();
        if (selection.Outlet is { } slug && archive.Catalogue.Outlet(slug) is null)
        {
            throw new UsageException($"There is no outlet \"{slug}\": dibao list --outlets shows those there are.");
        }
        var count = await ProgressView.ShowAsync(call, "Exporting", progress =>
            Task.Run(() => Export(call, archive, selection, Counted(selection.Of(archive), Total(archive, selection), progress)), call.Cancel));
        if (call.Output.Json && target is not null) call.Output.Object(new { articles = count, format = call.Value(Format), output = Path.GetFullPath(target) });
        else call.Output.Note($"{count} articles exported{(target is null ? "" : $" to {Path.GetFullPath(target)}")}.");
        return count > 0 ? ExitCode.Done : ExitCode.Findings;
    }

    private static SearchQuery? Parsed(string? text) => text is null ? null : SearchQuery.Parse(text) switch
    {
        QueryReading.Parsed parsed => parsed.Query,
        QueryReading.Invalid invalid => throw new UsageException(invalid.Message),
        _ => throw new InvalidOperationException($"An unknown case of {nameof(QueryReading)}."),
    };

    private static long Export(Invocation call, ArchiveReader archive, ExportSelection selection, IEnumerable<Article> articles)
    {
        var target = call.Value(Target);
        using var key = call.Value(Format) == "wacz" ? SigningKey(call.Settings.ExportSigningKey) : null;
        Exporter write = call.Value(Format) switch
        {
            "csv" => CsvExport.Write,
            "cdxj" => CdxjExport.Write,
            "warc" => (from, which, to, cancel) => WarcExport.Write(from, which, selection.ToString(), to, cancel),
            "wacz" => (from, which, to, cancel) => WaczExport.Write(from, which, selection.ToString(), key, to, cancel),
            "md" => MarkdownExport.WriteZip,
            _ => JsonLinesExport.Write,
        };
        if (target is null) return ToStandardOutput(archive, articles, write, call.Cancel);
        return call.Value(Format) == "md" && !target.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
            ? MarkdownExport.WriteFolder(archive, articles, target, call.Cancel)
            : ToFile(target, stream => write(archive, articles, stream, call.Cancel));
    }

    private static ECDsa? SigningKey(string? file)
    {
        if (file is null) return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            if (key.KeySize == 384) return key;
            throw new UsageException($"{file} holds a key of {key.KeySize} bits, and WACZ asks for P-384. Make one: openssl ecparam -name secp384r1 -genkey -noout -out {file}");
        }
        catch (Exception failed) when (failed is ArgumentException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new UsageException($"Export:SigningKey {file} cannot be read as a private key in PEM: {failed.Message}");
        }
    }

    private static long ToStandardOutput(ArchiveReader archive, IEnumerable<Article> articles, Exporter write, CancellationToken cancel)
    {
        using var output = new BufferedStream(Console.OpenStandardOutput(), 64 << 10);
        return write(archive, articles, output, cancel);
    }

    // Half an export under the name of a whole one would be taken for it.
    private static long ToFile(string target, Func<Stream, long> write)
    {
        var part = target + ".part";
        try
        {
            long count;
            using (var file = File.Create(part, 64 << 10)) count = write(file);
            File.Move(part, target, overwrite: true);
            return count;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static IEnumerable<Article> Counted(IEnumerable<Article> articles, long all, ProgressView progress)
    {
        var done = 0L;
        foreach (var article in articles)
        {
            yield return article;
            progress.Report(new PublishProgress(++done, Math.Max(done, all)));
        }
    }

    private static long Total(ArchiveReader archive, ExportSelection selection) => selection switch
    {
        { Query: { } query } => archive.Search.Search(query, new() { Limit = 1 }).Total,
        { Outlet: { } slug } => archive.Catalogue.ArticleCounts().GetValueOrDefault(archive.Catalogue.Outlet(slug)!.Id),
        _ => archive.Catalogue.Counts().Articles,
    };
}
