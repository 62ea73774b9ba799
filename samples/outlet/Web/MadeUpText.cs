using System.Globalization;
using System.Text;

namespace Dibao.SampleOutlet.Web;

/// <summary>Feeds and pages in made-up words, put together from a few hundred sentences that were encoded once.</summary>
internal sealed class MadeUpText
{
    private const int Sentences = 512;
    private const int ParagraphsOfAPage = 10;
    private const int SentencesOfAParagraph = 4;

    private static readonly DateTimeOffset Epoch = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Who = ["市政厅", "渡轮公司", "河湾中学", "气象站", "老城居民", "船厂工人", "图书馆", "商会", "卫生所", "电车公司", "园林处", "剧团"];
    private static readonly string[] When = ["周一早上", "昨天傍晚", "上月底", "入夏以来", "节前", "连日大雨之后", "开会讨论两小时后", "据知情者说"];
    private static readonly string[] What = ["宣布", "否认了", "重新开放", "推迟", "修好了", "公布", "开始清点", "征求意见，准备改建", "接管", "出售"];
    private static readonly string[] Which = ["第三码头", "北岸电车线", "新水闸", "旧粮仓", "夜市摊位", "堤边步道", "冬季班次", "一千二百盏路灯", "公共澡堂", "港口账目", "湿地围栏", "票价方案"];
    private static readonly string[] And = ["预计下月完工", "费用由两区分担", "反对者不多", "细节尚未公布", "有人拍手，也有人摇头", "施工期间绕行东桥", "去年同期没有先例", "记者到场时雨刚停"];

    private readonly string[] sentences = new string[Sentences];

    public MadeUpText()
    {
        for (var i = 0; i < Sentences; i++)
        {
            sentences[i] = $"{When[i % When.Length]}，{Who[i / 3 % Who.Length]}{What[i / 5 % What.Length]}{Which[i / 7 % Which.Length]}，{And[i / 11 % And.Length]}。";
        }
    }

    public byte[] Page(int outlet, int article)
    {
        var page = new StringBuilder(8192);
        var title = Title(outlet, article);
        page.Append("<!doctype html><html lang=\"zh-Hans\"><head><meta charset=\"utf-8\"><title>").Append(title).Append(" - 第").Append(outlet)
            .Append("报</title><meta property=\"og:type\" content=\"article\"><meta property=\"article:published_time\" content=\"")
            .Append(At(article).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture))
            .Append("\"><script>window.dataLayer=[];</script></head><body><header><nav><ul>");
        for (var i = 0; i < 12; i++) page.Append("<li><a href=\"/s/").Append(i).Append("\">").Append(Which[i]).Append("</a></li>");
        page.Append("</ul></nav></header><main><article><h1>").Append(title).Append("</h1><p class=\"byline\">本报记者</p>");
        for (var i = 0; i < ParagraphsOfAPage; i++) Paragraph(page, outlet, article, i);
        page.Append("</article><aside><h2>相关阅读</h2><ul>");
        for (var i = 1; i < 8; i++) page.Append("<li><a href=\"/a/").Append(article + i).Append("\">").Append(Title(outlet, article + i)).Append("</a></li>");
        page.Append("</ul></aside></main><footer><p>本报为虚构，如有雷同，纯属巧合。</p></footer></body></html>");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    public byte[] Feed(int outlet, int articles)
    {
        var feed = new StringBuilder(300 * articles);
        feed.Append("<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>第").Append(outlet).Append("报</title><link>/</link>");
        for (var i = articles; i > 0; i--)
        {
            feed.Append("<item><guid isPermaLink=\"false\">").Append(outlet).Append('-').Append(i).Append("</guid><link>/a/").Append(i).Append("</link><title>")
                .Append(Title(outlet, i)).Append("</title><pubDate>").Append(At(i).ToString("r", CultureInfo.InvariantCulture)).Append("</pubDate><description>")
                .Append(Sentence(outlet, i, 0)).Append("</description></item>");
        }
        return Encoding.UTF8.GetBytes(feed.Append("</channel></rss>").ToString());
    }

    private void Paragraph(StringBuilder page, int outlet, int article, int number)
    {
        page.Append("<p>");
        for (var i = 0; i < SentencesOfAParagraph; i++) page.Append(Sentence(outlet, article, (number * SentencesOfAParagraph) + i));
        page.Append("</p>\n");
    }

    private string Sentence(int outlet, int article, int number) => sentences[((outlet * 31) + (article * 17) + (number * 53) + (article * number)) % Sentences];

    private static string Title(int outlet, int article) => $"{Who[(outlet + article) % Who.Length]}{What[article % What.Length]}{Which[(outlet + article / 3) % Which.Length]}（{article}）";

    private static DateTimeOffset At(int article) => Epoch.AddMinutes(article * 7);
}
