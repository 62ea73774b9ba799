using Dibao.Find;
using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>Finds articles.</summary>
public sealed class SearchModel(ArchiveReader archive) : ReaderPage
{
    private const int HitsOnPage = 20;
    private const int OutletsShown = 12;

    public override string Place => "search";

    public SearchQuery Query { get; private set; } = new() { Text = "" };
    public SearchOrder Order { get; private set; }
    public string? Cursor { get; private set; }

    /// <summary>What is wrong with the query, in English.</summary>
    public string? Problem { get; private set; }

    /// <summary>Null while nothing is asked.</summary>
    public SearchPage? Found { get; private set; }

    public IReadOnlyList<ListedArticle> Items { get; private set; } = [];
    public IReadOnlyList<OutletFacet> Outlets { get; private set; } = [];
    public IReadOnlyList<QueryFilter> Filters { get; private set; } = [];
    public TimeChart? Chart { get; private set; }
    public string ExampleOutlet => archive.Catalogue.Newest(null, null, 1).Articles is [var newest] ? newest.Outlet.Slug : "rfi-cn";

    public IActionResult OnGet(string? q, string? order, string? cursor)
    {
        if (cursor is not null && !ListCursor.IsValidForSearch(cursor)) return BadRequest();
        SearchText = q ?? "";
        (Order, Cursor) = (order == "best" ? SearchOrder.Best : SearchOrder.Newest, cursor);
        switch (SearchQuery.Parse(SearchText))
        {
            case QueryReading.Invalid invalid:
                SearchText = SearchText.Length > SearchQuery.MaxCharacters ? SearchText[..SearchQuery.MaxCharacters] : SearchText;
                Problem = invalid.Message;
                Response.StatusCode = StatusCodes.Status400BadRequest;
                break;
            case QueryReading.Parsed { Query: { IsEmpty: false } query }:
                Query = query;
                Search(query);
                break;
        }
        return Page();
    }

    public string Link(SearchQuery query, SearchOrder order = SearchOrder.Newest) => Link(QueryText.Of(query), order);

    public string Link(string query, SearchOrder order) =>
        $"/search?q={Uri.EscapeDataString(query)}{(order == SearchOrder.Best ? "&order=best" : "")}";

    private void Search(SearchQuery query)
    {
        Found = archive.Search.Search(query, new() { Order = Order, Limit = HitsOnPage, Cursor = Cursor, UtcOffset = Ui.Now.Offset });
        Items = [.. Listing.Of(archive.Catalogue.Articles([.. Found.Hits.Select(hit => hit.ArticleId)]), query, archive)];
        Outlets = Facets([.. Found.Outlets.Where(outlet => outlet.Slug.Length > 0).Take(OutletsShown)]);
        Chart = TimeChart.Of(query, Found.Histogram, Ui);
        Filters = [.. QueryFilter.Of(query, Ui)];
        Feed = new("/search", $"?q={Uri.EscapeDataString(SearchText)}");
    }

    private IReadOnlyList<OutletFacet> Facets(IReadOnlyList<OutletCount> counts)
    {
        var outlets = archive.Catalogue.Outlets([.. counts.Select(count => count.Slug)]);
        return [.. counts.Select(count => outlets.GetValueOrDefault(count.Slug) is { } outlet
            ? new OutletFacet(outlet.Slug, outlet.Name, outlet.Language, count.Count)
            : new OutletFacet(count.Slug, count.Slug, null, count.Count))];
    }
}

/// <summary>An outlet among the hits.</summary>
public sealed record OutletFacet(string Slug, string Name, string? Lang, int Count);

/// <summary>One filter of a query, and the query without it.</summary>
public sealed record QueryFilter(string Label, SearchQuery Without)
{
    public static IEnumerable<QueryFilter> Of(SearchQuery query, Ui ui)
    {
        foreach (var outlet in query.Outlets) yield return new(outlet, query with { Outlets = [.. query.Outlets.Where(other => other != outlet)] });
        foreach (var outlet in query.ExcludedOutlets)
            yield return new($"−{outlet}", query with { ExcludedOutlets = [.. query.ExcludedOutlets.Where(other => other != outlet)] });
        foreach (var language in query.Languages)
            yield return new(language, query with { Languages = [.. query.Languages.Where(other => other != language)] });
        if (query.After is { } after) yield return new(Ui.Format(ui.Words.AfterDay, ui.ShortDay(after)), query with { After = null });
        if (query.Before is { } before) yield return new(Ui.Format(ui.Words.BeforeDay, ui.ShortDay(before)), query with { Before = null });
    }
}
