using System.Globalization;
using System.Text;
using Dibao.Server.Read;

namespace Dibao.Server.Replay;

/// <summary>Memento over the archive: captured content, TimeGate, TimeMap. The pages around it are Razor's.</summary>
/// <remarks>Source: RFC 7089; docs/replay.md.</remarks>
public static class ReplayEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static IServiceCollection AddReplay(this IServiceCollection services) => services.AddSingleton<ReplayContent>();

    /// <summary>True for addresses whose query is an archived page's own.</summary>
    public static bool IsFor(PathString path) => path.StartsWithSegments("/web", StringComparison.Ordinal);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/web/timegate/{**url}", Reading, (HttpContext context, ArchiveReader archive, ReaderOptions options) => TimeGate(context, 1, archive, options)).ExcludeFromDescription();
        routes.MapMethods("/web/timemap/{form:regex(^(link|json)$)}/{**url}", Reading, TimeMapOf).ExcludeFromDescription();
        routes.MapMethods("/web/{stamp}/{**url}", Reading, Content).ExcludeFromDescription();
    }

    private static IResult Content(string stamp, HttpContext context, ReplayContent content, ArchiveReader archive, ReaderOptions options)
    {
        // /web/https://… names no time: it is asked for as it is now.
        if (!ReplayAddress.TryStamp(stamp, out var at, out var form)) return TimeGate(context, 0, archive, options);
        if (!ReplayAddress.TryUrl(context, 1, out var url)) return Results.BadRequest();
        return form.Length == 0 ? ToClosest(context, archive, options, url, at!.Value) : content.Answer(new(at, form, url), context);
    }

    private static IResult TimeGate(HttpContext context, int segments, ArchiveReader archive, ReaderOptions options)
    {
        if (!ReplayAddress.TryUrl(context, segments, out var url)) return Results.BadRequest();
        context.Response.Headers.Vary = "accept-datetime";
        var wished = context.Request.Headers["Accept-Datetime"].ToString();
        var at = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        // RFC 7089 §4.5.3: what is no date is the client's mistake, not a wish for now.
        if (wished.Length > 0 && !DateTimeOffset.TryParseExact(wished, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at)) return Results.BadRequest();
        return ToClosest(context, archive, options, url, at);
    }

    private static IResult ToClosest(HttpContext context, ArchiveReader archive, ReaderOptions options, string url, DateTimeOffset at)
    {
        context.Response.Headers.Link = MementoLinks.OfUrl(new(options, context.Request), url);
        return archive.Mementos.Closest(url, at) is { } memento
            ? Results.Redirect(ReplayAddress.PathOf(memento.At, "", url))
            : Results.NotFound();
    }

    private static IResult TimeMapOf(string form, HttpContext context, ArchiveReader archive, ReaderOptions options)
    {
        if (!ReplayAddress.TryUrl(context, 2, out var url)) return Results.BadRequest();
        var times = archive.Mementos.Times(url, TimeMap.MaxMementos);
        if (times.Count == 0) return Results.NotFound();
        var urls = new ReaderUrls(options, context.Request);
        return form == "json"
            ? Results.Text(TimeMap.Json(urls, url, times), "application/json", Encoding.UTF8)
            : Results.Text(TimeMap.Link(urls, url, times), "application/link-format", Encoding.UTF8);
    }
}
