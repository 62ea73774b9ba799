using System.Globalization;
using Dibao.Capture.Backfill;
using Dibao.Capture.Coverage;
using Dibao.Capture.FullText;
using Dibao.Extract.Sites;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dibao.Server.Read.Pages;

/// <summary>The coverage ledger of one source: its days, what is missing and why, when it could not be read, when the archive was down.</summary>
public sealed class SourcePageModel(ArchiveReader archive, AddingRight right, IServiceProvider services) : ReaderPage
{
    private readonly Backfilling? backfilling = services.GetService<Backfilling>();
    private const int DaysShown = 30;
    private const int Listed = 100;
    public const int BlocksShown = 40;

    public override string Place => "sources";

    public SourceHealth Source { get; private set; } = null!;
    public IReadOnlyList<CoverageDay> Days { get; private set; } = [];
    public CoverageChart Chart { get; private set; } = null!;
    public IReadOnlyList<MissedEntry> Missed { get; private set; } = [];
    public IReadOnlyList<SourceTrouble> Troubles { get; private set; } = [];
    public IReadOnlyList<ArchiveGap> Gaps { get; private set; } = [];
    public TextHabits Texts { get; private set; } = null!;

    public SiteTemplate Template { get; private set; } = null!;

    /// <summary>Null while none was begun.</summary>
    public BackfillProgress? Backfill { get; private set; }

    /// <summary>Whether the archive is one whose past can be asked for here.</summary>
    public bool CanBackfill => backfilling is not null && Source.Source.State == SourceState.Active;

    public bool NeedsToken => right.NeedsToken;
    public string Since { get; private set; } = "";
    public string PerDay { get; private set; } = "";
    public string? Problem { get; private set; }

    public string Today => Ui.Now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string KindInWords => SourceMood.KindOf(Source.Source, Words);

    public string PreferredInWords => Texts.Prefer switch
    {
        TextPreference.Page => Words.TextsPage,
        TextPreference.Feed => Words.TextsFeed,
        _ => Words.TextsOpen,
    };

    /// <summary>The days that have something to tell.</summary>
    public IEnumerable<CoverageDay> ToldDays => Days.Where(day => !day.Unwatched);

    public IActionResult OnGet(long id) => Load(id) ? Page() : Missing();

    /// <param name="act"><c>stop</c> ends what is under way; anything else begins, or begins again with another day or limit.</param>
    public IActionResult OnPost(long id, string? act, string? since, string? perDay, string? token)
    {
        if (!Load(id)) return Missing();
        (Since, PerDay) = (since ?? "", perDay ?? "");
        if (backfilling is null) return Refuse(StatusCodes.Status403Forbidden, Words.ReadOnly);
        if (!right.Allows(Request, token)) return Refuse(StatusCodes.Status403Forbidden, NeedsToken ? Words.TokenWrong : Words.NotFromHere);
        if (act == "stop") backfilling.Stop(id);
        else if (!Backfilling.TrySince(since, Ui.Now, out var day)) return Refuse(StatusCodes.Status400BadRequest, Words.BackfillSinceWrong);
        else if (!int.TryParse(perDay, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > Backfilling.MostPerDay)
            return Refuse(StatusCodes.Status400BadRequest, Ui.Format(Words.BackfillPerDayWrong, Backfilling.MostPerDay));
        else if (!CanBackfill) return Refuse(StatusCodes.Status409Conflict, Words.HealthRetired);
        else backfilling.Start(id, day, limit);
        return LocalRedirect($"/sources/{id}#backfill");
    }

    private PageResult Refuse(int status, string problem)
    {
        (Response.StatusCode, Problem) = (status, problem);
        return Page();
    }

    private bool Load(long id)
    {
        if (archive.Source(id) is not { } source) return false;
        Source = source;
        Days = archive.Coverage.Days(id, DaysShown, Ui.Now);
        Chart = CoverageChart.Of(Days, Ui);
        Missed = archive.Coverage.Missed(id, Listed);
        Troubles = archive.Coverage.Troubles(id, Listed);
        Gaps = archive.Coverage.Gaps(Ui.Now.AddDays(-DaysShown), Ui.Now);
        Texts = archive.Texts(id);
        Template = archive.Template(id);
        Backfill = archive.Backfills().FirstOrDefault(backfill => backfill.SourceId == id);
        Since = Backfill?.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
        PerDay = (Backfill?.PerDay ?? Backfilling.DefaultPerDay).ToString(CultureInfo.InvariantCulture);
        return true;
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
