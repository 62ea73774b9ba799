using Dibao.Capture.Coverage;

namespace Dibao.Server.Read;

/// <summary>The days of a source as bars of a chart that is <see cref="Width"/> by <see cref="Height"/> units: what is kept, what is missing,
/// and where the archive itself was down.</summary>
public sealed record CoverageChart(IReadOnlyList<CoverageBar> Bars, string Label, DateOnly Start, DateOnly End)
{
    public const int Height = 48;

    private const int BarPitch = 10;
    private const int LowestBar = 3;

    public int Width => Bars.Count * BarPitch;

    /// <param name="days">The newest first.</param>
    public static CoverageChart Of(IReadOnlyList<CoverageDay> days, Ui ui)
    {
        var most = Math.Max(1, days.Max(day => day.Seen));
        var (start, end) = (days[^1].Day, days[0].Day);
        var (seen, missed) = (days.Sum(day => day.Seen), days.Sum(day => day.Missed));
        var kept = days.Sum(day => day.Of(CoverageState.Captured) + day.Of(CoverageState.FeedOnly));
        return new(
            [.. days.Reverse().Select((day, i) => Bar(day, i * BarPitch, most, ui))],
            Ui.Format(ui.Words.CoverageChart, ui.ShortDay(start), ui.ShortDay(end), seen, kept, missed), start, end);
    }

    private static CoverageBar Bar(CoverageDay day, int x, int most, Ui ui)
    {
        var kept = Tall(day.Of(CoverageState.Captured), most);
        var partly = Tall(day.Of(CoverageState.FeedOnly) + day.Of(CoverageState.Waiting) + day.Of(CoverageState.NoArticle), most);
        var missed = Tall(day.Missed, most);
        var down = (int)Math.Round(day.Down / TimeSpan.FromDays(1) * Height);
        return new(x, BarPitch - 2, kept, partly, missed, down, day.Failing > TimeSpan.Zero, day.Unwatched, Words(day, ui));
    }

    private static string Words(CoverageDay day, Ui ui)
    {
        var counts = Ui.Format(ui.Words.CoverageDayLabel, ui.ShortDay(day.Day), day.Seen, day.Of(CoverageState.Captured) + day.Of(CoverageState.FeedOnly), day.Missed);
        return string.Join(ui.Words.ListSeparator, [counts, .. Remarks(day, ui)]);
    }

    /// <summary>What else there is to say of a day: that the archive was down, that the source could not be read, that nobody watched.</summary>
    public static IEnumerable<string> Remarks(CoverageDay day, Ui ui)
    {
        if (day.Unwatched) { yield return ui.Words.NotWatched; yield break; }
        if (day.Down > TimeSpan.Zero) yield return Ui.Format(ui.Words.DownFor, ui.Span(day.Down));
        if (day.Failing > TimeSpan.Zero) yield return Ui.Format(ui.Words.FailingFor, ui.Span(day.Failing));
        if (day is { Seen: 0 } && day.Down == TimeSpan.Zero && day.Failing == TimeSpan.Zero) yield return ui.Words.NothingAnnounced;
    }

    private static int Tall(int count, int most) => count == 0 ? 0 : Math.Max(LowestBar, count * Height / most);
}

/// <param name="Kept">Heights, the kept below, then the partly kept, then the missing.</param>
/// <param name="Down">Height of what the archive was down of the day.</param>
public sealed record CoverageBar(int X, int Width, int Kept, int Partly, int Missed, int Down, bool Failing, bool Unwatched, string Label);
