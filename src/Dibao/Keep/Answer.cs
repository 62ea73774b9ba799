using Dibao.Capture;

namespace Dibao.Keep;

/// <summary>How an article's address answered, as far as its state at the outlet goes.</summary>
/// <param name="Address">Where the page was, when the article's own address led there; <c>""</c> when it answered itself; null when no page came.</param>
internal readonly record struct Answer(string? Address)
{
    public static Answer Of(KeptUnit unit) =>
        unit.Bundle is { PageError: null, Exchanges: [.., { Status: 200 } page] } bundle
            ? new(Place(page.Url) == Place(bundle.Url) ? "" : page.Url)
            : default;

    /// <summary>True when the page came from elsewhere than it did at first.</summary>
    /// <param name="first">As <see cref="Address"/> was then.</param>
    public bool IsElsewhere(string? first) => Address is not null && first is not null && Place(Address) != Place(first);

    /// <param name="versions">Before this capture.</param>
    public ArticleState StateAfter(ArticleState before, string? first, ArticleChange change, long versions)
    {
        // No page: a file or the feed's own text says nothing of how the outlet answers.
        if (Address is null) return before == ArticleState.Known ? ArticleState.Imported : before;
        if (IsElsewhere(first)) return ArticleState.Redirected;
        if (change == ArticleChange.Changed) return ArticleState.Changed;
        return before switch
        {
            ArticleState.Gone or ArticleState.Redirected or ArticleState.Back => ArticleState.Back,
            _ => versions > 1 ? ArticleState.Changed : ArticleState.Live,
        };
    }

    public static ArticleChange ChangeOf(ArticleState before, ArticleState after, ArticleChange change) =>
        change != ArticleChange.Unchanged || before == after ? change
        : after == ArticleState.Redirected ? ArticleChange.Redirected
        : after == ArticleState.Back ? ArticleChange.Back
        : change;

    // Scheme, www. and a slash at the end are no other place.
    private static string Place(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? ArticleUrl.Host(url) + uri.AbsolutePath.TrimEnd('/') + uri.Query : url;
}
