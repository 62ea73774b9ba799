using System.Net;
using System.Text;

namespace Dibao.Server.Tests.Commands;

/// <summary>An outlet on loopback: a feed with some articles, whose pages can be held back.</summary>
internal sealed class LoopbackOutlet : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly int articles;
    private readonly int past;
    private readonly SemaphoreSlim pages;

    /// <param name="pagesAnswered">Pages that are answered at once; the others wait for <see cref="Release"/>.</param>
    /// <param name="past">Articles that only the sitemap names, beside those of the feed; 0 has no sitemap.</param>
    public LoopbackOutlet(int articles, int pagesAnswered = int.MaxValue, int past = 0)
    {
        (this.articles, this.past) = (articles, past);
        pages = new(pagesAnswered);
        Host = $"127.0.0.1:{LoopbackPort.Free()}";
        listener.Prefixes.Add($"http://{Host}/");
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Host { get; }

    public string Feed => $"http://{Host}/feed.xml";

    public void Release() => pages.Release(articles);

    public void Dispose()
    {
        listener.Close();
        pages.Dispose();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try { context = await listener.GetContextAsync(); }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException) { return; }
            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var (status, type, text) = context.Request.Url!.AbsolutePath switch
            {
                "/feed.xml" => (200, "application/rss+xml", Rss()),
                "/sitemap.xml" when past > 0 => (200, "application/xml", Sitemap()),
                "/other.xml" => (200, "application/rss+xml", Rss()),
                "/" => (200, "text/html; charset=utf-8", "<html><head><title>港报</title><link rel=alternate type='application/rss+xml' title='要闻' href='/feed.xml'><link rel=alternate type='application/rss+xml' title='副刊' href='/other.xml'></head><body>港报</body></html>"),
                var path when path.StartsWith("/a/", StringComparison.Ordinal) => (200, "text/html; charset=utf-8", Page(path[3..])),
                _ => (404, "text/plain", "no"),
            };
            if (type.StartsWith("text/html", StringComparison.Ordinal) && context.Request.Url!.AbsolutePath != "/") await pages.WaitAsync();
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            context.Response.Close(Encoding.UTF8.GetBytes(text), willBlock: true);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException) { /* the asker left */ }
    }

    private string Rss() => "<rss version=\"2.0\"><channel><title>港报</title><link>http://" + Host + "/</link>"
        + string.Concat(Enumerable.Range(1, articles).Select(i =>
            $"<item><guid>{i}</guid><link>http://{Host}/a/{i}</link><title>渡轮第{i}班</title><pubDate>Fri, 20 Nov 2026 0{i % 10}:00:00 GMT</pubDate></item>"))
        + "</channel></rss>";

    private string Sitemap() => "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
        + string.Concat(Enumerable.Range(1, past).Select(i => $"<url><loc>http://{Host}/a/2026/03/{i:D2}/the-ferry-runs-again-{i}</loc><lastmod>2026-03-{i:D2}</lastmod></url>")) + "</urlset>";

    private static string Page(string number) =>
        $"<html lang=zh><head><title>渡轮第{number}班</title></head><body><article><h1>渡轮第{number}班</h1>"
        + string.Concat(Enumerable.Range(1, 6).Select(p => $"<p>渡轮公司在第{number}篇报道的第{p}段里说，码头将在春天之前完成修缮，乘客可以照常买票，班次也不会减少。</p>"))
        + "</article></body></html>";
}
