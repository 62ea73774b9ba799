using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Dibao.Feeds;
using Dibao.Publish.Feeds;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Publish.Feeds;

public sealed class FeedWriterTests
{
    private static readonly DateTimeOffset Published = new(2026, 11, 20, 16, 30, 0, TimeSpan.FromHours(8));
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public void An_atom_entry_has_what_rfc_4287_asks_for()
    {
        var entry = XDocument.Parse(Encoding.UTF8.GetString(AtomWriter.Write(Feed(Article())))).Root!.Element(Atom + "entry")!;
        entry.Element(Atom + "id")!.Value.ShouldMatch("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
        entry.Element(Atom + "title")!.Value.ShouldBe("渡口的 <灯>");
        entry.Element(Atom + "updated")!.Value.ShouldBe("2026-11-20T08:30:00Z");
        entry.Element(Atom + "published")!.Value.ShouldBe("2026-11-20T08:30:00Z");
        entry.Elements(Atom + "author").Select(author => author.Element(Atom + "name")!.Value).ShouldBe(["林溪", "陈予安"]);
        entry.Element(Atom + "content")!.Attribute("type")!.Value.ShouldBe("html");
        entry.Element(Atom + "content")!.Value.ShouldBe("<p>灯亮了 &amp; 船来了。</p>");
        entry.Elements(Atom + "link").ToDictionary(link => link.Attribute("rel")!.Value, link => link.Attribute("href")!.Value)
            .ShouldBe(new Dictionary<string, string> { ["alternate"] = "http://localhost/a/7", ["via"] = "https://hewan.example/lamp?a=1&b=2" }, ignoreOrder: true);
        entry.Attribute(XNamespace.Xml + "lang")!.Value.ShouldBe("zh-Hans");
    }

    [Fact]
    public void An_article_without_authors_is_its_outlet_s()
    {
        var article = Article();
        article = article with { Current = article.Current with { Authors = [] } };
        XDocument.Parse(Encoding.UTF8.GetString(AtomWriter.Write(Feed(article)))).Descendants(Atom + "name").Single().Value.ShouldBe("河湾日报");
    }

    [Fact]
    public void A_later_version_was_updated_when_it_was_captured()
    {
        var article = Article();
        article = article with { Current = article.Current with { Ordinal = 2 } };
        FeedArticle.UpdatedOf(article).ShouldBe(article.Current.Captured);
    }

    [Fact]
    public void Identifiers_depend_on_the_article_and_not_on_the_archive_s_numbers()
    {
        FeedIdentifier.Of(Article()).ShouldBe(FeedIdentifier.Of(Article() with { Id = 99, Number = 3 }));
        FeedIdentifier.Of(Article()).ShouldNotBe(FeedIdentifier.Of(Article() with { Url = "https://hewan.example/other" }));
    }

    [Fact]
    public void A_json_feed_item_has_what_version_1_1_asks_for()
    {
        var text = Encoding.UTF8.GetString(JsonFeedWriter.Write(Feed(Article())));
        text.ShouldContain("渡口的 <灯>");
        var feed = JsonDocument.Parse(text).RootElement;
        feed.GetProperty("version").GetString().ShouldBe("https://jsonfeed.org/version/1.1");
        feed.GetProperty("feed_url").GetString().ShouldBe("http://localhost/feed.atom");
        var item = feed.GetProperty("items")[0];
        item.GetProperty("id").GetString().ShouldBe(FeedIdentifier.Of(Article()));
        item.GetProperty("external_url").GetString().ShouldBe("https://hewan.example/lamp?a=1&b=2");
        item.GetProperty("date_published").GetString().ShouldBe("2026-11-20T08:30:00Z");
        item.GetProperty("authors")[1].GetProperty("name").GetString().ShouldBe("陈予安");
        item.GetProperty("tags")[0].GetString().ShouldBe("河上");
    }

    [Fact]
    public void The_same_feed_gives_the_same_bytes()
    {
        AtomWriter.Write(Feed(Article())).ShouldBe(AtomWriter.Write(Feed(Article())));
        JsonFeedWriter.Write(Feed(Article())).ShouldBe(JsonFeedWriter.Write(Feed(Article())));
    }

    [Fact]
    public void What_no_xml_may_hold_is_left_out()
    {
        var article = Article();
        article = article with { Current = article.Current with { Title = "a\0b\u000Bc\uFFFEd\uD800e\uD83D\uDC26f" } };
        XDocument.Parse(Encoding.UTF8.GetString(AtomWriter.Write(Feed(article)))).Descendants(Atom + "title").Last().Value.ShouldBe("abcde🐦f");
    }

    [Fact]
    public void Whatever_an_outlet_writes_both_forms_are_read_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        text =>
        {
            var article = Article();
            article = article with { Current = article.Current with { Title = text.Get, Standfirst = text.Get, Authors = [text.Get], Sections = [text.Get] } };
            var feed = Feed(article) with { Title = text.Get };
            XDocument.Parse(Encoding.UTF8.GetString(AtomWriter.Write(feed)));
            JsonDocument.Parse(JsonFeedWriter.Write(feed)).Dispose();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Our_own_reader_reads_both()
    {
        foreach (var bytes in new[] { AtomWriter.Write(Feed(Article())), JsonFeedWriter.Write(Feed(Article())) })
        {
            var read = FeedReader.Read(bytes).ShouldBeOfType<FeedReading.Found>().Feed;
            read.Entries.Single().Published.ShouldBe(Published.ToUniversalTime());
        }
    }

    private static ArticleFeed Feed(Article article) => new()
    {
        Name = "newest",
        Title = "邸报",
        SelfUrl = "http://localhost/feed.atom",
        HomeUrl = "http://localhost/",
        Updated = Published,
        Articles = [new(article, new("<p>灯亮了 &amp; 船来了。</p>", "灯亮了 & 船来了。"), string.Create(CultureInfo.InvariantCulture, $"http://localhost/a/{article.Id}"))],
    };

    private static Article Article() => new()
    {
        Id = 7,
        Outlet = new() { Id = 1, Slug = "hewan", Name = "河湾日报" },
        Url = "https://hewan.example/lamp?a=1&b=2",
        State = ArticleState.Live,
        StateSince = Published,
        FirstCaptured = Published.AddMinutes(5),
        LastCaptured = Published.AddMinutes(5),
        Newest = Published,
        Number = 1048575,
        VersionCount = 1,
        Current = new()
        {
            Id = 11,
            ArticleId = 7,
            Ordinal = 1,
            CaptureId = 3,
            Origin = VersionOrigin.Page,
            Captured = Published.AddMinutes(5),
            Title = "渡口的 <灯>",
            Standfirst = "一盏旧灯重新点亮。",
            Authors = ["林溪", "陈予安"],
            Published = Published,
            Language = "zh-Hans",
            Sections = ["河上"],
            Lead = "",
            Wording = Digest.OfText("灯"),
        },
    };
}
