using System.Text.Json;
using Dapper;
using Dibao.Capture;
using Dibao.Capture.Coverage;
using Dibao.Capture.Fetch;
using Dibao.Capture.Sources;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>The wording that an article shows from now on: what a search index needs of it.</summary>
public sealed record CurrentWording(long ArticleId, long VersionId, Outlet Outlet, DateTimeOffset Newest, VersionDraft Draft);

/// <summary>What follows the wordings, inside the transaction that changes them: the search index, which is a later stage's.</summary>
/// <param name="Removed">Told of articles that were taken down.</param>
internal sealed record WordingIndex(
    Action<SqliteTransaction, IReadOnlyCollection<CurrentWording>> Changed, Action<SqliteTransaction, IReadOnlyCollection<long>> Removed);

/// <summary>Writes captures into the catalogue. Live and in a rebuild the same captures come in the same order, and so give the same rows.</summary>
/// <param name="index">Told of the new wordings of a batch, inside the transaction.</param>
internal sealed class CatalogueWriter(WordingIndex index)
{
    private const int HighestNumber = 0xFFFFF;
    private const double PageGain = 1.4;

    // By article: when one changes twice in a batch, only its last wording is current.
    private readonly Dictionary<long, CurrentWording> wordings = [];
    private readonly List<long> removed = [];

    /// <param name="leaf">The first unit's position in the log.</param>
    public KeepOutcome[] ApplyAll(SqliteTransaction transaction, IReadOnlyList<KeptUnit> units, long leaf)
    {
        wordings.Clear();
        removed.Clear();
        var outcomes = new KeepOutcome[units.Count];
        for (var i = 0; i < units.Count; i++)
        {
            Recovery.Advance(transaction, units[i]);
            outcomes[i] = Apply(transaction, units[i], leaf + i);
        }
        if (wordings.Count > 0) index.Changed(transaction, wordings.Values);
        if (removed.Count > 0) index.Removed(transaction, removed);
        return outcomes;
    }

    private KeepOutcome Apply(SqliteTransaction transaction, KeptUnit unit, long leaf)
    {
        var outletId = SourceLedger.EnsureOutlet(transaction, unit.Bundle.Outlet);
        var captureId = InsertCapture(transaction, unit, outletId, leaf);
        InsertRecords(transaction, unit, captureId);
        var outcome = unit.Tombstone is { } stone ? ApplyTombstone(transaction, unit, stone, outletId, captureId) : Apply(transaction, unit, outletId, captureId);
        if (outcome.ArticleId is { } articleId)
        {
            transaction.Connection!.Execute("UPDATE captures SET article_id = @articleId WHERE id = @captureId", new { articleId, captureId }, transaction);
        }
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
        var article = ArticleIdentity.Find(transaction, outletId, unit) is { } id ? Find(transaction, id) : null;
        if (bundle is { Entry: { } entry, SourceUrl: { } source }) SourceLedger.Saw(transaction, source, entry, bundle.At, EntryCoverage.Of(bundle));
        // Nothing brings it back: whoever prepared this did not know yet.
        if (article?.State == (long)ArticleState.TakenDown) return new(captureId, article.Id, ArticleChange.None);
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
        var row = article ?? InsertArticle(transaction, unit, outletId);
        var change = IsNews(transaction, row, draft, unit) ? AddVersion(transaction, row, draft, captureId, unit) : ArticleChange.Unchanged;
        ArticleIdentity.Note(transaction, outletId, row.Id, unit);
        return Touch(transaction, row, unit, captureId, change);
    }

