using Dapper;
using Dibao.Capture;
using Dibao.Keep;

namespace Dibao.Bench.Capture;

/// <summary>A fresh archive that watches a made-up web.</summary>
internal sealed class BenchArchive : IAsyncDisposable
{
    public const int Requests = 64;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dibao-bench-capture-");
    private readonly Archive archive;
    private readonly IReadOnlyList<string> authorities;

    public BenchArchive(IReadOnlyList<string> authorities, TimeSpan delay)
    {
        this.authorities = authorities;
        archive = Archive.Open(folder.FullName, new CaptureOptions
        {
            AllowHosts = authorities,
            AllowedHostDelay = delay,
            MaxConcurrentRequests = Requests,
        }, TimeProvider.System);
    }

    public CatalogueCounts Counts => archive.Reader.Catalogue.Counts();

    public async Task WatchAllAsync()
    {
        await Parallel.ForEachAsync(authorities.Select(authority => $"http://{authority}/feed"), new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (feed, cancel) =>
        {
            var host = ArticleUrl.Host(feed);
            await archive.Capture.Book.AddAsync(feed, null, new(host, host), archive.KeepAsync, cancel);
        });
    }

    public Task<RoundReport> RoundAsync() => archive.Capture.Round.RunAsync(archive.Capture.Book.Active(), archive.KeepAsync, null, CancellationToken.None);

    /// <summary>Runs the scheduler until so many polls are over.</summary>
    public async Task ScheduledAsync(int polls)
    {
        using var stop = new CancellationTokenSource();
        var scheduler = new CaptureScheduler(archive.Capture.Book, archive.Capture.Round, archive.Rechecks, archive.KeepAsync, TimeProvider.System)
        {
            Progress = new Countdown(polls, stop),
        };
        await scheduler.RunAsync(stop.Token);
    }

    /// <summary>Every source is due again, one after the other over a time.</summary>
    public void DueOver(TimeSpan time)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        archive.Reader.Database.Write(transaction => transaction.Connection!.Execute(
            "UPDATE sources SET next_poll = @now + id * @span / (SELECT MAX(id) FROM sources)", new { now, span = (long)time.TotalMilliseconds }, transaction));
    }

    public async ValueTask DisposeAsync()
    {
        await archive.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private sealed class Countdown(int polls, CancellationTokenSource stop) : IProgress<SourceReport>
    {
        private int left = polls;

        public void Report(SourceReport value)
        {
            if (Interlocked.Decrement(ref left) == 0) stop.Cancel();
        }
    }
}
