using Dibao.Capture.Coverage;
using Dibao.Capture.FullText;
using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>The coverage ledger of one source: its days, what is missing and why, when it could not be read, when the archive was down.</summary>
public sealed class SourcePageModel(ArchiveReader archive) : ReaderPage
{
    private const int DaysShown = 30;
    private const int Listed = 100;

    public override string Place => "sources";

    public SourceHealth Source { get; private set; } = null!;
    public IReadOnlyList<CoverageDay> Days { get; private set; } = [];
    public CoverageChart Chart { get; private set; } = null!;
    public IReadOnlyList<MissedEntry> Missed { get; private set; } = [];
    public IReadOnlyList<SourceTrouble> Troubles { get; private set; } = [];
    public IReadOnlyList<ArchiveGap> Gaps { get; private set; } = [];
    public TextHabits Texts { get; private set; } = null!;

    public string KindInWords => SourceMood.KindOf(Source.Source, Words);

    public string PreferredInWords => Texts.Prefer switch
    {
        TextPreference.Page => Words.TextsPage,
        TextPreference.Feed => Words.TextsFeed,
        _ => Words.TextsOpen,
    };

    /// <summary>The days that have something to tell.</summary>
    public IEnumerable<CoverageDay> ToldDays => Days.Where(day => !day.Unwatched);

    public IActionResult OnGet(long id)
    {
        if (archive.Source(id) is not { } source) return Missing();
        Source = source;
        Days = archive.Coverage.Days(id, DaysShown, Ui.Now);
        Chart = CoverageChart.Of(Days, Ui);
        Missed = archive.Coverage.Missed(id, Listed);
        Troubles = archive.Coverage.Troubles(id, Listed);
        Gaps = archive.Coverage.Gaps(Ui.Now.AddDays(-DaysShown), Ui.Now);
        Texts = archive.Texts(id);
        return Page();
    }

    public string StateInWords(CoverageState state) => state switch
    {
        CoverageState.FeedOnly => Words.FeedOnlyCount,
        CoverageState.Waiting => Words.WaitingCount,
        CoverageState.Failed => Words.FailedCount,
        CoverageState.Lost => Words.LostCount,
        _ => Words.NoArticleCount,
    };
}
