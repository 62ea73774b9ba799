using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>Takes off a stated title what is not its article's: the site's name, a section's, a date.</summary>
internal static class SiteSuffixes
{
    private const int LeastPrint = 8;
    private const int LeastBeginning = 16;
    private const int MaxSiteWords = 4;

    private static readonly string[] Dividers = [" | ", "｜", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " │ ", " * ", " / ", "--", "_", "-", "|"];

    // What stands before or after these is a part of the document's title, not of a sentence.
    private static readonly string[] Strong = [" | ", "｜", " :: ", " » ", " « ", " • ", " │ ", " – ", " — ", " - ", " / "];

    private static readonly string[] Strongest = Strong[..7];

    /// <summary>Without the site's name, a section's, or whatever else stands around a heading of the page.</summary>
    public static string Bare(string title, List<ShownHeading> headings, List<Wording> names)
    {
        var bare = WithoutSite(title, names);
        if (PartIn(bare, headings) is { } part) return part;
        if (MarkupText.Fingerprint(bare) is var print && headings.Exists(h => h.Text.Print == print)) return bare;
        foreach (var divider in Strongest)
        {
            var last = bare.LastIndexOf(divider, StringComparison.Ordinal);
            if (last > 0 && Words(bare[(last + divider.Length)..]) <= MaxSiteWords && Words(bare[..last]) > Words(bare[(last + divider.Length)..])) return bare[..last].TrimEnd();
        }

        return BeginningIn(bare, headings) ?? BehindSite(bare, headings, names) ?? bare;
    }

    /// <summary>Takes parts off both ends that say one of the site's names.</summary>
    public static string WithoutSite(string title, List<Wording> names)
    {
        foreach (var name in names)
        {
            if (name.Print.Length == 0) continue;
            foreach (var divider in Dividers)
            {
                var last = title.LastIndexOf(divider, StringComparison.Ordinal);
                if (last < 0) continue;
                if (last > 0 && IsName(title[(last + divider.Length)..], name.Print)) return WithoutSite(title[..last].TrimEnd(' ', '-', '_', '|', '–', '—'), names);
                var first = title.IndexOf(divider, StringComparison.Ordinal);
                if (first > 0 && divider[0] == ' ' && IsName(title[..first], name.Print)) return WithoutSite(title[(first + divider.Length)..].Trim(), names);
            }
        }

        return title;
    }

    // What the highest heading says, for those of sections say the site's parts of a title.
    private static string? PartIn(string title, List<ShownHeading> headings)
    {
        var (best, highest) = ((string?)null, "h9");
        foreach (var divider in Strong)
        {
            if (!title.Contains(divider, StringComparison.Ordinal)) continue;
            foreach (var part in Parts(title, divider))
            {
                var print = MarkupText.Fingerprint(part);
                if (print.Length < LeastPrint) continue;
                foreach (var heading in headings)
                    if (string.CompareOrdinal(heading.Name, highest) < 0 && heading.Text.Print == print) (best, highest) = (part, heading.Name);
            }
        }

        return best;
    }

    // "So much rain : 31.10.2023", "Made up: a courier flies to Singapore, Thailand": what the h1 says, and more behind a mark.
    private static string? BeginningIn(string title, List<ShownHeading> headings)
    {
        var print = MarkupText.Fingerprint(title);
        foreach (var heading in headings)
        {
            var shown = heading.Text.Print;
            if (heading.Name != "h1" || shown.Length < LeastBeginning || shown.Length * 2 < print.Length || shown.Length == print.Length || !print.StartsWith(shown, StringComparison.Ordinal)) continue;
            var end = EndOf(title, shown.Length);
            if (title.AsSpan(end).TrimStart() is { Length: > 0 } rest && rest[0] is ':' or ',' or '-' or '–' or '—' or '|' or '(' or '[') return title[..end];
        }

        return null;
    }

    // "Halden Blog: A new bridge", where a heading says the rest: elsewhere a name before a colon is who speaks.
    private static string? BehindSite(string title, List<ShownHeading> headings, List<Wording> names)
    {
        var colon = title.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0 || !names.Exists(name => name.Print.Length > 0 && IsName(title[..colon], name.Print))) return null;
        var rest = title[(colon + 2)..].TrimStart();
        return MarkupText.Fingerprint(rest) is { Length: >= LeastPrint } print && headings.Exists(h => h.Text.Print == print) ? rest : null;
    }

    // Past the character that is the last of so many letters and digits.
    private static int EndOf(string text, int letters)
    {
        var at = 0;
        for (; letters > 0; at++)
            if (char.IsLetterOrDigit(text[at])) letters--;
        return at;
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
        var (words, wide, inWord) = (0, 0, false);
        foreach (var c in text)
        {
            if (TextWeight.IsWide(c)) wide++;
            if (c != ' ' && !inWord) words++;
            inWord = c != ' ';
        }

        return (wide / 2) + words;
    }

    private static bool IsName(string part, string site)
    {
        if (part.Length > 4 * (site.Length + 8)) return false;
        var print = MarkupText.Fingerprint(part);
        return print == site || (print.Length >= 3 && site.Contains(print, StringComparison.Ordinal) && print.Length * 2 >= site.Length)
            || (site.Length >= 3 && print.Length < site.Length + 8 && print.Contains(site, StringComparison.Ordinal));
    }
}
