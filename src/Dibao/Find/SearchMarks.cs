using System.Text;

namespace Dibao.Find;

/// <summary>
/// Tokens that say what a document is, indexed beside its words: filters then are postings like any other,
/// instead of a table that is joined for each hit.
/// </summary>
internal static class SearchMarks
{
    /// <summary>UTF-16 units of a slug or language tag that can be told apart.</summary>
    public const int MaxLength = TokenCutter.MaxLength - 2;

    /// <summary>On every document: FTS5 can subtract only from something.</summary>
    public const string Every = "\u0001*";

    public static string Outlet(string slug) => $"{TokenCutter.MarkStart}o{slug.ToLowerInvariant()}";

    public static string Language(string tag) => $"{TokenCutter.MarkStart}l{tag.ToLowerInvariant()}";

    /// <summary>What the index's third column holds.</summary>
    public static string Facts(SearchDocument document)
    {
        var facts = new StringBuilder();
        foreach (var author in document.Authors) facts.Append(WithoutMarks(author)).Append("\n\n");
        facts.Append(Every).Append(' ').Append(Outlet(document.OutletSlug));
        if (document.Language is { Length: > 0 } language) AddLanguages(facts, language);
        return facts.ToString();
    }

    /// <summary>Text cannot say of itself that it is a mark.</summary>
    public static string WithoutMarks(string text) => text.Replace(TokenCutter.MarkStart, ' ');

    // zh-Hans-CN is found by zh, zh-Hans and zh-Hans-CN.
    private static void AddLanguages(StringBuilder facts, string language)
    {
        for (var end = language.IndexOf('-', StringComparison.Ordinal); end >= 0; end = language.IndexOf('-', end + 1))
            facts.Append(' ').Append(Language(language[..end]));
        facts.Append(' ').Append(Language(language));
    }
}
