using Dibao.Server.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Dibao.Server.Read.Pages;

/// <summary>What is said where something went wrong: a page to people, problem details (RFC 9457) to programs.</summary>
/// <remarks>Reached by whatever method failed, hence without handlers and without antiforgery.</remarks>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : ReaderPage
{
    public int Status { get; private set; } = StatusCodes.Status404NotFound;

    public string Heading => Status switch
    {
        400 => Words.BadRequestTitle,
        404 => Words.NotFoundTitle,
        >= 500 => Words.ServerErrorTitle,
        _ => Words.OtherErrorTitle,
    };

    public string Text => Status switch
    {
        400 => Words.BadRequestText,
        404 => Words.NotFoundText,
        >= 500 => Words.ServerErrorText,
        _ => Words.OtherErrorText,
    };

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // Asked for by its name and not reached by an error, it is a page that does not exist.
        if (FailedPath is not null && RouteData.Values["status"] is string text && int.TryParse(text, out var status) && status is >= 400 and < 600)
            Status = status;
        Response.StatusCode = Status;
        if (FailedPath is { } path && ArchiveApi.IsFor(path)) context.Result = Problem();
    }

    private PathString? FailedPath =>
        HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } refused ? refused.OriginalPath
        : HttpContext.Features.Get<IExceptionHandlerPathFeature>() is { } failed ? failed.Path
        : null;

    private ObjectResult Problem() => new(new ProblemDetails
    {
        Status = Status,
        Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(Status),
        Detail = Status >= 500 ? "The fault is the server's; its log has the details." : null,
    })
    { StatusCode = Status, ContentTypes = { "application/problem+json" } };
}
