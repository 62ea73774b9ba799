using Dibao.Capture.Coverage;
using Dibao.Capture.Discovery;
using Dibao.Capture.Fetch;
using Dibao.Capture.Media;
using Dibao.Capture.Robots;
using Dibao.Capture.Sources;

namespace Dibao.Capture;

/// <summary>The stage put together: everything in it shares one pace, so that no two parts hurry the same host.</summary>
public sealed class CaptureStage : IDisposable
{
    private readonly Wire wire;
    private readonly HostPace pace;

    /// <param name="profiles">Null keeps them in memory only.</param>
    /// <param name="holdsMedia">Whether a picture or recording is kept already.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options do not hold.</exception>
    public CaptureStage(
        Database database, CaptureOptions options, TimeProvider time, Random random, FetchProfiles? profiles = null, Func<string, bool>? holdsMedia = null)
    {
        var policy = new AddressPolicy(options.Validated(), time);
        wire = new(options, policy, time);
        pace = new(options, policy, time);
        Book = new(database, time, random);
        Profiles = profiles ?? FetchProfiles.InMemory();
        Profiles.AnnouncedBy = Book.AnnouncerOf;
        Robots = new(time);
        Fetcher = new(options, wire, pace, Profiles, Robots);
        Finder = new(Fetcher, options, time);
        Uptime = new(database, time);
        var media = new MediaCapture(Fetcher, options, time, holdsMedia ?? (_ => false));
        var articles = new ArticleCapture(Fetcher, new(Fetcher, options), media, new(database, time), options, time);
        Round = new(new(Book, Fetcher, articles, options), articles, time);
    }

    public PageFetcher Fetcher { get; }
    public FetchProfiles Profiles { get; }
    public RobotsBook Robots { get; }
    public SourceBook Book { get; }
    public SourceFinder Finder { get; }
    public CaptureRound Round { get; }
    public Uptime Uptime { get; }

    public void Dispose()
    {
        wire.Dispose();
        pace.Dispose();
    }
}
