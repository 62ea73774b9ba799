using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dibao.SampleOutlet;

/// <summary>Everything under <c>/trap/</c>: what goes wrong in the wild, for those who want to see how it is met.</summary>
internal static class Traps
{
    private const int HugeBytes = 50 << 20;

    public static void Map(WebApplication app)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        app.MapGet("/trap/loop", () => Results.Redirect("/trap/loop/again"));
        app.MapGet("/trap/loop/again", () => Results.Redirect("/trap/loop"));
        app.MapGet("/trap/page-as-feed.xml", () => Results.Content("<!doctype html><html><title>Not a feed</title><body><p>Hello.</p>", "text/html"));
        app.MapGet("/trap/empty.xml", () => Results.Content("", "application/rss+xml"));
        app.MapGet("/trap/broken.xml", () => Results.Content(Rss("河湾 & 港畔 < 潮").Replace("</channel></rss>", "", StringComparison.Ordinal), "application/rss+xml"));
        app.MapGet("/trap/gbk-as-utf8.xml", () => Bytes(Encoding.GetEncoding("gb18030").GetBytes(Rss("澜水两岸的天气")), "application/rss+xml; charset=utf-8"));
        app.MapGet("/trap/big5-as-latin1.html", () => Bytes(Encoding.GetEncoding("big5").GetBytes(Page("潮水今早漲得很高")), "text/html"));
        app.MapGet("/trap/entity-bomb.xml", () => Results.Content(EntityBomb(), "application/rss+xml"));
        app.MapGet("/trap/huge.xml", HugeAsync);
        app.MapGet("/trap/silent.xml", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        app.MapGet("/trap/dribble.xml", DribbleAsync);
        app.MapGet("/trap/to-metadata", () => Results.Redirect("http://169.254.169.254/latest/meta-data/"));
        app.MapGet("/closed/feed.xml", () => Results.StatusCode(StatusCodes.Status410Gone));
        app.MapGet("/hewan/feed", () => Results.Redirect("/hewan/rss.xml", permanent: true));
    }

    private static IResult Bytes(byte[] bytes, string type) => Results.Bytes(bytes, type);

    private static string Rss(string title) =>
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>{title}</title><item><title>{title}</title><link>http://hewan.example/1</link></item></channel></rss>";

    private static string Page(string sentence) =>
        $"<!doctype html><html><head><meta charset=\"iso-8859-1\"><title>{sentence}</title></head><body><article><h1>{sentence}</h1>{string.Concat(Enumerable.Repeat($"<p>{sentence}，碼頭上的人都退後了幾步，渡輪仍然準時開出。</p>", 4))}</article></body></html>";

    private static string EntityBomb()
    {
        var bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"潮\">");
        for (var i = 1; i < 30; i++) bomb.Append($"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">");
        return bomb.Append("]><rss version=\"2.0\"><channel><title>&a29;</title></channel></rss>").ToString();
    }

    private static async Task HugeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/rss+xml";
        var cancel = context.RequestAborted;
        await context.Response.WriteAsync("<rss version=\"2.0\"><channel><title>Huge</title>", cancel);
        var item = Encoding.UTF8.GetBytes("<item><title>" + new string('x', 1 << 16) + "</title></item>");
        for (var sent = 0; sent < HugeBytes; sent += item.Length) await context.Response.Body.WriteAsync(item, cancel);
        await context.Response.WriteAsync("</channel></rss>", cancel);
    }

    // A byte a second, for ever: only a limit on the whole body ends it.
    private static async Task DribbleAsync(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "application/rss+xml";
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(" ", context.RequestAborted);
            await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted);
        }
    }
}
