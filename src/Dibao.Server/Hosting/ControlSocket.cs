using System.Net.Sockets;
using System.Text.Json;
using Dibao.Keep;
using Microsoft.AspNetCore.Connections.Features;

namespace Dibao.Server.Hosting;

/// <summary>Where commands talk to the server that has the archive open: a socket in a folder that only its own user may enter.</summary>
/// <remarks>What comes over the network never gets here: each request's own connection is asked what it came by.</remarks>
internal static class ControlSocket
{
    /// <summary>Takes articles down.</summary>
    public const string TakedownPath = "/control/takedown";

    /// <summary>How both sides write.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    // sockaddr_un, with room for the zero at the end.
    private const int LongestPath = 107;

    /// <summary>Where it lies in an archive's folder; null where the folder's name is too long for a socket, or the system has none.</summary>
    public static string? PathIn(string data) =>
        !OperatingSystem.IsWindows() && Path.Combine(Path.GetFullPath(data), "run", "control") is var path && System.Text.Encoding.UTF8.GetByteCount(path) <= LongestPath ? path : null;

    /// <summary>Makes room for it: whoever has the archive's lock is the only one who listens here.</summary>
    /// <returns>Its path; null where there is none.</returns>
    public static string? Prepare(string data)
    {
        if (OperatingSystem.IsWindows() || PathIn(data) is not { } path) return null;
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Delete(path);
        return path;
    }

    public static void Map(WebApplication app, Archive archive, TimeProvider time) =>
        app.MapPost(TakedownPath, async (HttpContext context) =>
        {
            // Before a byte of what was sent is looked at.
            if (!IsLocal(context)) return Results.NotFound();
            return await context.Request.ReadFromJsonAsync<TakedownRequest>(Json, context.RequestAborted) is { } request
                ? Results.Json(await TakeDownAsync(request, archive, time, context.RequestAborted), Json)
                : Results.BadRequest();
        }).ExcludeFromDescription();

    // Whoever asked may go: an order that was kept is carried out all the same.
    private static async Task<TakedownAnswer> TakeDownAsync(TakedownRequest request, Archive archive, TimeProvider time, CancellationToken cancel)
    {
        var plans = new List<TakedownPlan>();
        foreach (var id in request.Articles)
        {
            if (archive.Reader.Catalogue.Article(id) is not { } article) return new() { Refusal = $"There is no article {id}." };
            if (TakedownAnswer.RefusalOf(article) is { } refusal) return new() { Refusal = refusal };
            plans.Add(archive.Takedowns.Planner.Plan(article));
        }
        try
        {
            await archive.Takedowns.RunAsync(plans, request.Cause, request.Reason, time.GetUtcNow(), cancel);
        }
        catch (IOException failed)
        {
            return new() { Failure = failed.Message };
        }
        archive.Log.Publish();
        return new() { Captures = TakedownPlan.CapturesOf(plans) };
    }

    private static bool IsLocal(HttpContext context) =>
        context.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily == AddressFamily.Unix;
}

/// <summary>What a command asks of the server.</summary>
internal sealed record TakedownRequest(IReadOnlyList<long> Articles, TakedownCause Cause, string Reason);

/// <summary>What came of it: captures that were removed, or why none were.</summary>
internal sealed record TakedownAnswer
{
    /// <summary>Why an article cannot be taken down; null where it can.</summary>
    public static string? RefusalOf(Article article) =>
        article.Removal is { } before ? $"Article {article.Id} was taken down already, on {before.At:yyyy-MM-dd}: {before.Reason}" : null;

    public int Captures { get; init; }

    /// <summary>What was asked cannot be done.</summary>
    public string? Refusal { get; init; }

    /// <summary>The disk failed; what was kept of it is finished by the next start.</summary>
    public string? Failure { get; init; }
}
