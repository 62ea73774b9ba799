using System.Text;
using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

public sealed class FeedReaderTests
{
    private static Feed Found(string text, string? baseUrl = null) => Found(Encoding.UTF8.GetBytes(text), baseUrl);

    private static Feed Found(byte[] bytes, string? baseUrl = null) =>
        FeedReader.Read(bytes, baseUrl: baseUrl).ShouldBeOfType<FeedReading.Found>().Feed;

    private static FeedReading.NotAFeed Refused(string text, FeedLimits? limits = null) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(text), limits: limits).ShouldBeOfType<FeedReading.NotAFeed>();

    [Fact]
    public void Every_format_gives_the_same_entry()
    {
        foreach (var text in new[] { Fixtures.Rss, Fixtures.Rdf, Fixtures.Atom, Fixtures.Json })
        {
            var feed = Found(text);
            feed.Title.ShouldBe("河湾日报");
            feed.Link.ShouldBe("https://hewan.example/");
            var entry = feed.Entries.ShouldHaveSingleItem();
            entry.Title.ShouldBe("渡口 & 桥");
            entry.Link.ShouldBe("https://hewan.example/a/1");
            entry.Id.ShouldBe("urn:hewan:1");
            entry.Published.ShouldBe(new DateTimeOffset(2023, 11, 8, 9, 8, 0, TimeSpan.Zero));
            entry.Authors.ShouldBe(["林小渡"]);
            entry.Categories.ShouldBe(["本地"]);
            entry.Content.ShouldBe("<p>船来了。</p>");
            feed.Warnings.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("", NotAFeedReason.Empty)]
    [InlineData(" \n\t", NotAFeedReason.Empty)]
    [InlineData("<!DOCTYPE html><html><body><p>登录</p></body></html>", NotAFeedReason.Html)]
    [InlineData("<!-- x -->\n<HTML lang=zh><head></head></HTML>", NotAFeedReason.Html)]
    [InlineData("<?xml version=\"1.0\"?><catalog><book/></catalog>", NotAFeedReason.Unknown)]
    [InlineData("{\"items\": 3}", NotAFeedReason.Unknown)]
    [InlineData("plain words", NotAFeedReason.Unknown)]
    public void What_is_no_feed_is_refused_with_its_reason(string text, NotAFeedReason reason) => Refused(text).Reason.ShouldBe(reason);

    [Fact]
    public void More_bytes_than_allowed_are_refused_unread() =>
        Refused(Fixtures.Rss, new FeedLimits { MaxBytes = 100 }).Reason.ShouldBe(NotAFeedReason.TooLarge);

    [Fact]
    public void Nesting_beyond_the_limit_is_refused() =>
        Refused("<rss>" + string.Concat(Enumerable.Repeat("<a>", 5_000))).Reason.ShouldBe(NotAFeedReason.TooDeep);

    [Fact]
    public void Entries_before_too_deep_nesting_are_kept()
    {
        var feed = Found(Fixtures.Rss.Replace("</channel>", string.Concat(Enumerable.Repeat("<a>", 5_000))));
        feed.Entries.Count.ShouldBe(1);
        feed.Warnings.ShouldNotBeEmpty();
    }

    [Fact]
    public void Entities_that_would_explode_are_refused()
    {
        var bomb = new StringBuilder("<!DOCTYPE rss [<!ENTITY a0 \"lol\">");
        for (var i = 1; i < 20; i++)
            bomb.Append($"<!ENTITY a{i} \"{string.Concat(Enumerable.Repeat($"&a{i - 1};", 10))}\">");
        Refused(bomb + "]><rss><channel><title>&a19;</title></channel></rss>").Reason.ShouldBe(NotAFeedReason.EntityBomb);
    }

    [Fact]
    public void One_large_entity_used_many_times_is_a_bomb_too()
    {
        var text = $"<!DOCTYPE rss [<!ENTITY a \"{new string('x', 50_000)}\">]><rss><channel><title>" +
            string.Concat(Enumerable.Repeat("&a;", 50_000)) + "</title></channel></rss>";
        Refused(text).Reason.ShouldBe(NotAFeedReason.EntityBomb);
    }

    [Fact]
    public void A_harmless_entity_of_the_document_is_replaced() =>
        Found("<!DOCTYPE rss [<!ENTITY paper \"河湾\">]><rss><channel><title>&paper;日报</title></channel></rss>").Title.ShouldBe("河湾日报");

    [Theory]
    [InlineData("AT&amp;T", "AT&T")]
    [InlineData("AT&T R&D; & co", "AT&T R&D; & co")]
    [InlineData("caf&eacute;&nbsp;&mdash; x", "café — x")]
    [InlineData("&lt;b&gt;bold&lt;/b&gt; move", "bold move")]
    [InlineData("<![CDATA[a <i>b</i> &amp; c]]>", "a b & c")]
    [InlineData("List&lt;string&gt; in C#", "List<string> in C#")]
    [InlineData("1 &lt; 2", "1 < 2")]
    [InlineData("don&#146;t", "don’t")]
    [InlineData("a\u0008b", "ab")]
    [InlineData("<b>inline</b> markup", "inline markup")]
    [InlineData("  folded\n\t white   space ", "folded white space")]
    public void Titles_become_plain_text(string markup, string plain) =>
        Found($"<rss><channel><item><title>{markup}</title></item></channel></rss>").Entries[0].Title.ShouldBe(plain);

    [Theory]
    [InlineData("\r\n\n ", "")]
    [InlineData("<br />\n<b>Warning</b>: Undefined variable $x on line <b>3</b><br />\n", "")]
    [InlineData("", "\n<script>var a=1<2;</script><!-- cached -->&")]
    public void Junk_around_the_feed_is_ignored(string before, string after) =>
        Found(before + Fixtures.Rss + after).Entries[0].Title.ShouldBe("渡口 & 桥");

    [Theory]
    [InlineData("<zz:thing a=\"1\">v</zz:thing>")]
    [InlineData("<guidx isPermaLink=false>v</guidx>")]
    [InlineData("<x a=\"unclosed>v</x>")]
    [InlineData("<description>one<br>two<p>three</description>")]
    [InlineData("</b></nothing>")]
    [InlineData("<!-- unclosed >")]
    public void Broken_markup_inside_an_item_costs_nothing_else(string broken)
    {
        var entry = Found(Fixtures.Rss.Replace("<item>", "<item>" + broken)).Entries.ShouldHaveSingleItem();
        entry.Title.ShouldBe("渡口 & 桥");
        entry.Link.ShouldBe("https://hewan.example/a/1");
    }

    [Fact]
    public void A_feed_cut_off_gives_its_complete_entries()
    {
        var text = Fixtures.Many(5);
        var feed = Found(text[..text.LastIndexOf("</link>", StringComparison.Ordinal)]);
        feed.Entries.Count.ShouldBe(4);
        feed.Warnings.ShouldContain(warning => warning.Contains("cut off"));
    }

    [Fact]
    public void Only_as_many_entries_as_allowed_are_read()
    {
        var reading = FeedReader.Read(Encoding.UTF8.GetBytes(Fixtures.Many(50)), limits: new FeedLimits { MaxEntries = 10 });
        var feed = reading.ShouldBeOfType<FeedReading.Found>().Feed;
        feed.Entries.Count.ShouldBe(10);
        feed.Warnings.ShouldNotBeEmpty();
    }

    [Fact]
    public void Relative_links_refer_to_the_channel_then_to_the_document()
    {
        const string Item = "<item><link>/a/2</link></item></channel></rss>";
        Found("<rss><channel><link>https://hewan.example/news/</link>" + Item).Entries[0].Link.ShouldBe("https://hewan.example/a/2");
        Found("<rss><channel>" + Item, "https://other.example/feed").Entries[0].Link.ShouldBe("https://other.example/a/2");
        Found("<rss xml:base='https://base.example/x/'><channel>" + Item).Entries[0].Link.ShouldBe("https://base.example/a/2");
        Found("<rss><channel>" + Item).Entries[0].Link.ShouldBe("/a/2");
    }

    [Fact]
    public void Scripts_are_never_links() =>
        Found("<rss><channel><item><link>javascript:alert(1)</link></item></channel></rss>").Entries[0].Link.ShouldBeNull();

    [Fact]
    public void Prefixes_work_undeclared_and_under_other_names()
    {
        var undeclared = Found("<rss><channel><item><dc:creator>甲</dc:creator><content:encoded>全文</content:encoded></item></channel></rss>");
        undeclared.Entries[0].Authors.ShouldBe(["甲"]);
        undeclared.Entries[0].Content.ShouldBe("全文");
        Found("<rss xmlns:q='http://purl.org/dc/elements/1.1/'><channel><item><q:creator>乙</q:creator></item></channel></rss>")
            .Entries[0].Authors.ShouldBe(["乙"]);
    }

    [Fact]
    public void A_mark_before_json_does_not_hide_it() =>
        Found([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("\n" + Fixtures.Json)]).Format.ShouldBe(FeedFormat.Json);

    [Fact]
    public void A_feed_in_gbk_that_claims_utf_8_is_read_and_the_lie_is_told()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var feed = Found(Encoding.GetEncoding("gb18030").GetBytes(Fixtures.Rss));
        feed.Title.ShouldBe("河湾日报");
        feed.Encoding.ShouldBe("gb18030");
        feed.Warnings.ShouldHaveSingleItem().ShouldContain("encoding");
    }

    [Fact]
    public void Enclosures_and_images_are_found()
    {
        var entry = Found(
            "<rss><channel><item><enclosure url='https://x.example/a.mp3' type='audio/mpeg' length='12'/>" +
            "<media:group><media:content url='https://x.example/p.jpg' medium='image'/></media:group></item></channel></rss>").Entries[0];
        entry.Enclosures.ShouldBe([new Enclosure("https://x.example/a.mp3", "audio/mpeg", 12)]);
        entry.Image.ShouldBe("https://x.example/p.jpg");
    }
}
