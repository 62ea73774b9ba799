using Dapper;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.Identity;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>Which article a capture is of, by the addresses it is known by. Part of the writer: the same captures in the same order give the same articles.</summary>
internal static class ArticleIdentity
{
    // What two texts must have in common for a claim about them to be believed.
    private const double SameText = 0.5;

    private static readonly Statement KnownBy = new(
        """
        SELECT id FROM (SELECT id, 0 AS rank FROM articles WHERE outlet_id = $outlet AND url = $url
                        UNION ALL SELECT article_id, 1 FROM article_keys WHERE outlet_id = $outlet AND key = $key) ORDER BY rank LIMIT 1
        """);

    private static readonly Statement InsertKey = new("INSERT OR IGNORE INTO article_keys (outlet_id, key, article_id) VALUES ($outlet, $key, $article)");

    // Asked before the sighting is noted anew: the link that the identifier had until now.
    private static readonly Statement LinkBefore = new(
        "SELECT g.url FROM sightings g JOIN sources s ON s.id = g.source_id WHERE s.url = $source AND g.entry_id = $entry AND g.state IN (0, 1)");

    /// <summary>The article's id; null when it is a new one.</summary>
    /// <remarks>Its own address decides. What else claims to name it — the page's canonical address, an entry whose identifier was seen
    /// with another link — counts only when title or text agree: sites declare their home page in every article, and number entries anew.</remarks>
    public static long? Find(SqliteTransaction transaction, long outletId, KeptUnit unit)
    {
        if (ByAddress(transaction, outletId, unit.Bundle.Url) is { } known) return known;
        foreach (var claimed in Claims(transaction, outletId, unit))
        {
            if (IsSame(transaction, claimed, unit)) return claimed;
        }
        return null;
    }

    /// <summary>Notes by what addresses an article is known from now on. The first to be known by one keeps it.</summary>
    public static void Note(SqliteTransaction transaction, long outletId, long articleId, KeptUnit unit)
    {
        foreach (var key in Addresses(unit).Select(ArticleKey.Of).Distinct()) InsertKey.Run(transaction, outletId, key, articleId);
    }

    /// <summary>Leaves nothing of what a page or an entry said of itself: the article stays known by the addresses that were asked for alone.</summary>
    public static void Forget(SqliteTransaction transaction, long outletId, long articleId)
    {
        var connection = transaction.Connection!;
        connection.Execute("DELETE FROM article_keys WHERE article_id = @articleId", new { articleId }, transaction);
        foreach (var key in connection.Query<string>("SELECT url FROM captures WHERE article_id = @articleId ORDER BY id", new { articleId }, transaction).Select(ArticleKey.Of).Distinct().ToList())
        {
            InsertKey.Run(transaction, outletId, key, articleId);
        }
    }

    private static IEnumerable<string> Addresses(KeptUnit unit)
    {
        yield return unit.Bundle.Url;
        if (unit.Reading.Draft is null) yield break;
        if (Final(unit.Bundle) is { } final && DeclaredAddress.Of(final, unit.Bundle.Url) is { } moved) yield return moved;
        if (unit.Reading.Declared is { } declared) yield return declared;
    }

    private static string? Final(CaptureBundle bundle) => bundle.Exchanges is [.., { Role: ExchangeRole.Page, Status: 200 } last] ? last.Url : null;

    private static long? ByAddress(SqliteTransaction transaction, long outletId, string url) =>
        KnownBy.Value<long?>(transaction, outletId, url, ArticleKey.Of(url));

    private static List<long> Claims(SqliteTransaction transaction, long outletId, KeptUnit unit)
    {
        var claims = Addresses(unit).Skip(1).Select(url => ByAddress(transaction, outletId, url)).OfType<long>().ToList();
        if (unit.Bundle is { Entry: { } entry, SourceUrl: { } source } && entry.Id != entry.Link)
        {
            var before = LinkBefore.Value<string>(transaction, source, entry.Id);
            if (before is not null && before != entry.Link && ByAddress(transaction, outletId, before) is { } moved) claims.Add(moved);
        }
        return [.. claims.Distinct()];
    }

    private static bool IsSame(SqliteTransaction transaction, long articleId, KeptUnit unit)
    {
        if (unit.Reading.Draft is not { } draft) return false;
        var (title, print) = transaction.Connection!.QuerySingle<(string Title, byte[]? Print)>(
            "SELECT v.title, p.print FROM articles a JOIN versions v ON v.id = a.current_id LEFT JOIN prints p ON p.article_id = a.id WHERE a.id = @articleId",
            new { articleId }, transaction);
        if (print is not null && unit.Reading.Print is { } own) return TextPrint.Similarity(print, own.Bytes.Span) >= SameText;
        return title.Length > 0 && string.Equals(title, draft.Title, StringComparison.OrdinalIgnoreCase);
    }
}
