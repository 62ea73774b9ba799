using Dibao.Capture.Backfill;
using Dibao.Server.Read;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dibao.Server.Api;

/// <summary>The past of a source for programs: how far it is, and with the right to add sources its beginning and its end.</summary>
internal static class BackfillApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/backfills", (ArchiveReader archive) => TypedResults.Ok(archive.Backfills().Select(BackfillJson.Of).ToList())).WithSummary("How far each backfill is.");
        api.MapPut("/sources/{id:long}/backfill", Start)
            .WithSummary("Fetches a source's past articles, or goes on with another day or limit. Needs the token as `Authorization: Bearer …` where one is configured.");
        api.MapDelete("/sources/{id:long}/backfill", Stop).WithSummary("Ends it; what was fetched stays. Needs the token as above.");
    }

    private static Results<Ok<BackfillJson>, ProblemHttpResult> Start(
        long id, BackfillWish wish, ArchiveReader archive, HttpRequest request, AddingRight right, IServiceProvider services)
    {
        if (Refusal(id, archive, request, right, services, out var backfilling) is { } refusal) return refusal;
        if (!Backfilling.TrySince(wish.Since, Ui.Of(request.HttpContext).Now, out var since))
            return Problem(StatusCodes.Status400BadRequest, $"since is \"{wish.Since}\": write a day from {Backfilling.Earliest:yyyy-MM-dd} to today, as in 2024-01-31.");
        var perDay = wish.PerDay ?? Backfilling.DefaultPerDay;
        if (perDay is < 1 or > Backfilling.MostPerDay) return Problem(StatusCodes.Status400BadRequest, $"perDay is {perDay}: write a number from 1 to {Backfilling.MostPerDay}.");
        if (archive.Source(id) is not { Source.State: SourceState.Active }) return Problem(StatusCodes.Status409Conflict, $"Source {id} is retired, and not asked any more.");
        backfilling!.Start(id, since, perDay);
        return TypedResults.Ok(Of(archive, id)!);
    }

    private static Results<Ok<BackfillJson>, ProblemHttpResult> Stop(long id, ArchiveReader archive, HttpRequest request, AddingRight right, IServiceProvider services)
    {
        if (Refusal(id, archive, request, right, services, out var backfilling) is { } refusal) return refusal;
        if (Of(archive, id) is null) return Problem(StatusCodes.Status404NotFound, $"Source {id} has no backfill.");
        backfilling!.Stop(id);
        return TypedResults.Ok(Of(archive, id)!);
    }

    public static BackfillJson? Of(ArchiveReader archive, long source) =>
        archive.Backfills().FirstOrDefault(progress => progress.SourceId == source) is { } progress ? BackfillJson.Of(progress) : null;

    private static ProblemHttpResult? Refusal(
        long id, ArchiveReader archive, HttpRequest request, AddingRight right, IServiceProvider services, out Backfilling? backfilling)
    {
        backfilling = services.GetService<Backfilling>();
        if (backfilling is null) return Problem(StatusCodes.Status403Forbidden, "The archive is open for reading only.");
        if (!right.Allows(request, ArchiveApi.Bearer(request))) return ArchiveApi.NotAllowed(right, request.HttpContext.Response);
        return archive.Source(id) is null ? Problem(StatusCodes.Status404NotFound, $"There is no source {id}: /api/v1/sources lists all.") : null;
    }

    private static ProblemHttpResult Problem(int status, string words) => TypedResults.Problem(words, statusCode: status);
}

/// <summary>What past is wanted.</summary>
/// <param name="Since">The oldest day, as in 2024-01-31.</param>
/// <param name="PerDay">Articles a day at the most, 1 to 100,000; 200 when absent.</param>
public sealed record BackfillWish(string? Since, int? PerDay);

/// <summary>How far the backfill of a source is.</summary>
/// <param name="Listed">When the list of past articles was made; null while it is to be made.</param>
/// <param name="Problem">What went wrong with the list.</param>
/// <param name="There">Known before.</param>
public sealed record BackfillJson(
    long Source, string Url, DateOnly Since, int PerDay, DateTime Began, DateTime? Listed, DateTime? Ended, string? Problem,
    int All, int Kept, int There, int Waiting, int Failed, int NoArticle)
{
    public static BackfillJson Of(BackfillProgress progress) => new(
        progress.SourceId, progress.SourceUrl, DateOnly.FromDateTime(progress.Since.UtcDateTime), progress.PerDay, progress.Began.UtcDateTime, progress.Listed?.UtcDateTime,
        progress.Ended?.UtcDateTime, progress.Words, progress.All, progress.Of(BackfillState.Kept), progress.Of(BackfillState.There), progress.Of(BackfillState.Waiting),
        progress.Of(BackfillState.Failed), progress.Of(BackfillState.NoArticle));
}
