using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>The lines that templates and desks put under an article: calls to subscribe, follow, write in; who wrote, translated, republished it.</summary>
/// <remarks>Looked for from the end backwards only, up to the first line that says something else.</remarks>
internal static class ClosingLines
{
    private const int MaxLength = 420;
    private const int MaxAnywhere = 260;
    private const int MaxConsent = 600;

    // Anywhere in a line of moderate length.
    private static readonly Phrases Calls = new(
        "newsletter", "subscribe to", "subscribe now", "subscribe today", "sign up for", "sign up to", "sign up now", "follow us", "follow me on", "follow him on", "follow her on", "follow them on",
        "on twitter and", "on twitter @", "on twitter at", "on facebook and", "like us on", "join our", "join us on", "download our app", "download the app", "whatsapp channel", "whatsapp-kanal",
        "contact us at", "contact the author", "email us at", "emailing us at", "get in touch", "story ideas", "do you have a story", "have a story to", "got a story", "got a tip", "send us a tip", "news tip",
        "for more stories like this", "for more news", "read the original article", "originally appeared", "originally published", "originally ran", "first appeared on", "first published in", "first published on",
        "was republished", "republished from", "all rights reserved", "all rights are reserved", "may not be published, broadcast", "without permission", "views expressed", "opinions expressed", "not responsible for the opinions",
        "reflect the views of", "contributed to this report", "contributed to this story", "contributed to this article", "contributed reporting", "with reporting by", "additional reporting", "with files from", "reporting by",
        "lest den originalartikel", "lesen sie den originalartikel", "maschinelle übersetzung", "im original erschien", "im original ist er", "read this story in", "for more on", "please visit:", "views are his own", "views are her own", "views are their own",
        "affiliate commission", "affiliate links", "may earn a commission", "support our journalism", "support our work", "made a donation", "free trial", "leave a comment", "in the comments below", "comments are closed",
        "newsletter abonnieren", "abonnieren sie", "jetzt abonnieren", "folgen sie uns", "folgt uns", "mehr zum thema", "mit material von", "mit informationen von", "dieser artikel erschien", "dieser beitrag erschien",
        "alle rechte vorbehalten", "quelle: dpa", "hier anmelden", "kostenlos anmelden", "inscrivez-vous", "abonnez-vous", "suivez-nous", "tous droits", "suscríbete", "suscríbase", "síguenos", "siga-nos", "assine a",
        "inscreva-se", "todos los derechos", "todos os direitos", "iscriviti", "seguici", "abonneer", "meld je aan", "zapisz się", "śledź nas", "подпис", "следите за", "читайте нас", "abone ol", "ikuti kami", "baca juga", "simak berita",
        "关注我们", "微信公众号", "扫描二维码", "扫一扫", "未经授权", "未经书面", "未经许可", "未经允许", "未經授權", "未經許可", "未經同意", "转载请注明", "轉載請註明", "请勿转载", "請勿轉載", "禁止转载", "禁止轉載", "不得转载", "不得轉載", "谢绝转载", "版权所有", "版權所有", "版权归", "版權歸", "無断転載", "転載禁止", "無断複写", "무단 전재", "무단전재", "재배포 금지", "仅代表作者", "僅代表作者", "不代表本", "免责声明", "平台声明");

    // At the beginning of a line.
    private static readonly string[] Starts =
    [
        "photo by", "photos by", "photo:", "image:", "image credit", "image source", "featured image", "via ", "tags:", "topics:", "filed under", "categories:", "posted in", "edited by", "translated by", "by the same author",
        "about the author", "editor's note", "editors' note", "editor’s note", "editors’ note", "correction:", "clarification:", "about the writer", "author bio", "written by", "copyright", "©", "(c) ", "disclaimer:", "disclosure:", "published:", "last updated", "updated:", "first published", "related:",
        "mit dpa", "mit afp", "mit reuters", "(dpa", "dpa/", "afp/", "(afp", "(reuters", "(ap)", "sendung:", "redaktion:", "redigatur:", "übersetzung:", "aus dem englischen", "aus dem amerikanischen", "aus dem französischen", "übersetzt von", "zitiervorschlag", "faktencheck:", "foto:", "fotos:", "quelle:", "quellen:", "stand:", "schlagworte", "autor:", "autorin:",
        "crédit photo", "crédits", "source :", "mots-clés", "con información de", "fuente:", "fonte:", "foto:", "etiquetas", "zdjęcie", "źródło", "фото:", "источник:", "теги", "автор:", "kaynak:", "sumber:", "editor:", "penulis:", "reporter:", "標籤", "标签", "ⓒ",
    ];

