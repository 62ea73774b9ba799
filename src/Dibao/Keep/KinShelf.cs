using Dapper;

namespace Dibao.Keep;

/// <summary>Articles whose texts are nearly the same. Thread-safe; reads only.</summary>
public sealed class KinShelf(Database database)
{
    /// <summary>Ids with the estimated share of common text in percent, the most alike first.</summary>
    public IReadOnlyList<(long ArticleId, int Percent)> Of(long articleId) => database.Read(connection => connection.Query<(long, long)>(
            "SELECT other_id, percent FROM kin WHERE article_id = @articleId ORDER BY percent DESC, other_id", new { articleId })
        .Select(row => (row.Item1, (int)row.Item2)).ToList());
}

/// <summary>An article whose text is nearly the same as another's.</summary>
/// <param name="Percent">Estimated share of common text.</param>
public sealed record KinArticle(Article Article, int Percent);
