using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>The article's own title, without the site's name.</summary>
internal static class Titles
{
    private const int MinPrint = 4;
    private const int MaxSiteWords = 4;

    private static readonly string[] Dividers = [" | ", "｜", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " │ ", " * ", " / ", "--", "_", "-", "|"];

    // What stands before or after these is a part of the document's title, not of a sentence.
    private static readonly string[] Strong = [" | ", "｜", " :: ", " » ", " « ", " • ", " │ ", " – ", " — ", " - ", " / "];

    /// <param name="names">What the site calls itself, and the labels of its host.</param>
    public static Found<string>? Choose(ArticleHints hints, LinkedData data, MetaTags tags, PageMarks marks, PageTree tree, IReadOnlyList<string> names)
    {
        if (Useful(hints.Title) is { } given) return new Found<string>(given, FoundIn.Hint, 0.95);
        var headings = marks.Headings.Where(h => !IsSite(h.Text, names)).ToList();
        var claims = new List<Claim<string>>();
        // A newsroom writes the card's title by hand; elsewhere a plugin makes it for search engines, and the h1 is what the author wrote.
        var news = data.Types.Any(type => type.EndsWith("NewsArticle", StringComparison.Ordinal));
        var stated = Stated(data, tags, marks, tree);
        foreach (var (text, source, weight) in stated) claims.Add(new(source is FoundIn.JsonLd or FoundIn.Microdata ? WithoutSite(text, [.. names]) : Bare(text, headings, names), source, weight));
        foreach (var (index, name, text) in headings)
            if (Weigh(name, text, index, headings, claims, marks, news) is > 0 and var weight) claims.Add(new(text, FoundIn.Markup, weight));
        var found = Claims.Judge(claims.Where(c => MarkupText.Fingerprint(c.Value).Length > 0 && !IsSite(c.Value, names)).ToList(), Agree)
            ?? Claims.Judge(claims, Agree);
        return found is null ? null : found with { Value = InFull(found.Value, claims) };
    }

    private static List<(string Text, FoundIn Source, double Weight)> Stated(LinkedData data, MetaTags tags, PageMarks marks, PageTree tree)
    {
        var stated = new List<(string, FoundIn, double)>();
        Add(data.Headline, FoundIn.JsonLd, 0.72);
        Add(tags.First("og:title"), FoundIn.OpenGraph, 0.74);
        Add(tags.First("twitter:title"), FoundIn.Twitter, 0.4);
        Add(tags.First("parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title"), FoundIn.Meta, 0.6);
        Add(marks.Property(tree, "headline"), FoundIn.Microdata, 0.6);
        Add(tags.Title, FoundIn.DocumentTitle, 0.5);
        return stated;

        void Add(string? text, FoundIn source, double weight)
        {
            if (Useful(text) is { } useful) stated.Add((useful, source, weight));
        }
    }

    // A heading that nothing else says is the title only where it is the one h1.
    private static double Weigh(string name, string text, int index, List<(int Index, string Name, string Text)> headings, List<Claim<string>> claims, PageMarks marks, bool news)
    {
        if (text.Length < 2) return 0;
        var said = claims.Exists(c => Agree(c.Value, text));
        if (name != "h1") return said ? 0.4 : 0;
        if (marks.Elsewhere[index]) return said ? 0.3 : 0;
        var only = headings.Count(h => h.Name == "h1") == 1;
        return said ? 0.8 : only ? (news ? 0.7 : 0.93) : 0.3;
    }

    /// <summary>What a stated title says without the site's name, a section's, or whatever else stands around a heading of the page.</summary>
    private static string Bare(string title, List<(int Index, string Name, string Text)> headings, IReadOnlyList<string> names)
    {
        var bare = WithoutSite(title, [.. names]);
        if (PartIn(bare, headings) is { } part) return part;
        foreach (var divider in Strong.AsSpan(0, 7))
        {
            var last = bare.LastIndexOf(divider, StringComparison.Ordinal);
            if (last > 0 && Words(bare[(last + divider.Length)..]) <= MaxSiteWords && Words(bare[..last]) > Words(bare[(last + divider.Length)..])) return bare[..last].TrimEnd();
        }

        return bare;
    }

    private static string? PartIn(string title, List<(int Index, string Name, string Text)> headings)
    {
        foreach (var divider in Strong)
        {
            if (!title.Contains(divider, StringComparison.Ordinal)) continue;
            foreach (var part in Parts(title, divider))
            {
                var print = MarkupText.Fingerprint(part);
                if (print.Length < 2 * MinPrint) continue;
                if (headings.Exists(h => MarkupText.Fingerprint(h.Text) == print)) return part;
            }
        }

        return null;
    }

    // Every run of parts that begins at the start or ends at the end.
    private static IEnumerable<string> Parts(string title, string divider)
    {
        for (var at = title.IndexOf(divider, StringComparison.Ordinal); at >= 0; at = title.IndexOf(divider, at + 1, StringComparison.Ordinal))
        {
            yield return title[..at].Trim();
            yield return title[(at + divider.Length)..].Trim();
        }
    }

    private static int Words(string text)
    {
        var wide = text.Count(TextWeight.IsWide);
        return (wide / 2) + text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    private static string? Useful(string? title) => string.IsNullOrWhiteSpace(title) ? null : FoldedText.Of(title);

    private static bool Agree(string one, string other)
    {
        var (a, b) = (MarkupText.Fingerprint(one), MarkupText.Fingerprint(other));
        return a == b && a.Length > 0;
    }

    // <h1><span>Kicker</span><span>Headline</span></h1>: the same letters, but only the statement has what stands between the two.
    private static string InFull(string title, List<Claim<string>> claims)
    {
        var best = title;
        foreach (var claim in claims)
            if (claim.Source != FoundIn.DocumentTitle && Agree(claim.Value, title) && Marks(claim.Value) > Marks(best) && !IsShouting(claim.Value)) best = claim.Value;
        return best;
    }

    private static int Marks(string text) => text.Count(c => !char.IsLetterOrDigit(c));

    private static bool IsShouting(string text) => !text.Any(char.IsLower) && text.Any(char.IsUpper);

    private static bool IsSite(string text, IReadOnlyList<string> names)
    {
        var print = MarkupText.Fingerprint(text);
        return print.Length > 0 && names.Any(name => MarkupText.Fingerprint(name) is { Length: > 0 } site && (site == print || print == site + "com"));
    }

    /// <summary>Takes a last (or first) part off that says the site's name.</summary>
    public static string WithoutSite(string title, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var site = MarkupText.Fingerprint(name);
            if (site.Length == 0) continue;
            foreach (var divider in Dividers)
            {
                var last = title.LastIndexOf(divider, StringComparison.Ordinal);
                if (last > 0 && Same(title[(last + divider.Length)..], site)) return WithoutSite(title[..last].TrimEnd(' ', '-', '_', '|', '–', '—'), names);
                var first = title.IndexOf(divider, StringComparison.Ordinal);
                if (first > 0 && Same(title[..first], site)) return title[(first + divider.Length)..].Trim();
            }
        }

        return title;
    }

    private static bool Same(string part, string site)
    {
        var print = MarkupText.Fingerprint(part);
        return print == site || (print.Length >= 3 && site.Contains(print, StringComparison.Ordinal) && print.Length * 2 >= site.Length)
            || (site.Length >= 3 && print.Length < site.Length + 8 && print.Contains(site, StringComparison.Ordinal));
    }
}
