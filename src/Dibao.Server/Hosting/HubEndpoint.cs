using System.Globalization;
using Dibao.Capture.Push;
using Dibao.Server.Jobs;
using Microsoft.AspNetCore.Http.Features;

namespace Dibao.Server.Hosting;

/// <summary>Where hubs ask back and tell of news.</summary>
/// <remarks>Source: WebSub §5.3 (verification), §7 (distribution).</remarks>
internal static class HubEndpoint
{
    private const int MaxChallengeLength = 4096;

    public static void Map(IEndpointRouteBuilder routes, PushSubscriptions push)
    {
        routes.MapGet("/websub/{token}", (string token, HttpRequest request) => Answer(token, request, push)).ExcludeFromDescription();
        routes.MapPost("/websub/{token}", (string token, HttpRequest request, Capturing capturing, CancellationToken cancel) => ReceiveAsync(token, request, push, capturing, cancel))
            .ExcludeFromDescription();
    }

    private static IResult Answer(string token, HttpRequest request, PushSubscriptions push)
    {
        var query = request.Query;
        var lease = long.TryParse(query["hub.lease_seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : (long?)null;
        var question = new HubQuestion(query["hub.mode"], query["hub.topic"], query["hub.challenge"], lease);
        if (question.Challenge?.Length > MaxChallengeLength || push.Answer(token, question) is not { } answer) return Results.NotFound();
        // The challenge is a stranger's text: a browser must not take it for a page.
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Text(answer, "text/plain");
    }

    private static async Task<IResult> ReceiveAsync(string token, HttpRequest request, PushSubscriptions push, Capturing capturing, CancellationToken cancel)
    {
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = PushSubscriptions.MaxPushBytes;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        if (!push.TryReceive(token, request.Headers["X-Hub-Signature"], body.GetBuffer().AsSpan(0, (int)body.Length), out var source)) return Results.StatusCode(StatusCodes.Status410Gone);
        if (source is { } news) capturing.PollSoon(news);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }
}
