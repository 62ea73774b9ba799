namespace Dibao.Capture.Fetch;

/// <summary>One HTTP request and the response to it, as they went over the wire.</summary>
public sealed record Exchange
{
    public required string Url { get; init; }

    /// <summary>Request line and headers, ending in an empty line; credentials already left out.</summary>
    public required ReadOnlyMemory<byte> RequestHead { get; init; }

    /// <summary>Status line and headers, ending in an empty line.</summary>
    public required ReadOnlyMemory<byte> ResponseHead { get; init; }

    /// <summary>Body as received: dechunked, its Content-Encoding still on.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Status code, 100 to 599.</summary>
    public required int Status { get; init; }

    /// <summary>The response's Content-Type header, unparsed.</summary>
    public string? ContentType { get; init; }

    /// <summary>The response's Content-Encoding header, unparsed.</summary>
    public string? ContentEncoding { get; init; }

    public string? ETag { get; init; }
    public string? LastModified { get; init; }

    /// <summary>Absolute target of a redirect.</summary>
    public string? Location { get; init; }

    /// <summary>Address that answered; null where a proxy stood between.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>ALPN name of the protocol (RFC 7301) where the heads are not as on the wire, since it has none like them: <c>h2</c>; null for HTTP/1.</summary>
    public string? Protocol { get; init; }

    /// <summary>When the request was sent.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why the body is not whole (WARC 1.1 §5.13: <c>length</c>, <c>time</c>, <c>disconnect</c>); null when it is.</summary>
    public string? Truncated { get; init; }

    /// <summary>What it is to its capture.</summary>
    public ExchangeRole Role { get; init; }
}

/// <summary>What an exchange is to its capture. The names stand in manifests.</summary>
public enum ExchangeRole
{
    /// <summary>The page or feed itself, its redirects included.</summary>
    Page = 0,

    /// <summary>A further page of the same article.</summary>
    NextPage = 1,

    /// <summary>The same page in another form: AMP, print.</summary>
    Variant = 2,

    /// <summary>A picture or recording of the article.</summary>
    Media = 3,
}
