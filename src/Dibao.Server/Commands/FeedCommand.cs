using System.CommandLine;
using System.Globalization;
using System.Threading.Channels;
using Dibao.Capture.Fetch;
using Dibao.Feeds;

namespace Dibao.Server.Commands;

/// <summary>What a feed says, as Dibao reads it: nothing is kept.</summary>
internal static class FeedCommand
{
    private const int Small = 4 << 20;

    private static readonly Argument<string> Place = new("FILE|URL|-")
    {
        Description = "A feed or sitemap (- or nothing: standard input); with --jsonl a list of files, a path a line", Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => "-",
    };

    private static readonly Option<bool> Lines = new("--jsonl") { Description = "Read a list of files and answer each with a line of JSON, in order" };
    private static readonly Option<string?> Base = new("--base") { Description = "Address that relative references refer to (default: the feed's own)", HelpName = "URL" };
    private static readonly Option<string?> Zone = new("--zone") { Description = "What dates without a zone are in (default: UTC, or what the date's language has)", HelpName = "ZONE" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("feed", "Print what a feed says, without keeping anything") { Place, Lines, Base, Zone }, RunAsync);

    private static Task<int> RunAsync(Invocation call) => call.Value(Lines) ? AnswerListAsync(call) : AnswerAsync(call);

    private static async Task<int> AnswerAsync(Invocation call)
    {
        var reading = await ReadAsync(call, call.Value(Place), OptionsOf(call));
        if (call.Output.Json)
        {
            await using var stdout = Console.OpenStandardOutput();
            await stdout.WriteAsync(FeedJson.Line(path: null, reading), call.Cancel);
        }
        if (reading is FeedReading.NotAFeed refused)
        {
            call.Output.Error(refused.Message);
            return ExitCode.Findings;
        }
        if (!call.Output.Json) Print(call.Output, ((FeedReading.Found)reading).Feed);
        return ExitCode.Done;
    }

