using System.Buffers;
using Dibao.Extract.Body;
using Dibao.Extract.Dates;
using Dibao.Extract.Markup;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>The authors that a page names: structured data, meta, marked-up bylines, then lines that begin as bylines do.</summary>
/// <remarks>Agency and newsroom names are no authors; nor is the outlet's own, which templates write where they know no other.</remarks>
internal static class Bylines
{
    private const int MaxMarked = 12;
    private const int NearHeadline = 14;
    private const int MaxByline = 140;
    private const int MaxHouse = 40;
    private const int MaxName = 50;

    // A template that names an organization names what it knows, not who wrote.
    private const double OfOrganization = 0.4;

    // But a newsroom credits agencies so.
    private const double OfAgency = 0.6;

    private static readonly string[] MetaNames =
    [
        "author", "article:author", "article:author_name", "og:author", "article:author:name", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl", "citation_author", "cxenseparse:author", "creator", "vr:author", "book:author", "citation_authors",
    ];

    private static readonly string[] Starts =
    [
        "by ", "written by ", "von ", "par ", "por ", "di ", "door ", "av ", "text: ", "text von ", "autor: ", "autorin: ", "author: ", "auteur : ", "words: ", "words by ", "ein kommentar von ", "oleh ", "oleh: ", "yazan: ", "автор: ", "текст: ",
        "记者", "記者", "本报记者", "作者：", "作者:", "文/", "文／", "文：", "撰文：", "取材・文",
    ];

    private static readonly string[] Labels = ["作者：", "作者:", "记者：", "記者：", "记者:", "撰文：", "文/", "文／", "執筆：", "글 "];

    private static readonly LineStarts Signed = new(
        ["written by ", "article by ", "this post was written by ", "author:", "authors:", "by: ", "autor:", "autorin:", "autoren:", "verfasst von ", "geschrieben von ", "ein beitrag von ", "écrit par ", "auteur :", "escrito por ", "scritto da ", "geschreven door ", "autore:", "автор:", "posted by ", "veröffentlicht von ", "publié par ", "publicado por ", "by ", "von ", "par ", "por ", "door ", "words by ", "text: ", "text by ", "text von "]);

    // Of a signature when it is the whole line: sentences begin with these as well.
    private static readonly LineStarts Bare = new(["by ", "von ", "par ", "por ", "door ", "posted by ", "text: "]);

    private static readonly HashSet<string> Alone = new(StringComparer.OrdinalIgnoreCase)
    {
        "written by", "article by", "story by", "author", "authors", "autor", "autorin", "autoren", "verfasst von", "geschrieben von", "auteur", "auteurs", "escrito por", "autore", "scritto da",
    };

