using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>The article's own title, without the site's name.</summary>
internal static class Titles
{
    private const int MaxLength = 1000;
    private const int LeastHeadline = 16;

    // A plugin fills card, document title and data from one field: saying it again adds little. A newsroom has a field for each.
    private const double Echo = 0.4;
    private const double NewsEcho = 0.8;

    // How often a headline that stands in the data alone is the title.
    private const double OfItsOwn = 0.6;

    /// <param name="names">What the site calls itself, and the labels of its host.</param>
    public static Found<string>? Choose(ArticleHints hints, LinkedData data, MetaTags tags, PageMarks marks, PageTree tree, IReadOnlyList<string> names)
    {
        if (Useful(hints.Title) is { } given) return new Found<string>(given, FoundIn.Hint, 0.95);
        List<string> all = [.. names];
        var shown = ShownHeading.In(marks, tree, all);
        var site = all.ConvertAll(Wording.Of);
        shown.RemoveAll(h => IsSite(h.Text, site));
        // Some templates write the document's title where the site's name belongs.
        site.RemoveAll(name => shown.Exists(h => h.Name == "h1" && h.Text.Print.Length >= LeastHeadline && name.Print.Contains(h.Text.Print, StringComparison.Ordinal)));

        var news = data.IsNews;
        var claims = Stated(data, tags, marks, tree, shown, site, news ? NewsEcho : Echo);
        // Microdata may be the h1's own.
        var stated = claims.FindAll(claim => claim.Source != FoundIn.Microdata).ConvertAll(claim => claim.Value);
        var said = shown.ConvertAll(h => h.Within(stated, site));
        var trust = new HeadingTrust(stated, shown, said, marks, news);
        for (var i = 0; i < shown.Count; i++)
            if (trust.Of(shown[i], said[i]) is > 0 and var weight) claims.Add(new(said[i], FoundIn.Markup, weight));

        if (news && DataHeadline.Find(claims, shown, marks) is >= 0 and var own) return new Found<string>(claims[own].Value.Text, FoundIn.JsonLd, OfItsOwn);
        var found = Claims.Judge(claims.FindAll(c => c.Value.Print.Length > 0 && !IsSite(c.Value, site)), Agree) ?? Claims.Judge(claims, Agree);
        if (found is null) return null;
        return new Found<string>(TitleWording.Choose(found.Value, claims, news), found.Source, found.Confidence);
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

    private static bool IsSite(Wording text, List<Wording> names) =>
        text.Print.Length > 0 && names.Exists(name => name.Print.Length > 0 && (name.Print == text.Print || text.Print == name.Print + "com"));
}
