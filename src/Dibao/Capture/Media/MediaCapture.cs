using Dibao.Capture.Fetch;

namespace Dibao.Capture.Media;

/// <summary>Fetches the pictures of an article, and, where the operator wants them, its recordings: bounded in count, bytes and time.</summary>
/// <param name="isKept">Whether the archive holds what lies at an address already.</param>
public sealed class MediaCapture(PageFetcher fetcher, CaptureOptions options, TimeProvider time, Func<string, bool> isKept)
{
    /// <summary>The exchanges of what could be had, each chain of redirects whole.</summary>
    /// <remarks>A picture that is not there is no failure of its article. When <paramref name="cancel"/> fires or the time is up, what was
    /// fetched until then is the result.</remarks>
    /// <param name="page">The article's address.</param>
    /// <param name="images">In the order of the page; the first come first.</param>
    /// <param name="recordings">Sounds and films.</param>
    /// <param name="source">On whose behalf: its proxy and headers apply. Null asks on behalf of whoever announced the page.</param>
    public async Task<IReadOnlyList<Exchange>> FetchAsync(
        string page, IReadOnlyList<string> images, IReadOnlyList<string> recordings, string? source, CancellationToken cancel)
    {
        var found = new List<Exchange>();
        using var timer = new CancellationTokenSource(options.MediaTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        var room = (long)options.MaxMediaBytes;
        FetchRequest Of(FetchRequest request) => request with { Source = source, PartOf = page };
        try
        {
            foreach (var url in images.Take(options.MaxImages)) room -= await AddAsync(Of(FetchRequest.Image(url)), "image/", room, found, either.Token);
            if (!options.Recordings) return found;
            foreach (var url in recordings) room -= await AddAsync(Of(FetchRequest.Recording(url)), "", room, found, either.Token);
        }
        catch (OperationCanceledException) { /* what there is so far is kept */ }
        return found;
    }

    private async Task<long> AddAsync(FetchRequest request, string wanted, long room, List<Exchange> found, CancellationToken cancel)
    {
        if (room <= 0 || isKept(request.Url)) return 0;
        if (await fetcher.FetchAsync(request with { MaxBodyBytes = (int)Math.Min(room, options.MaxBodyBytes) }, cancel) is not FetchOutcome.Fetched fetched || fetched.Final.Truncated is not null) return 0;
        if (KeptMedia.TypeOf(fetched.Final)?.StartsWith(wanted, StringComparison.Ordinal) != true) return 0;
        found.AddRange(fetched.Exchanges.Select(exchange => exchange with { Role = ExchangeRole.Media }));
        return fetched.Final.Body.Length;
    }
}

/// <summary>A picture or recording of a capture.</summary>
/// <param name="Url">As the article names it, before redirects.</param>
/// <param name="Payload">Of the body as received.</param>
/// <param name="Type">By its bytes.</param>
/// <param name="Length">Bytes of the body as received.</param>
public readonly record struct KeptMedia(string Url, Digest Payload, string Type, long Length)
{
    /// <summary>All of a bundle, each with the address that its article has for it.</summary>
    public static IReadOnlyList<KeptMedia> Of(CaptureBundle bundle)
    {
        var found = new List<KeptMedia>();
        string? asked = null;
        foreach (var exchange in bundle.Exchanges)
        {
            if (exchange.Role != ExchangeRole.Media) { asked = null; continue; }
            asked ??= exchange.Url;
            if (exchange is { Status: >= 300 and < 400, Location: not null }) continue;
            if (exchange.Status == 200 && TypeOf(exchange) is { } type) found.Add(new(asked, Digest.Of(exchange.Body.Span), type, exchange.Body.Length));
            asked = null;
        }
        return found;
    }

    internal static string? TypeOf(Exchange answer) =>
        Fetch.Payload.Decode(answer.Body, answer.ContentEncoding, FullText.ArticleText.MaxDecodedBytes) is Fetch.Payload.Decoded plain ? MediaType.Of(plain.Bytes.Span) : null;
}
