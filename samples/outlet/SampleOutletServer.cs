using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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
    private readonly ConcurrentDictionary<string, bool> edited = new();
    private readonly ConcurrentDictionary<string, bool> deleted = new();
    private readonly ConcurrentDictionary<string, int> requests = new();

    private SampleOutletServer(WebApplication app) => this.app = app;

    /// <summary><c>http://127.0.0.1:port/</c></summary>
    public Uri BaseUrl => new(app.Urls.First() + "/");

    public IReadOnlyList<SampleTitle> Titles => titles;

    public IReadOnlyList<Uri> Feeds => [.. titles.Select(title => new Uri(BaseUrl, title.FeedPath))];

    /// <param name="port">0 takes a free one.</param>
    public static async Task<SampleOutletServer> StartAsync(int port = 0, CancellationToken cancel = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        var server = new SampleOutletServer(builder.Build());
        server.Map();
        await server.app.StartAsync(cancel);
        return server;
    }

    /// <summary>Shows the second wording from now on.</summary>
    public void Edit(string slug) => edited[slug] = true;

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
            return next(context);
        });
        Traps.Map(app);
        app.MapGet("/images/{name}", Image);
        foreach (var title in titles)
        {
            app.MapGet($"/{title.Path}/", context => AnswerAsync(context, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(PageTemplate.Front(title, Current(title), BaseUrl))));
            app.MapGet(title.FeedPath, context => AnswerAsync(context, FeedWriter.ContentType(title), FeedWriter.Write(title, Current(title), BaseUrl)));
            app.MapGet($"/{title.Path}/{{year}}/{{month}}/{{slug}}.html", (HttpContext context, string slug) => PageAsync(context, title, slug));
        }
        app.MapGet("/", () => Results.Redirect("/hewan/"));
    }

    private List<SampleArticle> Current(SampleTitle title) => [.. title.Articles
        .Where(article => !deleted.ContainsKey(article.Slug))
        .Select(article => edited.ContainsKey(article.Slug) ? title.Edited(article.Slug) ?? article : article)];

    private Task PageAsync(HttpContext context, SampleTitle title, string slug)
    {
        if (slug == FailingSlug) return Fail(context, StatusCodes.Status500InternalServerError);
        if (deleted.ContainsKey(slug)) return Fail(context, StatusCodes.Status410Gone);
        var articles = Current(title);
        if (articles.FirstOrDefault(a => a.Slug == slug) is not { } article) return Fail(context, StatusCodes.Status404NotFound);
        var page = PageTemplate.Article(title, article, articles.Where(a => a.Slug != slug).Take(3), BaseUrl);
        return AnswerAsync(context, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page));
    }

    private static Task Fail(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync($"{status}", context.RequestAborted);
    }

    // Conditional answers by a strong ETag (RFC 9110 §13.1.2).
    private static async Task AnswerAsync(HttpContext context, string type, byte[] body)
    {
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}\"";
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static IResult Image(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"pages/images/{name}") is { } image
            ? Results.Stream(image, "image/png")
            : Results.NotFound();
}
