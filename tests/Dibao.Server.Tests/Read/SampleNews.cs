using System.Net;
using System.Text;
using Dibao.Capture;
using Dibao.Capture.Fetch;

namespace Dibao.Server.Tests.Read;

/// <summary>News of places that do not exist, in our own words: what the reader is shown with.</summary>
internal static class SampleNews
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 30, 0, TimeSpan.Zero);

    public static readonly OutletName Hewan = new("hewan", "河湾日报", "https://hewan.example/", "zh-Hans");
    public static readonly OutletName Gangwan = new("gangwan", "港灣時報", "https://gangwan.example/", "zh-Hant");
    public static readonly OutletName Lantern = new("marsh-lantern", "The Marsh Lantern", "https://lantern.example/", "en");

    public static IEnumerable<CaptureBundle> All()
    {
        foreach (var story in Stories) yield return Page(story, story.Text, minutes: 5);
        yield return Page(Ferry, Ferry.Text.Replace("三十分钟", "二十分钟", StringComparison.Ordinal), minutes: 25);
        yield return Page(Ferry, Ferry.Text.Replace("三十分钟", "二十分钟", StringComparison.Ordinal) + "\n轮渡公司傍晚补充说，首周免收自行车的费用。", minutes: 50);
        yield return Page(Withdrawn, "", minutes: 300, status: 410);
        for (var n = 1; n <= 24; n++) yield return Page(Weather(n), Weather(n).Text, minutes: 5);
    }

    public static readonly Story Ferry = new(Hewan, "ferry", "两岸轮渡下周恢复夜航，末班延至午夜", 60, "林溪",
        "停航三年的夜间轮渡将从下周一起恢复，末班船由晚上九点延至午夜。",
        """
        河湾轮渡公司今天宣布，南岸码头与北岸钟楼之间的夜间轮渡将从下周一起恢复，末班船由晚上九点延至午夜，高峰时段每三十分钟一班。
        夜航在三年前因为护岸工程停开。住在南岸的夜班护士周小满说，这三年里她下班后只能绕行上游的铁桥，单程多走四十分钟。“船一响笛，就知道快到家了，”她说，“这个声音我很想念。”
        轮渡公司说，新船“白鹭号”使用电池推进，靠岸时由岸边的充电桩补电，噪声比旧船低一半。船舱里保留了旧船的木长椅，椅背上的编号也一并搬了过来。
        市政厅的统计显示，护岸工程开工前，夜航平均每晚运送一千一百人。交通处处长何砚说，如果头三个月的客流达到八百人，夜航就会成为固定班次，并写入明年的预算。
        船票价格不变。六十五岁以上的老人和十二岁以下的儿童继续免费。
        """);

    public static readonly Story Withdrawn = new(Gangwan, "reservoir", "水庫水質報告公布，三項指標未達標", 900, "沈若嵐",
        "報告列出三項未達標的指標，並建議暫停供水兩週。",
        """
        港灣水務局今天公布上月的水質報告，北山水庫有三項指標未達標，報告建議暫停供水兩週，改由西河水廠調度。
        報告說，連日大雨把山上的泥沙沖入水庫，濁度一度達到平日的六倍。檢驗人員在三個取樣點都測得偏高的鐵和錳。
        住在山腳的居民說，上週起自來水帶有淡淡的土味。里長已經請水務局派出水車。
        """);

    public static readonly Story Hostile = new(Lantern, "hostile", "A headline with <script>alert(1)</script> & \"quotes\" in it", 2000, "O'Neill <b>", "",
        """
        The page of this article was written to cause harm, and the archive keeps every byte of it while the reader shows none of its tricks to anyone.
        Its second paragraph is long enough to be taken for the body of an article by anything that looks for one, and it says nothing of interest.
        """, Extra: "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><a href=\"javascript:alert(1)\">press here</a><iframe src=\"https://evil.example\"></iframe>");

    private static readonly Story[] Stories =
    [
        Ferry,
        new(Hewan, "archive-hall", "旧粮仓改成的县志馆开馆，三万册方志免费借阅", 130, "陈予安",
            "这座一九五八年的粮仓停用十二年后重新开门，楼上是书库，楼下是茶座。",
            """
            县志馆今天上午开馆，第一位读者是八十一岁的退休会计鲁明德，他借走了一本一九三四年的水利志。
            粮仓建于一九五八年，停用已有十二年。设计师保留了砖墙上的标语和木制的输粮滑槽，书籍就从滑槽里送到一楼的借阅台。
            馆长方琴说，三万册方志里有四成是孤本，正由志愿者逐页拍照。“纸会老，字不该跟着老，”她说。
            县志馆每周二闭馆，其余日子开放到晚上八点。
            """),
        new(Lantern, "heron", "Herons return to the salt marsh after nineteen winters", 200, "Ada Wren",
            "Wardens counted forty-one pairs along the eastern dyke, the first since the sluice was rebuilt.",
            """
            Forty-one pairs of grey herons have nested along the eastern dyke this autumn, wardens of the salt marsh said on Friday, the first to do so in nineteen winters.
            The birds left when the old sluice failed and the reed beds dried. A new gate, opened in 2021, lets the tide in twice a day, and the eels came back before the herons did.
            “We stopped looking up,” said Tom Alder, who has kept the count since he was a boy. “Then one morning the whole bank was grey, and it was not the fog.”
            The marsh will stay open to walkers, but the eastern path is closed until the end of March.
            """),
        new(Gangwan, "night-market", "夜市搬到舊機場跑道，首晚湧進六萬人", 320, "許知行",
            "四百個攤位沿著兩公里長的跑道排開，遊客說像在銀河裡散步。",
            """
            停用的東灘機場昨晚第一次亮起燈籠，四百個攤位沿著兩公里長的跑道排開，主辦單位估計首晚有六萬人次。
            賣了四十年蚵仔煎的阿滿姨說，她從來沒有這麼寬的攤位。「以前轉身就碰到人，」她笑著說，「現在要走好幾步才拿得到蛋。」
            市府說夜市每週五、六營業，跑道盡頭的塔台改成了觀星台。
            """),
        new(Hewan, "satellite", "河湾中学生自制的气象卫星升空，已传回第一张云图", 1500, "顾北",
            "卫星重两公斤，由十九名学生历时四年制成。",
            """
            由河湾中学十九名学生制作的气象卫星“蜻蜓一号”昨天凌晨升空，六小时后传回了第一张云图。卫星发射时，全校师生在操场上看着直播。
            卫星重两公斤，太阳能板展开后像一对翅膀。指导老师莫远说，电路板前后重做了十一次，最后一次是因为一只蚂蚁。
            第一张云图上，河湾被一团薄云遮住，只露出江心的洲。学生们把它印成了明信片。
            """),
        Withdrawn,
        new(Lantern, "ledger", "Town publishes every invoice since 1987, and the residents start reading", 1700, "Ivo Marsh",
            "The clerk expected silence. By noon the site had fallen over.",
            """
            The town council put every invoice it has paid since 1987 on its website on Thursday morning. By noon so many people had come to read them that the site fell over.
            The clerk, Nell Carrow, said she had expected silence. Instead the first question arrived within nine minutes: why had the brass band been paid twice in 1994?
            It had not, it turned out; there had been two brass bands.
            """),
        new(Gangwan, "library-boat", "圖書船重新下水，沿河十二個村落每週停靠一次", 3000, "許知行",
            "船上有八千本書、一台咖啡機，還有一隻名叫頁碼的貓。",
            """
            退役的運煤船「青禾號」昨天以圖書船的身分重新下水，今後每週沿河停靠十二個村落。
            船艙裡擺了八千本書，最受歡迎的是園藝和偵探小說。船長羅青說，借書不用證件，「寫下名字就好，河會記得」。
            船上的貓叫頁碼，據說從不暈船。
            """),
        new(Hewan, "tea", "山上的老茶农把制茶手艺录成了两百集有声书", 4400, "陈予安",
            "七十四岁的茶农用方言讲述，外孙女配上了字幕。",
            """
            七十四岁的茶农温伯年用两年时间，把制茶的手艺讲成了两百集有声书，全部用当地方言。
            外孙女温小棠负责录音和字幕。她说最难的是“看青”一集，外公讲到一半就跑进雨里去看叶子了。
            有声书可以在县志馆免费听。
            """),
        Hostile,
    ];

    /// <summary>Short items, enough for a second page.</summary>
    public static Story Weather(int n) => new(Hewan, $"weather-{n}", $"河湾天气手记之{n}：{(n % 2 == 0 ? "晴，江面有薄雾" : "小雨，北风三级")}", 4500 + (n * 700), "气象台",
        "", $"今天是手记的第{n}篇。江面的水位比昨天低了{n}厘米，渡口一切正常，轮船照常往来两岸，码头的工人把缆绳又收紧了一圈。\n明天的天气与今天相近，早晚有雾，出行请留意能见度，骑车的人记得开灯，过桥的时候不要并排。");

    private static CaptureBundle Page(Story story, string text, int minutes, int status = 200)
    {
        var published = Now.AddMinutes(-story.MinutesAgo);
        var at = published.AddMinutes(minutes);
        if (at > Now) at = Now;
        return new()
        {
            Kind = CaptureKind.Article,
            Url = story.Url,
            At = at,
            Outlet = story.Outlet,
            SourceUrl = $"{story.Outlet.HomeUrl}feed.xml",
            Exchanges = [Answer(story, text, published, at, status)],
        };
    }

    private static Exchange Answer(Story story, string text, DateTimeOffset published, DateTimeOffset at, int status) => new()
    {
        Url = story.Url,
        RequestHead = Encoding.ASCII.GetBytes($"GET /{story.Slug} HTTP/1.1\r\nHost: {new Uri(story.Url).Host}\r\n\r\n"),
        ResponseHead = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"),
        Body = Encoding.UTF8.GetBytes(Html(story, text, published)),
        Status = status,
        ContentType = "text/html; charset=utf-8",
        At = at,
    };

    private static string Html(Story story, string text, DateTimeOffset published)
    {
        static string Encoded(string? value) => WebUtility.HtmlEncode(value ?? "");
        var paragraphs = string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => $"<p>{Encoded(p)}</p>\n"));
        return $"""
            <!doctype html><html lang="{story.Outlet.Language}"><head><meta charset="utf-8"><title>{Encoded(story.Title)} - {Encoded(story.Outlet.Name)}</title>
            <meta property="og:title" content="{Encoded(story.Title)}"><meta property="og:site_name" content="{Encoded(story.Outlet.Name)}">
            <meta name="author" content="{Encoded(story.Author)}"><meta name="description" content="{Encoded(story.Standfirst)}">
            <meta property="og:image" content="{story.Url}.jpg"><meta property="article:published_time" content="{published:yyyy-MM-dd'T'HH:mm:sszzz}"></head>
            <body><nav><a href="/">Home</a></nav><article><h1>{Encoded(story.Title)}</h1><p class="standfirst">{Encoded(story.Standfirst)}</p>{paragraphs}{story.Extra}</article></body></html>
            """;
    }

    internal sealed record Story(OutletName Outlet, string Slug, string Title, int MinutesAgo, string Author, string Standfirst, string Text, string Extra = "")
    {
        public string Url => $"{Outlet.HomeUrl}{Slug}";
    }
}
