using System.Collections.Frozen;
using AngleSharp.Dom;
using Dibao.Extract.Body;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>The authors that a page names: structured data, meta, then marked-up bylines.</summary>
internal static class Bylines
{
    private const int MaxMarked = 12;

    private static readonly FrozenSet<string> Words =
        new[] { "byline", "author", "authors", "authorname", "autor", "auteur", "writer", "reporter" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>To be asked before the page's clutter is dropped: bylines are of it.</summary>
    public static IReadOnlyList<string> Of(LinkedData data, MetaTags tags, PageTree tree, string? site)
    {
        var names = AuthorNames.Clean(data.Authors);
        if (names.Count > 0 && !IsSite(names, site)) return names;
        var fallback = names;
        foreach (var tag in new[] { "author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl", "citation_author", "cxenseparse:author" })
        {
            names = AuthorNames.Clean(tags.All(tag));
            if (names.Count > 0 && !IsSite(names, site)) return names;
            if (fallback.Count == 0) fallback = names;
        }

        names = AuthorNames.Clean(Marked(tree));
        return names.Count > 0 ? names : fallback;
    }

    // Many templates name the outlet as author where they know no other.
    private static bool IsSite(IReadOnlyList<string> names, string? site)
    {
        var print = MarkupText.Fingerprint(site);
        return names is [var only] && print.Length > 0 && MarkupText.Fingerprint(only) is { } name
            && (name.Contains(print, StringComparison.Ordinal) || print.Contains(name, StringComparison.Ordinal));
    }

    private static List<string> Marked(PageTree tree)
    {
        var exact = new List<string>();
        var named = new List<string>();
        for (var i = 0; i < tree.Count && exact.Count < MaxMarked; i++)
        {
            if (tree.Element(i) is not { } element) continue;
            if (element.GetAttribute("rel") == "author" || element.GetAttribute("itemprop") == "author") exact.Add(tree.FoldedText(i, 200));
            else if (named.Count < 1 && ClutterWords.AnyWord(element.GetAttribute("class"), Words) && tree.FoldedText(i, 200) is { Length: > 1 and < 100 } text) named.Add(text);
        }

        return exact.Count > 0 ? exact : named;
    }
}
