using Microsoft.Net.Http.Headers;

namespace Dibao.Server.Read;

/// <summary>Kept pictures by the digest of their bytes. Strangers made them: they are shown as pictures, and can do nothing.</summary>
public static class ImageEndpoints
{
    // A vector picture may hold scripts and links: within this policy it is only drawn.
    private const string Policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/images/{digest:regex(^[0-9a-f]{{64}}$)}", Image).ExcludeFromDescription();

    private static IResult Image(string digest, HttpContext context, ArchiveReader archive)
    {
        if (!Digest.TryParse("sha256:" + digest, out var payload)) return Results.NotFound();
        var tag = new EntityTagHeaderValue($"\"{digest}\"");
        Original? picture;
        try { picture = archive.Picture(payload); }
        catch (Exception damage) when (damage is InvalidDataException or FileNotFoundException)
        {
            return Results.Text(Ui.Of(context).Words.OriginalDamaged, "text/plain; charset=utf-8", statusCode: StatusCodes.Status500InternalServerError);
        }
        if (picture is null || !picture.ContentType.StartsWith("image/", StringComparison.Ordinal)) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // feed readers show it, too
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Remove("Vary");
        return Results.Bytes(picture.Bytes, picture.ContentType, entityTag: tag);
    }
}
