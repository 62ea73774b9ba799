using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Sites;

/// <summary>What an operator says of the pages of one host. Places are XPath 1.0, or CSS selectors after <c>css:</c>.</summary>
/// <remarks>Source: the <c>ftr-site-config</c> syntax of Full-Text RSS; our additions are in docs/extraction.md.</remarks>
public sealed record SiteRule
{
    /// <summary>Lower case, without www; <c>.news.example</c> is of all hosts below it too.</summary>
    public required string Host { get; init; }

    /// <summary>The last day of the rule, UTC; it is not used for pages fetched later. Null: it holds until it is taken away.</summary>
    public DateOnly? HoldsUntil { get; init; }

    public IReadOnlyList<Place> Title { get; init; } = [];
    public IReadOnlyList<Place> Body { get; init; } = [];
    public IReadOnlyList<Place> Author { get; init; } = [];
    public IReadOnlyList<Place> Date { get; init; } = [];

    /// <summary>What is taken out before anything is read.</summary>
    public IReadOnlyList<Place> Strip { get; init; } = [];

    /// <summary>Elements whose id or class contains one of these.</summary>
    public IReadOnlyList<string> StripIdOrClass { get; init; } = [];

    /// <summary>Images whose src contains one of these.</summary>
    public IReadOnlyList<string> StripImageSource { get; init; } = [];

    /// <summary>Paragraphs that contain one of these sentences. Ours.</summary>
    public IReadOnlyList<string> StripText { get; init; } = [];

    public IReadOnlyList<ConditionalPlace> SinglePage { get; init; } = [];
    public IReadOnlyList<ConditionalPlace> NextPage { get; init; } = [];

    /// <summary>In the page's text before it is parsed, in order.</summary>
    public IReadOnlyList<(string Find, string Replace)> Replacements { get; init; } = [];

    /// <summary>For whoever fetches the host's pages.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> TestUrls { get; init; } = [];

    /// <summary>Whether link lists and labels inside of the named body are still looked for.</summary>
    public bool Prune { get; init; } = true;

    /// <summary>Whether a page where no <see cref="Body"/> is found is read as if there were no rule.</summary>
    public bool AutodetectOnFailure { get; init; } = true;

    /// <summary>IANA name of the zone in which the outlet writes times without one. Ours.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The address of the next part of an article in parts; null when the page names none.</summary>
    /// <param name="url">The page's own: what the link is resolved against.</param>
    public string? NextPageLink(string html, string url) => Link(NextPage, html, url);

    /// <summary>The address of the whole article on one page; null when the page names none.</summary>
    /// <inheritdoc cref="NextPageLink"/>
    public string? SinglePageLink(string html, string url) => Link(SinglePage, html, url);

    /// <summary>False once the rule's last day is over.</summary>
    public bool HoldsAt(DateTimeOffset? fetched) =>
        HoldsUntil is not { } last || fetched is not { } at || DateOnly.FromDateTime(at.UtcDateTime) <= last;

    internal string Rewrite(string html)
    {
        foreach (var (find, replace) in Replacements)
            if (html.Length <= MarkupFilter.MaxChars) html = html.Replace(find, replace, StringComparison.Ordinal);
        return html;
    }

    private string? Link(IReadOnlyList<ConditionalPlace> places, string html, string url)
    {
        if (places.Count == 0) return null;
        using var document = PageParser.Parse(Rewrite(html), out _);
        var page = new QueriedPage(document);
        foreach (var (place, condition) in places)
        {
            if (condition is not null && !page.Holds(condition)) continue;
            if (page.Text(place, "href") is { } href && SafeUrl.Link(href, SafeUrl.Root(url)) is { } link && link.StartsWith("http", StringComparison.Ordinal) && link != url) return link;
        }

        return null;
    }
}

/// <summary>Where something stands on a page.</summary>
/// <param name="IsSelector">CSS; else XPath 1.0.</param>
public sealed record Place(string Query, bool IsSelector)
{
    /// <summary>As written in a rule: <c>//div[@id='x']</c>, <c>css: #x</c>.</summary>
    public override string ToString() => IsSelector ? "css: " + Query : Query;
}

/// <param name="Condition">if_page_contains: the place counts only where this is found too.</param>
public sealed record ConditionalPlace(Place Place, Place? Condition);
