using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

public sealed class ArticleReaderTests
{
    private static readonly DateTimeOffset FeedTime = new(2024, 3, 5, 17, 31, 10, TimeSpan.Zero);

    [Fact]
    public void A_feed_fragment_loses_its_share_links_and_keeps_every_paragraph()
    {
        var reading = ArticleReader.ReadFragment(Fixtures.SimplifiedFragment, Fixtures.Url, new ArticleHints { Title = "老桥重新开放", Published = FeedTime });

        reading.Standfirst.ShouldBe("青石镇的老桥三月五日重新开放，镇长说，修桥花了两年时间。");
        reading.LeadImage.ShouldBe("https://img.example/w:1280/bridge.jpg");
        var paragraphs = reading.Text.Split("\n\n");
        paragraphs.Length.ShouldBe(4);
        paragraphs[0].ShouldStartWith("镇上的居民");
        paragraphs[1].ShouldBe("“我们等了很久。”");
        paragraphs[3].ShouldBe("桥边的茶馆也重新开门。");
        reading.Html.ShouldNotContain("share");
        reading.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_date_line_without_zone_is_resolved_by_the_feeds_time()
    {
        var reading = ArticleReader.ReadFragment(Fixtures.SimplifiedFragment, Fixtures.Url, new ArticleHints { Published = FeedTime });

        reading.Published.ShouldBe(new DateTimeOffset(2024, 3, 5, 17, 20, 0, TimeSpan.Zero));
        reading.PublishedFrom.ShouldBe(TimeSource.PageZoneResolved);
    }

    [Fact]
    public void A_date_line_without_zone_is_resolved_by_the_outlets_zone()
    {
        var reading = ArticleReader.ReadFragment(Fixtures.SimplifiedFragment, Fixtures.Url, new ArticleHints { TimeZone = "Asia/Taipei" });

        reading.Published.ShouldBe(new DateTimeOffset(2024, 3, 5, 10, 20, 0, TimeSpan.Zero));
    }

    [Fact]
    public void A_feed_time_far_from_every_zone_is_taken_instead_of_the_date_line()
    {
        var late = FeedTime.AddDays(9).AddMinutes(14);

        var reading = ArticleReader.ReadFragment(Fixtures.SimplifiedFragment, Fixtures.Url, new ArticleHints { Published = late });

        reading.Published.ShouldBe(late);
        reading.PublishedFrom.ShouldBe(TimeSource.Hint);
    }

    [Fact]
    public void No_time_is_invented()
    {
        var reading = ArticleReader.ReadFragment("<p>There was a storm at sea, and then there was none.</p>", "https://news.example/storm");

        reading.Published.ShouldBeNull();
        reading.PublishedFrom.ShouldBe(TimeSource.None);
        reading.Authors.ShouldBeEmpty();
    }

    [Fact]
    public void A_traditional_chinese_page_is_read_without_what_stands_around()
    {
        var reading = ArticleReader.Read(Fixtures.TraditionalPage, "https://shancheng.example/news/112?from=x", new ArticleHints { TimeZone = "Asia/Taipei" });

        reading.Kind.ShouldBe(PageKind.Article);
        reading.Title.ShouldBe("山城開辦夜間圖書館");
        reading.Language.ShouldBe("zh-Hant");
        reading.SiteName.ShouldBe("山城日報");
        reading.CanonicalUrl.ShouldBe("https://shancheng.example/news/112");
        reading.LeadImage.ShouldBe("https://shancheng.example/i/library.jpg");
        reading.Published.ShouldBe(new DateTimeOffset(2024, 3, 5, 10, 20, 0, TimeSpan.Zero));
        reading.Text.Split("\n\n").Length.ShouldBe(4);
        reading.Text.ShouldStartWith("山城市立圖書館");
        reading.Text.ShouldContain("夜裡的書頁聲音特別清楚。");
        reading.Text.ShouldEndWith("跟進。");
    }

    [Fact]
    public void An_english_page_is_read_without_what_stands_around()
    {
        var reading = ArticleReader.Read(Fixtures.EnglishPage, "https://halden.example/ferry");

        reading.Title.ShouldBe("Ferry returns to Halden Sound");
        reading.Standfirst.ShouldBe("The ferry that stopped nine years ago sails again.");
        reading.Authors.ShouldBe(["Ida Lund", "Per Moe"]);
        reading.Published.ShouldBe(new DateTimeOffset(2024, 3, 5, 8, 30, 0, TimeSpan.Zero));
        reading.Modified.ShouldBe(new DateTimeOffset(2024, 3, 5, 10, 0, 0, TimeSpan.Zero));
        reading.Sections.ShouldBe(["Local"]);
        reading.Language.ShouldBe("en");
        reading.Text.ShouldBe(
            """
            It was raining when the first cars rolled aboard, and nobody seemed to mind. The crossing takes eleven minutes, as it always did.

            No.

            What it costs

            Cars: forty crowns

            People on foot: nothing

            “I proposed to my wife on this boat,” said a man in a yellow coat, who would not give his name.

            The harbour master, who kept the old timetable in a drawer, hung it up again, unchanged.

            Tickets go on sale tomorrow.
            """.ReplaceLineEndings("\n"));
        reading.Html.ShouldContain("<a href=\"https://halden.example/shop?id=1&amp;x=2\" rel=\"nofollow noopener noreferrer\">yellow coat</a>");
        reading.Markdown.ShouldContain("## What it costs\n\n- Cars: forty crowns\n- People on foot: nothing\n");
    }

    [Fact]
    public void A_poem_keeps_its_lines()
    {
        var reading = ArticleReader.ReadFragment("<p>雨落在桥上，<br>桥落在水里，<br>水不说话。</p><p>第二天，<br>天晴了。</p>", null);

        reading.Text.ShouldBe("雨落在桥上，\n桥落在水里，\n水不说话。\n\n第二天，\n天晴了。");
    }

    [Theory]
    [InlineData("<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><p>nginx</p></body></html>")]
    [InlineData("<html><body><div id=app></div><script>boot()</script></body></html>")]
    [InlineData("")]
    public void A_page_without_article_is_none_and_says_why(string html)
    {
        var reading = ArticleReader.Read(html, "https://news.example/");

        reading.IsArticle.ShouldBeFalse();
        reading.KindReason.ShouldNotBeEmpty();
        reading.Warnings.ShouldNotBeEmpty();
    }

    [Fact]
    public void An_article_that_only_structured_data_holds_is_read_from_there()
    {
        var sentence = "The lake froze over in the night, and by noon the whole town was standing on it. ";
        var html = "<html><body><div id=root></div><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ice\",\"articleBody\":\""
            + string.Concat(Enumerable.Repeat(sentence, 9)) + "\\n<script>alert(1)<\\/script>Second.\"}</script></body></html>";

        var reading = ArticleReader.Read(html, null);

        reading.Kind.ShouldBe(PageKind.Article);
        reading.Text.ShouldStartWith("The lake froze");
        reading.Html.ShouldNotContain("<script");
        reading.Warnings.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_lazy_picture_is_read_from_where_its_script_would_take_it()
    {
        var html = "<p>Before the picture there is a sentence, and it is long enough.</p><p><img src='data:image/gif;base64,R0' data-src='/real.jpg' width=640 height=480 alt='A &quot;real&quot; one'></p><p>After.</p>";

        ArticleReader.ReadFragment(html, "https://news.example/a/b").Html
            .ShouldContain("<img src=\"https://news.example/real.jpg\" alt=\"A &quot;real&quot; one\" width=\"640\" height=\"480\">");
    }

    [Fact]
    public void Paragraphs_that_a_template_keeps_in_a_sidebar_grid_are_still_the_article()
    {
        var paragraph = "<div class=\"sidebar-grid__row widget\"><p>The rowers came back at dusk, tired, and told everyone about the seal they had met.</p></div>";

        var reading = ArticleReader.Read("<html><body><nav><a href=/>Home</a></nav><main>" + string.Concat(Enumerable.Repeat(paragraph, 6)) + "</main></body></html>", null);

        reading.Text.Split("\n\n").Length.ShouldBe(6);
        reading.Text.ShouldNotContain("Home");
    }
}
