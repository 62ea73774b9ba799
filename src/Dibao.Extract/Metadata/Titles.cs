using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>The article's own title, without the site's name.</summary>
internal static class Titles
{
    private static readonly string[] Dividers = [" | ", "｜", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", "--", "_", "-", "|"];

    /// <param name="headings">Texts of the page's h1, in order.</param>
    public static string? Choose(ArticleHints hints, LinkedData data, MetaTags tags, IReadOnlyList<string> headings, string? site)
    {
        if (Useful(hints.Title) is { } given) return given;
        var social = tags.First("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title");
        var candidates = new[] { data.Headline, social, tags.Title };
        foreach (var heading in headings)
            if (candidates.Any(c => Agree(heading, c))) return heading;
        var stated = Useful(data.Headline) ?? Useful(social) ?? (headings.Count == 1 ? Useful(headings[0]) : null) ?? Useful(tags.Title);
        return stated is null ? headings.FirstOrDefault(h => h.Length > 0) : WithoutSite(stated, site, hints.OutletName);
    }

    private static string? Useful(string? title) => string.IsNullOrWhiteSpace(title) ? null : FoldedText.Of(title);

    // The heading is the stated title, or the stated title is it with a site's name.
    private static bool Agree(string heading, string? stated)
    {
        if (heading.Length < 4 || stated is null) return false;
        var (shown, said) = (MarkupText.Fingerprint(heading), MarkupText.Fingerprint(stated));
        return shown.Length >= 4 && said.StartsWith(shown, StringComparison.Ordinal) && (shown.Length * 2 >= said.Length || shown.Length > 15);
    }

    /// <summary>Takes a last (or first) part off that says the site's name.</summary>
    public static string WithoutSite(string title, params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            var site = MarkupText.Fingerprint(name);
            if (site.Length == 0) continue;
            foreach (var divider in Dividers)
            {
                var last = title.LastIndexOf(divider, StringComparison.Ordinal);
                if (last > 0 && Same(title[(last + divider.Length)..], site)) return WithoutSite(title[..last].TrimEnd(' ', '-', '_', '|', '–', '—'), name);
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
            || (site.Length >= 3 && print.Length < site.Length + 6 && print.Contains(site, StringComparison.Ordinal));
    }
}
