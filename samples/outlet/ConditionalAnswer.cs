using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dibao.SampleOutlet;

/// <summary>Sends a page or a feed as a real server does: ETag, Last-Modified, 304, gzip where it is welcome.</summary>
/// <remarks>RFC 9110 §13.1. The tag is weak, since gzip changes the bytes.</remarks>
internal static class ConditionalAnswer
{
    public static async Task SendAsync(HttpContext context, string type, byte[] body, DateTimeOffset modified)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"", isWeak: true);
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.LastModified = modified;
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (IsUnchanged(context.Request, tag, modified))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = type;
        var answer = body;
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            answer = Gzip(body);
        }
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    // A tag, when it is asked for, outranks the date (§13.2.2); the date knows seconds only.
    private static bool IsUnchanged(HttpRequest request, EntityTagHeaderValue tag, DateTimeOffset modified)
    {
        var asked = request.GetTypedHeaders();
        return asked.IfNoneMatch.Count > 0
            ? asked.IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            : asked.IfModifiedSince is { } since && modified.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds();
    }

    private static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(body);
        return packed.ToArray();
    }
}
