using System.Collections.Frozen;
using AngleSharp.Dom;
using Dibao.Extract.Body;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>What a page marks up in its body — headings, bylines, times, microdata — found in one pass before its clutter is dropped.</summary>
/// <remarks>Nothing of what belongs to other pieces or other people: navigation, comments, related articles, forms.</remarks>
internal sealed class PageMarks
{
    private const int MaxOfKind = 40;

    private static readonly FrozenSet<string> ElsewhereWords = Set(
        "comment comments commentlist commentform respond reply replies disqus discussion reactions related relateds recommend recommended recommendation recommendations " +
        "recirc recirculation sidebar popular mostread mostpopular trending newsletter cookie consent nav navigation navbar menu breadcrumb breadcrumbs search " +
        "pinglun xiangguan tuijian carousel teaser teasers calendar readmore similar");

    private static readonly FrozenSet<string> BylineWords = Set("byline bylines author authors authorname autor autoren auteur auteurs autore writer writers reporter journalist zuozhe jizhe verfasser signature firma redactor byname");

    private static readonly FrozenSet<string> DateWords = Set(
        "date dates time datum datetime pubtime pubdate published publication publishdate publishtime publishedtime timestamp publish dateline riqi shijian created posted postdate entrydate articledate newsdate " +
        "fecha data postedon byline meta postmeta entrymeta articleinfo articlemeta stamp day");

    private PageMarks() { }

    /// <summary>h1 to h3 with a text.</summary>
    public List<(int Index, string Name, string Text)> Headings { get; } = [];

    public List<int> Authors { get; } = [];

    public List<int> Bylines { get; } = [];

    /// <summary>time elements and what carries a datetime or pubdate attribute.</summary>
    public List<int> Times { get; } = [];

    public List<int> Dated { get; } = [];

    /// <summary>By the name of the property, itemprop or RDFa, without a prefix.</summary>
    public Dictionary<string, List<int>> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>For each node whether it is of other pieces or people.</summary>
    public bool[] Elsewhere { get; private set; } = [];

    public static PageMarks Find(PageTree tree)
    {
        var marks = new PageMarks { Elsewhere = new bool[tree.Count] };
        var firstHeading = FirstHeading(tree);
        var elsewhereEnd = 0;
        for (var i = 0; i < tree.Count; i++)
        {
            if (i < elsewhereEnd) marks.Elsewhere[i] = true;
            if (tree.Element(i) is not { } element) continue;
            if (i >= elsewhereEnd && IsElsewhere(tree, i, element, firstHeading))
            {
                elsewhereEnd = tree.End(i);
                marks.Elsewhere[i] = true;
            }

            marks.Take(tree, i, element, i < elsewhereEnd);
        }

        return marks;
    }

    public string? Property(PageTree tree, string name) =>
        Properties.TryGetValue(name, out var found) ? ValueOf(tree, found[0]) : null;

    /// <summary>content, datetime, or the text.</summary>
    public static string? ValueOf(PageTree tree, int i)
    {
        var element = tree.Element(i)!;
        // hAtom wrote the time of an abbr into its title.
        var value = element.GetAttribute("content") ?? element.GetAttribute("datetime") ?? (element.LocalName == "abbr" ? element.GetAttribute("title") : null) ?? tree.FoldedText(i, 400);
        return string.IsNullOrWhiteSpace(value) ? null : FoldedText.Of(value);
    }

    private static int FirstHeading(PageTree tree)
    {
        for (var i = 0; i < tree.Count; i++)
            if (tree.Name(i) == "h1") return i;
        return -1;
    }

    private static bool IsElsewhere(PageTree tree, int i, IElement element, int firstHeading)
    {
        if (element.LocalName is "body" or "html" or "main" or "article" or "time" || tree.IsInside(firstHeading, i)) return false;
        if (element.LocalName is "nav" or "form" or "dialog" || element.HasAttribute("data-form")) return true;
        if (element.LocalName == "footer") return !IsInArticle(tree, i);
        if (element.GetAttribute("itemtype") is { } type && (type.EndsWith("Comment", StringComparison.Ordinal) || type.EndsWith("UserComments", StringComparison.Ordinal))) return true;
        return ClutterWords.AnyWord(element.Id, ElsewhereWords) || (tree.Role(i) != TagRole.Inline && ClutterWords.AnyWord(element.GetAttribute("class"), ElsewhereWords));
    }

    private static bool IsInArticle(PageTree tree, int i)
    {
        for (var at = tree.Parent(i); at > 0; at = tree.Parent(at))
            if (tree.Name(at) is "article" or "main") return true;
        return false;
    }

    private void Take(PageTree tree, int i, IElement element, bool elsewhere)
    {
        var name = element.LocalName;
        if (name is "h1" or "h2" or "h3" && Headings.Count < MaxOfKind && (name == "h1" || !elsewhere) && tree.FoldedText(i, 400) is { Length: > 0 } text) Headings.Add((i, name, text));
        if (elsewhere) return;
        if ((element.GetAttribute("itemprop") ?? element.GetAttribute("property")) is { } property) AddProperties(property, i);
        if (element.GetAttribute("rel") is { } rel && rel.Contains("author", StringComparison.OrdinalIgnoreCase)) Add(Authors, i);
        var names = element.GetAttribute("class");
        if (ClutterWords.AnyWord(names, BylineWords) && !IsInFigure(tree, i)) Add(Bylines, i);
        if (name == "time" || element.HasAttribute("pubdate") || (name == "abbr" && ClutterWords.AnyWord(names, DateWords))) Add(Times, i);
        else if (ClutterWords.AnyWord(names, DateWords) || ClutterWords.AnyWord(element.Id, DateWords)) Add(Dated, i);
    }

    // The author of a picture.
    private static bool IsInFigure(PageTree tree, int i)
    {
        for (var at = tree.Parent(i); at > 0; at = tree.Parent(at))
            if (tree.Name(at) is "figure" or "figcaption") return true;
        return false;
    }

    private void AddProperties(string names, int i)
    {
        foreach (var name in names.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries))
        {
            var bare = name[(name.LastIndexOfAny([':', '/', '#']) + 1)..].ToLowerInvariant();
            if (!Properties.TryGetValue(bare, out var found)) Properties[bare] = found = [];
            Add(found, i);
        }
    }

    private static void Add(List<int> list, int i)
    {
        if (list.Count < MaxOfKind) list.Add(i);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
