namespace Dibao.Tests.Extract;

/// <summary>Pages of outlets that do not exist.</summary>
internal static class Fixtures
{
    public const string Url = "https://news.example/cn/20240305-bridge";

    public const string SimplifiedFragment =
        """
        <div>05/03/2024 - 18:20</div><img src="https://img.example/w:1280/bridge.jpg"><p><strong>青石镇的老桥三月五日重新开放，镇长说，修桥花了两年时间。     </strong></p>
        <div><p>镇上的居民一早就来到桥头，孩子们从学校赶来，想第一个走过这座桥。工程师说，桥的石头都是从原来的地方取来的。</p>
        <p>“我们等了很久。”</p>
        <p>老人们记得，这座桥在洪水之前有三个桥洞，现在只有两个，但是样子还是一样的。</p>
        <p>桥边的茶馆也重新开门。</p><div data-selfpromo-newsletter></div></div>
        <div><div>分享 :</div><div><a href="https://www.facebook.com/dialog/share?app_id=1&amp;href=https%3A%2F%2Fnews.example"><span></span></a>
        <a href="whatsapp://send?text=x"><span></span></a><a href="https://x.com/intent/tweet?url=y"><span></span></a>
        <span data-root-share><share-button v-on:open="openModal"></share-button></span></div></div>
        """;

    public const string TraditionalPage =
        """
        <!DOCTYPE html><html lang="zh-TW"><head><title>山城開辦夜間圖書館 | 山城日報</title>
        <meta property="og:site_name" content="山城日報"><meta property="og:title" content="山城開辦夜間圖書館 | 山城日報">
        <meta property="og:image" content="/i/library.jpg"><link rel="canonical" href="/news/112"></head>
        <body><nav><a href="/">首頁</a> <a href="/world">國際新聞</a></nav><div id="cookie-consent">本網站使用 Cookie，請點選同意，繼續瀏覽本網站的所有內容。</div>
        <div class="wrap"><h1>山城開辦夜間圖書館</h1><div class="info"><span>記者王小明／山城報導</span> <span class="pubdate">民國113年3月5日 下午6:20</span></div>
        <div class="post-content"><p>山城市立圖書館從今天開始，每個星期五開放到午夜，讓下班的市民也能讀書。館長說，這個想法來自一位夜班護士。</p>
        <p>第一個晚上來了兩百人，館員準備了熱茶，還有一場關於星座的講座，很多家庭帶著孩子參加。</p>
        <blockquote><p>夜裡的書頁聲音特別清楚。</p></blockquote>
        <p>圖書館說，如果反應良好，明年會有更多分館跟進。</p></div>
        <div class="related-news"><h3>相關新聞</h3><ul><li><a href="/n/1">博物館延長開放時間，吸引遊客前往參觀展覽</a></li></ul></div></div>
        <footer>版權所有 山城日報社，未經許可不得轉載本網站的任何內容。</footer></body></html>
        """;

    public const string EnglishPage =
        """
        <!DOCTYPE html><html lang="en"><head><title>Ferry returns to Halden Sound - The Halden Post</title>
        <meta property="og:site_name" content="The Halden Post"><meta name="description" content="The ferry that stopped nine years ago sails again.">
        <script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry returns to Halden Sound",
        "datePublished":"2024-03-05T09:30:00+01:00","dateModified":"2024-03-05T11:00:00+01:00","author":[{"@type":"Person","name":"By Ida Lund"},{"name":"Per Moe"}],"articleSection":"Local",
        "image":{"url":"https://img.example/ferry.jpg"}}</script><style>p{color:red}</style></head>
        <body><header><ul class="menu"><li><a href="/a">World</a></li><li><a href="/b">Sport</a></li></ul></header>
        <main><article><h1>Ferry returns to Halden Sound</h1><p class="standfirst">The ferry that stopped nine years ago sails again.</p>
        <p class="byline">By Ida Lund and Per Moe</p><figure><img src="https://img.example/ferry.jpg"><figcaption>The ferry.</figcaption></figure>
        <p>It was raining when the first cars rolled aboard, and nobody seemed to mind. The crossing takes eleven minutes, as it always did.</p>
        <p>No.</p>
        <h2>What it costs</h2><ul><li>Cars: forty crowns</li><li>People on foot: nothing</li></ul>
        <p>“I proposed to my wife on this boat,” said a man in a <a href="/shop?id=1&amp;x=2">yellow coat</a>, who would not give his name.</p>
        <div class="newsletter-signup"><p>Sign up for our newsletter and never miss a story, every single morning in your inbox.</p></div>
        <p>The harbour master, who kept the old timetable in a drawer, hung it up again, unchanged.</p>
        <p>Tickets go on sale tomorrow.</p></article>
        <aside><h3>Most read</h3><p>Ten ways to cook herring, according to people who have cooked it, and one that has never been tried.</p></aside></main>
        <section id="comments"><p>Great news, I have been waiting for this for nine years, and so has everybody I know.</p></section></body></html>
        """;
}
