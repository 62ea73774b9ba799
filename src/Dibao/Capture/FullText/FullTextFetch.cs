using Dibao.Capture.Fetch;

namespace Dibao.Capture.FullText;

/// <summary>Fetches what the first page of an article does not hold: its further pages, and, where it is thin, its AMP or print form.</summary>
public sealed class FullTextFetch(PageFetcher fetcher, CaptureOptions options)
{
    private const int VariantsAsked = 2;

    // Units as TextWeight has them: a Han character counts two. Below it a page may be a teaser.
    private const int Thin = 800;

    /// <summary>The exchanges that complete a bundle whose page was fetched; none for most.</summary>
    /// <remarks>When <paramref name="cancel"/> fires, what was fetched until then is the result: it is kept.</remarks>
    public async Task<IReadOnlyList<Exchange>> CompleteAsync(CaptureBundle bundle, CancellationToken cancel)
    {
        if (bundle is not { PageError: null, Exchanges: [.., { Status: 200 } page] } || ArticleText.HtmlOf(page) is not { } html) return [];
        var found = new List<Exchange>();
        try
        {
            await FurtherPagesAsync(page, html, bundle.SourceUrl, found, cancel);
            if (IsThin(bundle)) await VariantsAsync(page, html, bundle.SourceUrl, found, cancel);
        }
        catch (OperationCanceledException) { /* what there is so far is kept */ }
        return found;
    }

    private async Task FurtherPagesAsync(Exchange first, string html, string? source, List<Exchange> found, CancellationToken cancel)
    {
        var (url, asked) = (first.Url, new HashSet<string> { first.Url });
        for (var number = 2; number <= options.MaxArticlePages; number++)
        {
            if (PageParts.Next(html, url, first.Url, number) is not { } next || !asked.Add(next)) return;
            var request = FetchRequest.Page(next) with { Source = source, PartOf = first.Url };
            if (await fetcher.FetchAsync(request, cancel) is not FetchOutcome.Fetched fetched) return;
            // A server that answers every number with the first page has no further ones.
            if (ArticleText.HtmlOf(fetched.Final) is not { } text || fetched.Final.Body.Span.SequenceEqual(first.Body.Span)) return;
            found.AddRange(fetched.Exchanges.Select(exchange => exchange with { Role = ExchangeRole.NextPage }));
            (url, html) = (fetched.Final.Url, text);
        }
    }

    private async Task VariantsAsync(Exchange page, string html, string? source, List<Exchange> found, CancellationToken cancel)
    {
        foreach (var variant in PageParts.Variants(html, page.Url).Take(VariantsAsked))
        {
            var request = FetchRequest.Page(variant) with { Source = source, PartOf = page.Url };
            if (await fetcher.FetchAsync(request, cancel) is not FetchOutcome.Fetched fetched) continue;
            found.AddRange(fetched.Exchanges.Select(exchange => exchange with { Role = ExchangeRole.Variant }));
            return;
        }
    }

    private static bool IsThin(CaptureBundle bundle) =>
        Weight(ArticleText.OfPage(bundle)?.Text) < Thin && Weight(ArticleText.OfEntry(bundle)?.Text) < Thin;

    private static int Weight(string? text) => text is null ? 0 : text.Sum(c => c >= '\u2E80' ? 2 : 1);
}
