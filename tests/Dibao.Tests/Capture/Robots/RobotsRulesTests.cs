using System.Text;
using Dibao.Capture.Robots;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Robots;

/// <summary>RFC 9309, its examples among them, in our own hosts.</summary>
public class RobotsRulesTests
{
    [Theory]
    // §2.2.2: the longest match decides; of two as long, allow.
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/c", false)]
    [InlineData("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b", false)]
    [InlineData("User-agent: *\nDisallow: /page\nAllow: /page", "/page", true)]
    [InlineData("User-agent: *\nDisallow: /", "/", false)]
    [InlineData("User-agent: *\nDisallow: /", "/robots.txt", true)]
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: *\nAllow: /p\nDisallow: /", "/page", true)]
    [InlineData("User-agent: *\nAllow: /$\nDisallow: /", "/", true)]
    [InlineData("User-agent: *\nAllow: /$\nDisallow: /", "/page.htm", false)]
    [InlineData("User-agent: *\nDisallow: /fish", "/Fish.asp", true)]
    [InlineData("User-agent: *\nDisallow: /fish/", "/fish", true)]
    [InlineData("User-agent: *\nDisallow: fish", "/fish", true)]
    // §2.2.3: * and $.
    [InlineData("User-agent: *\nDisallow: /*.php", "/folder/any.php.file.html", false)]
    [InlineData("User-agent: *\nDisallow: /*.php$", "/filename.php?parameters", true)]
    [InlineData("User-agent: *\nDisallow: /*.php$", "/a.php/b.php", false)]
    [InlineData("User-agent: *\nDisallow: /fish*.php", "/fishheads/catfish.php?parameters", false)]
    [InlineData("User-agent: *\nDisallow: /fish*.php", "/Fish.PHP", true)]
    [InlineData("User-agent: *\nDisallow: /a*b*c$", "/a-b-b-c", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c$", "/a-c-b", true)]
    [InlineData("User-agent: *\nDisallow: /ab*ba$", "/aba", true)]
    [InlineData("User-agent: *\nDisallow: *secret", "/x/secret/y", false)]
    [InlineData("User-agent: *\nDisallow: /x$y", "/x$y", true)]
    [InlineData("User-agent: *\nDisallow: /*?print=", "/story?print=1", false)]
    // §2.2.2: one spelling for what means the same.
    [InlineData("User-agent: *\nDisallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false)]
    [InlineData("User-agent: *\nDisallow: /foo/bar/baz", "/foo/bar/%62%61%7a", false)]
    [InlineData("User-agent: *\nDisallow: /要闻", "/%E8%A6%81%E9%97%BB/1", false)]
    [InlineData("User-agent: *\nDisallow: /%e8%a6%81", "/%E8%A6%81%E9%97%BB/1", false)]
    [InlineData("User-agent: *\nDisallow: /a%2Fb", "/a/b", true)]
    [InlineData("User-agent: *\nDisallow: /a%2fb", "/a%2Fb", false)]
    [InlineData("User-agent: *\nDisallow: /file-with-a-%2A.html", "/file-with-a-*.html", false)]
    [InlineData("User-agent: *\nDisallow: /file-with-a-%2A.html", "/file-with-a-b.html", true)]
    [InlineData("User-agent: *\nDisallow: /a%", "/a%25", false)]
    // §2.2.1: groups.
    [InlineData("User-agent: dibao\nAllow: /a\nDisallow: /\nUser-agent: *\nDisallow: /a", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /a\nUser-agent: DIBAO/2.0\nDisallow: /b", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /a\nUser-agent: DIBAO/2.0\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: Dibao\nDisallow: /a\nUser-agent: other\nDisallow: /c\nUser-agent: dibao\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: Dibao\nDisallow: /a\nUser-agent: other\nDisallow: /c\nUser-agent: dibao\nDisallow: /b", "/c", true)]
    [InlineData("User-agent: one\nUser-agent: dibao\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: dibaobot\nDisallow: /", "/a", true)]
    [InlineData("User-agent: dibao\n\nUser-agent: *\nDisallow: /", "/a", false)]
    [InlineData("Disallow: /a", "/a", true)]
    [InlineData("User-agent: dibao\nCrawl-delay: 2\nUser-agent: *\nDisallow: /", "/a", true)]
    // Lines as people write them.
    [InlineData("\ufeffUser-agent:*\r\nDISALLOW :/a # why\r\n", "/a", false)]
    [InlineData("# hello\rUser-Agent: *\rDisallow: /a\r", "/a", false)]
    [InlineData("<!doctype html><title>Disallow: /</title>", "/a", true)]
    public void What_robots_txt_says_is_done(string file, string path, bool allowed) =>
        RobotsRules.Parse(Encoding.UTF8.GetBytes(file), "Dibao").Allows(Page(path)).ShouldBe(allowed);

    [Theory]
    [InlineData("User-agent: *\nCrawl-delay: 7", 7.0)]
    [InlineData("User-agent: *\nCrawl-delay: 0.5", 0.5)]
    [InlineData("User-agent: *\nCrawl-delay: 7\nUser-agent: Dibao\nCrawl-delay: 2", 2.0)]
    [InlineData("User-agent: *\nCrawl-delay: 7\nUser-agent: Dibao\nDisallow:", null)]
    [InlineData("User-agent: *\nCrawl-delay: -7", null)]
    [InlineData("User-agent: *\nCrawl-delay: soon", null)]
    public void The_crawl_delay_of_the_own_group_counts(string file, double? seconds) =>
        (RobotsRules.Parse(Encoding.UTF8.GetBytes(file), "Dibao").CrawlDelay?.TotalSeconds).ShouldBe(seconds);

    [Fact]
    public void What_lies_beyond_500_KiB_does_not_count()
    {
        var file = Encoding.ASCII.GetBytes("User-agent: *\n" + new string('#', RobotsRules.MaxBytes - 40) + "\nDisallow: /a\n" + new string('#', 40) + "\nDisallow: /b\n");
        var rules = RobotsRules.Parse(file, "Dibao");
        rules.Allows(Page("/a")).ShouldBeFalse();
        rules.Allows(Page("/b")).ShouldBeTrue();
    }

    [Fact]
    public void Any_bytes_are_read_and_robots_txt_itself_is_always_allowed() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        RobotsRules.Parse([.. "User-agent: *\nDisallow: "u8, .. bytes], "Dibao").Allows(Page("/robots.txt"))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_pattern_of_many_stars_costs_no_more_than_its_length()
    {
        var rules = RobotsRules.Parse(Encoding.ASCII.GetBytes("User-agent: *\nDisallow: /" + string.Concat(Enumerable.Repeat("*a", 20_000)) + "b$"), "Dibao");
        rules.Allows(Page("/" + new string('a', 4000))).ShouldBeTrue();
    }

    private static Uri Page(string path) => new("https://paper.example" + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
