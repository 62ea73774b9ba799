using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dibao.SampleOutlet;

/// <summary>A made-up publisher with three titles, on a loopback port over real HTTP: feeds, pages, ETags, redirects, an edit, a deletion, and traps.</summary>
/// <remarks><c>estuary/council-minutes</c> always answers 500: its text is in the feed alone.</remarks>
public sealed class SampleOutletServer : IAsyncDisposable
{
    /// <summary>The page that always fails.</summary>
    public const string FailingSlug = "council-minutes";

    /// <summary>The article that has a second wording.</summary>
    public const string EditedSlug = "hewan-bridge-reopens";

    /// <summary>The article that a demo deletes.</summary>
    public const string DeletedSlug = "school-noodles";

    private readonly WebApplication app;
    private readonly IReadOnlyList<SampleTitle> titles = SampleTitle.All();
    private readonly ConcurrentDictionary<string, DateTimeOffset> edited = new();
    private readonly ConcurrentDictionary<string, bool> deleted = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> firstShown = new();
    private readonly ConcurrentDictionary<string, int> requests = new();
    private readonly TimeProvider time;
    private readonly TimeSpan? demoDelay;

    private SampleOutletServer(WebApplication app, TimeProvider time, TimeSpan? demoDelay)
    {
        this.app = app;
        this.time = time;
        this.demoDelay = demoDelay;
    }

    /// <summary><c>http://127.0.0.1:port/</c></summary>
    public Uri BaseUrl => new(app.Urls.First() + "/");

    public IReadOnlyList<SampleTitle> Titles => titles;

    public IReadOnlyList<Uri> Feeds => [.. titles.Select(title => new Uri(BaseUrl, title.FeedPath))];

    /// <param name="port">0 takes a free one.</param>
    /// <param name="demoDelay">This long after each was first shown, <see cref="EditedSlug"/> is edited and <see cref="DeletedSlug"/> deleted; null for never.</param>
    /// <param name="time">Tells when an edit was made.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SampleOutletServer> StartAsync(
        int port = 0, TimeSpan? demoDelay = null, TimeProvider? time = null, CancellationToken cancel = default)
    {
        // The empty builder reads no settings and catches no signals: this server lives inside of another process.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        var server = new SampleOutletServer(builder.Build(), time ?? TimeProvider.System, demoDelay);
        server.Map();
        await server.app.StartAsync(cancel);
        return server;
    }

    /// <summary>Shows the second wording from now on.</summary>
    public void Edit(string slug) => edited.TryAdd(slug, time.GetUtcNow());

    /// <summary>Answers 410 for the page from now on; the feeds no longer list it.</summary>
    public void Delete(string slug) => deleted[slug] = true;

    /// <summary>How often a path was asked for.</summary>
    public int RequestsTo(string path) => requests.GetValueOrDefault(path);

    public Uri UrlOf(string slug)
    {
        var title = titles.First(t => t.Articles.Any(a => a.Slug == slug));
        return new(BaseUrl, title.PathOf(title.Articles.First(a => a.Slug == slug)));
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }

    private void Map()
    {
        app.Use((context, next) =>
        {
            requests.AddOrUpdate(context.Request.Path, 1, (_, count) => count + 1);
            AdvanceDemo();
            return next(context);
        });
        Traps.Map(app);
        Annex.Map(app, titles, () => BaseUrl);
        app.MapGet("/images/{name}", Image);
        foreach (var title in titles)
        {
            app.MapGet($"/{title.Path}/", context => ListAsync(context, title, "text/html; charset=utf-8", articles => Encoding.UTF8.GetBytes(PageTemplate.Front(title, articles, BaseUrl))));
            app.MapGet(title.FeedPath, context => ListAsync(context, title, FeedWriter.ContentType(title), articles => FeedWriter.Write(title, articles, BaseUrl)));
            app.MapGet($"/{title.Path}/{{year}}/{{month}}/{{slug}}.html", (HttpContext context, string slug) => PageAsync(context, title, slug));
        }
        app.MapGet("/", () => Results.Redirect("/hewan/"));
    }

    private void AdvanceDemo()
    {
        if (IsDue(EditedSlug)) Edit(EditedSlug);
        if (IsDue(DeletedSlug)) Delete(DeletedSlug);
    }

    private bool IsDue(string slug) => firstShown.TryGetValue(slug, out var at) && time.GetUtcNow() - at >= demoDelay;

    private List<SampleArticle> Current(SampleTitle title) => [.. title.Articles
        .Where(article => !deleted.ContainsKey(article.Slug))
        .Select(article => edited.ContainsKey(article.Slug) ? title.Edited(article.Slug) ?? article : article)];

    private DateTimeOffset LastModified(SampleArticle article) => edited.TryGetValue(article.Slug, out var at) ? at : article.Published;

    private Task ListAsync(HttpContext context, SampleTitle title, string type, Func<IReadOnlyList<SampleArticle>, byte[]> write)
    {
        var articles = Current(title);
        return ConditionalAnswer.SendAsync(context, type, write(articles), articles.Max(LastModified));
    }

    private Task PageAsync(HttpContext context, SampleTitle title, string slug)
    {
        if (slug == FailingSlug) return Fail(context, StatusCodes.Status500InternalServerError);
        if (deleted.ContainsKey(slug)) return Fail(context, StatusCodes.Status410Gone);
        var articles = Current(title);
        if (articles.FirstOrDefault(a => a.Slug == slug) is not { } article) return Fail(context, StatusCodes.Status404NotFound);
        firstShown.TryAdd(slug, time.GetUtcNow());
        var page = PageTemplate.Article(title, article, articles.Where(a => a.Slug != slug).Take(3), BaseUrl);
        return ConditionalAnswer.SendAsync(context, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page), LastModified(article));
    }

    private static Task Fail(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync($"{status}", context.RequestAborted);
    }

    private static IResult Image(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"pages/images/{name}") is { } image
            ? Results.Stream(image, "image/png")
            : Results.NotFound();
}
