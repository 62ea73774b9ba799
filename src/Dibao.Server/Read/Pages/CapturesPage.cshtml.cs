using Dibao.Server.Replay;
using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>Every capture of one address, as a calendar and as a list, newest first.</summary>
public sealed class CapturesPageModel(ArchiveReader archive) : ReaderPage
{
    private const int MostShown = 2000;

    public string Address { get; private set; } = "";

    /// <summary>Newest first.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; private set; } = [];

    public IReadOnlyList<CaptureMonth> Months { get; private set; } = [];
    public Article? Article { get; private set; }
    public string TimeMap => ReplayAddress.TimeMapOf(Address);

    public string PathAt(DateTimeOffset at) => ReplayAddress.PathOf(at, "", Address);

    public IActionResult OnGet(string all)
    {
        if (all != "*" || !ReplayAddress.TryUrl(HttpContext, 1, out var url)) return BadRequest();
        Times = [.. archive.Mementos.Times(url, MostShown).Reverse()];
        if (Times.Count == 0) return Missing();
        Address = url;
        Article = archive.Catalogue.Article(url);
        Months = [.. Times.GroupBy(at => FirstOfMonth(Ui.Day(at)))
            .Select(month => new CaptureMonth(month.Key, month.ToLookup(at => Ui.Day(at))))];
        return Page();
    }

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);
}

/// <summary>One month of a calendar.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Times">Captures by day.</param>
public sealed record CaptureMonth(DateOnly First, ILookup<DateOnly, DateTimeOffset> Times)
{
    /// <summary>The Monday on or before the first day.</summary>
    public DateOnly Monday => First.AddDays(-(((int)First.DayOfWeek + 6) % 7));

    /// <summary>Monday to Sunday; null for days of other months.</summary>
    public IEnumerable<IEnumerable<DateOnly?>> Weeks
    {
        get
        {
            for (var week = Monday; week < First.AddMonths(1); week = week.AddDays(7))
            {
                var start = week;
                yield return Enumerable.Range(0, 7).Select(start.AddDays).Select(day => day.Month == First.Month ? day : (DateOnly?)null);
            }
        }
    }
}
