using System.Collections.Concurrent;
using Dibao.Capture;
using Dibao.Capture.Sources;

namespace Dibao.Tests.Capture;

/// <summary>The capture stage over a database of its own, and a Keep that remembers what it was given and does what the real one does to sources.</summary>
internal sealed class TestStage : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dibao-capture-");
    private readonly ConcurrentQueue<CaptureBundle> kept = new();
    private readonly Dictionary<string, string> articles = new(StringComparer.Ordinal);

    public TestStage(params IEnumerable<string> allowHosts) : this(new CaptureOptions { AllowHosts = [.. allowHosts] }) { }

    public TestStage(CaptureOptions options)
    {
        Database = new(Path.Combine(folder.FullName, "dibao.db"), Dibao.Find.SearchTokenizer.Register);
        Stage = new(Database, options, Time, new Random(1));
    }

    public ManualTime Time { get; } = new();
    public Database Database { get; }
    public CaptureStage Stage { get; }
    public SourceBook Book => Stage.Book;
    public IReadOnlyList<CaptureBundle> Kept => [.. kept];

    /// <summary>Called before a bundle is kept.</summary>
    public Func<CaptureBundle, Task>? BeforeKeeping { get; set; }

    public IEnumerable<CaptureBundle> Articles => kept.Where(bundle => bundle.Kind == CaptureKind.Article);

    public async Task<KeepOutcome> KeepAsync(CaptureBundle bundle, CancellationToken cancel)
    {
        if (BeforeKeeping is not null) await BeforeKeeping(bundle);
        kept.Enqueue(bundle);
        return Database.Write(transaction =>
        {
            SourceLedger.EnsureOutlet(transaction, bundle.Outlet);
            SourceLedger.Apply(transaction, bundle);
            if (bundle is { Entry: { } entry, SourceUrl: { } source }) SourceLedger.Saw(transaction, source, entry, bundle.At);
            return new KeepOutcome(kept.Count, 1, Change(bundle));
        });
    }

    public async Task<PollTarget> WatchAsync(string url, string slug = "test")
    {
        await Book.AddAsync(url, null, new(slug, slug), KeepAsync, default);
        return Book.Find(url)!;
    }

    /// <summary>One round over every source that is polled, due or not.</summary>
    public Task<RoundReport> RoundAsync() => Stage.Round.RunAsync(Book.Active(), KeepAsync, null, default);

    public SourceHealth Health(string url) => Book.List().Single(health => health.Source.Url == url);

    public void Dispose()
    {
        Stage.Dispose();
        Database.Dispose();
        folder.Delete(recursive: true);
    }

    private ArticleChange Change(CaptureBundle bundle)
    {
        if (bundle.Kind != CaptureKind.Article) return ArticleChange.None;
        // As the real Keep: an answer without an article in it, announced by nobody, changes none.
        if (bundle is { PageError: not null, Entry: null }) return ArticleChange.None;
        var words = bundle.PageError is null && bundle.Exchanges.Count > 0 ? Convert.ToHexString(bundle.Exchanges[^1].Body.Span) : bundle.Entry?.Content ?? "";
        var change = !articles.TryGetValue(bundle.Url, out var before) ? ArticleChange.New : before == words ? ArticleChange.Unchanged : ArticleChange.Changed;
        articles[bundle.Url] = words;
        return change;
    }
}
