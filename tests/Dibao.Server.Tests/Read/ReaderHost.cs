using System.Net;
using Dibao.Capture;
using Dibao.Capture.Sources;
using Dibao.Server.Api;
using Dibao.Server.Read;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Dibao.Server.Tests.Read;

/// <summary>The reader on real Kestrel at a free port of this machine, over an archive of <see cref="SampleNews"/>.</summary>
public sealed class ReaderHost : IAsyncLifetime
{
    public const string Token = "a long and secret token";

    private readonly string folder = Directory.CreateTempSubdirectory("dibao-read-").FullName;
    private Archive? archive;
    private WebApplication? open;
    private WebApplication? guarded;
    private WebApplication? readOnly;

    public Archive Archive => archive!;

    /// <summary>No token set, as on loopback.</summary>
    public Uri Root { get; private set; } = null!;

    /// <summary>Adding asks for <see cref="Token"/>.</summary>
    public Uri GuardedRoot { get; private set; } = null!;

    /// <summary>Nothing can be added.</summary>
    public Uri ReadOnlyRoot { get; private set; } = null!;

    /// <summary>What was asked to be added.</summary>
    public List<string> Asked { get; } = [];

    public static HttpClient Client(Uri root) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() }) { BaseAddress = root };

    /// <summary>The id of the article of a story.</summary>
    internal long IdOf(SampleNews.Story story) => Archive.Reader.Catalogue.Article(story.Url)!.Id;

    public async ValueTask InitializeAsync()
    {
        archive = Archive.Open(folder, new CaptureOptions(), new FixedTime(SampleNews.Now.AddMinutes(-20)));
        foreach (var outlet in new[] { SampleNews.Hewan, SampleNews.Gangwan, SampleNews.Lantern })
            await archive.Capture.Book.AddAsync($"{outlet.HomeUrl}feed.xml", outlet.Name, outlet, archive.KeepAsync, default);
        foreach (var bundle in SampleNews.All()) await archive.KeepAsync(bundle, default);
        var book = archive.Capture.Book;
        book.Record(book.Find("https://hewan.example/feed.xml")!, new PollResult.Succeeded(null));
        book.Record(book.Find("https://gangwan.example/feed.xml")!, new PollResult.Failed("https://gangwan.example/feed.xml answered 503 Service Unavailable: it is asked again later"));
        (open, Root) = await StartAsync(new(), canAdd: true);
        (guarded, GuardedRoot) = await StartAsync(new() { AddToken = Token }, canAdd: true);
        (readOnly, ReadOnlyRoot) = await StartAsync(new(), canAdd: false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { open, guarded, readOnly }) if (app is not null) await app.DisposeAsync();
        if (archive is not null) await archive.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<(WebApplication App, Uri Root)> StartAsync(ReaderOptions options, bool canAdd)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Archive.Reader);
        builder.Services.AddSingleton<TimeProvider>(new FixedTime(SampleNews.Now));
        if (canAdd) builder.Services.AddSingleton(new SourceAdding(AddAsync)).AddSingleton(new Backfilling(Archive.Capture.Backfills.Start, Archive.Capture.Backfills.Stop));
        builder.Services.AddReader(options);
        var app = builder.Build();
        app.MapReader();
        app.MapApi();
        app.MapGet("/broken", () => { throw new InvalidOperationException("a bug"); });
        app.MapGet("/api/broken", () => { throw new InvalidOperationException("a bug"); });
        await app.StartAsync();
        return (app, new Uri(app.Urls.Single()));
    }

    private Task<AddOutcome> AddAsync(string url, CancellationToken cancel)
    {
        Asked.Add(url);
        return Task.FromResult<AddOutcome>(url switch
        {
            "https://new.example/" => new AddOutcome.Added("https://new.example/feed.xml", "新的一家", "hewan", "河湾日报"),
            "https://hewan.example/feed.xml" => new AddOutcome.AlreadyThere(url, "hewan", "河湾日报"),
            _ => new AddOutcome.Refused($"{url} is no feed and points to none: give the feed's own address."),
        });
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>One host for all tests of the reader.</summary>
[CollectionDefinition(Name)]
public sealed class ReaderTests : ICollectionFixture<ReaderHost>
{
    public const string Name = "reader";
}
