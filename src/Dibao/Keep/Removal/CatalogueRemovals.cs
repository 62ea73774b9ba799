using Dapper;
using Dibao.Capture.Sources;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>
/// Takes articles out of the catalogue. Nothing depends on whether the captures' own bytes are still there: living through a takedown and
/// rebuilding after it, from tombstones, come to the same rows.
/// </summary>
internal static class CatalogueRemovals
{
    /// <returns>The articles that are no more.</returns>
    public static IReadOnlyList<long> Apply(SqliteTransaction transaction, KeptUnit unit, long captureId)
    {
        var order = unit.Bundle.Takedown!;
        transaction.Connection!.Execute(
            "INSERT INTO takedowns(capture_id, cause, reason) VALUES (@captureId, @cause, @reason)",
            new { captureId, cause = (long)order.Cause, reason = order.Reason }, transaction);
        var articles = new SortedSet<long>();
        foreach (var removed in order.Captures)
        {
            if (TargetOf(transaction, removed) is not { } target) continue;
            RemoveRecords(transaction, target.Id, removed.Left ?? []);
            if (target.Article is { } article) articles.Add(article);
        }
        foreach (var article in articles) RemoveArticle(transaction, article, captureId, unit.Bundle.At);
        return [.. articles];
    }

    // The leaf finds it, the manifest's hash proves that it is the one that was meant.
    private static (long Id, long? Article)? TargetOf(SqliteTransaction transaction, RemovedCapture removed) =>
        transaction.Connection!.Query<(long Id, long? Article)>(
            """
            SELECT c.id, c.article_id FROM captures c WHERE c.leaf = @leaf AND c.manifest = @manifest
            """, new { leaf = removed.Leaf, manifest = Convert.FromHexString(removed.Manifest) }, transaction).AsList() is [var row] ? row : null;

    private static void RemoveRecords(SqliteTransaction transaction, long captureId, IReadOnlyList<int> left)
    {
        var row = new { captureId, left };
        transaction.Connection!.Execute(
            """
            DELETE FROM payloads WHERE digest IN (SELECT payload FROM records WHERE capture_id = @captureId AND ordinal NOT IN @left AND payload IS NOT NULL)
              AND EXISTS (SELECT 1 FROM records r WHERE r.capture_id = @captureId AND r.ordinal NOT IN @left
                          AND r.segment_id = payloads.segment_id AND r.offset = payloads.offset);
            DELETE FROM media WHERE capture_id = @captureId;
            UPDATE records SET type = 'metadata', payload = NULL, url_key = 0 WHERE capture_id = @captureId AND ordinal NOT IN @left
            """, row, transaction);
    }

    private static void RemoveArticle(SqliteTransaction transaction, long articleId, long captureId, DateTimeOffset at)
    {
        transaction.Connection!.Execute(
            """
            DELETE FROM bodies WHERE version_id IN (SELECT id FROM versions WHERE article_id = @articleId);
            UPDATE versions SET ordinal = -ABS(ordinal), origin = 0, title = '', standfirst = NULL, lead = '', authors = '[]', published = NULL,
                   modified = NULL, language = NULL, lead_image = NULL, lead_caption = NULL, sections = '[]', wording = zeroblob(32)
            WHERE article_id = @articleId;
            UPDATE articles SET state = @takenDown, state_since = @at, takedown_id = @captureId, version_count = 0, next_check = NULL, answers_at = NULL,
                   first_captured = (SELECT MIN(c.at) FROM captures c WHERE c.article_id = articles.id),
                   last_captured = (SELECT MAX(c.at) FROM captures c WHERE c.article_id = articles.id)
            WHERE id = @articleId;
            UPDATE articles SET newest = first_captured WHERE id = @articleId
            """,
            new { articleId, captureId, at = at.ToUnixTimeMilliseconds(), takenDown = (long)ArticleState.TakenDown }, transaction);
        var (outletId, url) = transaction.Connection!.QuerySingle<(long, string)>(
            "SELECT outlet_id, url FROM articles WHERE id = @articleId", new { articleId }, transaction);
        Kinship.Note(transaction, articleId, 0, null);
        ArticleIdentity.Forget(transaction, outletId, articleId);
        SourceLedger.Forget(transaction, outletId, url);
    }
}
