using Dibao.Capture;
using Dibao.Capture.Coverage;
using Dibao.Capture.FullText;
using Dibao.Capture.Fetch;
using Dibao.Capture.Sources;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>The wording that an article shows from now on: what a search index needs of it.</summary>
public sealed record CurrentWording(long ArticleId, long VersionId, long OutletId, string OutletSlug, DateTimeOffset Newest, VersionDraft Draft);

/// <summary>What follows the wordings, inside the transaction that changes them: the search index, which is a later stage's.</summary>
/// <param name="Removed">Told of articles that were taken down.</param>
internal sealed record WordingIndex(
    Action<SqliteTransaction, IReadOnlyCollection<CurrentWording>> Changed, Action<SqliteTransaction, IReadOnlyCollection<long>> Removed);

/// <summary>Writes captures into the catalogue. Live and in a rebuild the same captures come in the same order, and so give the same rows.</summary>
/// <param name="index">Told of the new wordings of a batch, inside the transaction.</param>
internal sealed class CatalogueWriter(WordingIndex index)
{
    private const double PageGain = 1.4;

    private static readonly Statement SetCurrent = new("UPDATE articles SET version_count = version_count + $more, current_id = $version, newest = $newest WHERE id = $id");
    private static readonly Statement SetStone = new("UPDATE articles SET current_id = $version WHERE id = $id");

    private static readonly Statement SetGone = new(
        "UPDATE articles SET state = $gone, state_since = CASE WHEN state = $gone THEN state_since ELSE $at END, next_check = $next WHERE id = $id");

    private static readonly Statement SetAnswered = new(
        """
        UPDATE articles SET last_captured = MAX(last_captured, $at), state = $state, answers_at = COALESCE(answers_at, $address),
               state_since = CASE WHEN state = $state THEN state_since ELSE $at END, next_check = $next WHERE id = $id
        """);

    // By article: when one changes twice in a batch, only its last wording is current.
    private readonly Dictionary<long, CurrentWording> wordings = [];
    private readonly List<long> removed = [];

    /// <param name="leaf">The first unit's position in the log.</param>
    public KeepOutcome[] ApplyAll(SqliteTransaction transaction, IReadOnlyList<KeptUnit> units, long leaf)
    {
        wordings.Clear();
        removed.Clear();
        var outcomes = new KeepOutcome[units.Count];
        for (var i = 0; i < units.Count; i++) outcomes[i] = Apply(transaction, units[i], leaf + i);
        CaptureRows.Advance(transaction, units);
        if (wordings.Count > 0) index.Changed(transaction, wordings.Values);
        if (removed.Count > 0) index.Removed(transaction, removed);
        return outcomes;
    }

    private KeepOutcome Apply(SqliteTransaction transaction, KeptUnit unit, long leaf)
    {
        // The archive's own: of no outlet, whatever an older manifest says.
        if (unit.Bundle.Kind is CaptureKind.Seal or CaptureKind.LogKey) return new(CaptureRows.Insert(transaction, unit, null, leaf), null, ArticleChange.None);
        var outletId = SourceLedger.EnsureOutlet(transaction, unit.Bundle.Outlet);
        var captureId = CaptureRows.Insert(transaction, unit, outletId, leaf);
        var outcome = unit.Tombstone is { } stone ? ApplyTombstone(transaction, unit, stone, outletId, captureId) : Apply(transaction, unit, outletId, captureId);
        if (outcome.ArticleId is { } articleId) CaptureRows.Assign(transaction, captureId, articleId);
        return outcome;
    }

    private KeepOutcome Apply(SqliteTransaction transaction, KeptUnit unit, long outletId, long captureId) =>
        unit.Bundle.Kind switch
        {
            CaptureKind.Source => ApplySource(transaction, unit.Bundle, captureId),
            CaptureKind.Article or CaptureKind.File => ApplyArticle(transaction, unit, outletId, captureId),
            CaptureKind.Known => ApplyKnown(transaction, unit, outletId, captureId),
            CaptureKind.Takedown => ApplyTakedown(transaction, unit, captureId),
            _ => new(captureId, null, ArticleChange.None),
        };

