using Dibao.Capture.Backfill;
using Dibao.Capture.Browser;
using Dibao.Capture.Coverage;
using Dibao.Capture.Discovery;
using Dibao.Capture.Fetch;
using Dibao.Capture.Media;
using Dibao.Capture.Push;
using Dibao.Capture.Robots;
using Dibao.Capture.Sources;

namespace Dibao.Capture;

/// <summary>The stage put together: everything in it shares one pace, so that no two parts hurry the same host.</summary>
public sealed class CaptureStage : IDisposable
{
    private readonly Wire wire;
    private readonly HostPace pace;
    private readonly TimeProvider time;

    /// <param name="profiles">Null keeps them in memory only.</param>
    /// <param name="holdsMedia">Whether a picture or recording is kept already.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options do not hold.</exception>
    public CaptureStage(
        Database database, CaptureOptions options, TimeProvider time, Random random, FetchProfiles? profiles = null, Func<string, bool>? holdsMedia = null)
    {
        this.time = time;
        var policy = new AddressPolicy(options.Validated(), time);
        wire = new(options, policy, time);
        pace = new(options, policy, time);
        Book = new(database, time, random);
        Profiles = profiles ?? FetchProfiles.InMemory();
        Profiles.AnnouncedBy = Book.AnnouncerOf;
        Book.Moved = Profiles.Move;
        Robots = new(time);
        Fetcher = new(options, wire, pace, Profiles, Robots);
        Push = new(database, Fetcher, Profiles, options, time);
        Finder = new(Fetcher, options, time);
        Uptime = new(database, time);
        Rules = FullText.SiteRuleShelf.Load(options.SiteRules);
        var media = new MediaCapture(Fetcher, options, time, holdsMedia ?? (_ => false));
        var articles = new ArticleCapture(Fetcher, new(pace, policy, Profiles, options, time, () => Browser), new(Fetcher, Rules, options), media, new(new(database, time), new(database, time)), options, time);
        Round = new(new(Book, Fetcher, articles, options, time), articles, time);
        Backfills = new(database, time);
        Backfill = new(Backfills, Book, Finder, Fetcher, articles, options);
    }

    public PageFetcher Fetcher { get; }
    public FetchProfiles Profiles { get; }
    public RobotsBook Robots { get; }
    public SourceBook Book { get; }
    public PushSubscriptions Push { get; }
    public SourceFinder Finder { get; }
    public CaptureRound Round { get; }
    public Uptime Uptime { get; }

    /// <summary>The operator's site rules.</summary>
    public FullText.SiteRuleShelf Rules { get; }

    public BackfillBook Backfills { get; }
    public BackfillRun Backfill { get; }

    /// <summary>Everything that goes on for as long as the archive is up: live capture, behind it what is past, beside both the signs of life.</summary>
    /// <exception cref="IOException">Keeping failed: nothing more is captured until the cause is gone.</exception>
    public async Task RunAsync(CaptureScheduler scheduler, KeepCapture keep, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var alive = Uptime.RunAsync(stop.Token);
        var (live, past) = (scheduler.RunAsync(stop.Token), Backfill.RunAsync(keep, time, stop.Token));
        var first = await Task.WhenAny(live, past);
        await stop.CancelAsync();
        await Task.WhenAll(live, past, alive).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    /// <summary>Draws pages that need it; null while there is no browser.</summary>
    public RenderPage? Browser { get; set; }

    public void Dispose()
    {
        wire.Dispose();
        pace.Dispose();
    }
}
