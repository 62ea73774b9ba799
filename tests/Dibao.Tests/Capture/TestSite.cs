using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dibao.Tests.Capture;

/// <summary>A real web server on loopback whose pages a test writes.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, RequestDelegate> pages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Asked> asked = new();

    private TestSite(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null) listen.UseHttps(certificate);
            });
            server.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        });
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public string Root { get; private set; } = "";
    public string Authority => new Uri(Root).Authority;
    public IReadOnlyList<Asked> Requests => [.. asked];

    public static async Task<TestSite> StartAsync(X509Certificate2? certificate = null)
    {
        var site = new TestSite(certificate);
        await site.app.StartAsync();
        site.Root = site.app.Urls.First();
        return site;
    }

    public string Url(string path) => Root + path;

    public TestSite On(string path, RequestDelegate answer)
    {
        pages[path] = answer;
        return this;
    }

    public TestSite On(string path, string body, string type = "text/html; charset=utf-8") => On(path, async http =>
    {
        http.Response.ContentType = type;
        await http.Response.WriteAsync(body);
    });

    public TestSite On(string path, int status, string? location = null, string? retryAfter = null) => On(path, http =>
    {
        http.Response.StatusCode = status;
        if (location is not null) http.Response.Headers.Location = location;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    });

    public int TimesAsked(string path) => asked.Count(request => request.Path == path);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        asked.Enqueue(new(target, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (pages.TryGetValue(target, out var page)) return page(http);
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    internal sealed record Asked(string Path, IReadOnlyDictionary<string, string> Headers);
}