    private static KeepOutcome ApplySource(SqliteTransaction transaction, CaptureBundle bundle, long captureId)
    {
        SourceLedger.Apply(transaction, bundle);
        return new(captureId, null, ArticleChange.None);
    }

    private KeepOutcome ApplyArticle(SqliteTransaction transaction, KeptUnit unit, long outletId, long captureId)
    {
        var bundle = unit.Bundle;
        // Which article it is must be asked before the sighting is noted: afterwards the link that the identifier had until now is forgotten.
        var article = ArticleIdentity.Find(transaction, outletId, unit) is { } id ? ArticleRow.Find(transaction, id) : null;
        if (bundle is { Entry: { } entry, SourceUrl: { } source }) SourceLedger.Saw(transaction, source, entry, bundle.At, EntryCoverage.Of(bundle));
        if (bundle.Template is { } template) TemplateBook.Keep(transaction, bundle.Url, template);
        // Nothing brings it back: whoever prepared this did not know yet.
        if (article?.State == ArticleState.TakenDown) return new(captureId, article.Id, ArticleChange.None);
        MediaShelf.Note(transaction, captureId, unit.Reading.Media);
        if (unit.Reading.Gone && article is not null) return MarkGone(transaction, article, captureId, bundle.At);
        if (unit.Reading.Draft is not { } draft)
        {
            if (article is not null && Answer.Of(unit).IsElsewhere(article.AnswersAt)) return Touch(transaction, article, unit, captureId, ArticleChange.Unchanged);

            // Announced, and neither page nor feed has its words: at least its title and address are known.
            return article is null && bundle.Entry is not null
                ? ApplyKnown(transaction, unit, outletId, captureId)
                : new(captureId, article?.Id, ArticleChange.None);
        }
        var row = article ?? ArticleRow.Insert(transaction, unit, outletId);
        var change = IsNews(transaction, row, draft, unit) ? AddVersion(transaction, row, draft, captureId, unit) : ArticleChange.Unchanged;
        ArticleIdentity.Note(transaction, outletId, row.Id, unit);
        return Touch(transaction, row, unit, captureId, change);
    }

    // The same words are no news. Nor is the feed's text in the place of a page that failed this time, nor another article that the address now leads to.
    private static bool IsNews(SqliteTransaction transaction, ArticleRow article, VersionDraft draft, KeptUnit unit)
    {
        if (article.VersionCount == 0) return true;
        var bundle = unit.Bundle;
        var current = VersionRows.Wording(transaction, article.CurrentId);
        if (current.Wording.AsSpan().SequenceEqual(draft.Wording.ToBytes())) return false;
        if (Answer.Of(unit).IsElsewhere(article.AnswersAt) && current.Title != draft.Title) return false;
        // A recheck sees the page alone: where the feed's text was the better one, it stays so until the page has clearly more.
        if (bundle.Entry is null && current.Origin == VersionOrigin.Feed && draft.Origin == VersionOrigin.Page)
        {
            if (VersionRows.Text(transaction, article.CurrentId) is { } text && draft.Text.Length < text.Length * PageGain) return false;
        }
        return bundle.PageError is null || current.Origin != VersionOrigin.Page || draft.Origin != VersionOrigin.Feed;
    }

    private ArticleChange AddVersion(SqliteTransaction transaction, ArticleRow article, VersionDraft draft, long captureId, KeptUnit unit)
    {
        var versionId = VersionRows.Insert(transaction, article.Id, draft, captureId, unit.Bundle.At, ordinal: article.VersionCount + 1);
        var newest = draft.Published is { } published && published <= unit.Bundle.At.AddDays(2)
            ? published.ToUnixTimeMilliseconds()
            : article.FirstCaptured;
        VersionRows.InsertBodyOf(transaction, versionId, draft);
        SetCurrent.Run(transaction, 1, versionId, newest, article.Id);
        Kinship.Note(transaction, article.Id, newest, unit.Reading.Print);
        wordings[article.Id] = new(article.Id, versionId, article.OutletId, unit.Bundle.Outlet.Slug, DateTimeOffset.FromUnixTimeMilliseconds(newest), draft);
        return article.VersionCount == 0 ? ArticleChange.New : ArticleChange.Changed;
    }