    /// <exception cref="UsageException">The zone is not known.</exception>
    private static FeedOptions OptionsOf(Invocation call)
    {
        TimeZoneInfo? zone = null;
        if (call.Value(Zone) is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone))
            throw new UsageException($"There is no time zone \"{name}\": give a name such as Asia/Shanghai.");
        return new() { BaseUrl = call.Value(Base), AssumedZone = zone };
    }

    private static async Task<FeedReading> ReadAsync(Invocation call, string place, FeedOptions options)
    {
        if (place == "-")
        {
            await using var stdin = Console.OpenStandardInput();
            return await ReadStreamAsync(stdin, options, call.Cancel);
        }
        return place.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? await FetchAsync(call, place, options)
            : await ReadFileAsync(place, options, call.Cancel);
    }

    // Whole where it is small, so that all of it has a say in what encoding it is in; unread where it is larger than any feed may be.
    private static async Task<FeedReading> ReadFileAsync(string path, FeedOptions options, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        return await ReadStreamAsync(file, options, cancel);
    }

    // What comes through a pipe may be too much, which only its end tells: it waits in a file meanwhile, not in memory.
    private static async Task<FeedReading> ReadStreamAsync(Stream stream, FeedOptions options, CancellationToken cancel)
    {
        if (stream.CanSeek && stream.Length > Small)
            return await FeedReader.ReadAsync(stream, options, cancel);
        var bytes = GC.AllocateUninitializedArray<byte>(stream.CanSeek && stream.Length > 0 ? (int)stream.Length : Small);
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (stream.CanSeek || read < bytes.Length)
            return FeedReader.Read(bytes.AsMemory(0, read), options);
        await using var waiting = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 0,
        });
        for (; read > 0 && waiting.Length <= options.Limits.MaxBytes; read = await stream.ReadAsync(bytes, cancel))
            await waiting.WriteAsync(bytes.AsMemory(0, read), cancel);
        waiting.Position = 0;
        return await FeedReader.ReadAsync(waiting, options, cancel);
    }

    // As the archive would ask: through the same wall against private addresses.
    private static async Task<FeedReading> FetchAsync(Invocation call, string url, FeedOptions options)
    {
        var capture = call.Settings.Capture;
        var policy = new AddressPolicy(capture, call.Time);
        using var wire = new Wire(capture, policy, call.Time);
        using var pace = new HostPace(capture, policy, call.Time);
        var outcome = await new PageFetcher(capture, wire, pace).FetchAsync(FetchRequest.Feed(url), call.Cancel);
        return outcome switch
        {
            FetchOutcome.Fetched { Final: { Truncated: not null } cut } => Refuse($"{cut.Url} is larger than {capture.MaxBodyBytes:N0} bytes, which no feed needs to be.", NotAFeedReason.TooLarge),
            FetchOutcome.Fetched { Final: var answer } => Read(answer, capture.MaxDecodedBytes, options),
            FetchOutcome.Refused refused => Refuse($"{url} answered {refused.Status}. Check the address in a browser."),
            FetchOutcome.Failed failed => Refuse(failed.Reason),
            _ => Refuse($"{url} gave no answer that could be read."),
        };
    }

    private static FeedReading Read(Exchange answer, int maxBytes, FeedOptions options) => Payload.Decode(answer.Body, answer.ContentEncoding, maxBytes) switch
    {
        Payload.Decoded plain => FeedReader.Read(plain.Bytes, options with
        {
            ContentType = answer.ContentType,
            ContentLanguage = HeaderOf(answer, "Content-Language"),
            BaseUrl = options.BaseUrl ?? LocationOf(answer),
        }),
        Payload.Unreadable broken => Refuse($"{answer.Url} cannot be read: {broken.Reason}."),
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    // RFC 9110 §8.7.
    private static string LocationOf(Exchange answer) =>
        HeaderOf(answer, "Content-Location") is { } written && Uri.TryCreate(new(answer.Url), written, out var located) && located.Scheme is "http" or "https"
            ? located.AbsoluteUri
            : answer.Url;

    private static string? HeaderOf(Exchange answer, string name)
    {
        var head = System.Text.Encoding.Latin1.GetString(answer.ResponseHead.Span);
        foreach (var line in head.Split("\r\n"))
            if (line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && line.Length > name.Length && line[name.Length] == ':')
                return line[(name.Length + 1)..].Trim();
        return null;
    }

    private static FeedReading.NotAFeed Refuse(string message, NotAFeedReason reason = NotAFeedReason.Unknown) => new(reason, message);

    // Every core reads, and the answers are given in the order of the list.
    private static async Task<int> AnswerListAsync(Invocation call)
    {
        var options = OptionsOf(call);
        var answers = Channel.CreateBounded<Task<(ReadOnlyMemory<byte> Line, bool IsGood)>>(2 * Environment.ProcessorCount);
        var asking = AskAsync(call, options, answers.Writer);
        var allGood = true;
        await using var stdout = Console.OpenStandardOutput();
        await using var results = new BufferedStream(stdout, 64 << 10);
        await foreach (var answer in answers.Reader.ReadAllAsync(call.Cancel))
        {
            var (line, isGood) = await answer;
            allGood &= isGood;
            await results.WriteAsync(line, call.Cancel);
            if (!answers.Reader.TryPeek(out _)) await results.FlushAsync(call.Cancel);
        }
        await asking;
        return allGood ? ExitCode.Done : ExitCode.Findings;
    }

    private static async Task AskAsync(Invocation call, FeedOptions options, ChannelWriter<Task<(ReadOnlyMemory<byte>, bool)>> answers)
    {
        try
        {
            using var list = call.Value(Place) == "-" ? Console.In : File.OpenText(call.Value(Place));
            while (await list.ReadLineAsync(call.Cancel) is { } path)
                if (path.Trim() is { Length: > 0 } name)
                    await answers.WriteAsync(Task.Run(() => AnswerLineAsync(name, options, call.Cancel), call.Cancel), call.Cancel);
        }
        finally
        {
            answers.Complete();
        }
    }

    private static async Task<(ReadOnlyMemory<byte>, bool)> AnswerLineAsync(string path, FeedOptions options, CancellationToken cancel)
    {
        try
        {
            var reading = await ReadFileAsync(path, options, cancel);
            return (FeedJson.Line(path, reading), reading is FeedReading.Found);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (FeedJson.Line(path, unreadable.Message), false);
        }
    }

    private static void Print(Output output, Feed feed)
    {
        output.Line(feed.Title.Length > 0 ? feed.Title : "(without a title)");
        output.Line($"  {feed.Format} {feed.Version}, {feed.Encoding}{(feed.Language is null ? "" : $", {feed.Language}")}, {feed.Entries.Count} entries{Updated(feed.Updated)}");
        if (feed.Link is not null) output.Line($"  {feed.Link}");
        foreach (var warning in feed.Warnings) output.Note(warning);
        foreach (var sitemap in feed.Sitemaps) output.Line($"{Date(sitemap.LastModified)}  {sitemap.Url}");
        foreach (var entry in feed.Entries)
        {
            output.Line($"{Date(entry.Published ?? entry.Updated)}  {(entry.Title.Length > 0 ? entry.Title : "(without a title)")}");
            output.Line($"                  {entry.Link ?? entry.Id}{(entry.Authors.Count > 0 ? "  — " + string.Join(", ", entry.Authors) : "")}");
        }
    }

    private static string Updated(DateTimeOffset? time) => time is null ? "" : $", updated {Date(time)}";

    private static string Date(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "                ";
}
