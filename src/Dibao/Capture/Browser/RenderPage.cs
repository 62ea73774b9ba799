using Dibao.Capture.Fetch;

namespace Dibao.Capture.Browser;

/// <summary>A page to be drawn.</summary>
public sealed record RenderRequest
{
    public required Uri Url { get; init; }

    /// <summary>Where the browser must send everything: it alone makes connections.</summary>
    public required GuardProxy Guard { get; init; }

    /// <summary>What the browser adds to its own User-Agent.</summary>
    public required string Agent { get; init; }

    /// <summary>For the whole page.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Characters of the document; a longer one is given up.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Request headers for an address, secrets among them; none for most.</summary>
    public required Func<Uri, IReadOnlyList<RequestHeader>> HeadersFor { get; init; }

    // Records print their members: a log line must not.
    public override string ToString() => Url.ToString();
}

/// <summary>What drawing a page came to.</summary>
public abstract record Rendering
{
    private Rendering() { }

    /// <param name="Html">The document as it stands when the page is at rest.</param>
    /// <param name="Agent">The browser and its version.</param>
    public sealed record Drawn(string Html, string Url, string Agent) : Rendering;

    /// <param name="Reason">The thing, the cause and the remedy.</param>
    public sealed record Failed(string Reason) : Rendering;
}

/// <summary>Draws a page in a browser. What goes wrong with page or browser is a <see cref="Rendering.Failed"/>.</summary>
public delegate Task<Rendering> RenderPage(RenderRequest request, CancellationToken cancel);

/// <summary>A page as a browser drew it, beside the answer that it was drawn from.</summary>
public sealed record RenderedPage
{
    /// <summary>Where the browser ended.</summary>
    public required string Url { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The document, in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Html { get; init; }

    /// <summary>The browser and its version.</summary>
    public required string Agent { get; init; }

    /// <summary>The drawn document as if the server had sent it.</summary>
    public Exchange InPlaceOf(Exchange plain) => plain with { Body = Html, ContentType = "text/html; charset=utf-8", ContentEncoding = null, Truncated = null };
}
