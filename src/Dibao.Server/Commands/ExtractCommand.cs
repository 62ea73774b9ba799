using System.CommandLine;
using Dibao.Capture.Fetch;
using Dibao.Extract;
using Dibao.Feeds;

namespace Dibao.Server.Commands;

/// <summary>The reading of pages without an archive: one page, or a line of JSON a page.</summary>
internal static class ExtractCommand
{
    private const int MaxPageBytes = 64 << 20;

    private static readonly Argument<string?> Page = new("PAGE") { Description = "A file, a URL, or - for standard input", Arity = ArgumentArity.ZeroOrOne, HelpName = "FILE|URL|-" };
    private static readonly Option<bool> Markdown = new("--md") { Description = "As Markdown (the default)" };
    private static readonly Option<bool> Text = new("--text") { Description = "As plain text" };
    private static readonly Option<bool> Html = new("--html") { Description = "As safe HTML" };
    private static readonly Option<bool> Lines = new("--jsonl") { Description = "Many pages: {id, url, html} a line in, the article a line out, in order" };
    private static readonly Option<string?> Url = new("--url") { Description = "The address of a page that is read from a file: what its links are relative to", HelpName = "URL" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("extract", "Read the article out of a page, or of many, without keeping anything") { Page, Markdown, Text, Html, Lines, Url }, RunAsync);

    private static Task<int> RunAsync(Invocation call)
    {
        if (new[] { Markdown, Text, Html, Lines }.Count(call.Value) + (call.Output.Json ? 1 : 0) > 1) throw new UsageException("Give one of --json, --md, --text, --html and --jsonl.");
        if (call.Value(Lines)) return RunLinesAsync(call);
        return call.Optional(Page) is { } page ? RunPageAsync(call, page) : throw new UsageException("Name a file or a URL, or give - to read standard input.");
    }

    private static async Task<int> RunLinesAsync(Invocation call)
    {
        if (call.Value(Url) is not null) throw new UsageException("--url goes with one page; with --jsonl each line names its own.");
        var page = call.Optional(Page);
        await using var input = page is null or "-" ? Console.OpenStandardInput() : OpenFile(page);
        await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        var batch = await ExtractBatch.RunAsync(input, output, call.Cancel);
        if (batch.Failed > 0) call.Output.Error($"{batch.Failed} of {batch.Lines} lines held no page that can be read; their answers say why.");
        return batch.Failed > 0 ? ExitCode.Findings : ExitCode.Done;
    }

    private static async Task<int> RunPageAsync(Invocation call, string page)
    {
        var fetched = IsUrl(page) ? await FetchAsync(call, page) : await ReadAsync(page, call.Value(Url), call.Cancel);
        if (fetched is null) return ExitCode.Findings;
        var reading = ArticleReader.Read(fetched.Html, fetched.Url, new ReadingOptions { Fetched = fetched.At });
        Print(call, fetched.Url, reading);
        foreach (var warning in reading.Warnings) call.Output.Note(warning);
        return reading.IsArticle ? ExitCode.Done : ExitCode.Findings;
    }

    private static void Print(Invocation call, string? url, ArticleReading reading)
    {
        if (call.Output.Json) { call.Output.Object(ArticleJson.Whole(url, reading)); return; }
        if (call.Value(Html)) { call.Output.Text(reading.Html); return; }
        if (reading.Title is { } title) call.Output.Text((call.Value(Text) ? "" : "# ") + title + "\n");
        var byline = string.Join("  ", new[] { ArticleJson.Iso(reading.Metadata.Published?.Value), string.Join(", ", reading.Authors) }.Where(part => part is { Length: > 0 }));
        if (byline.Length > 0) call.Output.Text(byline + "\n");
        if (reading.Standfirst is { } standfirst) call.Output.Text(standfirst + "\n");
        call.Output.Text(call.Value(Text) ? reading.Text : reading.Markdown);
    }

    private static bool IsUrl(string page) => page.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || page.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    // As a capture asks: at the host's pace, within the limits, and never for an address of this network.
    private static async Task<FetchedPage?> FetchAsync(Invocation call, string url)
    {
        var options = call.Settings.Capture.Validated();
        var policy = new AddressPolicy(options, call.Time);
        using var wire = new Wire(options, policy, call.Time);
        using var pace = new HostPace(options, policy, call.Time);
        var outcome = await new PageFetcher(options, wire, pace).FetchAsync(FetchRequest.Page(url), call.Cancel);
        switch (outcome)
        {
            case FetchOutcome.Fetched { Final: var final } when Payload.Decode(final.Body, final.ContentEncoding, MaxPageBytes) is Payload.Decoded { Bytes: var bytes }:
                return new(TextDecoder.Decode(bytes.Span, final.ContentType).Text, final.Url, final.At);
            case FetchOutcome.Failed failed: call.Output.Error(failed.Reason + "."); return null;
            case FetchOutcome.Refused refused: call.Output.Error($"{url} was refused with status {refused.Status}."); return null;
            default: call.Output.Error($"{url} sent a body that cannot be unpacked."); return null;
        }
    }

    private static async Task<FetchedPage> ReadAsync(string page, string? url, CancellationToken cancel)
    {
        await using var input = page == "-" ? Console.OpenStandardInput() : OpenFile(page);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await input.ReadAsync(buffer, cancel)) > 0; bytes.Write(buffer, 0, read))
            if (bytes.Length + read > MaxPageBytes) throw new UsageException($"{page} is larger than {MaxPageBytes >> 20} MiB, which no page is.");
        return new(TextDecoder.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).Text, url, null);
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path)) throw new UsageException($"{path} is a folder; name a file, or import the folder (dibao import).");
        return File.Exists(path) ? File.OpenRead(path) : throw new UsageException($"There is no file {path}; a URL begins with http:// or https://.");
    }

    private sealed record FetchedPage(string Html, string? Url, DateTimeOffset? At);
}