    /// <summary>To be asked before the page's clutter is dropped: bylines are of it.</summary>
    public static Found<IReadOnlyList<string>>? Of(LinkedData data, MetaTags tags, PageMarks marks, PageTree tree, PageWeights weights, int headline, IReadOnlyList<string> site)
    {
        var claims = new List<Claim<IReadOnlyList<string>>>();
        var own = new List<Claim<IReadOnlyList<string>>>();
        var news = data.IsNews;
        var persons = data.Authors.Where(a => !a.IsOrganization).Select(a => a.Name).ToList();
        if (persons.Count > 0) AddAll(persons, FoundIn.JsonLd, 0.85);
        else AddAll(data.Authors.Select(a => a.Name), FoundIn.JsonLd, news ? OfAgency : OfOrganization, people: false);
        foreach (var name in MetaNames) AddAll(tags.All(name), FoundIn.Meta, 0.7);
        if (tags.First("twitter:label1") is { } label && IsWriter(label)) AddAll(tags.All("twitter:data1"), FoundIn.Twitter, 0.6);
        AddAll(Texts(tree, marks.Properties.GetValueOrDefault("author") ?? []), FoundIn.Microdata, 0.65);
        AddAll(Texts(tree, marks.Authors), FoundIn.Markup, 0.65);
        Add(FirstByline(tree, marks), FoundIn.Markup, 0.55);
        Add(AuthorNames.Clean(Lines(tree, weights, marks, headline), persons: true), FoundIn.Text, 0.5);
        if (claims.Count == 0) Add(AuthorNames.Clean(Signatures(tree, weights, marks), persons: true), FoundIn.Text, 0.45);
        // Elsewhere than in newsrooms a plugin writes into the data whoever saved the page. Where no meta element says so too, and no reader sees the name, it is nobody's.
        if (!news && claims.Count > 0 && claims.TrueForAll(claim => claim.Source is FoundIn.JsonLd or FoundIn.Twitter) && !AreShown(tree, claims.SelectMany(claim => claim.Value))) claims.Clear();
        return Claims.Judge(claims, Agree) ?? Claims.Judge(own, Agree) ?? OfHouse(tags);

        void AddAll(IEnumerable<string> entries, FoundIn source, double weight, bool people = true)
        {
            var all = entries.ToList();
            Add(AuthorNames.Clean(all.Where(entry => !IsSite(entry, site) || (people && IsOwnersName(entry))), bodies: news && !people), source, weight);
            if (source is FoundIn.JsonLd && news && AuthorNames.Clean(all.Where(entry => !people || IsSite(entry, site) || !AuthorNames.IsPerson(entry)), bodies: true) is { Count: > 0 } names) own.Add(new(names, source, 0.3));
        }

        void Add(IReadOnlyList<string> names, FoundIn source, double weight)
        {
            IReadOnlyList<string> people = [.. names.Where(name => !IsSite(name, site) || IsOwnersName(name))];
            if (people.Count > 0) claims.Add(new(people, source, weight));
        }
    }

    // "Written by: The Example Team" on the card, and the same in the head: a house that signs its pieces, where nobody else does.
    private static Found<IReadOnlyList<string>>? OfHouse(MetaTags tags)
    {
        if (tags.First("twitter:label1") is not { } label || !IsWriter(label) || tags.First("twitter:data1") is not { Length: > 1 and < MaxHouse } name) return null;
        var twice = tags.All("author").Contains(name, StringComparer.OrdinalIgnoreCase);
        return twice && !AuthorNames.IsNobody(name) ? new Found<IReadOnlyList<string>>([name], FoundIn.Twitter, 0.4) : null;
    }

    // Whether readers see any of them: one look at the page for all names.
    private static bool AreShown(PageTree tree, IEnumerable<string> names)
    {
        var any = SearchValues.Create([.. names], StringComparison.OrdinalIgnoreCase);
        for (var i = 0; i < tree.Count; i++)
            if (tree.Role(i) == TagRole.Text && tree.TextOf(i).AsSpan().ContainsAny(any)) return true;
        return false;
    }

    // As the commonest plugin translates it.
    private static bool IsWriter(string label) =>
        label is "Written by" or "Verfasst von" or "Geschrieben von" or "Écrit par" or "Escrito por" or "Scritto da" or "Geschreven door" or "Skrevet af" or "Skrevet av" or "Skriven av" or "Kirjoittanut" or "Napisane przez" or "Написано автором" or "Yazan" or "執筆者" or "作者" or "글쓴이" or "Ditulis oleh" or "Napsal(a)";

    private static bool Agree(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        var (a, b) = (one.Select(MarkupText.Fingerprint).ToHashSet(), other.Select(MarkupText.Fingerprint).ToHashSet());
        return a.SetEquals(b);
    }

    private static bool IsSite(string name, IReadOnlyList<string> site)
    {
        var print = MarkupText.Fingerprint(name);
        return site.Select(MarkupText.Fingerprint).Any(s => s.Length > 2 && (s == print || print == s + "com" || (print.Length > 3 && s.StartsWith(print, StringComparison.Ordinal)) || (s.Length > 3 && print.Contains(s, StringComparison.Ordinal))));
    }

    // A site may bear the name of the person who writes it.
    private static bool IsOwnersName(string name) => name.Count(c => c == ' ') is 1 or 2 && AuthorNames.IsPerson(name) && name.Split(' ').All(word => word.Length > 1 && char.IsUpper(word[0]) && char.IsLower(word[^1]));

