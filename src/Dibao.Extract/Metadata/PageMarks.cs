using Dibao.Extract.Body;
using Dibao.Extract.Markup;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>What a page marks up in its body — headings, bylines, times, microdata — found in one pass before its clutter is dropped.</summary>
/// <remarks>Nothing of what belongs to other pieces or other people: navigation, comments, related articles, forms.</remarks>
internal sealed class PageMarks
{
    private const int MaxOfKind = 40;
    private const int LeastTitle = 12;

    // Far more than stand before any headline.
    private const int MaxHeadings = 200;

    private readonly MarkWords _words = new();

    private PageMarks() { }

    /// <summary>h1 to h3 with a text.</summary>
    public List<(int Index, string Name, string Text)> Headings { get; } = [];

    public List<int> Authors { get; } = [];

    public List<int> Bylines { get; } = [];

    /// <summary>time elements and what carries a datetime or pubdate attribute.</summary>
    public List<int> Times { get; } = [];

    public List<int> Dated { get; } = [];

    /// <summary>The body, and each article and main around the headline.</summary>
    public List<int> Frames { get; } = [];

    /// <summary>What is named for a paywall, wherever it stands.</summary>
    public List<int> Walls { get; } = [];

    /// <summary>By the name of the property, itemprop or RDFa, without a prefix.</summary>
    public Dictionary<string, List<int>> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>For each node whether it is of other pieces or people.</summary>
    public bool[] Elsewhere { get; private set; } = [];

    /// <param name="titles">What the page states as its title: the heading that says one of them is the article's, and so is what it stands in.</param>
    public static PageMarks Find(PageTree tree, params ReadOnlySpan<string?> titles)
    {
        var marks = new PageMarks { Elsewhere = new bool[tree.Count] };
        var firstHeading = HeadingOf(tree, titles);
        var elsewhereEnd = 0;
        for (var i = 0; i < tree.Count; i++)
        {
            if (i < elsewhereEnd) marks.Elsewhere[i] = true;
            if (tree.Element(i) is not { } element) continue;
            var said = MarkAttributes.Of(element);
            if (i >= elsewhereEnd && marks.IsElsewhere(tree, i, element, said, firstHeading))
            {
                elsewhereEnd = tree.End(i);
                marks.Elsewhere[i] = true;
            }

            if (i == 0 || (element.LocalName is "article" or "main" && tree.IsInside(firstHeading, i))) Add(marks.Frames, i);
            marks.Take(tree, i, element, said, i < elsewhereEnd);
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

    // The first h1 for want of one that says the title.
    private static int HeadingOf(PageTree tree, ReadOnlySpan<string?> titles)
    {
        var prints = new List<string>();
        foreach (var title in titles)
            if (MarkupText.Fingerprint(title) is { Length: >= LeastTitle } print) prints.Add(print);
        var (first, seen) = (-1, 0);
        for (var i = 0; i < tree.Count && seen < MaxHeadings; i++)
        {
            if (tree.Role(i) != TagRole.Heading) continue;
            seen++;
            if (first < 0 && tree.Name(i) == "h1") first = i;
            if (prints.Count > 0 && MarkupText.Fingerprint(tree.FoldedText(i, 400)) is { Length: >= LeastTitle } shown && prints.Exists(print => print.Contains(shown, StringComparison.Ordinal))) return i;
        }

        return first;
    }

    private bool IsElsewhere(PageTree tree, int i, MarkupElement element, in MarkAttributes said, int firstHeading)
    {
        if (element.LocalName is "body" or "html" or "main" or "article" or "time" || tree.IsInside(firstHeading, i)) return false;
        if (element.LocalName is "nav" or "form" or "dialog") return true;
        if (element.LocalName == "footer") return !IsInArticle(tree, i);
        if (said.ItemType is { } type && (type.EndsWith("Comment", StringComparison.Ordinal) || type.EndsWith("UserComments", StringComparison.Ordinal))) return true;
        return MarkWords.OfOnce(said.Id).HasFlag(MarkKinds.Elsewhere) || (Tags.RoleOf(element.LocalName) != TagRole.Inline && _words.Of(said.Class).HasFlag(MarkKinds.Elsewhere));
    }

    private static bool IsInArticle(PageTree tree, int i)
    {
        for (var at = tree.Parent(i); at > 0; at = tree.Parent(at))
            if (tree.Name(at) is "article" or "main") return true;
        return false;
    }

    private void Take(PageTree tree, int i, MarkupElement element, in MarkAttributes said, bool elsewhere)
    {
        var name = tree.Name(i);
        if (name is "h1" or "h2" or "h3" && Headings.Count < MaxOfKind && (name == "h1" || !elsewhere) && tree.FoldedText(i, 400) is { Length: > 0 } text) Headings.Add((i, name, text));
        var names = _words.Of(said.Class) | (MarkWords.OfOnce(said.Id) & (MarkKinds.Date | MarkKinds.Wall));
        if (names.HasFlag(MarkKinds.Wall)) Add(Walls, i);
        if (elsewhere) return;
        if ((said.ItemProperty ?? said.Property) is { } property) AddProperties(property, i);
        if (said.Rel is { } rel && rel.Contains("author", StringComparison.OrdinalIgnoreCase)) Add(Authors, i);
        if (names.HasFlag(MarkKinds.Byline) && !IsInFigure(tree, i)) Add(Bylines, i);
        if (name == "time" || said.HasPublicationMark || (name is "abbr" or "span" && names.HasFlag(MarkKinds.Date) && element.HasAttribute("title"))) Add(Times, i);
        else if (names.HasFlag(MarkKinds.Date)) Add(Dated, i);
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
}