    // The same words are no news. Nor is the feed's text in the place of a page that failed this time, nor another article that the address now leads to.
    private static bool IsNews(SqliteTransaction transaction, ArticleRow article, VersionDraft draft, KeptUnit unit)
    {
        if (article.VersionCount == 0) return true;
        var bundle = unit.Bundle;
        var current = transaction.Connection!.QuerySingle<(byte[] Wording, long Origin, string Title)>(
            "SELECT wording, origin, title FROM versions WHERE id = @id", new { id = article.CurrentId }, transaction);
        if (current.Wording.AsSpan().SequenceEqual(draft.Wording.ToBytes())) return false;
        if (Answer.Of(unit).IsElsewhere(article.AnswersAt) && current.Title != draft.Title) return false;
        // A recheck sees the page alone: where the feed's text was the better one, it stays so until the page has clearly more.
        if (bundle.Entry is null && current.Origin == (long)VersionOrigin.Feed && draft.Origin == VersionOrigin.Page)
        {
            var text = transaction.Connection!.QuerySingleOrDefault<byte[]>("SELECT text FROM bodies WHERE version_id = @id", new { id = article.CurrentId }, transaction);
            if (text is not null && draft.Text.Length < TextBlob.Unpack(text).Length * PageGain) return false;
        }
        return bundle.PageError is null || current.Origin != (long)VersionOrigin.Page || draft.Origin != VersionOrigin.Feed;
    }

    private ArticleChange AddVersion(SqliteTransaction transaction, ArticleRow article, VersionDraft draft, long captureId, KeptUnit unit)
    {
        var versionId = InsertVersion(transaction, article, draft, captureId, unit.Bundle.At, ordinal: article.VersionCount + 1);
        var newest = draft.Published is { } published && published <= unit.Bundle.At.AddDays(2)
            ? published.ToUnixTimeMilliseconds()
            : article.FirstCaptured;
        transaction.Connection!.Execute(
            "INSERT INTO bodies(version_id, html, text) VALUES (@versionId, @html, @text)",
            new { versionId, html = TextBlob.Pack(draft.Html), text = TextBlob.Pack(draft.Text) }, transaction);
        transaction.Connection!.Execute(
            "UPDATE articles SET version_count = version_count + 1, current_id = @versionId, newest = @newest WHERE id = @id",
            new { versionId, newest, id = article.Id }, transaction);
        Kinship.Note(transaction, article.Id, newest, unit.Reading.Print);
        var outlet = CatalogueRows.Outlet(transaction.Connection!, article.OutletId, transaction);
        wordings[article.Id] = new(article.Id, versionId, outlet, DateTimeOffset.FromUnixTimeMilliseconds(newest), draft);
        return article.VersionCount == 0 ? ArticleChange.New : ArticleChange.Changed;
    }

    private static KeepOutcome ApplyKnown(SqliteTransaction transaction, KeptUnit unit, long outletId, long captureId)
    {
        if (ArticleIdentity.Find(transaction, outletId, unit) is { } known) return new(captureId, known, ArticleChange.Unchanged);
        var row = InsertArticle(transaction, unit, outletId);
        ArticleIdentity.Note(transaction, outletId, row.Id, unit);
        var title = unit.Bundle.Entry?.Title ?? unit.Bundle.Url;
        var draft = new VersionDraft { Origin = VersionOrigin.File, Title = title, Published = unit.Bundle.Entry?.Published, Html = "", Text = "" };
        var versionId = InsertVersion(transaction, row, draft, captureId, unit.Bundle.At, ordinal: 0);
        transaction.Connection!.Execute(
            "UPDATE articles SET current_id = @versionId, newest = @newest WHERE id = @id",
            new { versionId, newest = (draft.Published ?? unit.Bundle.At).ToUnixTimeMilliseconds(), id = row.Id }, transaction);
        return new(captureId, row.Id, ArticleChange.New);
    }

    private static KeepOutcome MarkGone(SqliteTransaction transaction, ArticleRow article, long captureId, DateTimeOffset at)
    {
        var already = article.State == (long)ArticleState.Gone;
        transaction.Connection!.Execute(
            """
            UPDATE articles SET state = @gone, state_since = CASE WHEN state = @gone THEN state_since ELSE @at END,
                   next_check = @next WHERE id = @id
            """,
            new
            {
                gone = (long)ArticleState.Gone,
                at = at.ToUnixTimeMilliseconds(),
                next = NextCheck(article.Newest, at),
                id = article.Id,
            }, transaction);
        return new(captureId, article.Id, already ? ArticleChange.Unchanged : ArticleChange.Gone);
    }

