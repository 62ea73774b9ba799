using Dibao.Extract.Body;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>Whether only subscribers get all of an article.</summary>
internal static class Paywalls
{
    private const int MaxNotice = 400;

    private static readonly Phrases Notices = new(
        "subscribe to continue reading", "subscribe to read", "to continue reading", "this article is for subscribers", "this content is for subscribers", "already a subscriber", "subscribers only", "for subscribers only", "become a subscriber",
        "jetzt weiterlesen", "mit abo weiterlesen", "weiterlesen mit", "diesen artikel weiterlesen", "exklusiv für abonnenten", "nur für abonnenten", "sie haben bereits ein abo", "cet article est réservé", "réservé aux abonnés", "il vous reste", "déjà abonné", "para seguir leyendo", "suscríbete para seguir",
        "solo para suscriptores", "contenuto riservato", "per continuare a leggere", "exclusivo para assinantes", "continue lendo", "dit artikel is alleen voor abonnees", "för prenumeranter", "kun for abonnenter", "dalsza część artykułu", "只限会员", "本文仅限", "付费阅读", "會員限定", "訂閱後閱讀",
        "会員限定", "有料会員", "この記事は有料", "유료 회원", "доступно по подписке", "только для подписчиков");

    /// <summary>What the page states outranks what it shows: a notice may stand on a page whose article is whole.</summary>
    public static Found<bool>? Of(LinkedData data, MetaTags tags, PageMarks marks, PageTree tree, PageWeights weights)
    {
        if (data.IsFree is { } free) return new Found<bool>(!free, FoundIn.JsonLd, 0.9);
        var tier = tags.First("article:content_tier", "og:article:content_tier", "content_tier", "contenttier", "access", "paywall", "cxenseparse:paywall", "ob_paywall")?.ToLowerInvariant();
        if (tier is "locked" or "metered" or "premium" or "paid" or "subscription" or "true" or "hard") return new Found<bool>(true, FoundIn.Meta, tier == "metered" ? 0.6 : 0.85);
        if (tier is "free" or "false" or "open") return new Found<bool>(false, FoundIn.Meta, 0.8);
        return Notice(marks, tree, weights) is { } sure ? new Found<bool>(true, FoundIn.Text, sure) : null;
    }

    private static double? Notice(PageMarks marks, PageTree tree, PageWeights weights)
    {
        foreach (var i in marks.Walls)
            if (tree.Role(i) is TagRole.Block or TagRole.Heading && weights.TextInside[i] is >= 8 and <= MaxNotice && Says(tree.FoldedText(i, MaxNotice))) return 0.8;
        for (var i = 1; i < tree.Count; i++)
        {
            if (weights.TextInside[i] is < 8 or > MaxNotice || (tree.Role(i) != TagRole.Heading && tree.Name(i) != "p")) continue;
            if (Says(tree.FoldedText(i, MaxNotice))) return 0.6;
        }

        return null;
    }

    private static bool Says(string text) => text.Length is > 0 and < MaxNotice && Notices.AreIn(text);
}
