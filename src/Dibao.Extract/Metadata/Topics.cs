using System.Collections.Frozen;

namespace Dibao.Extract.Metadata;

/// <summary>Sections and tags.</summary>
internal static class Topics
{
    private const int MaxSections = 8;
    private const int MaxTags = 32;
    private const int MaxLength = 80;

    // What is longer is the article's title, in other words.
    private const int MaxCrumb = 40;

    // What sites call their first page.
    private static readonly FrozenSet<string> Homes = new[]
    {
        "home", "homepage", "start", "startseite", "startsida", "forside", "forsiden", "etusivu", "accueil", "inicio", "portada", "início", "home page", "strona główna", "domů", "domov", "kezdőlap", "acasă", "ana sayfa", "anasayfa", "главная", "головна", "αρχική", "الرئيسية", "خانه", "होम",
        "beranda", "trang chủ", "หน้าแรก", "首页", "首頁", "ホーム", "トップ", "top", "홈", "website",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="title">Which, and the site's names, are no sections of a path.</param>
    public static Found<IReadOnlyList<string>>? Sections(LinkedData data, MetaTags tags, string? title, IReadOnlyList<string> siteNames) =>
        Some(data.Sections, FoundIn.JsonLd, 0.85, MaxSections)
        ?? Some(tags.All("article:section"), FoundIn.OpenGraph, 0.8, MaxSections)
        ?? Some([.. tags.All("parsely-section"), .. tags.All("section"), .. tags.All("dc.subject"), .. tags.All("cxenseparse:category")], FoundIn.Meta, 0.65, MaxSections)
        ?? Some(Path(data.Crumbs, [Wording.Of(title ?? ""), .. siteNames.Select(Wording.Of)]), FoundIn.JsonLd, 0.6, MaxSections);

    public static Found<IReadOnlyList<string>>? TagsOf(LinkedData data, MetaTags tags) =>
        Some(Divided(data.Keywords), FoundIn.JsonLd, 0.8, MaxTags)
        ?? Some(Divided(tags.All("article:tag")), FoundIn.OpenGraph, 0.8, MaxTags)
        ?? Some(Divided([.. tags.All("news_keywords"), .. tags.All("parsely-tags"), .. tags.All("sailthru.tags")]), FoundIn.Meta, 0.7, MaxTags)
        ?? Some(Divided(tags.All("keywords")), FoundIn.Meta, 0.5, MaxTags);

    private static IReadOnlyList<string> Path(List<string> crumbs, List<Wording> others) =>
        [.. crumbs.Where(crumb => crumb.Length <= MaxCrumb && !Homes.Contains(crumb) && !others.Exists(Wording.Of(crumb).Says))];

    // One string with commas, or a list of them; a template's key:value is none for readers.
    private static IReadOnlyList<string> Divided(IReadOnlyList<string> lists) =>
        [.. lists.SelectMany(list => list.Split([',', ';', '，', '、', '；'], MaxTags + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(tag => tag.TrimStart('#'))];

    private static Found<IReadOnlyList<string>>? Some(IReadOnlyList<string> values, FoundIn source, double confidence, int most)
    {
        IReadOnlyList<string> kept = [.. values.Where(v => v.Length is > 0 and < MaxLength).Distinct(StringComparer.OrdinalIgnoreCase).Take(most)];
        return kept.Count == 0 ? null : new Found<IReadOnlyList<string>>(kept, source, confidence);
    }
}
