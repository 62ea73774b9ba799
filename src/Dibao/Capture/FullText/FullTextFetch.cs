using Dibao.Capture.Fetch;
using Dibao.Extract.Sites;

namespace Dibao.Capture.FullText;

/// <summary>Fetches what the first page of an article does not hold: its further pages, and, where it is thin, its AMP or print form.</summary>
public sealed class FullTextFetch(PageFetcher fetcher, SiteRuleShelf rules, CaptureOptions options)
{
    private const int VariantsAsked = 2;

    // Units as TextWeight has them: a Han character counts two. Below it a page may be a teaser.
    private const int Thin = 800;

    /// <summary>The bundle with its site's rule, and with the exchanges that complete it: none for most.</summary>
    /// <remarks>When <paramref name="cancel"/> fires, what was fetched until then is the result: it is kept.</remarks>
    public async Task<CaptureBundle> CompleteAsync(CaptureBundle bundle, CancellationToken cancel)
    {
        if (bundle is not { PageError: null, Exchanges: [.., { Status: 200 } page] } || ArticleText.HtmlOf(page) is not { } html) return bundle;
        bundle = bundle with { Rule = rules.For(page.Url) };
        var rule = ArticleText.RuleOf(bundle);
        var found = new List<Exchange>();
        try
        {
            if (rule?.SinglePageLink(html, page.Url) is { } single) await VariantAsync(page, [single], bundle.SourceUrl, found, cancel);
            if (found.Count == 0) await FurtherPagesAsync(page, html, rule, bundle.SourceUrl, found, cancel);
            if (found.Count == 0 && IsThin(bundle)) await VariantAsync(page, PageParts.Variants(html, page.Url), bundle.SourceUrl, found, cancel);
        }
        catch (OperationCanceledException) { /* what there is so far is kept */ }
        return found.Count == 0 ? bundle : bundle with { Exchanges = [.. found, .. bundle.Exchanges] };
    }

    private async Task FurtherPagesAsync(Exchange first, string html, SiteRule? rule, string? source, List<Exchange> found, CancellationToken cancel)
    {
        var (url, asked) = (first.Url, new HashSet<string> { first.Url });
        for (var number = 2; number <= options.MaxArticlePages; number++)
        {
            if ((rule?.NextPageLink(html, url) ?? PageParts.Next(html, url, first.Url, number)) is not { } next || !asked.Add(next)) return;
            var request = FetchRequest.Page(next) with { Source = source, PartOf = first.Url };
            if (await fetcher.FetchAsync(request, cancel) is not FetchOutcome.Fetched fetched) return;
            // A server that answers every number with the first page has no further ones.
            if (ArticleText.HtmlOf(fetched.Final) is not { } text || fetched.Final.Body.Span.SequenceEqual(first.Body.Span)) return;
            found.AddRange(fetched.Exchanges.Select(exchange => exchange with { Role = ExchangeRole.NextPage }));
            (url, html) = (fetched.Final.Url, text);
        }
    }

    private async Task VariantAsync(Exchange page, IReadOnlyList<string> variants, string? source, List<Exchange> found, CancellationToken cancel)
    {
        foreach (var variant in variants.Take(VariantsAsked))
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
