using System.Text;
using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

public sealed class TextRepairTests
{
    private static Feed Read(string text) => FeedReader.Read(Encoding.UTF8.GetBytes(text)).ShouldBeOfType<FeedReading.Found>().Feed;

    private static string TitleOf(string markup) => Read($"<rss><channel><item><title>{markup}</title></item></channel></rss>").Entries[0].Title;

    [Theory]
    [InlineData("&#226;&#128;&#166;", "…")]
    [InlineData("&acirc;&#128;&brvbar;", "…")]
    [InlineData("&amp;#226;&amp;#128;&amp;#153;s", "’s")]
    [InlineData("It\u00E2\u0080\u0099s 5 o\u00E2\u0080\u0099clock", "It’s 5 o’clock")]
    [InlineData("caf\u00E9 It\u00E2\u0080\u0099s", "café It’s")]
    [InlineData("\u00E4\u00B8\u00AD\u00E6\u0096\u0087", "中文")]
    [InlineData("\u00D0\u00A1\u00D0\u00BD\u00D0\u00B5\u00D0\u00B3 \u00D1\u0082\u00D0\u00B0\u00D0\u00BC", "Снег там")]
    public void UTF8_that_was_encoded_twice_is_the_text_it_was(string markup, string plain) => TitleOf(markup).ShouldBe(plain);

    [Theory]
    [InlineData("\u0084Spa\u00DF\u0093", "„Spaß“")]
    [InlineData("don&#146;t", "don’t")]
    [InlineData("&#147;x&#148; &#150; y", "“x” – y")]
    [InlineData("Ã©t\u00E9", "Ã©t\u00E9")]
    public void What_is_Windows_1252_or_was_printed_so_stays(string markup, string plain) => TitleOf(markup).ShouldBe(plain);

    [Theory]
    [InlineData("&#55357;&#56832;", "😀")]
    [InlineData("&#xD83D;&#xDE00; x", "😀 x")]
    [InlineData("&#55357; x", "\uFFFD x")]
    [InlineData("&lstrok;&oacute;d&zacute;", "łódź")]
    [InlineData("R&amp;D &amp;copy 2020", "R&D © 2020")]
    [InlineData("a?b=1&amp;copy=2", "a?b=1&copy=2")]
    public void References_that_browsers_forgive_are_read(string markup, string plain) => TitleOf(markup).ShouldBe(plain);

    [Fact]
    public void A_section_that_never_ends_swallows_no_entries()
    {
        var first = Read("<rss><channel><item><title><![CDATA[渡口</title><link>https://h.example/1</link></item><item><title>桥</title></item></channel></rss>");
        first.Entries.Select(entry => entry.Title).ShouldBe(["渡口", "桥"]);
        first.Entries[0].Link.ShouldBe("https://h.example/1");
        var later = Read("<rss><channel><item><title><![CDATA[渡口</title></item><item><title><![CDATA[桥 </item> a]]></title></item></channel></rss>");
        later.Entries.Select(entry => entry.Title).ShouldBe(["渡口", "桥 </item> a"]);
    }

    [Fact]
    public void A_feed_may_name_itself_with_the_empty_reference_and_an_entry_its_page_with_none()
    {
        var feed = Read("<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://h.example/feed'><link rel='self' href=''/><entry><title>x</title><link href=''/></entry></feed>");
        feed.SelfUrl.ShouldBe("https://h.example/feed");
        feed.Entries[0].Link.ShouldBeNull();
    }

    [Fact]
    public void Enclosures_stand_among_the_links()
    {
        var entry = Read("<rss><channel><item><enclosure url='https://h.example/1.mp3' type='audio/mpeg' length='5'/><link>https://h.example/1</link></item></channel></rss>").Entries[0];
        entry.Links.Select(link => (link.Relation, link.Url)).ShouldBe([("enclosure", "https://h.example/1.mp3"), ("alternate", "https://h.example/1")]);
    }

    [Theory]
    [InlineData("windows-1256", "أخبار اليوم")]
    [InlineData("windows-1253", "Νέα της ημέρας")]
    [InlineData("iso-8859-9", "Günün haberi ışık şehir")]
    [InlineData("koi8-r", "Новости дня")]
    [InlineData("iso-8859-6", "أخبار اليوم")]
    [InlineData("windows-1255", "חדשות היום")]
    public void A_declared_encoding_counts_for_a_short_text_too(string name, string title)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = $"<?xml version=\"1.0\" encoding=\"{name}\"?><rss><channel><item><title>{title}</title></item></channel></rss>";
        FeedReader.Read(Encoding.GetEncoding(name).GetBytes(text)).ShouldBeOfType<FeedReading.Found>().Feed.Entries[0].Title.ShouldBe(title);
    }

    [Fact]
    public void Arabic_without_a_declaration_is_found_by_its_letters()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string Title = "قالت شركة العبارات إن الرصيف سيفتح قبل الربيع";
        FeedReader.Read(Encoding.GetEncoding(1256).GetBytes($"<rss><channel><item><title>{Title}</title></item></channel></rss>"))
            .ShouldBeOfType<FeedReading.Found>().Feed.Entries[0].Title.ShouldBe(Title);
    }

    [Fact]
    public void A_character_of_Hong_Kongs_supplement_costs_no_other()
    {
        // 香港新聞 in Big5, then 9DF8 of the supplement.
        byte[] big5 = [0xAD, 0xBB, 0xB4, 0xE4, 0xB7, 0x73, 0xBB, 0x44, 0x9D, 0xF8];
        byte[] feed = [.. Encoding.ASCII.GetBytes("<?xml version=\"1.0\" encoding=\"big5-hkscs\"?><rss><channel><item><title>"), .. big5, .. Encoding.ASCII.GetBytes("</title></item></channel></rss>")];
        FeedReader.Read(feed).ShouldBeOfType<FeedReading.Found>().Feed.Entries[0].Title.ShouldStartWith("香港新聞");
    }

    [Fact]
    public void A_list_of_feeds_is_no_page() =>
        FeedReader.Read(Encoding.UTF8.GetBytes("<opml version='2.0'><head/><body/></opml>")).ShouldBeOfType<FeedReading.NotAFeed>().Reason.ShouldBe(NotAFeedReason.Unknown);

    [Fact]
    public void Lengths_are_read_with_separators_and_as_floating_point()
    {
        Read("<rss><channel><item><enclosure url='https://h.example/1.mp3' length='1,234'/></item></channel></rss>").Entries[0].Enclosures[0].Length.ShouldBe(1234);
        Read("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"attachments\":[{\"url\":\"https://h.example/1.mp3\",\"size_in_bytes\":3.0}]}]}")
            .Entries[0].Enclosures[0].Length.ShouldBe(3);
    }
}
