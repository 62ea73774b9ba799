using Dapper;
using Dibao.Capture;

namespace Dibao.Keep;

/// <summary>When each article is looked at again, as <see cref="Rechecks"/> asks for it.</summary>
public static class ArticleChecks
{
    public static Rechecks Of(Database database, Catalogue catalogue) => new()
    {
        Due = catalogue.DueRechecks,
        Postpone = (target, at) => database.Write(transaction => transaction.Connection!.Execute(
            "UPDATE articles SET next_check = @at WHERE id = @id", new { at = at?.ToUnixTimeMilliseconds(), id = target.ArticleId }, transaction)),
    };
}
