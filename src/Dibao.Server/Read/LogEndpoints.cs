using Dibao.Log;

namespace Dibao.Server.Read;

/// <summary>The transparency log as plain files, as C2SP tlog-tiles wants them: any mirror can serve the same folder.</summary>
public static class LogEndpoints
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string NotKept = "no-cache";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/log/{**path}", File).ExcludeFromDescription();

    private static IResult File(string? path, HttpResponse response, ArchiveReader archive)
    {
        if (path is null) return Results.NotFound();
        var isTile = Tile.TryParse(path, out var tile);
        if (!isTile && !IsCheckpoint(path)) return Results.NotFound();
        // A partial tile may be gone once the full one is there; who asks for it then is told so.
        if (archive.Log.Bytes(path) is not { } bytes) return Results.NotFound();
        response.Headers.CacheControl = isTile && tile.IsFull ? Forever : NotKept;
        response.Headers.AccessControlAllowOrigin = "*";
        // The same for everybody.
        response.Headers.Remove("Vary");
        var isText = !isTile && Path.GetExtension(path).Length == 0;
        return Results.Bytes(bytes, isText ? "text/plain; charset=utf-8" : "application/octet-stream");
    }

    // history/1000, history/1000.tsr, history/1000.ots; nothing else, and nothing above the folder.
    private static bool IsCheckpoint(string path)
    {
        const string History = "history/";
        if (path == "checkpoint") return true;
        if (!path.StartsWith(History, StringComparison.Ordinal)) return false;
        var name = path[History.Length..];
        var size = Path.GetExtension(name) is ".tsr" or ".ots" ? Path.GetFileNameWithoutExtension(name) : name;
        return long.TryParse(size, System.Globalization.NumberStyles.None, null, out _);
    }
}
