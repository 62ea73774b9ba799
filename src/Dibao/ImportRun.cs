using System.Threading.Channels;
using Dibao.Capture;
using Dibao.Capture.Import;
using Dibao.Capture.Sources;
using Dibao.Keep;

namespace Dibao;

/// <summary>What an import came to.</summary>
/// <param name="Passed">Files with nothing to keep and nothing wrong.</param>
/// <param name="Sources">Feeds that were added.</param>
public sealed record ImportReport(long New, long AlreadyThere, long Changed, long Known, long Refused, long Passed, long Sources)
{
    public long Seen => New + AlreadyThere + Changed + Known + Refused + Passed;
}

/// <summary>How far an import is.</summary>
/// <param name="DoneBytes">Of the input, as it lies on disk.</param>
public readonly record struct ImportProgress(long Seen, long DoneBytes, long AllBytes);

/// <summary>Brings files into an archive: read in order, prepared side by side, kept in order.</summary>
/// <remarks>May be stopped and run again: what is already there is passed over by its bytes and its address.</remarks>
public sealed class ImportRun(Archive archive, ImportReader reader)
{
    // Kept and not in the catalogue yet. With more, reading runs ahead and takes the processors from the one thread that has to keep up.
    private const int MostWaiting = 160;

    private readonly Catalogue catalogue = archive.Reader.Catalogue;
    private long added, there, changed, known, refused, passed, sources;

    /// <param name="refusal">Told of each file that is refused.</param>
    /// <param name="kept">Told of each article once it is durable.</param>
    public async Task<ImportReport> RunAsync(
        Action<ImportItem.Refused> refusal, IProgress<ImportProgress>? progress, CancellationToken cancel, Action<string, KeepOutcome>? kept = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ahead = Channel.CreateBounded<Task<ReadyCapture?>>(Environment.ProcessorCount * 8);
        var reading = Task.Run(() => PrepareAllAsync(ahead.Writer, refusal, stop.Token), CancellationToken.None);
        var waiting = new Queue<(CaptureBundle Bundle, Task<KeepOutcome> Done)>();
        try
        {
            await foreach (var preparing in ahead.Reader.ReadAllAsync(cancel))
            {
                if (await preparing is not { } ready) Interlocked.Increment(ref there);
                else waiting.Enqueue((ready.Bundle, await archive.Keeper.EnqueueAsync(ready, cancel)));
                while (waiting.TryPeek(out var first) && (first.Done.IsCompleted || waiting.Count > MostWaiting)) await CountAsync(waiting.Dequeue(), kept);
                Report(progress);
            }
        }
        finally
        {
            // What was handed over is kept, whatever else happens: count it before leaving.
            await stop.CancelAsync();
            while (waiting.TryDequeue(out var last)) await CountAsync(last, kept);
        }
        await reading;
        Report(progress);
        return new(added, there, changed, known, refused, passed, sources);
    }

    private async Task PrepareAllAsync(ChannelWriter<Task<ReadyCapture?>> ahead, Action<ImportItem.Refused> refusal, CancellationToken cancel)
    {
        void Refuse(ImportItem.Refused item)
        {
            Interlocked.Increment(ref refused);
            refusal(item);
        }

        Exception? failure = null;
        try
        {
            foreach (var item in reader.Read(cancel))
            {
                switch (item)
                {
                    case ImportItem.Ready ready: await ahead.WriteAsync(Task.Run(() => Prepare(ready), cancel), cancel); break;
                    case ImportItem.Outlines outlines: await AddSourcesAsync(outlines, Refuse, cancel); break;
                    case ImportItem.Refused refusedItem: Refuse(refusedItem); break;
                    default: Interlocked.Increment(ref passed); break;
                }
            }
        }
        catch (OperationCanceledException stopped)
        {
            failure = stopped;
        }
        finally
        {
            ahead.Complete(failure);
        }
    }

    // Null when the same bytes of the same address are already there.
    private ReadyCapture? Prepare(ImportItem.Ready item)
    {
        var bundle = item.Bundle;
        if (bundle.Kind == CaptureKind.Known) return catalogue.Article(bundle.Url) is null ? archive.Keeper.Prepare(bundle) : null;
        var bytes = bundle.File?.Bytes ?? bundle.Exchanges[^1].Body;
        return catalogue.Holds(bundle.Url, Digest.Of(bytes.Span)) ? null : archive.Keeper.Prepare(bundle, item.File);
    }

    private async Task AddSourcesAsync(ImportItem.Outlines outlines, Action<ImportItem.Refused> refuse, CancellationToken cancel)
    {
        foreach (var outline in outlines.Feeds)
        {
            if (!ArticleUrl.TryNormalize(outline.XmlUrl, out var url))
            {
                refuse(new(outlines.Path, 0, $"the feed of {outline.Title} is no web address: {outline.XmlUrl}"));
                continue;
            }
            var home = ArticleUrl.TryNormalize(outline.HtmlUrl, out var page) ? page : null;
            var outlet = new OutletName(OutletNaming.Slug(home ?? url), outline.Title, home);
            if (await archive.Capture.Book.AddAsync(url, outline.Title, outlet, archive.KeepAsync, cancel)) Interlocked.Increment(ref sources);
            else Interlocked.Increment(ref there);
        }
    }

    private async Task CountAsync((CaptureBundle Bundle, Task<KeepOutcome> Done) entry, Action<string, KeepOutcome>? kept)
    {
        var outcome = await entry.Done;
        kept?.Invoke(entry.Bundle.Url, outcome);
        switch (outcome.Change)
        {
            case ArticleChange.New when entry.Bundle.Kind == CaptureKind.Known: known++; break;
            case ArticleChange.New: added++; break;
            case ArticleChange.Changed: changed++; break;
            case ArticleChange.None: passed++; break;
            default: Interlocked.Increment(ref there); break;
        }
    }

    private void Report(IProgress<ImportProgress>? progress)
    {
        if (progress is null) return;
        var (done, all) = reader.Progress;
        progress.Report(new(added + Interlocked.Read(ref there) + changed + known + Interlocked.Read(ref refused) + Interlocked.Read(ref passed), done, all));
    }
}
