using System.Net.Http.Headers;
using System.Text;
using Dibao.Feeds;
using Dibao.Keep;
using Dibao.Server.Read;

namespace Dibao.Server.Replay;

/// <summary>What was captured, as an answer of this server: held by <see cref="ReplayPolicy"/>, its links pointed at the archive.</summary>
public sealed class ReplayContent(ArchiveReader archive, ReaderOptions options)
{
    // Larger is shown as it was downloaded: nobody reads it in a frame.
    private const int MaxPageBytes = 16 << 20;

    // An image's place, for images that were not captured: 404, and never the live web.
    private const string MissingPicture =
        """<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#ddd"/><path d="M0 64 64 0" stroke="#bbb"/></svg>""";

    /// <summary>The capture that is nearest; its own stamp is in Memento-Datetime.</summary>
    public IResult Answer(ReplayAddress address, HttpContext context)
    {
        var response = context.Response;
        response.Headers.ContentSecurityPolicy = ReplayPolicy.Of(context.Request, options.ReplayScripts);
        response.Headers.CacheControl = "private, max-age=600";
        if (Find(address, context) is not var (memento, answer)) return Missing(address, context);
        MementoLinks.Describe(response, new(options, context.Request), address.Url, memento.At, archive.Mementos.Around(address.Url, Second(memento.At)));
        if (address.Form != "id_" && answer.RedirectsTo is { } target) return Results.Redirect(ReplayAddress.PathOf(memento.At, address.Form, target));
        return address.Form switch
        {
            "id_" => OriginalResponse.Of(answer.Original, null, "capture.bin", response),
            "mp_" or "if_" => Page(address, memento, answer, response),
            _ => Part(address, memento, answer, response),
        };
    }

    /// <exception cref="InvalidDataException">A segment is damaged.</exception>
    private (Memento Memento, KeptAnswer Answer)? Find(ReplayAddress address, HttpContext context)
    {
        var at = address.At ?? context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return archive.Mementos.Closest(address.Url, at) is { } memento && archive.Answer(memento.Place) is { } answer ? (memento, answer) : null;
    }

    private static IResult Page(ReplayAddress address, Memento memento, KeptAnswer answer, HttpResponse response)
    {
        var type = MediaType(answer);
        if (type is not ("text/html" or "application/xhtml+xml") || answer.Original.Bytes.Length > MaxPageBytes)
        {
            var policy = response.Headers.ContentSecurityPolicy;
            var plain = OriginalResponse.Of(answer.Original, null, "capture.bin", response);
            response.Headers.ContentSecurityPolicy = policy;
            response.Headers.Remove("Cross-Origin-Resource-Policy");
            return plain;
        }
        var html = TextDecoder.Decode(answer.Original.Bytes.Span, answer.Original.ContentType).Text;
        return Results.Text(new ReplayRewriter(memento.At, Absolute(answer, address)).Html(html), "text/html; charset=utf-8", Encoding.UTF8, answer.Status);
    }

    private IResult Part(ReplayAddress address, Memento memento, KeptAnswer answer, HttpResponse response)
    {
        var type = MediaType(answer);
        if (address.Form == "cs_" || type == "text/css")
        {
            var css = TextDecoder.Decode(answer.Original.Bytes.Span, answer.Original.ContentType).Text;
            return Results.Text(new ReplayRewriter(memento.At, Absolute(answer, address)).Css(css), "text/css; charset=utf-8", Encoding.UTF8, answer.Status);
        }
        if (address.Form == "js_") return options.ReplayScripts ? Results.Bytes(answer.Original.Bytes, "text/javascript") : Results.Text("", statusCode: StatusCodes.Status404NotFound);
        // Fonts are always asked for with CORS, and an archived page's origin is nobody's.
        if (type.Contains("font", StringComparison.Ordinal)) response.Headers.AccessControlAllowOrigin = "*";
        var isShown = type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal)
            || type.StartsWith("audio/", StringComparison.Ordinal) || type.Contains("font", StringComparison.Ordinal);
        return Results.Bytes(answer.Original.Bytes, isShown ? type : "application/octet-stream", enableRangeProcessing: true);
    }

    private static IResult Missing(ReplayAddress address, HttpContext context)
    {
        if (address.Form == "im_") return Results.Text(MissingPicture, "image/svg+xml", Encoding.UTF8, StatusCodes.Status404NotFound);
        if (address.Form is "cs_" or "js_" or "oe_") return Results.Text("/* not captured */", "text/css", Encoding.UTF8, StatusCodes.Status404NotFound);
        return Results.Text($"{Ui.Of(context).Words.NotCaptured}\n\n{address.Url}\n", "text/plain; charset=utf-8", Encoding.UTF8, StatusCodes.Status404NotFound);
    }

    private static string Absolute(KeptAnswer answer, ReplayAddress address) => ArticleUrl.TryNormalize(answer.Url, out var url) ? url : address.Url;

    private static string MediaType(KeptAnswer answer) =>
        MediaTypeHeaderValue.TryParse(answer.Original.ContentType, out var type) ? type.MediaType?.ToLowerInvariant() ?? "" : "";

    private static DateTimeOffset Second(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
