using System.Net;
using Dibao.Find;
using Dibao.Publish;
using Dibao.Publish.Feeds;
using Microsoft.Net.Http.Headers;

namespace Dibao.Server.Read;

/// <summary>Feeds of the newest articles, of an outlet, of a search: Atom and JSON Feed, answered with 304 while nothing changed.</summary>
public static class FeedEndpoints
{
    private const int Articles = 40;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/feed.{format:regex(^(atom|json)$)}", Newest).ExcludeFromDescription();
        routes.MapGet("/o/{slug}/feed.{format:regex(^(atom|json)$)}", OfOutlet).ExcludeFromDescription();
        routes.MapGet("/search.{format:regex(^(atom|json)$)}", OfSearch).ExcludeFromDescription();
    }

    private static IResult Newest(string format, HttpContext context, ArchiveReader archive, ReaderOptions options)
    {
        var articles = archive.Catalogue.Newest(outlet: null, cursor: null, Articles).Articles;
        return Answer(new("newest", options.Title, "/", $"/feed.{format}", null), articles, format, context, archive);
    }

    private static IResult OfOutlet(string format, string slug, HttpContext context, ArchiveReader archive, ReaderOptions options)
    {
        if (archive.Catalogue.Outlet(slug) is not { } outlet) return Results.NotFound();
        var articles = archive.Catalogue.Newest(outlet.Slug, cursor: null, Articles).Articles;
        var path = $"/o/{Uri.EscapeDataString(outlet.Slug)}";
        return Answer(
            new($"outlet {outlet.Slug}", $"{outlet.Name} · {options.Title}", path, $"{path}/feed.{format}", outlet.Language), articles, format, context, archive);
    }

    private static IResult OfSearch(string format, string? q, HttpContext context, ArchiveReader archive, ReaderOptions options)
    {
        if (SearchQuery.Parse(q ?? "") is not QueryReading.Parsed { Query: var query }) return Results.BadRequest();
        var found = archive.Search.Search(query, new() { Limit = Articles, UtcOffset = Ui.Of(context).Now.Offset });
        var articles = archive.Catalogue.Articles([.. found.Hits.Select(hit => hit.ArticleId)]);
        var text = Uri.EscapeDataString(query.Text);
        return Answer(
            new($"search {query.Text}", $"{query.Text} · {options.Title}", $"/search?q={text}", $"/search.{format}?q={text}", null),
            articles, format, context, archive);
    }

    private static IResult Answer(FeedPlace place, IReadOnlyList<Article> articles, string format, HttpContext context, ArchiveReader archive)
    {
        var urls = new ReaderUrls(context.RequestServices.GetRequiredService<ReaderOptions>(), context.Request);
        var modified = articles.Count == 0 ? DateTimeOffset.UnixEpoch : articles.Max(LastChange);
        var tag = new EntityTagHeaderValue($"\"{Fingerprint(place, articles, urls)}\"");
        context.Response.Headers.CacheControl = "public, max-age=60";
        if (IsFresh(context.Request, tag, modified)) return NotModified(context.Response, tag, modified);
        var feed = new ArticleFeed
        {
            Name = place.Name,
            Title = place.Title,
            SelfUrl = urls.Of(place.Self),
            HomeUrl = urls.Of(place.Home),
            Language = place.Language,
            Updated = articles.Count == 0 ? DateTimeOffset.UnixEpoch : articles.Max(FeedArticle.UpdatedOf),
            Articles = [.. articles.Select(article => new FeedArticle(article, BodyOf(article, archive, urls), urls.Of(article)))],
        };
        return format == "atom"
            ? Results.Bytes(AtomWriter.Write(feed), AtomWriter.ContentType, lastModified: modified, entityTag: tag)
            : Results.Bytes(JsonFeedWriter.Write(feed), JsonFeedWriter.ContentType, lastModified: modified, entityTag: tag);
    }

    private static ArticleBody BodyOf(Article article, ArchiveReader archive, ReaderUrls urls)
    {
        var body = archive.Catalogue.Body(article.Current.Id);
        var (version, pictures) = (article.Current, Pictures.Of(article.Current, body, archive));
        if (version.LeadImage is { } image && body.Html.Contains(WebUtility.HtmlEncode(image), StringComparison.Ordinal)) version = version with { LeadImage = null };
        return body with { Html = pictures.Link(WholeBody.Of(version, body), urls) };
    }

    // Known before a single text is loaded: which wordings the feed holds says what its bytes are.
    private static string Fingerprint(FeedPlace place, IReadOnlyList<Article> articles, ReaderUrls urls) => Digest.OfText(
        $"{urls.Of(place.Self)}\n{place.Title}\n{string.Join('\n', articles.Select(article => $"{article.Id} {article.Current.Id}"))}").ToHex()[..32];

    // HTTP dates have whole seconds.
    private static DateTimeOffset LastChange(Article article)
    {
        var time = article.Current.Captured;
        return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
    }

    // RFC 9110 §13.2.2: where If-None-Match is given, If-Modified-Since does not count.
    private static bool IsFresh(HttpRequest request, EntityTagHeaderValue tag, DateTimeOffset modified)
    {
        var headers = request.GetTypedHeaders();
        if (headers.IfNoneMatch is { Count: > 0 } tags) return tags.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any));
        return headers.IfModifiedSince is { } since && modified <= since;
    }

    private static IResult NotModified(HttpResponse response, EntityTagHeaderValue tag, DateTimeOffset modified)
    {
        var headers = response.GetTypedHeaders();
        headers.ETag = tag;
        headers.LastModified = modified;
        return Results.StatusCode(StatusCodes.Status304NotModified);
    }

    private sealed record FeedPlace(string Name, string Title, string Home, string Self, string? Language);
}
