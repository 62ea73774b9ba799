using System.Collections.Frozen;

namespace Dibao.Extract.Metadata;

/// <summary>Sections and tags.</summary>
internal static class Topics
{
    private const int MaxSections = 8;
    private const int MaxTags = 32;
    private const int MaxLength = 80;
    private const int MaxKey = 24;
    private const int LeastSpaces = 3;

    // A year is one for readers; what is longer is a program's.
    private const int MaxNumber = 4;

    // What is longer is the article's title, in other words.
    private const int MaxCrumb = 40;

    // What sites call their first page.
    private static readonly FrozenSet<string> Homes = new[]
    {
        "home", "homepage", "start", "startseite", "startsida", "forside", "forsiden", "etusivu", "accueil", "inicio", "portada", "início", "home page", "strona główna", "domů", "domov", "kezdőlap", "acasă", "ana sayfa", "anasayfa", "главная", "головна", "αρχική", "الرئيسية", "خانه", "होम",
        "beranda", "trang chủ", "หน้าแรก", "首页", "首頁", "ホーム", "トップ", "top", "홈", "website",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // What content management systems call what nobody filed.
    private static readonly FrozenSet<string> Unfiled = new[]
    {
        "uncategorized", "uncategorised", "unkategorisiert", "ohne kategorie", "sin categoría", "sin categoria", "non classé", "senza categoria", "sem categoria", "geen categorie", "okategoriserade", "ukategorisert",
        "ikke kategoriseret", "luokittelematon", "bez kategorii", "nezařazené", "без рубрики", "без категории", "未分类", "未分類", "미분류", "غير مصنف", "kategorisiz", "chưa phân loại", "tak berkategori",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly char[] Marks = [',', ';', '，', '、', '；'];

    // Steps of a path, which has spaces around them: "and/or" is one section.
    private static readonly string[] Steps = [",", ";", "，", "；", " / ", " > ", " » ", " | "];

    /// <param name="title">Which, and the site's names, are no sections of a path.</param>
    public static Found<IReadOnlyList<string>>? Sections(LinkedData data, MetaTags tags, string? title, IReadOnlyList<string> siteNames)
    {
        List<Wording> site = [.. siteNames.Select(Wording.Of)];
        return Filed(data.Sections, FoundIn.JsonLd, 0.85)
            ?? Filed(tags.All("article:section"), FoundIn.OpenGraph, 0.8)
            ?? Filed([.. tags.All("parsely-section"), .. tags.All("section"), .. tags.All("dc.subject"), .. tags.All("cxenseparse:category")], FoundIn.Meta, 0.65)
            ?? Some(Path(data.Crumbs, [Wording.Of(title ?? ""), .. site]), FoundIn.JsonLd, 0.6, MaxSections);

        Found<IReadOnlyList<string>>? Filed(IReadOnlyList<string> stated, FoundIn source, double confidence) =>
            Some([.. stated.SelectMany(Several).Where(name => !Unfiled.Contains(name) && !Homes.Contains(name) && !IsSite(name, site))], source, confidence, MaxSections);
    }

    public static Found<IReadOnlyList<string>>? TagsOf(LinkedData data, MetaTags tags, IReadOnlyList<string> siteNames)
    {
        List<Wording> site = [.. siteNames.Select(Wording.Of)];
        return Read(data.Keywords, FoundIn.JsonLd, 0.8)
            ?? Read(tags.All("article:tag"), FoundIn.OpenGraph, 0.8)
            ?? Read([.. tags.All("news_keywords"), .. tags.All("parsely-tags"), .. tags.All("sailthru.tags")], FoundIn.Meta, 0.7)
            ?? Read(tags.All("keywords"), FoundIn.Meta, 0.5);

        Found<IReadOnlyList<string>>? Read(IReadOnlyList<string> stated, FoundIn source, double confidence) =>
            Some([.. ForReaders(Divided(stated)).Where(tag => !IsSite(tag, site))], source, confidence, MaxTags);
    }

    private static bool IsSite(string name, List<Wording> site) =>
        name.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || (Wording.Of(name) is var wording && site.Exists(wording.Says));

    private static IReadOnlyList<string> Path(List<string> crumbs, List<Wording> others) =>
        [.. crumbs.Where(crumb => crumb.Length <= MaxCrumb && !Homes.Contains(crumb) && !IsSite(crumb, others))];

    // A plugin may write all of an article's sections into one string; "Food, Drink & Travel" is one of them, as its "&" says.
    private static IEnumerable<string> Several(string stated)
    {
        var parts = stated.Split(Steps, MaxSections + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && (parts[^1].Contains('&') || parts[^1].StartsWith("and ", StringComparison.OrdinalIgnoreCase)) ? [stated] : parts;
    }

    // One string with commas, or a list of them; Chinese keywords may have no more than spaces between them.
    private static List<string> Divided(IReadOnlyList<string> lists)
    {
        var tags = lists.SelectMany(list => list.Split(Marks, MaxTags + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(tag => tag.TrimStart('#').TrimStart()).ToList();
        return tags is [var only] && only[0] is >= '\u3400' and <= '\u9fff' && only.Count(c => c == ' ') >= LeastSpaces ? [.. only.Split(' ', MaxTags + 1)] : tags;
    }

    // Without a program's own: numbers, identifiers, and "Page Type: Article", of which there is never one alone.
    private static IEnumerable<string> ForReaders(List<string> tags)
    {
        var keyed = tags.Count(IsKeyed) > 1;
        return tags.Where(tag => !(keyed && IsKeyed(tag)) && (tag.Length <= MaxNumber || tag.Any(char.IsLetter)) && !Guid.TryParse(tag, out _) && !(tag.Contains('_') && !tag.Contains(' ')));
    }

    private static bool IsKeyed(string tag) => tag.IndexOf(": ", StringComparison.Ordinal) is > 1 and <= MaxKey;

    private static Found<IReadOnlyList<string>>? Some(IReadOnlyList<string> values, FoundIn source, double confidence, int most)
    {
        IReadOnlyList<string> kept = [.. values.Where(v => v.Length is > 0 and < MaxLength).Distinct(StringComparer.OrdinalIgnoreCase).Take(most)];
        return kept.Count == 0 ? null : new Found<IReadOnlyList<string>>(kept, source, confidence);
    }
}
