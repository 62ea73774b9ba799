using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Metadata;

/// <summary>A heading as readers see it, and what it is made of.</summary>
/// <param name="Parts">The texts of the elements and lines inside, where there are several: a kicker, a date, the headline itself.</param>
internal sealed record ShownHeading(int Index, string Name, Wording Text, IReadOnlyList<Wording> Parts)
{
    private const int MaxParts = 12;
    private const int MaxInside = 100;
    private const int LeastPart = 12;

    // Longer than a headline with all that may stand around it.
    private const int MaxWhole = 2000;

    /// <summary>All headings of a page but those that are its masthead, whose texts are added to the site's names.</summary>
    public static List<ShownHeading> In(PageMarks marks, PageTree tree, List<string> names)
    {
        var shown = new List<ShownHeading>(marks.Headings.Count);
        foreach (var (index, name, text) in marks.Headings)
        {
            if (name == "h1" && LinksHome(tree, index, text)) names.Add(text);
            else shown.Add(new(index, name, Wording.Of(text), name == "h1" && text.Length <= MaxWhole ? PartsOf(tree, index, text) : []));
        }

        return shown;
    }

    /// <summary>The part that a statement says or ends with, where none says the whole: of a kicker glued to its headline, the headline.</summary>
    /// <param name="site">What the site calls itself: a template may set it behind every headline.</param>
    public Wording Within(List<Wording> stated, List<Wording> site)
    {
        if (stated.Exists(s => s.Says(Text))) return Text;
        if (Name == "h1" && Wording.Of(SiteSuffixes.WithoutSite(Text.Text, site)) is var bare && stated.Exists(s => s.Says(bare))) return bare;
        foreach (var part in Parts)
            if (part.Print.Length >= LeastPart && stated.Exists(s => s.Print.EndsWith(part.Print, StringComparison.Ordinal))) return part;
        return Text;
    }

    // <h1><a href="/">The Example Post</a></h1>
    private static bool LinksHome(PageTree tree, int heading, string text)
    {
        for (var i = heading; i < tree.End(heading); i++)
        {
            if (tree.Name(i) != "a") continue;
            var link = tree.Element(i)!;
            return (link.GetAttribute("rel") == "home" || IsRoot(link.GetAttribute("href"))) && tree.FoldedText(i, text.Length + 1) == text;
        }

        return false;
    }

    // An archive writes the whole address into its own path.
    private static bool IsRoot(string? href)
    {
        if (href is null) return false;
        var address = href.Trim();
        if (address is "/" or "./" or "../" or "index.html" or "/index.html" or "index.php" or "/index.php") return true;
        if (address.LastIndexOf("://", StringComparison.Ordinal) is > 0 and var scheme) return address.AsSpan(scheme + 3).TrimEnd('/') is { Length: > 0 } host && !host.ContainsAny('/', '?', '#');
        return false;
    }

    private static List<Wording> PartsOf(PageTree tree, int heading, string whole)
    {
        var parts = new List<Wording>();
        var end = Math.Min(tree.End(heading), heading + MaxInside);
        for (var i = heading + 1; i < end && parts.Count < MaxParts; i++)
            if (tree.FoldedText(i, whole.Length + 1) is { Length: > 0 } text && text.Length < whole.Length) parts.Add(Wording.Of(text));
        return parts;
    }
}
