using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>The newest articles of one outlet.</summary>
public sealed class OutletPageModel(ArchiveReader archive, ReaderOptions options) : ReaderPage
{
    public override string Place => "outlet";

    public Outlet Outlet { get; private set; } = null!;
    public long Articles { get; private set; }
    public IReadOnlyList<ListedDay> Days { get; private set; } = [];
    public string? Cursor { get; private set; }
    public string? Next { get; private set; }

    public IActionResult OnGet(string slug, string? cursor)
    {
        if (!IsCursor(cursor)) return BadRequest();
        if (archive.Catalogue.Outlet(slug) is not { } outlet) return Missing();
        Outlet = outlet;
        Feed = new($"/o/{Uri.EscapeDataString(outlet.Slug)}/feed", "");
        Articles = archive.Catalogue.ArticleCounts().GetValueOrDefault(outlet.Id);
        var page = archive.Catalogue.Newest(outlet.Slug, cursor, options.PageSize);
        Days = Listing.ByDay(page.Articles.Select(Listing.Of), Ui);
        (Cursor, Next) = (cursor, page.Next);
        return Page();
    }
}
