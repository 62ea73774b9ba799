using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Dibao.Server.Replay;

/// <summary>A place in the archive of the web: <c>/web/20261122060000mp_/https://hewan.example/</c>.</summary>
/// <remarks>Source: RFC 7089 calls it URI-M; the form is that of pywb and the Wayback Machine.</remarks>
/// <param name="At">UTC, to the second; null asks for no particular time.</param>
/// <param name="Form">What it is to be used for: empty, <c>mp_</c> (a page in the frame), <c>im_</c>, <c>cs_</c>, <c>js_</c>, <c>oe_</c> or <c>id_</c> (as it was).</param>
/// <param name="Url">As <see cref="ArticleUrl"/> serialises it.</param>
public readonly record struct ReplayAddress(DateTimeOffset? At, string Form, string Url)
{
    private const string Root = "/web/";
    private const string StampForm = "yyyyMMddHHmmss";

    // What a shorter stamp leaves open: 2026 is the first second of 2026.
    private const string Padding = "00010101000000";

    private static readonly string[] Forms = ["", "mp_", "if_", "im_", "cs_", "js_", "oe_", "id_"];

    public override string ToString() => PathOf(At, Form, Url);

    public static string PathOf(DateTimeOffset? at, string form, string url) => $"{Root}{(at is { } time ? Stamp(time) : "")}{form}/{url}";

    /// <summary>Every capture of a URL, on a page.</summary>
    public static string AllOf(string url) => $"{Root}*/{url}";

    public static string TimeGateOf(string url) => $"{Root}timegate/{url}";

    public static string TimeMapOf(string url, string form = "link") => $"{Root}timemap/{form}/{url}";

    /// <summary>14 digits.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString(StampForm, CultureInfo.InvariantCulture);

    /// <summary>The URL behind the <paramref name="segments"/> path segments after <c>/web/</c>, with its query, as the client wrote it.</summary>
    /// <remarks>From the request's own target: the path that ASP.NET makes of it has escapes undone, and the query taken off.</remarks>
    public static bool TryUrl(HttpContext context, int segments, out string url)
    {
        url = "";
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var start = target.IndexOf(Root, StringComparison.Ordinal);
        if (start < 0) return false;
        var rest = target.AsSpan(start + Root.Length);
        for (var i = 0; i < segments; i++)
        {
            var slash = rest.IndexOf('/');
            if (slash < 0) return false;
            rest = rest[(slash + 1)..];
        }
        return ArticleUrl.TryNormalize(WithScheme(rest.ToString()), out url);
    }

    /// <summary>The stamp and form in the first segment.</summary>
    public static bool TryStamp(string segment, out DateTimeOffset? at, [NotNullWhen(true)] out string? form)
    {
        var digits = segment.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits < 0) digits = segment.Length;
        (at, form) = (null, Array.Find(Forms, known => known == segment[digits..]));
        if (form is null || digits > StampForm.Length) return false;
        if (digits == 0) return form.Length > 0;
        var padded = segment[..digits] + Padding[digits..];
        // 20260 and 202600 are on their way to a month, not the name of one.
        if (!DateTimeOffset.TryParseExact(padded, StampForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return false;
        at = time;
        return true;
    }

    // Proxies make one slash of two.
    private static string WithScheme(string url)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["https:", "http:"])
        {
            if (url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return $"{scheme}//{url[scheme.Length..].TrimStart('/')}";
        }
        return $"http://{url}";
    }
}
