using Dibao.Capture.Fetch;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Fetch;

public class FetchProfileTests
{
    [Fact]
    public async Task Cookies_and_headers_of_a_source_are_sent_and_never_kept()
    {
        await using var site = new RawSite("HTTP/1.1 200 OK\r\nSet-Cookie: session=n3w-s3cret\r\nset-cookie: b=c\r\nContent-Length: 2\r\nA: b\r\n\r\nok");
        using var fetcher = new TestFetcher(site.Authority);
        fetcher.Profiles.Set(site.Url("/feed"), new()
        {
            Headers = [new("X-Api-Key", "k3y"), new("Authorization", "Bearer t0ken"), new("User-Agent", "Made-up/1")],
            Cookie = "session=s3cret; theme=dark",
        });
        var page = (await fetcher.GetAsync(site.Url("/a"), site.Url("/feed"))).ShouldBeOfType<FetchOutcome.Fetched>().Final;
        var sent = site.Requests.ShouldHaveSingleItem();
        sent.ShouldContain("\r\nX-Api-Key: k3y\r\n");
        sent.ShouldContain("\r\nAuthorization: Bearer t0ken\r\n");
        sent.ShouldContain("\r\nCookie: session=s3cret; theme=dark\r\n");
        sent.ShouldContain("\r\nUser-Agent: Made-up/1\r\n");
        sent.ShouldNotContain("Dibao");
        var kept = page.AskedText() + page.AnsweredText();
        foreach (var secret in new[] { "k3y", "t0ken", "s3cret", "dark", "Made-up", "b=c" }) kept.ShouldNotContain(secret);
        page.AskedText().ShouldStartWith("GET /a HTTP/1.1\r\nHost: ");
        page.AnsweredText().ShouldBe("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nA: b\r\n\r\n");
    }

    [Fact]
    public async Task A_redirect_to_another_host_takes_no_secrets_along()
    {
        await using var other = new RawSite("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok");
        await using var site = new RawSite($"HTTP/1.1 302 There\r\nLocation: {other.Url("/b")}\r\nContent-Length: 0\r\n\r\n");
        using var fetcher = new TestFetcher(site.Authority, other.Authority);
        fetcher.Profiles.Set(site.Url("/feed"), new() { Headers = [new("X-Api-Key", "k3y")], Cookie = "session=s3cret" });
        var page = (await fetcher.GetAsync(site.Url("/a"), site.Url("/feed"))).ShouldBeOfType<FetchOutcome.Fetched>().Final;
        site.Requests[0].ShouldContain("s3cret");
        other.Requests[0].ShouldNotContain("s3cret");
        other.Requests[0].ShouldNotContain("k3y");
        page.AnsweredText().ShouldContain("Set-Cookie: a=b");
    }

    [Fact]
    public async Task A_page_asked_for_on_nobodys_behalf_goes_by_the_profile_of_the_source_that_announced_it()
    {
        await using var site = new RawSite("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        using var fetcher = new TestFetcher(site.Authority);
        fetcher.Profiles.AnnouncedBy = url => url == site.Url("/a") ? site.Url("/feed") : null;
        fetcher.Profiles.Set(site.Url("/feed"), new() { Cookie = "a=b" });
        await fetcher.GetAsync(site.Url("/a"));
        site.Requests[0].ShouldContain("\r\nCookie: a=b\r\n");
    }

    [Theory]
    [InlineData("https://paper.example/feed", "https://paper.example/a", true)]
    [InlineData("https://www.paper.example/feed", "https://paper.example/a", true)]
    [InlineData("https://paper.example/feed", "https://img.paper.example/a", true)]
    [InlineData("https://paper.example/feed", "http://paper.example/a", false)]
    [InlineData("http://paper.example/feed", "https://paper.example/a", true)]
    [InlineData("https://paper.example/feed", "https://newspaper.example/a", false)]
    [InlineData("https://paper.example/feed", "https://example/a", false)]
    [InlineData("https://paper.example/feed", "https://paper.example:8443/a", false)]
    [InlineData("https://paper.example/feed", "https://partner.example/a", true)]
    [InlineData("https://paper.example/feed", "https://cdn.partner.example/a", true)]
    [InlineData("https://127.0.0.1:81/feed", "https://127.0.0.1:82/a", false)]
    [InlineData("https://10.0.0.1/feed", "https://1.10.0.0.1.example/a", false)]
    public void Secrets_go_to_the_source_and_to_hosts_that_were_named(string source, string asked, bool entrusted) =>
        new FetchProfile { Cookie = "a=b", Hosts = ["partner.example"] }.EntrustsTo(new(asked), source).ShouldBe(entrusted);

    [Fact]
    public void Profiles_lie_in_a_file_that_only_its_owner_reads()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-profiles-");
        try
        {
            var path = Path.Combine(folder.FullName, FetchProfiles.FileName);
            var profiles = FetchProfiles.Load(path);
            profiles.Set("https://paper.example/feed", new()
            {
                Headers = [new("X-Key", "k")], Cookie = "a=b", Proxy = "socks5h://127.0.0.1:9050", Delay = TimeSpan.FromSeconds(5), Browser = BrowserUse.WhenEmpty, Hosts = ["x.example"],
            });
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            profiles.Move("https://paper.example/feed", "https://paper.example/new");
            var again = FetchProfiles.Load(path);
            again.Of("https://paper.example/feed").IsStandard.ShouldBeTrue();
            var read = again.Of("https://paper.example/new");
            read.Headers.ShouldBe([new("X-Key", "k")]);
            (read.Cookie, read.Proxy, read.Delay, read.Browser).ShouldBe(("a=b", "socks5h://127.0.0.1:9050", TimeSpan.FromSeconds(5), BrowserUse.WhenEmpty));
            again.Set("https://paper.example/new", FetchProfile.Standard);
            FetchProfiles.Load(path).Of("https://paper.example/new").IsStandard.ShouldBeTrue();
        }
        finally { folder.Delete(recursive: true); }
    }

    [Fact]
    public void What_cannot_be_sent_is_refused_without_repeating_it()
    {
        var profile = new FetchProfile
        {
            Headers = [new("X-Key", "s3cret\r\nEvil: 1"), new("Host", "elsewhere.example")], Cookie = "a=s3cret\n", Proxy = "ftp://u:s3cret@p.example",
            Delay = TimeSpan.FromDays(2), Hosts = ["not a host"],
        };
        var refused = Should.Throw<ArgumentException>(() => FetchProfiles.InMemory().Set("https://paper.example/feed", profile));
        profile.Problems().Count.ShouldBe(6);
        refused.Message.ShouldNotContain("s3cret");
    }

    [Fact]
    public void A_profile_prints_none_of_its_secrets()
    {
        var profile = new FetchProfile { Headers = [new("X-Key", "s3cret")], Cookie = "s3cret", Proxy = "http://u:s3cret@p.example" };
        $"{profile} {profile.Headers[0]} {new Asking(FetchRequest.Page("http://a.example"), new("http://a.example"), profile, true)}".ShouldNotContain("s3cret");
    }
}
