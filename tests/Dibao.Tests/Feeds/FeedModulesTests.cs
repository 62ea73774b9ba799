using System.Text;
using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

/// <summary>What stands in feeds beside RSS's and Atom's own elements, and what belongs to a feed as a whole.</summary>
public sealed class FeedModulesTests
{
    private static Feed Read(string text, FeedOptions? options = null) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(text), options ?? new()).ShouldBeOfType<FeedReading.Found>().Feed;

    private static FeedEntry Item(string inside, string channel = "") =>
        Read($"<rss version='2.0'><channel>{channel}<item>{inside}</item></channel></rss>").Entries.ShouldHaveSingleItem();

    private static FeedEntry Entry(string inside) =>
        Read($"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{inside}</entry></feed>").Entries.ShouldHaveSingleItem();

    [Fact]
    public void A_feed_names_its_hubs_itself_and_its_pages()
    {
        var feed = Read("""
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>https://hewan.example/</link>
            <atom:link rel="self" href="https://hewan.example/feed"/><atom:link rel="hub" href="https://hub.example/"/>
            <atom:link rel="next" href="/feed?page=2"/></channel></rss>
            """);
        feed.SelfUrl.ShouldBe("https://hewan.example/feed");
        feed.Hubs.ShouldBe(["https://hub.example/"]);
        feed.NextPage.ShouldBe("https://hewan.example/feed?page=2");
        feed.Link.ShouldBe("https://hewan.example/");
    }

    [Fact]
    public void A_feed_says_when_it_wants_to_be_asked()
    {
        var feed = Read("""
            <rss><channel><ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>7</hour></skipHours>
            <skipDays><day>Sunday</day><day>someday</day></skipDays></channel></rss>
            """);
        feed.TimeToLive.ShouldBe(TimeSpan.FromMinutes(90));
        feed.SkipHours.ShouldBe([0, 7]);
        feed.SkipDays.ShouldBe([DayOfWeek.Sunday]);
        Read("<rss><channel><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel></rss>")
            .TimeToLive.ShouldBe(TimeSpan.FromHours(6));
    }

    [Fact]
    public void A_feed_has_an_image_rights_and_a_generator()
    {
        var feed = Read("""
            <rss><channel><title>t</title><image><url>https://hewan.example/i.png</url><title>not the feed's</title><link>https://other.example/</link></image>
            <copyright>© 河湾</copyright><generator>Press 3</generator><link>https://hewan.example/</link></channel></rss>
            """);
        feed.Title.ShouldBe("t");
        feed.Link.ShouldBe("https://hewan.example/");
        feed.Image.ShouldBe("https://hewan.example/i.png");
        feed.Rights.ShouldBe("© 河湾");
        feed.Generator.ShouldBe("Press 3");
    }

    [Fact]
    public void A_sitemap_s_pages_are_entries_with_what_google_news_adds()
    {
        var feed = Read("""
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
             xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
            <url><loc>https://hewan.example/a/1</loc><lastmod>2023-11-08T09:08:00Z</lastmod><news:news><news:publication><news:name>河湾日报</news:name>
            <news:language>zh</news:language></news:publication><news:publication_date>2023-11-08</news:publication_date><news:title>渡口</news:title>
            <news:keywords>本地, 船</news:keywords></news:news><image:image><image:loc>https://hewan.example/p.jpg</image:loc></image:image></url>
            <url><loc>https://hewan.example/a/2</loc></url></urlset>
            """);
        feed.Format.ShouldBe(FeedFormat.Sitemap);
        feed.Entries.Count.ShouldBe(2);
        var entry = feed.Entries[0];
        (entry.Link, entry.Title, entry.Language, entry.Image).ShouldBe(("https://hewan.example/a/1", "渡口", "zh", "https://hewan.example/p.jpg"));
        entry.Updated.ShouldBe(new DateTimeOffset(2023, 11, 8, 9, 8, 0, TimeSpan.Zero));
        entry.Published.ShouldBe(new DateTimeOffset(2023, 11, 8, 0, 0, 0, TimeSpan.Zero));
        entry.Categories.ShouldBe(["本地", "船"]);
    }

    [Fact]
    public void A_sitemap_index_lists_sitemaps_and_has_no_entries()
    {
        var feed = Read("<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://hewan.example/s1.xml</loc>" +
            "<lastmod>2023-11-08</lastmod></sitemap><sitemap><loc>https://hewan.example/s2.xml.gz</loc></sitemap></sitemapindex>");
        feed.Format.ShouldBe(FeedFormat.SitemapIndex);
        feed.Entries.ShouldBeEmpty();
        feed.Sitemaps.Select(sitemap => sitemap.Url).ShouldBe(["https://hewan.example/s1.xml", "https://hewan.example/s2.xml.gz"]);
        feed.Sitemaps[0].LastModified.ShouldBe(new DateTimeOffset(2023, 11, 8, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void What_nobody_knows_stays_reachable_with_its_namespace()
    {
        var entry = Read("""
            <rss xmlns:weather="https://weather.example/ns"><channel><item><title>t</title>
            <weather:report level="3"><weather:wind unit="m/s">7 &amp; more</weather:wind></weather:report><stray>x</stray></item></channel></rss>
            """).Entries[0];
        entry.Extensions.Select(element => element.Name).ShouldBe(["report", "stray"]);
        var report = entry.Extensions.First();
        (report.Namespace, report.Prefix, report.Attribute("level")).ShouldBe(("https://weather.example/ns", "weather", "3"));
        var wind = report.Children.ShouldHaveSingleItem();
        (wind.Text, wind.Attribute("unit")).ShouldBe(("7 & more", "m/s"));
        entry.Element.Children.Select(element => element.Name).ShouldBe(["title", "report", "stray"]);
    }

    [Fact]
    public void What_nobody_knows_of_a_feed_or_a_json_item_stays_reachable_too()
    {
        Read("<rss xmlns:w='urn:w'><channel><w:station id='7'>河湾</w:station><title>t</title></channel></rss>")
            .Extensions.ShouldHaveSingleItem().Attribute("id").ShouldBe("7");
        var entry = Read("""{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "_hewan": {"ferry": ["a", "b"]}}]}""").Entries[0];
        entry.Extensions.ShouldHaveSingleItem().Child("ferry")!.Children.Select(child => child.Text).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("<dc:title>x</dc:title>", FeedField.Title, "dc:title")]
    [InlineData("<pubDate>soon</pubDate><dc:date>2023-11-08</dc:date>", FeedField.Published, "dc:date")]
    [InlineData("<pubDate>Wed, 08 Nov 2023 09:08:00 GMT</pubDate><dc:date>2022-11-08</dc:date>", FeedField.Published, "pubdate")]
    [InlineData("<guid>https://hewan.example/a/1</guid>", FeedField.Link, "guid")]
    [InlineData("<itunes:author>x</itunes:author>", FeedField.Authors, "itunes:author")]
    [InlineData("<media:group><media:description>x</media:description></media:group>", FeedField.Summary, "media:description")]
    public void Each_field_says_what_it_was_read_from(string inside, FeedField field, string origin) => Item(inside).OriginOf(field).ShouldBe(origin);

    [Fact]
    public void An_entry_s_source_is_a_feed_in_short()
    {
        var source = Entry("<source><title>邻报</title><id>urn:lin</id><link rel='self' href='https://lin.example/feed'/></source>").Source!;
        (source.Title, source.Id, source.SelfUrl).ShouldBe(("邻报", "urn:lin", "https://lin.example/feed"));
        Item("<source url='https://lin.example/feed'>邻报</source>").Source!.Title.ShouldBe("邻报");
        Item("<title>t</title>").Source.ShouldBeNull();
    }

    [Theory]
    [InlineData("<author>lin@hewan.example (林小渡)</author>", "林小渡", "lin@hewan.example")]
    [InlineData("<author>林小渡 &lt;lin@hewan.example&gt;</author>", "林小渡", "lin@hewan.example")]
    [InlineData("<author>lin@hewan.example</author>", "lin@hewan.example", "lin@hewan.example")]
    [InlineData("<dc:creator><![CDATA[林小渡]]></dc:creator>", "林小渡", null)]
    [InlineData("<author><name>林小渡</name><email>lin@hewan.example</email></author>", "林小渡", "lin@hewan.example")]
    public void People_are_read_from_every_way_of_writing_them(string inside, string name, string? email)
    {
        var person = Item(inside).People.ShouldHaveSingleItem();
        (person.Name, person.Email, person.Role).ShouldBe((name, email, "author"));
    }

    [Fact]
    public void Several_enclosures_authors_and_categories_are_all_kept()
    {
        var entry = Item("<enclosure url='https://h.example/1.mp3' type='audio/mpeg' length=' 12 '/><enclosure url='https://h.example/2.mp3' length='much'/>" +
            "<enclosure url='https://h.example/1.mp3'/><category domain='urn:d'>甲</category><category>乙</category><category>甲</category>" +
            "<dc:creator>一</dc:creator><dc:creator>二</dc:creator>");
        entry.Enclosures.ShouldBe([new("https://h.example/1.mp3", "audio/mpeg", 12), new("https://h.example/2.mp3", null, null)]);
        entry.Categories.ShouldBe(["甲", "乙"]);
        entry.CategoryDetails[0].ShouldBe(new FeedCategory("甲", "urn:d", null));
        entry.Authors.ShouldBe(["一", "二"]);
    }

    [Fact]
    public void Podcasts_have_categories_inside_categories_and_move()
    {
        var feed = Read("""
            <rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><itunes:category text="News"><itunes:category text="Local"/></itunes:category>
            <itunes:owner><itunes:name>河湾</itunes:name><itunes:email>p@hewan.example</itunes:email></itunes:owner>
            <itunes:new-feed-url>https://new.example/feed</itunes:new-feed-url><itunes:image href="https://hewan.example/c.jpg"/></channel></rss>
            """);
        feed.Categories.ShouldBe(["News", "Local"]);
        feed.MovedTo.ShouldBe("https://new.example/feed");
        feed.Image.ShouldBe("https://hewan.example/c.jpg");
        feed.People.ShouldContain(new FeedPerson("河湾", "p@hewan.example", null, "owner"));
    }

    [Theory]
    [InlineData("<p><a href='b.html'>x</a> <img src=\"/i.png\" srcset=\"s.png 1x, //cdn.example/l.png 2x\"></p>",
        "<p><a href='https://hewan.example/a/b.html'>x</a> <img src=\"https://hewan.example/i.png\" srcset=\"https://hewan.example/a/s.png 1x, https://cdn.example/l.png 2x\"></p>")]
    [InlineData("<a href='#note'>1</a> <a href='mailto:x@y.example'>m</a> <a href=../up>u</a>", "<a href='#note'>1</a> <a href='mailto:x@y.example'>m</a> <a href=https://hewan.example/up>u</a>")]
    [InlineData("2 < 3 and <unclosed href='x", "2 < 3 and <unclosed href='https://hewan.example/a/x")]
    public void Addresses_inside_html_are_made_absolute_and_nothing_else_changes(string html, string expected) =>
        Read($"<rss xml:base='https://hewan.example/a/'><channel><item><description><![CDATA[{html}]]></description></item></channel></rss>")
            .Entries[0].Summary.ShouldBe(expected);

    [Fact]
    public void Bases_nest()
    {
        var entry = Read("<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://h.example/x/'><entry xml:base='y/'><link href='1'/>" +
            "<content type='html' xml:base='z/'>&lt;a href='2'>n&lt;/a></content></entry></feed>").Entries[0];
        entry.Link.ShouldBe("https://h.example/x/y/1");
        entry.Content.ShouldBe("<a href='https://h.example/x/y/z/2'>n</a>");
    }

    [Fact]
    public void Xhtml_is_written_as_html_in_one_canonical_form() =>
        Entry("<content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:P id='b' class='a'>1 &lt; 2<x:br/></x:P></x:div></content>")
            .Content.ShouldBe("<p class=\"a\" id=\"b\">1 &lt; 2<br /></p>");

    [Fact]
    public void Modules_of_podcasts_media_places_licences_and_comments_are_read()
    {
        var modules = Item("<itunes:duration>1:02:03</itunes:duration><itunes:episode>7</itunes:episode><itunes:explicit>Clean</itunes:explicit>" +
            "<podcast:transcript url='https://h.example/t.vtt' type='text/vtt'/><georss:point>45.256 -71.92</georss:point>" +
            "<media:group><media:content url='https://h.example/v.mp4' width='640' duration='90' fileSize='12'/></media:group>" +
            "<creativeCommons:license>https://cc.example/by</creativeCommons:license><slash:comments>3</slash:comments>" +
            "<wfw:commentRss>https://h.example/c</wfw:commentRss><thr:in-reply-to ref='urn:1'/>").Modules;
        modules.Duration.ShouldBe(new TimeSpan(1, 2, 3));
        (modules.Episode, modules.IsExplicit, modules.CommentCount).ShouldBe((7, false, 3));
        modules.Transcripts.ShouldHaveSingleItem().Type.ShouldBe("text/vtt");
        modules.Location.ShouldBe(new GeoPoint(45.256, -71.92));
        modules.Media.ShouldHaveSingleItem().ShouldBe(new("https://h.example/v.mp4", null, null, 640, null, TimeSpan.FromSeconds(90), 12));
        (modules.License, modules.CommentsFeed, modules.InReplyTo).ShouldBe(("https://cc.example/by", "https://h.example/c", "urn:1"));
        Item("<geo:lat>1.5</geo:lat><geo:long>2.5</geo:long><itunes:duration>soon</itunes:duration>").Modules.Location.ShouldBe(new GeoPoint(1.5, 2.5));
    }

    [Fact]
    public void An_entry_alone_is_a_feed_of_one()
    {
        var feed = Read("<entry xmlns='http://www.w3.org/2005/Atom'><title>t</title><id>urn:1</id><link href='https://h.example/1'/></entry>");
        (feed.Format, feed.Entries.ShouldHaveSingleItem().Link).ShouldBe((FeedFormat.Atom, "https://h.example/1"));
        FeedReader.Read(Encoding.UTF8.GetBytes("<stock><item><price>3</price></item></stock>")).ShouldBeOfType<FeedReading.NotAFeed>();
    }

    [Fact]
    public void Half_a_character_in_json_costs_only_itself() =>
        Read("""{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "a \ud83d\ude00 b \ud83d c"}]}""")
            .Entries[0].Title.ShouldBe("a 😀 b \uFFFD c");

    [Fact]
    public void Text_in_pieces_is_one_text() =>
        Item("<title>a <![CDATA[b & ]]><![CDATA[c]]> d</title>").Title.ShouldBe("a b & c d");

    [Theory]
    [InlineData("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": 7, \"title\": null, \"author\": {\"name\": \"林\"}, \"tags\": \"本地\"}]}")]
    [InlineData("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": 7, \"title\": 3.5, \"authors\": [\"林\"], \"tags\": [\"本地\", null]},]}")]
    [InlineData("{\"items\": [{\"id\": \"7\", \"authors\": [{\"name\": \"林\"}], \"tags\": [\"本地\"], \"attachments\": \"x\"}], \"version\": \"https://jsonfeed.org/version/1.1\"}")]
    [InlineData("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": \"7\", \"content_text\": \"two\nlines\", \"authors\": [{\"name\": \"林\"}], \"tags\": [\"本地\"]}, {\"id\": \"8\"")]
    public void Json_feeds_with_wrong_types_or_cut_off_are_read_as_far_as_they_go(string json)
    {
        var entry = Read(json).Entries[0];
        entry.Id.ShouldBe("7");
        entry.Authors.ShouldBe(["林"]);
        entry.Categories.ShouldBe(["本地"]);
    }

    [Fact]
    public async Task A_stream_gives_the_same_entries_whatever_pieces_it_comes_in()
    {
        var bytes = Encoding.UTF8.GetBytes(Fixtures.Many(3_000).Replace("</title>", " — 渡口</title>"));
        var whole = Read(Encoding.UTF8.GetString(bytes));
        using var stream = new StreamingFeed(new Dribble(bytes), new());
        var titles = new List<string>();
        while (await stream.NextAsync(TestContext.Current.CancellationToken) is { } entry)
            titles.Add(entry.Title);
        titles.ShouldBe(whole.Entries.Select(entry => entry.Title));
        stream.Finish().ShouldBeOfType<FeedReading.Found>().Feed.Title.ShouldBe(whole.Title);
    }

    [Fact]
    public void A_feed_packed_with_gzip_is_unpacked_within_the_limit()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Fixtures.Many(5_000)));
        FeedReader.Read(packed.ToArray()).ShouldBeOfType<FeedReading.Found>().Feed.Entries.Count.ShouldBe(5_000);
        var refused = FeedReader.Read(packed.ToArray(), limits: new() { MaxBytes = 100_000 }).ShouldBeOfType<FeedReading.NotAFeed>();
        refused.Message.ShouldContain("100000 bytes");
    }

    [Fact]
    public void An_entry_larger_than_allowed_ends_the_reading()
    {
        var text = Fixtures.Rss.Replace("</channel>", "<item><title>" + new string('x', 200_000) + "</title></item></channel>");
        var feed = Read(text, new() { Limits = new() { MaxEntryLength = 1 << 16 } });
        feed.Entries.ShouldHaveSingleItem();
        feed.Warnings.ShouldContain(warning => warning.Contains("larger than allowed"));
    }

    // Reads at most 17 bytes at a time.
    private sealed class Dribble(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 17)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 17)], cancellationToken);
    }
}
