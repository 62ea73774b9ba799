using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>The newest articles of all outlets.</summary>
public sealed class IndexModel(ArchiveReader archive, ReaderOptions options) : ReaderPage
{
    public override string Place => "front";

    public IReadOnlyList<ListedDay> Days { get; private set; } = [];
    public string? Cursor { get; private set; }
    public string? Next { get; private set; }

    public IActionResult OnGet(string? cursor)
    {
        if (!IsCursor(cursor)) return BadRequest();
        var page = archive.Catalogue.Newest(outlet: null, cursor, options.PageSize);
        Days = Listing.ByDay(page.Articles.Select(Listing.Of), Ui);
        (Cursor, Next) = (cursor, page.Next);
        return Page();
    }
}
