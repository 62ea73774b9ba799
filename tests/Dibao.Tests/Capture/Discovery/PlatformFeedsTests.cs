using Dibao.Capture.Discovery;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Discovery;

public class PlatformFeedsTests
{
    [Theory]
    [InlineData("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv")]
    [InlineData("https://m.youtube.com/playlist?list=PL123_-x", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL123_-x")]
    [InlineData("https://www.youtube.com/user/estuary", "https://www.youtube.com/feeds/videos.xml?user=estuary")]
    [InlineData("https://old.reddit.com/r/estuary", "https://www.reddit.com/r/estuary/.rss")]
    [InlineData("https://github.com/owner/repo", "https://github.com/owner/repo/releases.atom")]
    [InlineData("https://github.com/owner/repo/releases", "https://github.com/owner/repo/releases.atom")]
    [InlineData("https://github.com/owner", "https://github.com/owner.atom")]
    [InlineData("https://medium.com/@writer/some-story-123", "https://medium.com/feed/@writer")]
    [InlineData("https://writer.medium.com/", "https://writer.medium.com/feed")]
    [InlineData("https://letter.substack.com/p/first", "https://letter.substack.com/feed")]
    [InlineData("https://pictures.tumblr.com/", "https://pictures.tumblr.com/rss")]
    [InlineData("https://www.tumblr.com/pictures", "https://pictures.tumblr.com/rss")]
    [InlineData("https://harbour.blogspot.com/2026/01/x.html", "https://harbour.blogspot.com/feeds/posts/default")]
    [InlineData("https://harbour.wordpress.com/", "https://harbour.wordpress.com/feed/")]
    [InlineData("https://harbour.wordpress.com/category/boats/", "https://harbour.wordpress.com/category/boats/feed/")]
    [InlineData("https://social.example/@keeper", "https://social.example/@keeper.rss")]
    [InlineData("https://social.example/tags/boats", "https://social.example/tags/boats.rss")]
    [InlineData("https://bsky.app/profile/keeper.example", "https://bsky.app/profile/keeper.example/rss")]
    [InlineData("https://t.me/harbournews", "https://t.me/s/harbournews")]
    [InlineData("https://news.example/category/local/", "https://news.example/category/local/feed/")]
    [InlineData("https://m.blog.naver.com/keeper", "https://rss.blog.naver.com/keeper.xml")]
    [InlineData("https://www.cnblogs.com/keeper/p/1.html", "https://www.cnblogs.com/keeper/rss")]
    [InlineData("https://blog.sina.com.cn/u/1234567890", "http://blog.sina.com.cn/rss/1234567890.xml")]
    [InlineData("https://keeper.podbean.com/e/first", "https://feed.podbean.com/keeper/feed.xml")]
    [InlineData("https://dev.to/t/boats", "https://dev.to/feed/t/boats")]
    [InlineData("https://arxiv.org/list/cs.DL/recent", "https://rss.arxiv.org/rss/cs.DL")]
    [InlineData("https://shop.example/blogs/news", "https://shop.example/blogs/news.atom")]
    [InlineData("https://lobste.rs/", "https://lobste.rs/rss")]
    public void A_platforms_address_leads_to_its_feed(string address, string feed) =>
        PlatformFeeds.Of(address).Select(candidate => candidate.Url).ShouldContain(feed);

    [Theory]
    [InlineData("https://news.example/2026/11/05/story.html")]
    [InlineData("https://news.example/")]
    [InlineData("https://github.com/")]
    public void An_address_of_no_platform_leads_nowhere(string address) => PlatformFeeds.Of(address).ShouldBeEmpty();

    [Fact]
    public void A_part_that_the_address_lacks_makes_no_other_host() =>
        PlatformFeeds.Of("https://lobste.rs/").ShouldAllBe(candidate => new Uri(candidate.Url).Host == "lobste.rs");

    [Fact]
    public void A_template_that_lacks_a_part_of_the_address_is_no_candidate() =>
        PlatformFeeds.Of("https://harbour.wordpress.com/").ShouldHaveSingleItem();

    [Fact]
    public void A_channel_stands_in_the_page_of_its_handle() =>
        PlatformFeeds.InPage("""<script>{"channelId":"UCabcdefghijklmnopqrstuv"}</script>""", "https://www.youtube.com/@keeper")
            .ShouldHaveSingleItem().Url.ShouldBe("https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv");

    [Fact]
    public void Telegrams_preview_is_a_list_page_with_its_selector()
    {
        var candidate = PlatformFeeds.Of("https://t.me/harbournews").ShouldHaveSingleItem();
        candidate.Kind.ShouldBe(SourceKind.ListPage);
        ListPage.IsSelector(candidate.Selector!).ShouldBeTrue();
    }
}