    // The outlet answered with the article, or a file brought it: its state, and when to look again.
    private static KeepOutcome Touch(SqliteTransaction transaction, ArticleRow article, KeptUnit unit, long captureId, ArticleChange change)
    {
        var at = unit.Bundle.At;
        var fromFile = unit.Bundle.Kind == CaptureKind.File;
        var answer = Answer.Of(unit);
        var state = answer.StateAfter((ArticleState)article.State, article.AnswersAt, change, article.VersionCount);
        transaction.Connection!.Execute(
            """
            UPDATE articles SET last_captured = MAX(last_captured, @at), state = @state, answers_at = COALESCE(answers_at, @address),
                   state_since = CASE WHEN state = @state THEN state_since ELSE @at END,
                   next_check = @next WHERE id = @id
            """,
            new
            {
                at = at.ToUnixTimeMilliseconds(),
                state = (long)state,
                address = answer.Address,
                next = fromFile ? null : NextCheck(article.Newest, at),
                id = article.Id,
            }, transaction);
        return new(captureId, article.Id, Answer.ChangeOf((ArticleState)article.State, state, change));
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
        var article = FindByNumber(transaction, outletId, number) ?? InsertArticle(transaction, unit, outletId, number);
        ArticleIdentity.Note(transaction, outletId, article.Id, unit);
        if (stone.Version is { } ordinal)
        {
            var nothing = new VersionDraft { Origin = VersionOrigin.Page, Title = "", Html = "", Text = "" };
            var versionId = InsertVersion(transaction, article, nothing, captureId, stone.At, ordinal);
            transaction.Connection!.Execute("UPDATE articles SET current_id = @versionId WHERE id = @Id", new { versionId, article.Id }, transaction);
        }
        return new(captureId, article.Id, ArticleChange.None);
    }

    private static long? NextCheck(long newest, DateTimeOffset at)
    {
        var age = at - DateTimeOffset.FromUnixTimeMilliseconds(newest);
        return RecheckLadder.Next(age < TimeSpan.Zero ? TimeSpan.Zero : age) is { } wait ? (at + wait).ToUnixTimeMilliseconds() : null;
    }

    private static long InsertCapture(SqliteTransaction transaction, KeptUnit unit, long outletId, long leaf) =>
        transaction.Connection!.QuerySingle<long>(
            """
            INSERT INTO captures(kind, url, at, outlet_id, status, leaf, manifest)
            VALUES (@kind, @url, @at, @outletId, @status, @leaf, @manifest) RETURNING id
            """,
            new
            {
                kind = (long)unit.Bundle.Kind,
                url = unit.Bundle.Url,
                at = unit.Bundle.At.ToUnixTimeMilliseconds(),
                outletId,
                status = unit.Reading.Status,
                leaf,
                manifest = unit.Manifest.ToBytes(),
            }, transaction);

    private static void InsertRecords(SqliteTransaction transaction, KeptUnit unit, long captureId)
    {
        var ordinal = 0;
        foreach (var record in unit.Records)
        {
            var row = new
            {
                captureId,
                ordinal = ordinal++,
                type = record.Type,
                segment = record.Segment,
                offset = record.Offset,
                length = record.Length,
                payload = record.Payload?.ToBytes(),
                urlKey = record.Url.Key,
                recordAt = record.Url.At,
                id = record.Id,
                // The record's own, not the article's: a picture on its page has an address and a moment of its own.
                url = record.Url.Url ?? unit.Bundle.Url,
                at = record.Url.At,
            };
            transaction.Connection!.Execute(
                """
                INSERT INTO records(capture_id, ordinal, type, segment_id, offset, length, payload, url_key, at)
                VALUES (@captureId, @ordinal, @type, (SELECT id FROM segments WHERE name = @segment), @offset, @length, @payload, @urlKey, @recordAt)
                """, row, transaction);
            if (record.Payload is null || record.Type == "revisit") continue;
            transaction.Connection!.Execute(
                """
                INSERT INTO payloads(digest, segment_id, offset, length, record_id, url, at)
                VALUES (@payload, (SELECT id FROM segments WHERE name = @segment), @offset, @length, @id, @url, @at)
                ON CONFLICT(digest) DO NOTHING
                """, row, transaction);
        }
    }

