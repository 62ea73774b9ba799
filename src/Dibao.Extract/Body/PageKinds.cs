using Dibao.Extract.Metadata;
using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Body;

/// <summary>Whether what was read is an article at all; the warnings say why not.</summary>
internal static class PageKinds
{
    private const int MinWeight = 120;
    private const int MinWeightOfStated = 40;

    private static readonly string[] Errors =
    [
        "404", "403", "500", "502", "503", "not found", "page not found", "access denied", "forbidden", "just a moment", "attention required", "页面不存在", "頁面不存在", "找不到", "无法访问",
        "error", "seite nicht gefunden", "page introuvable", "página no encontrada", "страница не найдена",
    ];

    public static PageKind Of(PageMetadata page, string? title, string text, PageWeights weights, List<string> warnings)
    {
        var weight = TextWeight.Of(text).Weight;
        var stated = page.Data.IsArticle || page.Tags.First("og:type") is "article";
        if (weight < (stated ? MinWeightOfStated : MinWeight)) return Not("The page holds next to no running text.", warnings);
        if (weight < 10 * MinWeight && title is not null && Errors.Any(e => title.StartsWith(e, StringComparison.OrdinalIgnoreCase)))
            return Not("The page reports an error: " + title, warnings);
        if (!stated && weights.LinkInside[0] > 4 * weight && weight < 10 * MinWeight) return Not("The page is mostly links: a list or a home page.", warnings);
        return PageKind.Article;
    }

    public static PageKind OfFragment(string text, string? leadImage, SafeNode body, List<string> warnings)
    {
        if (text is "" or "undefined" or "null" && leadImage is null && body.Children.TrueForAll(c => c.Name != "figure" && c.Name != "img"))
            return Not("There is no text.", warnings);
        return PageKind.Article;
    }

    private static PageKind Not(string why, List<string> warnings)
    {
        warnings.Add(why);
        return PageKind.NotAnArticle;
    }
}