    private static KeepOutcome ApplyKnown(SqliteTransaction transaction, KeptUnit unit, long outletId, long captureId)
    {
        if (ArticleIdentity.Find(transaction, outletId, unit) is { } known) return new(captureId, known, ArticleChange.Unchanged);
        var row = ArticleRow.Insert(transaction, unit, outletId);
        ArticleIdentity.Note(transaction, outletId, row.Id, unit);
        var title = unit.Bundle.Entry?.Title ?? unit.Bundle.Url;
        var draft = new VersionDraft { Origin = VersionOrigin.File, Title = title, Published = unit.Bundle.Entry?.Published, Html = "", Text = "" };
        var versionId = VersionRows.Insert(transaction, row.Id, draft, captureId, unit.Bundle.At, ordinal: 0);
        SetCurrent.Run(transaction, 0, versionId, (draft.Published ?? unit.Bundle.At).ToUnixTimeMilliseconds(), row.Id);
        return new(captureId, row.Id, ArticleChange.New);
    }

    private static KeepOutcome MarkGone(SqliteTransaction transaction, ArticleRow article, long captureId, DateTimeOffset at)
    {
        var already = article.State == ArticleState.Gone;
        SetGone.Run(transaction, (long)ArticleState.Gone, at.ToUnixTimeMilliseconds(), NextCheck(article.Newest, at), article.Id);
        return new(captureId, article.Id, already ? ArticleChange.Unchanged : ArticleChange.Gone);
    }

    // The outlet answered with the article, or a file brought it: its state, and when to look again.
    private static KeepOutcome Touch(SqliteTransaction transaction, ArticleRow article, KeptUnit unit, long captureId, ArticleChange change)
    {
        var at = unit.Bundle.At;
        var fromFile = unit.Bundle.Kind == CaptureKind.File;
        var answer = Answer.Of(unit);
        var state = answer.StateAfter(article.State, article.AnswersAt, change, article.VersionCount);
        SetAnswered.Run(transaction, at.ToUnixTimeMilliseconds(), (long)state, answer.Address, fromFile ? null : NextCheck(article.Newest, at), article.Id);
        return new(captureId, article.Id, Answer.ChangeOf(article.State, state, change));
    }

    private KeepOutcome ApplyTakedown(SqliteTransaction transaction, KeptUnit unit, long captureId)
    {
        foreach (var article in CatalogueRemovals.Apply(transaction, unit, captureId))
        {
            wordings.Remove(article);
            removed.Add(article);
        }
        return new(captureId, null, ArticleChange.None);
    }

    // The rows that the capture made when it was kept, without its words: so that those of all others get the ids they had.
    private static KeepOutcome ApplyTombstone(SqliteTransaction transaction, KeptUnit unit, Tombstone stone, long outletId, long captureId)
    {
        if (stone.Number is not { } number) return new(captureId, null, ArticleChange.None);
        var article = ArticleRow.FindByNumber(transaction, outletId, number) ?? ArticleRow.Insert(transaction, unit, outletId, number);
        ArticleIdentity.Note(transaction, outletId, article.Id, unit);
        if (stone.Version is { } ordinal)
        {
            var nothing = new VersionDraft { Origin = VersionOrigin.Page, Title = "", Html = "", Text = "" };
            var versionId = VersionRows.Insert(transaction, article.Id, nothing, captureId, stone.At, ordinal);
            SetStone.Run(transaction, versionId, article.Id);
        }
        return new(captureId, article.Id, ArticleChange.None);
    }

    private static long? NextCheck(long newest, DateTimeOffset at)
    {
        var age = at - DateTimeOffset.FromUnixTimeMilliseconds(newest);
        return RecheckLadder.Next(age < TimeSpan.Zero ? TimeSpan.Zero : age) is { } wait ? (at + wait).ToUnixTimeMilliseconds() : null;
    }
}
