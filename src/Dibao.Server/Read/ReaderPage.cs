using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dibao.Server.Read;

/// <summary>What every page of the reader has: its words, and feeds of what it lists.</summary>
public abstract class ReaderPage : PageModel
{
    public Ui Ui => Ui.Of(HttpContext);

    public Words Words => Ui.Words;

    /// <summary>Address of the feed without its ending: <c>/o/rfi-cn/feed</c>.</summary>
    public FeedLink Feed { get; protected set; } = new("/feed", "");

    /// <summary>What stands in the search field.</summary>
    public string SearchText { get; protected set; } = "";

    /// <summary>The part of the navigation that is shown as current.</summary>
    public virtual string Place => "";

    /// <summary>What cannot be read (<c>?from=x</c> where a number belongs) is an error, not left out.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!ModelState.IsValid) context.Result = BadRequest();
    }

    protected StatusCodeResult Missing() => NotFound();

    /// <summary>Lists hand out cursors of their own; a made-up one is an error, not the first page.</summary>
    protected static bool IsCursor(string? cursor) => cursor is null || ListCursor.IsValid(cursor);
}

/// <param name="Path">Without ending; <c>.atom</c> and <c>.json</c> are added.</param>
/// <param name="Query">Empty, or from the question mark on.</param>
public readonly record struct FeedLink(string Path, string Query)
{
    public string Atom => $"{Path}.atom{Query}";
    public string Json => $"{Path}.json{Query}";
}

/// <summary>Cursors as lists give them.</summary>
public static class ListCursor
{
    /// <summary>Of <c>Catalogue.Newest</c>: milliseconds and an id, with a hyphen between.</summary>
    public static bool IsValid(string cursor)
    {
        var dash = cursor.LastIndexOf('-');
        return dash > 0 && long.TryParse(cursor.AsSpan(0, dash), null, out _) && long.TryParse(cursor.AsSpan(dash + 1), null, out var id) && id >= 0;
    }

    /// <summary>Of a search: the order's letter and a number.</summary>
    public static bool IsValidForSearch(string cursor) =>
        cursor is ['n' or 'b', .. var digits] && long.TryParse(digits, System.Globalization.NumberStyles.None, null, out _);
}
