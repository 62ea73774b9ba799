using Dibao.Find;
using Dibao.Keep;
using Dibao.Server.Read;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dibao.Server.Api;

/// <summary>The archive for programs: JSON under <c>/api/v1</c>, described at <c>/openapi/v1.json</c>; errors as RFC 9457 problem details.</summary>
public static class ArchiveApi
{
    private const int DefaultLimit = 40;
    private const int MaxLimit = 100;
    private const int SnippetCharacters = 160;

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        services.AddOpenApi("v1", document =>
        {
            document.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            document.AddDocumentTransformer((description, _, _) =>
            {
                description.Info.Title = "Dibao";
                description.Info.Description = "A news archive: its outlets, articles, versions and sources.";
                return Task.CompletedTask;
            });
        });
        return services;
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        var api = app.MapGroup("/api/v1").WithTags("Archive").ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/outlets", Outlets).WithSummary("All outlets, the one with the newest article first.");
        api.MapGet("/articles", Articles).WithSummary("Articles, newest first.").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/articles/{id:long}", Article).WithSummary("One article with its text.").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/articles/{id:long}/versions", Versions).WithSummary("All wordings of an article, oldest first.").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/search", Search).WithSummary("Articles that match a query.");
        api.MapGet("/sources", Sources).WithSummary("What is watched, and how each source fares.");
        api.MapGet("/sources/{id:long}", CoverageApi.Source).WithSummary("One source: how it fares, its coverage by day, what is missing and why.").ProducesProblem(StatusCodes.Status404NotFound);
        BackfillApi.Map(api);
        api.MapGet("/problems", CoverageApi.Problems).WithSummary("Everything that goes wrong: sources that cannot be read, entries that are missing, gaps of the archive itself.");
        api.MapPost("/sources", AddSourceAsync).WithSummary("Watches a feed. Needs the token as `Authorization: Bearer …` where one is configured.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/stats", Stats).WithSummary("How much the archive holds.");
    }

    /// <summary>Whether a program asks, and errors are to be problem details in place of pages.</summary>
    public static bool IsFor(PathString path) => path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/openapi", StringComparison.Ordinal);

    private static Ok<List<OutletJson>> Outlets(ArchiveReader archive) => TypedResults.Ok(archive.Catalogue.Outlets().Select(OutletJson.Of).ToList());

    private static Results<Ok<ArticleListJson>, ProblemHttpResult> Articles(string? outlet, string? cursor, int? limit, ArchiveReader archive)
    {
        if (cursor is not null && !ListCursor.IsValid(cursor)) return BadCursor(cursor);
        if (LimitProblem(limit) is { } problem) return problem;
        if (outlet is not null && archive.Catalogue.Outlet(outlet) is null) return NotThere($"There is no outlet “{Cut(outlet)}”: /api/v1/outlets lists all.");
        var page = archive.Catalogue.Newest(outlet, cursor, limit ?? DefaultLimit);
        return TypedResults.Ok(new ArticleListJson([.. page.Articles.Select(ArticleJson.Of)], page.Next));
    }

    private static Results<Ok<ArticleJson>, ProblemHttpResult> Article(long id, ArchiveReader archive) =>
        archive.Catalogue.Article(id) is not { } article ? NotThere($"There is no article {id}.")
        : article.Removal is { } removal ? Problem(RemovalStatus.Of(removal), $"Article {id} was taken down on {removal.At:yyyy-MM-dd}: {removal.Reason}")
        : TypedResults.Ok(ArticleJson.Full(article, archive));

    private static Results<Ok<List<VersionJson>>, ProblemHttpResult> Versions(long id, ArchiveReader archive) =>
        archive.Catalogue.Article(id) is null
            ? NotThere($"There is no article {id}.")
            : TypedResults.Ok(archive.Catalogue.Versions(id).Select(VersionJson.Of).ToList());

    private static Results<Ok<SearchJson>, ProblemHttpResult> Search(
        string? q, string? order, int? limit, string? cursor, ArchiveReader archive, HttpContext context)
    {
        if (cursor is not null && !ListCursor.IsValidForSearch(cursor)) return BadCursor(cursor);
        if (LimitProblem(limit) is { } problem) return problem;
        if (order is not (null or "newest" or "best")) return Bad($"order is “{Cut(order)}”: write newest or best.");
        if (SearchQuery.Parse(q ?? "") is not QueryReading.Parsed { Query: var query }) return Bad(((QueryReading.Invalid)SearchQuery.Parse(q!)).Message);
        var found = archive.Search.Search(query, new()
        {
            Order = order == "best" ? SearchOrder.Best : SearchOrder.Newest,
            Limit = limit ?? DefaultLimit,
            Cursor = cursor,
            UtcOffset = Ui.Of(context).Now.Offset,
        });
        return TypedResults.Ok(ToJson(found, query, archive));
    }

    private static SearchJson ToJson(SearchPage found, SearchQuery query, ArchiveReader archive)
    {
        var scores = found.Hits.ToDictionary(hit => hit.ArticleId, hit => hit.Score);
        var articles = archive.Catalogue.Articles([.. scores.Keys]);
        var texts = archive.Catalogue.Texts([.. articles.Select(article => article.Current.Id)]);
        var hits = articles.Select(article => new HitJson(
            ArticleJson.Of(article), scores[article.Id], Snippet.Make(texts.GetValueOrDefault(article.Current.Id) ?? "", query, SnippetCharacters)));
        return new(
            found.Total, found.TotalIsCapped, [.. hits],
            [.. found.Outlets.Select(outlet => new OutletCountJson(outlet.Slug, outlet.Count))],
            [.. found.Histogram.Select(bucket => new TimeBucketJson(bucket.Start, bucket.End, bucket.Count))],
            found.NextCursor);
    }

    private static Ok<List<SourceJson>> Sources(ArchiveReader archive) => TypedResults.Ok(archive.Sources().Select(SourceJson.Of).ToList());

    private static async Task<Results<Ok<SourceAddedJson>, Created<SourceAddedJson>, ProblemHttpResult>> AddSourceAsync(
        SourceWish wish, HttpRequest request, AddingRight right, IServiceProvider services, CancellationToken cancel)
    {
        if (services.GetService<SourceAdding>() is not { } adding) return Problem(StatusCodes.Status403Forbidden, "The archive is open for reading only.");
        if (!right.Allows(request, Bearer(request))) return NotAllowed(right, request.HttpContext.Response);
        if (string.IsNullOrWhiteSpace(wish.Url)) return Bad("url is missing: give a feed's address, or a page that points to feeds.");
        if (wish.Url.Length > ArticleUrl.MaxLength) return Bad($"url has {wish.Url.Length} characters; {ArticleUrl.MaxLength} are the most.");
        return await adding.AddAsync(wish.Url, cancel) switch
        {
            AddOutcome.Added added => TypedResults.Created("/api/v1/sources", new SourceAddedJson(added.Url, true, added.OutletSlug)),
            AddOutcome.AlreadyThere there => TypedResults.Ok(new SourceAddedJson(there.Url, false, there.OutletSlug)),
            AddOutcome.Refused refused => Problem(StatusCodes.Status422UnprocessableEntity, refused.Message),
            var other => throw new InvalidOperationException($"Unexpected outcome {other.GetType().Name}."),
        };
    }

    private static Ok<CatalogueCounts> Stats(ArchiveReader archive) => TypedResults.Ok(archive.Catalogue.Counts());

    internal static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;

    internal static ProblemHttpResult NotAllowed(AddingRight right, HttpResponse response)
    {
        if (!right.NeedsToken) return Problem(StatusCodes.Status403Forbidden, "While no token is set, sources are added by requests to localhost only.");
        response.Headers.WWWAuthenticate = "Bearer";
        return Problem(StatusCodes.Status401Unauthorized, "The token is missing or not right: send it as Authorization: Bearer …");
    }

    private static ProblemHttpResult? LimitProblem(int? limit) =>
        limit is null or (>= 1 and <= MaxLimit) ? null : Bad($"limit is {limit}: write a number from 1 to {MaxLimit}.");

    private static ProblemHttpResult BadCursor(string cursor) => Bad($"“{Cut(cursor)}” is no cursor: give `next` of the page before, or leave it out.");

    private static ProblemHttpResult Bad(string words) => Problem(StatusCodes.Status400BadRequest, words);

    private static ProblemHttpResult NotThere(string words) => Problem(StatusCodes.Status404NotFound, words);

    private static ProblemHttpResult Problem(int status, string words) => TypedResults.Problem(words, statusCode: status);

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
