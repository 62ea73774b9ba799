namespace Dibao.Extract.Kind;

/// <summary>The words by which pages that are no articles are known, in the languages of news.</summary>
internal static class KindWords
{
    /// <summary>Beginnings of titles.</summary>
    public static readonly string[] Errors =
    [
        "404", "403", "410", "500", "502", "503", "error 4", "error 5", "http 4", "not found", "page not found", "page cannot be found", "page can't be found", "page can’t be found", "sorry, page", "oops", "access denied", "forbidden", "just a moment",
        "attention required", "are you a robot", "are you human", "verify you are human", "robot check", "security check", "pardon our interruption", "service unavailable", "bad gateway", "site unavailable", "this page isn't available", "this page isn’t available", "content not available", "error", "fehler 404", "fehler 403",
        "seite nicht gefunden", "die seite wurde nicht gefunden", "page introuvable", "page non trouvée", "erreur 404", "erreur 403", "página no encontrada", "página não encontrada", "pagina non trovata", "pagina niet gevonden", "sidan hittades inte", "sidan kunde inte hittas", "siden blev ikke fundet", "siden finnes ikke",
        "strona nie", "nie znaleziono strony", "stránka nenalezena", "страница не найдена", "сторінку не знайдено", "sayfa bulunamadı", "halaman tidak ditemukan", "không tìm thấy", "页面不存在", "頁面不存在", "找不到", "无法访问", "您访问的页面", "您訪問的頁面", "该文章已删除", "该内容已被", "ページが見つかりません", "お探しのページ", "페이지를 찾을 수 없",
        "الصفحة غير موجودة", "صفحه پیدا نشد", "पेज नहीं मिला", "ไม่พบหน้า",
    ];

    /// <summary>Anywhere in a short page's words.</summary>
    public static readonly string[] ErrorSentences =
    [
        "the page you are looking for", "the page you were looking for", "the page you requested", "page could not be found", "no longer available", "has been removed", "checking your browser", "enable javascript and cookies to continue", "you have been blocked", "unusual traffic",
        "die gesuchte seite", "die angeforderte seite", "la page que vous", "la página que", "a página que você", "la pagina che", "запрашиваемая страница", "您访问的页面", "您要找的页面", "请求的页面", "お探しのページ", "ご指定のページ", "요청하신 페이지",
    ];

    public static readonly string[] Consent =
    [
        "consent", "cookies", "cookie policy", "privacy policy", "accept all", "reject all", "our partners", "legitimate interest", "personalised", "personalized ads", "before you continue", "manage options", "withdraw your consent",
        "zustimmen", "einwilligung", "datenschutz", "alle akzeptieren", "mit werbung", "drittanbieter", "werbefrei", "unsere partner", "tracking", "consentir", "consentement", "tout accepter", "nos partenaires", "politique de confidentialité", "continuer sans accepter",
        "aceptar todo", "aceptar y continuar", "nuestros socios", "política de privacidad", "consentimiento", "accetta", "consenso", "i nostri partner", "aceitar", "parceiros", "akkoord", "toestemming", "samtykke", "samtycke", "zgoda", "partnerzy", "同意", "隐私政策", "隱私權政策", "クッキー", "동의",
    ];

    public static readonly string[] NeedsScript =
    [
        "enable javascript", "javascript is required", "javascript is disabled", "requires javascript", "turn on javascript", "you need to enable javascript", "javascript aktivieren", "aktivieren sie javascript", "activer javascript", "activez javascript", "habilitar javascript", "habilite javascript", "attiva javascript",
        "включите javascript", "请启用javascript", "請啟用javascript", "javascriptを有効", "loading", "please wait", "wird geladen", "chargement", "cargando", "加载中", "載入中", "読み込み中",
    ];

    public static readonly string[] Live =
    [
        "live blog", "liveblog", "live updates", "live:", "live -", "live –", " live ", "as it happened", "liveticker", "live-ticker", "newsticker", "news-ticker", "newsblog", "live-blog", "en direct", "direct :", "minuto a minuto", "en vivo", "en directo", "ultim'ora", "in diretta", "ao vivo", "tempo real", "liveblogg", "direkterapport",
        "relacja na żywo", "онлайн", "текстовая трансляция", "canlı", "直播", "即时更新", "即時更新", "実況", "速報", "실시간", "مباشر", "लाइव",
    ];

    /// <summary>What forum programs write into meta generator.</summary>
    public static readonly string[] ForumPrograms = ["phpbb", "vbulletin", "discourse", "xenforo", "flarum", "mybb", "nodebb", "simple machines", "invision community", "woltlab", "vanilla forums"];

    public static bool Any(string text, string[] words) => Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    public static int Count(string text, string[] words) => words.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
