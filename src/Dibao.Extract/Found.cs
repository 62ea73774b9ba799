namespace Dibao.Extract;

/// <summary>A value with the place that says it and how sure it is.</summary>
/// <param name="Source">Of several that agree, the one whose wording was taken.</param>
/// <param name="Confidence">0 to 1: how often a value said by these places, against those that say otherwise, is right.</param>
public sealed record Found<T>(T Value, FoundIn Source, double Confidence);

/// <summary>The places of a page (and around it) that state something about its article.</summary>
public enum FoundIn
{
    /// <summary>The outlet's feed or the archive's file: <see cref="ArticleHints"/>.</summary>
    Hint = 0,

    /// <summary>A rule that the operator wrote for the host: <see cref="Sites.SiteRule"/>.</summary>
    SiteRule = 1,

    /// <summary>schema.org in JSON-LD.</summary>
    JsonLd = 2,

    /// <summary>schema.org in itemprop, or the same terms in RDFa's property.</summary>
    Microdata = 3,

    /// <summary><c>og:</c> and <c>article:</c> properties.</summary>
    OpenGraph = 4,

    /// <summary><c>twitter:</c> cards.</summary>
    Twitter = 5,

    /// <summary>Any other meta element: Dublin Core, Parsely, Sailthru, the plain names.</summary>
    Meta = 6,

    /// <summary>The document's title element.</summary>
    DocumentTitle = 7,

    /// <summary>Elements that say by name or place what they hold: h1, time, rel=author, class="byline", html lang.</summary>
    Markup = 8,

    /// <summary>What a reader of the page sees.</summary>
    Text = 9,

    /// <summary>The page's address.</summary>
    Url = 10,

    /// <summary>The data that the page's scripts are given.</summary>
    Script = 11,
}