    private static ArticleRow Find(SqliteTransaction transaction, long id) =>
        transaction.Connection!.QuerySingle<ArticleRow>($"SELECT {ArticleRow.Columns} FROM articles WHERE id = @id", new { id }, transaction);

    private static ArticleRow? FindByNumber(SqliteTransaction transaction, long outletId, long number) =>
        transaction.Connection!.QuerySingleOrDefault<ArticleRow>(
            $"SELECT {ArticleRow.Columns} FROM articles WHERE outlet_id = @outletId AND number = @number", new { outletId, number }, transaction);

    private static ArticleRow InsertArticle(SqliteTransaction transaction, KeptUnit unit, long outletId, long? number = null)
    {
        var at = unit.Bundle.At.ToUnixTimeMilliseconds();
        var state = unit.Bundle.Kind switch
        {
            CaptureKind.File => ArticleState.Imported,
            CaptureKind.Known => ArticleState.Known,
            _ => ArticleState.Live,
        };
        return transaction.Connection!.QuerySingle<ArticleRow>(
            $"""
            INSERT INTO articles(outlet_id, url, state, state_since, first_captured, last_captured, number, newest)
            VALUES (@outletId, @url, @state, @at, @at, @at, @number, @at) RETURNING {ArticleRow.Columns}
            """,
            new { outletId, url = unit.Bundle.Url, state = (long)state, at, number = number ?? NumberFor(transaction, outletId, unit.Bundle.File) }, transaction);
    }

    // The number that the imported file had, where it is free; otherwise one below the lowest so far.
    private static long NumberFor(SqliteTransaction transaction, long outletId, ImportedFile? file)
    {
        var wish = file is null ? null : Capture.Import.ArticleFile.NumberOf(file.Path);
        return transaction.Connection!.QuerySingle<long>(
            """
            SELECT CASE
                WHEN @wish IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles WHERE outlet_id = @outletId AND number = @wish) THEN @wish
                ELSE COALESCE((SELECT MIN(number) FROM articles WHERE outlet_id = @outletId), @highest + 1) - 1 END
            """,
            new { wish, outletId, highest = HighestNumber }, transaction);
    }

    private static long InsertVersion(
        SqliteTransaction transaction, ArticleRow article, VersionDraft draft, long captureId, DateTimeOffset at, long ordinal) =>
        transaction.Connection!.QuerySingle<long>(
            """
            INSERT INTO versions(article_id, ordinal, capture_id, origin, captured, title, standfirst, lead, authors, published, modified,
                                 language, lead_image, sections, wording)
            VALUES (@articleId, @ordinal, @captureId, @origin, @captured, @title, @standfirst, @lead, @authors, @published, @modified,
                    @language, @leadImage, @sections, @wording) RETURNING id
            """,
            new
            {
                articleId = article.Id,
                ordinal,
                captureId,
                origin = (long)draft.Origin,
                captured = at.ToUnixTimeMilliseconds(),
                title = draft.Title,
                standfirst = draft.Standfirst,
                lead = draft.Lead,
                authors = JsonSerializer.Serialize([.. draft.Authors], KeepJson.Readable.ListString),
                published = draft.Published?.ToUnixTimeMilliseconds(),
                modified = draft.Modified?.ToUnixTimeMilliseconds(),
                language = draft.Language,
                leadImage = draft.LeadImage,
                sections = JsonSerializer.Serialize([.. draft.Sections], KeepJson.Readable.ListString),
                wording = draft.Wording.ToBytes(),
            }, transaction);

    private sealed record ArticleRow
    {
        public const string Columns =
            "id, outlet_id AS OutletId, state, first_captured AS FirstCaptured, version_count AS VersionCount, current_id AS CurrentId, newest, answers_at AS AnswersAt";

        public long Id { get; init; }
        public long OutletId { get; init; }
        public long State { get; init; }
        public long FirstCaptured { get; init; }
        public long VersionCount { get; init; }
        public long? CurrentId { get; init; }
        public long Newest { get; init; }
        public string? AnswersAt { get; init; }
    }
}
