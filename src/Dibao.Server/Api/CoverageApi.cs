using Dibao.Capture.Coverage;
using Dibao.Capture.FullText;
using Dibao.Extract.Sites;
using Dibao.Server.Read;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dibao.Server.Api;

/// <summary>The coverage ledger for programs. Days are those of the archive's readers; times are ISO 8601 in UTC; remedies are English.</summary>
internal static class CoverageApi
{
    private const int DefaultDays = 30;
    private const int Listed = 500;

    public static Results<Ok<SourceCoverageJson>, ProblemHttpResult> Source(long id, int? days, ArchiveReader archive, HttpContext context)
    {
        if (days is < 1 or > CoverageLedger.MaxDays)
            return TypedResults.Problem($"days is {days}: write a number from 1 to {CoverageLedger.MaxDays}.", statusCode: StatusCodes.Status400BadRequest);
        if (archive.Source(id) is not { } health)
            return TypedResults.Problem($"There is no source {id}: /api/v1/sources lists all.", statusCode: StatusCodes.Status404NotFound);
        var now = Ui.Of(context).Now;
        var (shown, from) = (days ?? DefaultDays, now.AddDays(-(days ?? DefaultDays)));
        var texts = archive.Texts(id);
        return TypedResults.Ok(new SourceCoverageJson(
            SourceJson.Of(health),
            [.. archive.Coverage.Days(id, shown, now).Select(DayJson.Of)],
            [.. archive.Coverage.Missed(id, Listed).Select(MissedJson.Of)],
            [.. archive.Coverage.Troubles(id, Listed).Select(TroubleJson.Of)],
            [.. archive.Coverage.Gaps(from, now).Select(GapJson.Of)],
            new(texts.Samples, texts.Page, texts.Feed, texts.Clutter, texts.Prefer),
            TemplateJson.Of(archive.Template(id)),
            BackfillApi.Of(archive, id)));
    }

    public static Ok<ProblemsJson> Problems(ArchiveReader archive, HttpContext context)
    {
        var now = Ui.Of(context).Now;
        return TypedResults.Ok(new ProblemsJson(
            [.. archive.Sources().Where(source => source.Failures > 0).Select(SourceJson.Of)],
            [.. archive.Coverage.Missed(Listed).Select(MissedJson.Of)],
            [.. archive.Coverage.Troubles(Listed).Select(TroubleJson.Of)],
            [.. archive.Coverage.Gaps(now.AddDays(-90), now).Select(GapJson.Of)]));
    }
}

/// <summary>One source and its ledger.</summary>
/// <param name="Days">The newest first.</param>
/// <param name="Missed">What is not, or not wholly, kept; the newest first.</param>
/// <param name="Troubles">When it could not be read, the newest first.</param>
/// <param name="Gaps">When the archive itself was not capturing.</param>
/// <param name="Backfill">How far its past is; null while none was asked for.</param>
public sealed record SourceCoverageJson(
    SourceJson Source, IReadOnlyList<DayJson> Days, IReadOnlyList<MissedJson> Missed, IReadOnlyList<TroubleJson> Troubles, IReadOnlyList<GapJson> Gaps, TextsJson Texts,
    TemplateJson Template, BackfillJson? Backfill);

/// <summary>What goes wrong, over all sources.</summary>
public sealed record ProblemsJson(
    IReadOnlyList<SourceJson> Failing, IReadOnlyList<MissedJson> Missed, IReadOnlyList<TroubleJson> Troubles, IReadOnlyList<GapJson> Gaps);

/// <summary>One day: entries first seen on it, by what became of them since.</summary>
/// <param name="DownMinutes">How long the archive itself was not capturing.</param>
/// <param name="FailingMinutes">How long the source could not be read.</param>
/// <param name="Watched">False before the archive began to.</param>
public sealed record DayJson(
    DateOnly Day, bool Watched, int Seen, int Captured, int FeedOnly, int Waiting, int Failed, int Lost, int NoArticle, int DownMinutes, int FailingMinutes)
{
    public static DayJson Of(CoverageDay day) => new(
        day.Day, !day.Unwatched, day.Seen, day.Of(CoverageState.Captured), day.Of(CoverageState.FeedOnly), day.Of(CoverageState.Waiting),
        day.Of(CoverageState.Failed), day.Of(CoverageState.Lost), day.Of(CoverageState.NoArticle), (int)day.Down.TotalMinutes, (int)day.Failing.TotalMinutes);
}

public sealed record MissedJson(
    long Source, string EntryId, string Url, string? Title, DateTime FirstSeen, DateTime LastSeen, CoverageState State, FailureKind Failure, string? Why, string? Remedy, int Attempts)
{
    public static MissedJson Of(MissedEntry entry) => new(
        entry.SourceId, entry.EntryId, entry.Url, entry.Title, entry.FirstSeen.UtcDateTime, entry.LastSeen.UtcDateTime, entry.State, entry.Failure, entry.Why,
        Remedies.Of(entry.Failure, Words.En), entry.Attempts);
}

public sealed record TroubleJson(long Source, DateTime Began, DateTime Last, DateTime? Ended, int Attempts, FailureKind Failure, string Words, string? Remedy)
{
    public static TroubleJson Of(SourceTrouble trouble) => new(
        trouble.SourceId, trouble.Began.UtcDateTime, trouble.Last.UtcDateTime, trouble.Ended?.UtcDateTime, trouble.Attempts, trouble.Failure, trouble.Words,
        Remedies.Of(trouble.Failure, Read.Words.En));
}

public sealed record GapJson(DateTime Began, DateTime Ended)
{
    public static GapJson Of(ArchiveGap gap) => new(gap.Began.UtcDateTime, gap.Ended.UtcDateTime);
}

/// <summary>Which text is kept, and by what evidence: medians, in characters.</summary>
public sealed record TextsJson(int Samples, int Page, int Feed, int Clutter, TextPreference? Prefer);

/// <summary>What recurs on a source's pages and is left out of its articles.</summary>
/// <param name="Pages">How many pages it was learned from.</param>
public sealed record TemplateJson(int Pages, IReadOnlyList<TemplateBlockJson> Blocks)
{
    public static TemplateJson Of(SiteTemplate template) => new(template.Pages, [.. template.Blocks.Select(block => new TemplateBlockJson(block.Text, block.Seen))]);
}

/// <param name="Text">How it begins.</param>
/// <param name="Seen">On how many of the pages.</param>
public sealed record TemplateBlockJson(string Text, int Seen);
