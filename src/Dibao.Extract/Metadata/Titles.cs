using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>The article's own title, without the site's name.</summary>
internal static class Titles
{
    private const int MaxLength = 1000;

    // A plugin fills card, document title and data from one field: saying it again adds little. A newsroom has a field for each.
    private const double Echo = 0.4;
    private const double NewsEcho = 0.8;

    /// <param name="names">What the site calls itself, and the labels of its host.</param>
    public static Found<string>? Choose(ArticleHints hints, LinkedData data, MetaTags tags, PageMarks marks, PageTree tree, IReadOnlyList<string> names)
    {
        if (Useful(hints.Title) is { } given) return new Found<string>(given, FoundIn.Hint, 0.95);
        List<string> all = [.. names];
        var shown = ShownHeading.In(marks, tree, all);
        var site = all.ConvertAll(Wording.Of);
        shown.RemoveAll(h => IsSite(h.Text, site));

        var news = data.IsNews;
        var claims = Stated(data, tags, marks, tree, shown, site, news ? NewsEcho : Echo);
        // Microdata may be the h1's own.
        var stated = claims.FindAll(claim => claim.Source != FoundIn.Microdata).ConvertAll(claim => claim.Value);
        var said = shown.ConvertAll(h => h.Within(stated));
        var trust = new HeadingTrust(stated, shown, said, marks, news);
        for (var i = 0; i < shown.Count; i++)
            if (trust.Of(shown[i], said[i]) is > 0 and var weight) claims.Add(new(said[i], FoundIn.Markup, weight));

        var found = Claims.Judge(claims.FindAll(c => c.Value.Print.Length > 0 && !IsSite(c.Value, site)), Agree) ?? Claims.Judge(claims, Agree);
        if (found is null) return null;
        // A newsroom's card has the headline as it was written; in the page a template may have set its quotation marks.
        var card = news ? claims.Find(claim => claim.Source == FoundIn.OpenGraph && claim.Value.Says(found.Value) && !IsShouting(claim.Value.Text)).Value.Text : null;
        return new Found<string>(card ?? InFull(found.Value, claims), found.Source, found.Confidence);
    }

    private static List<Claim<Wording>> Stated(LinkedData data, MetaTags tags, PageMarks marks, PageTree tree, List<ShownHeading> shown, List<Wording> site, double ofEcho)
    {
        var stated = new List<Claim<Wording>>();
        Add(data.Headline, FoundIn.JsonLd, 0.72, around: false);
        Add(tags.First("og:title"), FoundIn.OpenGraph, 0.74);
        Add(tags.First("twitter:title"), FoundIn.Twitter, 0.4);
        Add(tags.First("parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title"), FoundIn.Meta, 0.6);
        Add(marks.Property(tree, "headline"), FoundIn.Microdata, 0.6, around: false);
        Add(tags.Title, FoundIn.DocumentTitle, 0.5);
        return stated;

        void Add(string? text, FoundIn source, double weight, bool around = true)
        {
            if (Useful(text) is not { } useful) return;
            var said = Wording.Of(around ? SiteSuffixes.Bare(useful, shown, site) : SiteSuffixes.WithoutSite(useful, site));
            var isEcho = source is not FoundIn.Microdata && stated.Exists(c => c.Value.Says(said));
            stated.Add(new(said, source, isEcho ? weight * ofEcho : weight));
        }
    }

    // What is longer is a text in the wrong place.
    private static string? Useful(string? title) => string.IsNullOrWhiteSpace(title) || title.Length > MaxLength ? null : FoldedText.Of(title);

    private static bool Agree(Wording one, Wording other) => one.Says(other);

    // <h1><span>Kicker</span><span>Headline</span></h1>: the same letters, but only the statement has what stands between the two.
    private static string InFull(Wording title, List<Claim<Wording>> claims)
    {
        var (best, most) = (title.Text, Marks(title.Text));
        foreach (var claim in claims)
            if (claim.Source != FoundIn.DocumentTitle && claim.Value.Says(title) && Marks(claim.Value.Text) is var marks && marks > most && !IsShouting(claim.Value.Text)) (best, most) = (claim.Value.Text, marks);
        return best;
    }

    // Between its first and its last letter, for a star behind it is an ornament; a space counts where none stood before it.
    private static int Marks(string text)
    {
        var (marks, since, begun, space) = (0, 0, false, false);
        foreach (var c in text)
        {
            if (c == ' ') { space = true; continue; }
            if (!char.IsLetterOrDigit(c)) { since += 2; continue; }
            if (begun) marks += since + (space ? 1 : 0);
            (begun, since, space) = (true, 0, false);
        }

        return marks;
    }

    private static bool IsShouting(string text) => !text.Any(char.IsLower) && text.Any(char.IsUpper);

    private static bool IsSite(Wording text, List<Wording> names) =>
        text.Print.Length > 0 && names.Exists(name => name.Print.Length > 0 && (name.Print == text.Print || text.Print == name.Print + "com"));
}
