using Dibao.Capture.Browser;
using Dibao.Capture.Coverage;
using Dibao.Capture.Fetch;
using Dibao.Capture.FullText;
using Dibao.Capture.Identity;
using Dibao.Capture.Media;
using Dibao.Capture.Sources;

namespace Dibao.Capture;

/// <summary>Fetches an announced article: its page, what the page does not hold of it, its pictures; and keeps it all with what the feed said.</summary>
public sealed class ArticleCapture(
    PageFetcher fetcher, BrowserCapture browser, FullTextFetch fullText, MediaCapture media, SourceTexts texts, CaptureOptions options, TimeProvider time)
{
    /// <summary>What came of one entry.</summary>
    /// <param name="Outcome">Null when nothing was kept: no page and no text, and another round may have more luck.</param>
    /// <param name="Coverage">What became of the entry, and why.</param>
    /// <param name="Transient">Whether the page may well be there the next time.</param>
    public readonly record struct Result(KeepOutcome? Outcome, EntryCoverage Coverage, bool Transient)
    {
        /// <summary>Why there is no page; null when there is.</summary>
        public string? PageError => Coverage.Why;
    }

    /// <param name="skipPage">Why the page is not even asked for; null to ask.</param>
    public async Task<Result> CaptureAsync(PollTarget target, Entry entry, string? skipPage, KeepCapture keep, CancellationToken cancel)
    {
        var at = time.GetUtcNow();
        var page = skipPage is null
            ? Judge(await fetcher.FetchAsync(FetchRequest.Page(ArticleKey.Clean(entry.Link)) with { Source = target.Source.Url }, cancel))
            : new Page([], skipPage, FailureKind.Skipped, Transient: true);
        var bundle = Bundle(target, entry, at, page);
        if (page.Transient && !HasText(entry))
        {
            // The answer is kept as evidence; the entry stays unseen, so that the next poll tries again.
            if (page.Exchanges.Count > 0) await keep(bundle with { Entry = null, SourceUrl = null }, CancellationToken.None);
            return new(null, new(CoverageState.Failed, page.Failure, page.Error), page.Transient);
        }
        (bundle, var problem) = await browser.DrawAsync(bundle, cancel);
        bundle = await fullText.CompleteAsync(texts.Templates.Apply(bundle, target.Source.Id), cancel);
        if (IsOnlyALink(target, entry, bundle))
        {
            var kept = await keep(bundle with { Entry = null, SourceUrl = null }, CancellationToken.None);
            return new(kept, new(CoverageState.NoArticle, page.Failure, page.Error), page.Transient);
        }
        bundle = bundle with { Prefer = texts.Evidence.Learn(target.Source.Id, entry, ArticleText.OfPage(bundle), ArticleText.OfEntry(bundle)) };
        bundle = await WithMediaAsync(bundle, cancel);
        // From here on the token is not heeded: what was fetched is kept, even when the archive is asked to stop.
        var outcome = await keep(bundle, CancellationToken.None);
        var coverage = EntryCoverage.Of(bundle);
        return new(outcome, coverage with { Why = coverage.Why ?? problem }, page.Transient);
    }

    /// <summary>Fetches a past article, behind everything that is live. Nobody announces it now, so no sighting is noted.</summary>
    public async Task<Result> TakeAsync(PollTarget target, Entry entry, KeepCapture keep, CancellationToken cancel)
    {
        var at = time.GetUtcNow();
        var page = Judge(await fetcher.FetchAsync(FetchRequest.Page(ArticleKey.Clean(entry.Link)) with { Source = target.Source.Url, Rank = FetchRank.Backfill }, cancel));
        // A teaser may have its article elsewhere, so it is completed before it is judged.
        var bundle = await fullText.CompleteAsync(texts.Templates.Apply(Bundle(target, entry, at, page) with { SourceUrl = null }, target.Source.Id), cancel);
        if (page.Error is not null || ArticleText.Of(bundle) is null)
        {
            if (page.Exchanges.Count > 0) await keep(bundle with { Entry = null }, CancellationToken.None);
            return new(null, new(page.Error is null ? CoverageState.NoArticle : CoverageState.Failed, page.Failure, page.Error), page.Transient);
        }
        var outcome = await keep(await WithMediaAsync(bundle, cancel), CancellationToken.None);
        return new(outcome, EntryCoverage.Of(bundle), Transient: false);
    }

    /// <summary>What came of looking at an article again.</summary>
    /// <param name="Bundle">To keep; null when nothing answered.</param>
    /// <param name="News">Whether the answer is about the article, and not only about the server.</param>
    public readonly record struct SecondLook(CaptureBundle? Bundle, bool News, TimeSpan? RetryAfter, string Words);

    /// <summary>Looks at a known article's page again.</summary>
    public async Task<SecondLook> LookAgainAsync(RecheckTarget target, CancellationToken cancel)
    {
        var at = time.GetUtcNow();
        var outcome = await fetcher.FetchAsync(FetchRequest.Recheck(target.Url, target.ETag, target.LastModified), cancel);
        if (outcome is FetchOutcome.Unchanged) return new(Again(target, at, outcome.Exchanges, null), News: false, null, "unchanged");
        var page = Judge(outcome);
        // A page that answers 404 is news of the article; one that answers 500 is news of the server.
        var gone = outcome is FetchOutcome.Refused { Status: 404 or 410 or 451 };
        var news = page.Error is null || gone;
        var retryAfter = (outcome as FetchOutcome.Refused)?.RetryAfter ?? (outcome as FetchOutcome.Failed)?.RetryAfter;
        var bundle = Again(target, at, page.Exchanges, news ? null : page.Error);
        if (bundle is null || page.Error is not null) return new(bundle, news, retryAfter, page.Error ?? "fetched");
        (bundle, var problem) = await browser.DrawAsync(bundle, cancel);
        return new(await WithMediaAsync(await fullText.CompleteAsync(texts.Templates.Again(bundle), cancel), cancel), news, retryAfter, problem ?? "fetched");
    }

    // A list page and a sitemap name whatever lies on the site: what holds no article is none, and is not asked for again.
    private static bool IsOnlyALink(PollTarget target, Entry entry, CaptureBundle bundle) =>
        target.Source.Kind != SourceKind.Feed && !HasText(entry) && ArticleText.Of(bundle) is null;

    private async Task<CaptureBundle> WithMediaAsync(CaptureBundle bundle, CancellationToken cancel)
    {
        if (ArticleText.Of(bundle) is not { Reading: var reading }) return bundle;
        var found = await media.FetchAsync(
            bundle.Url, ArticleImages.Of(reading.LeadImage, reading.Html), Recordings(bundle), bundle.SourceUrl, cancel);
        return found.Count > 0 ? bundle with { Exchanges = [.. found, .. bundle.Exchanges] } : bundle;
    }

    // The feed's first: a podcast's own are sure to be the article's.
    private IReadOnlyList<string> Recordings(CaptureBundle bundle)
    {
        if (!options.Recordings) return [];
        var named = bundle.Entry?.Enclosures ?? [];
        return ArticleText.PageHtml(bundle) is { } html ? [.. named.Union(PageRecordings.Of(html, bundle.Exchanges[^1].Url))] : named;
    }

    private static CaptureBundle? Again(RecheckTarget target, DateTimeOffset at, IReadOnlyList<Exchange> exchanges, string? error) =>
        exchanges.Count == 0 ? null
        : new() { Kind = CaptureKind.Article, Url = target.Url, At = at, Outlet = target.Outlet, Exchanges = exchanges, PageError = error };

    private Page Judge(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Fetched fetched => Unreadable(fetched.Final) is { } problem
            ? new(fetched.Exchanges, problem, FailureKind.Unreadable, Transient: false)
            : new(fetched.Exchanges, null, FailureKind.None, Transient: false),
        FetchOutcome.Refused refused => new(refused.Exchanges, StatusInWords.Of(refused), EntryCoverage.OfStatus(refused.Status), IsTransient(refused.Status)),
        FetchOutcome.Failed failed => new(failed.Exchanges, failed.Reason, EntryCoverage.OfCause(failed.Cause), Transient: !failed.Lasting),
        _ => new(outcome.Exchanges, "answered 304 to a question without a condition", FailureKind.Unreadable, Transient: true),
    };

    private string? Unreadable(Exchange page) =>
        Payload.Decode(page.Body, page.ContentEncoding, options.MaxDecodedBytes) is Payload.Unreadable broken && page.Truncated is null
            ? $"{page.Url} cannot be read: {broken.Reason}" : null;

    private static bool IsTransient(int status) => status >= 500 || status is 408 or 425 or 429;

    private static bool HasText(Entry entry) => !string.IsNullOrWhiteSpace(entry.Content) || !string.IsNullOrWhiteSpace(entry.Summary);

    private static CaptureBundle Bundle(PollTarget target, Entry entry, DateTimeOffset at, Page page) => new()
    {
        Kind = CaptureKind.Article,
        Url = ArticleKey.Clean(entry.Link),
        At = at,
        Outlet = target.Outlet,
        SourceUrl = target.Source.Url,
        Exchanges = page.Exchanges,
        Entry = entry,
        PageError = page.Error,
    };

    private readonly record struct Page(IReadOnlyList<Exchange> Exchanges, string? Error, FailureKind Failure, bool Transient);
}

/// <summary>What is learned of the texts of each source.</summary>
public sealed record SourceTexts(TextEvidence Evidence, TemplateBook Templates);

/// <summary>Refusals for people.</summary>
internal static class StatusInWords
{
    public static string Of(FetchOutcome.Refused refused)
    {
        var url = refused.Exchanges[^1].Url;
        return refused.Status switch
        {
            401 or 403 => $"{url} refuses readers like this archive ({refused.Status})",
            404 => $"{url} is not there (404): check the address",
            410 => $"{url} is gone for good (410)",
            429 => $"{url} finds that it is asked too often (429)",
            451 => $"{url} is withheld for legal reasons (451)",
            >= 500 => $"{url} has trouble of its own ({refused.Status}): nothing to do but wait",
            _ => $"{url} answered {refused.Status}",
        };
    }
}
