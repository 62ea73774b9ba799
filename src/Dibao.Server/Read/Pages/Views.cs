namespace Dibao.Server.Read.Pages;

/// <summary>What <c>_Days.cshtml</c> shows.</summary>
public sealed record DayList(IReadOnlyList<ListedDay> Days, Ui Ui, bool ShowOutlet);

/// <summary>What <c>_Item.cshtml</c> shows.</summary>
public sealed record ItemView(ListedArticle Item, Ui Ui, bool ShowOutlet);

/// <summary>What <c>_Pager.cshtml</c> shows: links to the next and the first page of a list.</summary>
public sealed record PagerView(Words Words, string? Older, string? Newest);
