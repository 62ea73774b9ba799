namespace Dibao.Server.Replay;

/// <summary>
/// What an archived page may do. 1. <c>sandbox</c> gives it an origin of its own, whoever opens it and wherever: no cookie, no storage, no
/// document of the reader's is in its reach, it cannot leave its frame, open a window or send a form. 2. It may load what the archive has under
/// <c>/web/</c> and connect to nothing: not to the archive's API, and not to the live web, which never learns that somebody read it.
/// 3. Its scripts run only where the operator has switched them on, and only in the frame, whose page lets it go nowhere else: opened by
/// itself, a script could lead the reader to the live web.
/// </summary>
/// <remarks>Source: CSP 3; HTML §7.1.5 (sandboxing). The tests run a hostile page against it in Chromium.</remarks>
public static class ReplayPolicy
{
    /// <param name="scripts">Whether the operator lets scripts run.</param>
    public static string Of(HttpRequest request, bool scripts)
    {
        scripts = scripts && IsFramed(request);
        // A source of CSP cannot be an IPv6 address; 'self' is all of this server, which a page without credentials may load from anyway.
        var archive = request.Host.Host.Contains(':', StringComparison.Ordinal) ? "'self'" : $"{request.Scheme}://{request.Host.ToUriComponent()}/web/";
        return $"sandbox{(scripts ? " allow-scripts" : "")}; default-src 'none'; img-src {archive} data:; style-src {archive} 'unsafe-inline'; "
            + $"font-src {archive} data:; media-src {archive} data:; script-src {(scripts ? $"{archive} 'unsafe-inline'" : "'none'")}; "
            + "connect-src 'none'; worker-src 'none'; frame-src 'none'; object-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
    }

    // Fetch Metadata: sent by the browser itself, over HTTPS and on loopback. Who does not send it gets no scripts.
    private static bool IsFramed(HttpRequest request) => request.Headers["Sec-Fetch-Dest"].ToString() == "iframe";
}
