using Dibao.Extract.Dates;
using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Short lines that belong to the template: share labels, bylines, date lines, "read also".</summary>
internal static class Labels
{
    private const int MaxByline = 120;
    private const int MaxYearless = 32;

    // "8 พ.ย. 2566 17:08 น.", "Nov. 8, 2023, 5:08 p.m.": a stop that ends no sentence.
    private const int MaxBesideClosed = 6;
    private const int MaxBeside = 32;

    // A label and the day of the week.
    private const int MaxBesideEach = 24;
    private const int DigitsOfTwo = 10;

    private static readonly DateOnly AnyYear = new(2000, 12, 31);

    private static readonly HashSet<string> Share = new(StringComparer.Ordinal)
    {
        "分享", "分享到", "分享至", "分享文章", "转发", "轉發", "打印", "列印", "收藏", "评论", "評論", "留言", "点赞", "關注", "关注", "订阅", "訂閱", "字号", "字號",
        "share", "sharethis", "sharethisarticle", "sharethisstory", "tweet", "email", "print", "comments", "comment", "follow", "followus", "save", "copylink",
        "teilen", "drucken", "merken", "kommentare", "partager", "imprimer", "commenter", "compartir", "comentarios", "condividi", "stampa", "compartilhar",
        "поделиться", "シェア", "シェアする", "共有", "印刷", "공유", "인쇄", "댓글", "advertisement", "anzeige", "publicité", "publicidad", "广告", "廣告",
        "newsletter", "readmore", "signup", "subscribe", "facebook", "twitter", "whatsapp", "telegram", "weibo", "微博", "微信", "分享微信", "分享让更多人看到", "二维码", "linkedin",
    };

    // Over a list of a page's own sections, and where an article goes on behind what interrupts it.
    private static readonly HashSet<string> Signposts = new(StringComparer.Ordinal)
    {
        "tableofcontents", "contents", "inthisarticle", "onthispage", "jumptosection", "inhaltsverzeichnis", "sommaire", "tabladecontenidos", "índice", "目录", "目錄", "目次", "содержание",
        "articlecontinuesbelow", "storycontinuesbelow", "articlecontinuesafteradvertisement", "advertisementcontinuereading", "continuereading", "scrolltocontinue",
    };

    // Whom to ask about a release.
    private static readonly HashSet<string> Contacts = new(StringComparer.Ordinal)
    {
        "kontakt", "pressekontakt", "ansprechpartner", "ansprechpartnerin", "rückfragen", "contact", "contacts", "presscontact", "presscontacts", "mediacontact", "mediacontacts", "contactpresse", "contacto", "contactodeprensa", "contatti", "contato", "perscontact",
    };

    private static readonly string[] Related =
    [
        "相关新闻", "相關新聞", "相关阅读", "相关报道", "相關報導", "相关文章", "相關文章", "延伸阅读", "延伸閱讀", "更多", "推荐阅读", "推薦閱讀", "热门", "猜你喜欢", "為您推薦", "为您推荐",
        "关联阅读", "also read", "read also", "read more", "related", "see also", "more on", "more from", "recommended", "most read", "you may also", "you might also",
        "lesen sie auch", "lesen sie hier", "lesen sie mehr", "mehr zum thema", "das könnte sie auch", "auch interessant", "zum thema", "à lire aussi", "lire aussi", "sur le même",
        "lea también", "te puede interesar", "más información", "leggi anche", "potrebbe interessarti", "leia também", "leia mais", "lees ook", "läs också", "baca juga",
        "читайте также", "читать далее", "関連記事", "あわせて読みたい", "관련기사", "çok okunanlar", "ilgili haber", "czytaj także", "zobacz także", "اقرأ أيضا", "ये भी पढ़ें",
    ];

    private static readonly string[] Bylines =
    [
        "by ", "von ", "par ", "por ", "di ", "door ", "记者", "記者", "作者", "文/", "文／", "文：", "撰文", "责任编辑", "責任編輯", "责编", "編輯", "编辑", "来源：", "来源:", "來源：",
        "source:", "quelle:", "updated", "published", "posted", "aktualisiert", "stand:", "publié", "mis à jour", "発行", "更新", "发布时间", "发表时间", "發表時間", "最后更新", "last updated",
        "photo:", "photo by", "foto:", "image:", "credit:", "bild:",
    ];

    private static readonly string[] Endings =
    [
        "责任编辑", "責任編輯", "（责编", "(责编", "责编", "编辑：", "编辑:", "(编辑", "（编辑", "本文来源", "版权", "版權", "copyright", "©", "all rights reserved", "alle rechte", "tous droits",
        "扫描二维码", "扫一扫", "关注我们", "未经授权", "follow us", "sign up", "subscribe", "click here",
    ];

    public static bool IsShare(string text) => text.Length <= 24 && Share.Contains(MarkupText.Fingerprint(text));

    public static bool IsRelated(string text)
    {
        if (text.Length > 160) return false;
        foreach (var start in Related)
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>A line over whom to ask.</summary>
    public static bool IsContact(string text) => text.Length <= 40 && Contacts.Contains(MarkupText.Fingerprint(text));

    /// <summary>A line that says where on the page something stands.</summary>
    public static bool IsSignpost(string text) => text.Length <= 40 && Signposts.Contains(MarkupText.Fingerprint(text));

    /// <summary>Markup to be copied into another page, shown as text.</summary>
    public static bool IsEmbedCode(string text) => text.Contains("<iframe ", StringComparison.Ordinal);

    public static bool IsByline(string text) => text.Length <= MaxByline && !EndsSentence(text) && Starts(text, Bylines);

    public static bool IsEnding(string text) => text.Length <= MaxByline && Starts(text.TrimStart('（', '(', '【', '['), Endings);

    /// <summary>A line that is a date and little else: <c>08/11/2023 - 17:08</c>, <c>发布时间：2023年11月8日 17:08</c>.</summary>
    public static bool IsDateLine(string text, string? language)
    {
        if (text.Length > MaxByline) return false;
        if (!DateText.TryRead(text, language, out var date))
            return text.Length <= MaxYearless && DateText.TryReadYearless(text, language, AnyYear, out date) && date.Time is not null && date.Rest <= MaxBesideClosed;
        return date.Rest <= (EndsSentence(text) ? MaxBesideClosed : MaxBeside) || AreTwoDates(text, language);
    }

    // Published: 9 May 2024, 13:26 Updated: 9 May 2024, 20:24
    private static bool AreTwoDates(string text, string? language)
    {
        if (EndsSentence(text) || text.Count(char.IsDigit) < DigitsOfTwo) return false;
        foreach (var word in text.AsSpan().Split(' '))
        {
            var at = word.Start.Value;
            if (at > 0 && DateText.TryRead(text.AsSpan(0, at), language, out var first) && first.Rest <= MaxBesideEach
                && DateText.TryRead(text.AsSpan(at), language, out var second) && second.Rest <= MaxBesideEach) return true;
        }

        return false;
    }

    private static bool Starts(string text, string[] starts)
    {
        foreach (var start in starts)
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    public static bool EndsSentence(string text) => text.Length > 0 && text[^1] is '.' or '。' or '！' or '？' or '!' or '?' or '”' or '」' or '…' or '"' or '»' or '।' or '؟' or '۔';
}
