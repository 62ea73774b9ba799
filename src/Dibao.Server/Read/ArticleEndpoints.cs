using System.Text;
using Dibao.Feeds;
using Dibao.Prove;
using Dibao.Server.Api;

namespace Dibao.Server.Read;

/// <summary>What belongs to an article and is no page: its files, its originals; and the subscription list.</summary>
public static class ArticleEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/a/{id:long}.{format:regex(^(md|txt|html|json)$)}", File).ExcludeFromDescription();
        routes.MapGet("/a/{id:long}/original", OriginalOf).ExcludeFromDescription();
        routes.MapGet("/a/{id:long}/v/{ordinal:int}/original", OriginalOfVersion).ExcludeFromDescription();
        routes.MapGet("/a/{id:long}/v/{ordinal:int}/proof.zip", ProofOfVersion).ExcludeFromDescription();
        routes.MapGet("/opml.xml", SubscriptionList).ExcludeFromDescription();
    }

    private static IResult File(long id, string format, HttpContext context, ArchiveReader archive)
    {
        if (archive.Catalogue.Article(id) is not { } article) return Results.NotFound();
        if (article.Removal is { } removal) return Removed(removal);
        var ui = Ui.Of(context);
        if (format == "json") return Results.Json(ArticleJson.Full(article, archive), ApiJson.Readable);
        var body = archive.Catalogue.Body(article.Current.Id);
        return format switch
        {
            "md" => Results.Text(ArticleFiles.Markdown(article, body, ui), "text/markdown; charset=utf-8", Encoding.UTF8),
            "html" => Results.Text(ArticleFiles.Html(article, body, ui), "text/html; charset=utf-8", Encoding.UTF8),
            _ => Results.Text(ArticleFiles.Text(article, body, ui), "text/plain; charset=utf-8", Encoding.UTF8),
        };
    }

    private static IResult OriginalOf(long id, string? @as, HttpContext context, ArchiveReader archive) =>
        archive.Catalogue.Article(id) is not { } article ? Results.NotFound()
        : article.Removal is { } removal ? Removed(removal)
        : Answer(article.Current, @as, context, archive);

    private static IResult OriginalOfVersion(long id, int ordinal, string? @as, HttpContext context, ArchiveReader archive) =>
        archive.Catalogue.Versions(id).FirstOrDefault(version => version.Ordinal == ordinal) is { } version ? Answer(version, @as, context, archive)
        : archive.Catalogue.Article(id)?.Removal is { } removal ? Removed(removal)
        : Results.NotFound();

    private static IResult Removed(Removal removal) => Results.Text(removal.Reason, "text/plain; charset=utf-8", Encoding.UTF8, RemovalStatus.Of(removal));

    private static IResult ProofOfVersion(long id, int ordinal, HttpContext context, ArchiveReader archive)
    {
        if (archive.Catalogue.Versions(id).FirstOrDefault(version => version.Ordinal == ordinal) is not { } version) return Results.NotFound();
        var words = Ui.Of(context).Words;
        try
        {
            return archive.Catalogue.Capture(version.CaptureId) is { } capture
                ? Results.File(ProofZip.Of(new ProofFolder(archive.Catalogue, archive.Segments, archive.Log).Of(capture), $"proof-{capture.Leaf}"), "application/zip", $"proof-{capture.Leaf}.zip")
                : Results.NotFound();
        }
        catch (LogException)
        {
            return Results.Text(words.ProofNotYet, "text/plain; charset=utf-8", Encoding.UTF8, StatusCodes.Status404NotFound);
        }
        catch (Exception damage) when (damage is InvalidDataException or FileNotFoundException)
        {
            return Results.Text(words.OriginalDamaged, "text/plain; charset=utf-8", Encoding.UTF8, StatusCodes.Status500InternalServerError);
        }
    }

    private static IResult Answer(ArticleVersion version, string? form, HttpContext context, ArchiveReader archive)
    {
        var words = Ui.Of(context).Words;
        try
        {
            return archive.Catalogue.Capture(version.CaptureId) is { } capture && archive.Original(capture) is { } original
                ? OriginalResponse.Of(original, form, $"{version.ArticleId}-{version.Ordinal}.bin", context.Response)
                : Results.Text(words.NoOriginal, "text/plain; charset=utf-8", Encoding.UTF8, StatusCodes.Status404NotFound);
        }
        catch (Exception damage) when (damage is InvalidDataException or FileNotFoundException)
        {
            return Results.Text(words.OriginalDamaged, "text/plain; charset=utf-8", Encoding.UTF8, StatusCodes.Status500InternalServerError);
        }
    }

    private static IResult SubscriptionList(ArchiveReader archive, ReaderOptions options)
    {
        var outlines = archive.Sources().Where(health => health.Source.State == SourceState.Active)
            .Select(health => new OpmlOutline(health.Source.Title ?? health.Outlet.Name, health.Source.Url, health.Outlet.HomeUrl, [health.Outlet.Name]));
        return Results.File(Opml.Write(options.Title, outlines), "text/x-opml; charset=utf-8", "dibao.opml");
    }
}
