using System.Net.Http.Headers;
using Dibao.Feeds;

namespace Dibao.Server.Read;

/// <summary>
/// Serves what an outlet once served, byte for byte, so that none of it can act here:
/// 1. `Content-Security-Policy: sandbox` without exceptions gives the document an origin of its own; no script runs, no form is sent, no
///    plug-in starts, no refresh takes place, and it cannot reach the reader's cookies. `default-src 'none'` fetches nothing: opening an
///    original tells no outlet and no advertiser. Its own inline styles and pictures stay, so that it can be read.
/// 2. `nosniff`, and only types known to be harmless are shown; whatever else it is (SVG, PDF, unknown) is downloaded.
/// 3. `?as=source` shows the decoded source as plain text, which cannot act in any browser.
/// </summary>
public static class OriginalResponse
{
    public const string Policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string[] ShownPictures = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

    public static IResult Of(Original original, string? form, string fileName, HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "private, max-age=3600";
        var type = MediaTypeHeaderValue.TryParse(original.ContentType, out var parsed) ? parsed : null;
        var name = type?.MediaType?.ToLowerInvariant() ?? "";
        if (form == "source" && IsText(name))
            return Results.Text(TextDecoder.Decode(original.Bytes.Span, original.ContentType).Text, "text/plain; charset=utf-8");
        if (name is "text/html" or "application/xhtml+xml") return Bytes(original, "text/html" + Charset(type));
        if (ShownPictures.Contains(name)) return Bytes(original, name);
        return IsText(name)
            ? Bytes(original, "text/plain" + Charset(type))
            : Results.File(original.Bytes.ToArray(), "application/octet-stream", fileName);
    }

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("xml", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal);

    private static IResult Bytes(Original original, string type) => Results.Bytes(original.Bytes, type);

    // As declared, so that the page reads as it did; a name with anything but letters, digits and hyphens is no charset.
    private static string Charset(MediaTypeHeaderValue? type) =>
        type?.CharSet?.Trim('"') is { Length: > 0 and < 40 } charset && charset.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? $"; charset={charset}"
            : "";
}