    private static IReadOnlyList<string> FirstByline(PageTree tree, PageMarks marks)
    {
        foreach (var i in marks.Bylines)
        {
            if (IsNamed(tree, i, "avatar")) continue;
            if (marks.Bylines.Exists(other => other > i && tree.IsInside(other, i) && (tree.FoldedText(i, MaxByline + 1).Length > 60 || IsNamed(tree, other, "name")))) continue;
            var names = AuthorNames.Clean(Texts(tree, [i]), persons: true, penNames: true);
            // One word may be a pen name; several, and none a person's, are a list of something else.
            if (names.Count == 1 || names.Any(AuthorNames.IsPerson)) return names;
        }

        return [];
    }

    // "author-box__name" holds what its box says before a role; "author-avatar" a picture, or initials for want of one.
    private static bool IsNamed(PageTree tree, int byline, string part) => tree.Element(byline)!.GetAttribute("class")?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    // Where a byline links its names, the links are the names and the rest is dates, roles and counters.
    private static IEnumerable<string> Texts(PageTree tree, List<int> elements)
    {
        var end = 0;
        foreach (var i in elements.Take(MaxMarked))
        {
            if (i < end) continue;
            end = tree.End(i);
            if (tree.Element(i)!.GetAttribute("content") is { Length: > 0 } content) { yield return content; continue; }
            if (NameInside(tree, i) is { } inner) { yield return inner; continue; }
            var links = Links(tree, i).ToList();
            if (links.Count == 0) links = Siblings(tree, i);
            if (links.Count > 0) foreach (var link in links) yield return link;
            else if (tree.FoldedText(i, MaxByline) is { Length: > 1 and < MaxByline } text) yield return text;
        }
    }

    private static string? NameInside(PageTree tree, int author)
    {
        for (var i = author + 1; i < tree.End(author); i++)
            if (tree.Element(i)?.GetAttribute("itemprop") == "name") return PageMarks.ValueOf(tree, i);
        return null;
    }

    // <span>Ida Lund</span> <span>Per Moe</span>
    private static List<string> Siblings(PageTree tree, int byline)
    {
        var at = byline;
        while (OnlyChild(tree, at) is > 0 and var child) at = child;
        var names = new List<string>();
        for (var child = at + 1; child < tree.End(at); child = tree.End(child))
        {
            if (tree.Element(child) is null) continue;
            if (tree.FoldedText(child, MaxByline) is not { Length: > 3 and < 60 } text || !AuthorNames.IsPerson(text)) continue;
            names.Add(text);
        }

        return names.Count > 1 ? names : [];
    }

    // The one element inside, with nothing but white space beside it; 0 for none.
    private static int OnlyChild(PageTree tree, int i)
    {
        var only = 0;
        for (var child = i + 1; child < tree.End(i); child = tree.End(child))
        {
            if (tree.Element(child) is null && string.IsNullOrWhiteSpace(tree.TextOf(child))) continue;
            if (only > 0 || tree.Element(child) is null) return 0;
            only = child;
        }

        return only;
    }

    private static IEnumerable<string> Links(PageTree tree, int byline)
    {
        for (var i = byline + 1; i < tree.End(byline); i++)
        {
            if (tree.Name(i) != "a" || tree.FoldedText(i, MaxByline) is not { Length: > 1 and < 60 } text) continue;
            if (IsAuthorLink(tree.Element(i)!) && AuthorNames.IsPerson(text)) yield return text;
        }
    }

