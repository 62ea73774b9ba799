using System.Buffers;

namespace Dibao.Extract.Body;

/// <summary>Links that carry the page to somebody else rather than the reader on.</summary>
internal static class ShareLinks
{
    private static readonly string[] Starts =
    [
        "whatsapp:", "weixin:", "line:", "tg:", "viber:", "fb-messenger:", "sms:", "javascript:", "mailto:?", "mailto:%20",
    ];

    // Host and path as substrings: www., m. and web. stand before them at will.
    private static readonly SearchValues<string> Parts = SearchValues.Create(
    [
        "facebook.com/sharer", "facebook.com/share.php", "facebook.com/dialog/", "twitter.com/intent/", "twitter.com/share", "twitter.com/home?status",
        "//x.com/intent/", "//x.com/share", "whatsapp.com/send", "api.whatsapp.com/", "//wa.me/?", "t.me/share", "telegram.me/share",
        "service.weibo.com/share", "v.t.sina.com.cn/share", "share.v.t.qq.com", "connect.qq.com/widget/shareqq", "sns.qzone.qq.com/cgi-bin/qzshare",
        "linkedin.com/share", "linkedin.com/cws/share", "linkedin.com/sharing", "reddit.com/submit", "pinterest.com/pin/create", "tumblr.com/share",
        "tumblr.com/widgets/share", "line.me/r/msg", "line.me/lineit/share", "line.naver.jp/", "b.hatena.ne.jp/entry", "b.hatena.ne.jp/add", "getpocket.com/save",
        "getpocket.com/edit", "vk.com/share", "xing.com/spi/", "xing.com/app/user?op=share", "bsky.app/intent", "threads.net/intent", "douban.com/share",
        "douban.com/recommend", "plus.google.com/share", "addtoany.com/", "addthis.com/bookmark", "flipboard.com/bookmarklet", "news.ycombinator.com/submitlink",
        "story.kakao.com/share", "share.naver.com", "plurk.com/?qualifier",
    ], StringComparison.OrdinalIgnoreCase);

    public static bool IsShare(string? href)
    {
        if (string.IsNullOrEmpty(href)) return false;
        var head = href.AsSpan(0, Math.Min(href.Length, 160)).TrimStart();
        foreach (var start in Starts)
            if (head.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return true;
        return head.ContainsAny(Parts);
    }
}