    // "… is a columnist": what a person is, behind the name that begins the line.
    private static readonly Phrases Trades = new(
        "columnist", "reporter", "journalist", "correspondent", "editor", "professor", "lecturer", "researcher", "fellow at", "fellow with", "fellow in", "freelance", "writer", "contributor", "author of", "economist",
        "critic", "blogger", "producer", "covers ", "director of", "director at");

    // Between paragraphs: what asks readers for something, and says nothing.
    private static readonly Phrases Appeals = new(
        "sign up for our", "sign up to our", "sign up here", "subscribe to our", "subscribe now", "subscribe today", "our newsletter", "our free newsletter", "daily newsletter", "weekly newsletter", "-newsletter richtig", "unseren newsletter", "unserem newsletter",
        "newsletter abonnieren", "join our whatsapp", "download our app", "download the app", "news-app", "follow us on", "like us on facebook", "folgen sie uns", "inscrivez-vous", "abonnez-vous", "suscríbete", "suscríbase", "síguenos", "iscriviti alla",
        "support our journalism", "click here to subscribe");

    // What the outlet is paid for.
    private static readonly Phrases Disclosures = new(
        "earn a commission", "earn commission", "earn a small commission", "earn an affiliate commission", "receive a commission", "get a commission", "contains affiliate links", "contain affiliate links", "affiliate links are used", "are affiliate links", "may be affiliate links", "are affiliate ones", "in this article are affiliate", "in this post are affiliate",
        "enthält affiliate-links", "erhalten wir eine provision", "liens affiliés", "enlaces de afiliados", "link di affiliazione");

    // What stands in for a post or a film of others, until readers agree to be seen by them.
    private static readonly Phrases Consents = new(
        "um eingebettete inhalte anzuzeigen", "externe inhalte angezeigt werden", "externe inhalte von", "externen inhalt von", "externer inhalt von", "empfohlener redaktioneller inhalt", "empfohlener externer inhalt",
        "ohne dein einverständnis keine verbindung", "ohne ihr einverständnis keine verbindung", "to view this content, please", "this content is hosted by a third party", "contenu bloqué", "pour afficher ce contenu", "para ver este contenido");

    /// <summary>A line in place of something of others that is shown only to readers who agree.</summary>
    public static bool IsConsent(string text) => text.Length <= MaxConsent && Consents.AreIn(text);

    /// <summary>A line that says how the outlet earns by its links.</summary>
    public static bool IsDisclosure(string text) => text.Length <= MaxLength && Disclosures.AreIn(text);

    /// <summary>A line of an article that interrupts it to ask its readers for something.</summary>
    public static bool IsAppeal(string text) => text.Length <= MaxAnywhere && Appeals.AreIn(text);

    public static bool Is(string text)
    {
        if (text.Length is 0 or > MaxLength) return text.Length == 0;
        if (text.Length <= MaxAnywhere && Calls.AreIn(text)) return true;
        if (IsBiography(text)) return true;
        if (text.Length > 160) return false;
        var start = text.AsSpan().TrimStart(" （(【[*—–-•·|>#\t");
        foreach (var word in Starts)
            if (start.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // Two to four words that begin with a capital, then "is a", "was the", "covers".
    private static bool IsBiography(string text)
    {
        var words = 0;
        foreach (var word in text.AsSpan().Split(' '))
        {
            var span = text.AsSpan(word);
            if (words >= 2 && span is "is" or "covers" or "writes") return IsTrade(span, text.AsSpan(word.End.Value));
            if (span.Length == 0 || !char.IsUpper(span[0]) || ++words > 5) return false;
        }

        return false;
    }

    // "is a columnist", "is the paper's editor"; not "is read by every writer".
    private static bool IsTrade(ReadOnlySpan<char> verb, ReadOnlySpan<char> rest) =>
        Trades.AreIn(rest) && (verb is not "is" || rest.StartsWith(" a ") || rest.StartsWith(" an ") || rest.StartsWith(" the "));
}