    private static bool IsAuthorLink(MarkupElement link)
    {
        if (link.GetAttribute("rel") == "author") return true;
        var href = link.GetAttribute("href") ?? "";
        return href.Contains("auth", StringComparison.OrdinalIgnoreCase) || href.Contains("/auteur", StringComparison.OrdinalIgnoreCase) || href.Contains("/autor", StringComparison.OrdinalIgnoreCase)
            || href.Contains("/by/", StringComparison.OrdinalIgnoreCase) || href.Contains("/people/", StringComparison.OrdinalIgnoreCase) || href.Contains("/staff/", StringComparison.OrdinalIgnoreCase)
            || href.Contains("/profile", StringComparison.OrdinalIgnoreCase) || href.Contains("/person", StringComparison.OrdinalIgnoreCase) || href.Contains("/journalist", StringComparison.OrdinalIgnoreCase)
            || href.Contains("/profil/", StringComparison.OrdinalIgnoreCase) || href.Contains("/newsteam/", StringComparison.OrdinalIgnoreCase) || href.Contains("/writer", StringComparison.OrdinalIgnoreCase) || href.Contains("/columnist", StringComparison.OrdinalIgnoreCase)
            || href.Contains("/contributor", StringComparison.OrdinalIgnoreCase) || href.Contains("/team/", StringComparison.OrdinalIgnoreCase) || href.Contains("/redaktion/", StringComparison.OrdinalIgnoreCase);
    }

    // Short blocks under the headline, and the last ones of the article.
    private static IEnumerable<string> Lines(PageTree tree, PageWeights weights, PageMarks marks, int headline)
    {
        if (headline < 0) yield break;
        var seen = 0;
        for (var i = headline + 1; i < tree.Count && seen < NearHeadline; i++)
        {
            if (weights.Text[i] == 0 || marks.Elsewhere[i]) continue;
            seen++;
            if (weights.IsParagraph(i) && weights.Text[i] > 3 * PageWeights.MinParagraph) yield break;
            if (Links(tree, i).ToList() is { Count: > 0 } links)
            {
                foreach (var link in links) yield return link;
                yield break;
            }

            if (TextBlocks.OwnText(tree, i, MaxByline + 1) is { Length: > 4 and <= MaxByline } line && (IsByline(line) ? line : Labelled(line)) is { } byline) yield return byline;
        }
    }

    // "Written by Ida Lund", "Autorin: Ida Lund, head of the office", "By Ida Lund" and no more, wherever they stand: of a page that names nobody elsewhere.
    private static IEnumerable<string> Signatures(PageTree tree, PageWeights weights, PageMarks marks)
    {
        for (var i = 1; i < tree.Count; i++)
        {
            if (weights.Text[i] is < 2 or > MaxByline || marks.Elsewhere[i] || TextBlocks.FirstOf(tree, i) is not { } first || !Signed.MayBegin(first)) continue;
            var line = TextBlocks.OwnText(tree, i, MaxByline + 1);
            if (Alone.Contains(line.TrimEnd(':', ' ')))
            {
                // <h2>Written by</h2><div>Ida Lund</div>
                if (TextBlocks.Behind(tree, weights, i) is { } next && TextBlocks.OwnText(tree, next, MaxName) is { Length: > 3 and < MaxName } name && AuthorNames.IsPerson(name)) { yield return name; yield break; }
                continue;
            }

            if (weights.Text[i] < 10 || !Signed.Begin(line) || (Bare.Begin(line) && line.Length > MaxName)) continue;
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            yield return comma > 0 ? line[..comma] : line;
            yield break;
        }
    }

    // 2023年11月8日 17:08 作者：林小美 来源：…
    private static string? Labelled(string line)
    {
        foreach (var label in Labels)
        {
            var at = line.IndexOf(label, StringComparison.Ordinal);
            if (at < 0) continue;
            var name = line[(at + label.Length)..].TrimStart();
            var end = name.IndexOf(' ', StringComparison.Ordinal);
            return end > 1 ? name[..end] : name;
        }

        return null;
    }

    private static bool IsByline(string line)
    {
        foreach (var start in Starts)
            if (line.StartsWith(start, StringComparison.OrdinalIgnoreCase) || (start[^1] == ' ' && line.Length > start.Length && line[start.Length - 1] == ':' && line.StartsWith(start[..^1], StringComparison.OrdinalIgnoreCase))) return true;
        return false;
    }
}
