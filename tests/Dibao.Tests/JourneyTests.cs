using Dibao.Capture;
using Dibao.Capture.Discovery;
using Dibao.Capture.Sources;
using Dibao.Find;
using Dibao.SampleOutlet;
using Shouldly;
using Xunit;

namespace Dibao.Tests;

/// <summary>The whole journey over real HTTP: a made-up outlet on loopback, watched by an archive.</summary>
public class JourneyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_outlet_is_captured_from_its_feeds_to_articles_that_are_found()
    {
        await using var journey = await Journey.StartAsync();
        foreach (var title in journey.Outlet.Titles) await journey.AddAsync(title);

        var report = await journey.RoundAsync();

        report.Sources.ShouldAllBe(source => source.End != PollEnd.Failed);
        var catalogue = journey.Archive.Reader.Catalogue;
        catalogue.Counts().Articles.ShouldBe(journey.Outlet.Titles.Sum(title => title.Articles.Count));
        foreach (var title in journey.Outlet.Titles)
        {
            foreach (var written in title.Articles)
            {
                var article = catalogue.Article(journey.Outlet.UrlOf(written.Slug).ToString()).ShouldNotBeNull(written.Slug);
                article.Current.Title.ShouldBe(written.Title);
                article.Current.Published.ShouldBe(written.Published, written.Slug);
                article.Current.Language.ShouldBe(title.Language, written.Slug);
                article.Current.Origin.ShouldBe(written.Slug == SampleOutletServer.FailingSlug ? VersionOrigin.Feed : VersionOrigin.Page);
                var body = catalogue.Body(article.Current.Id);
                foreach (var clutter in (string[])["Cookie", "facebook", "newsletter", "沙发", "延伸閱讀", "Read more"]) body.Html.ShouldNotContain(clutter);
            }
        }
        journey.Find("河湾大桥").ShouldHaveSingleItem();
        journey.Find("河灣大橋").ShouldHaveSingleItem("traditional characters find simplified text");
        journey.Find("\"battery-powered ferry\"").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_second_round_asks_conditionally_and_keeps_nothing_new()
    {
        await using var journey = await Journey.StartAsync();
        await journey.AddAsync(journey.Outlet.Titles[0]);
        await journey.RoundAsync();
        var before = journey.Archive.Reader.Catalogue.Counts();
        var page = journey.Outlet.UrlOf(SampleOutletServer.EditedSlug).AbsolutePath;

        await journey.RoundAsync();

        journey.Archive.Reader.Catalogue.Counts().Articles.ShouldBe(before.Articles);
        journey.Outlet.RequestsTo(page).ShouldBe(1);
    }

    [Fact]
    public async Task An_edit_becomes_a_version_and_a_deletion_is_seen_while_the_words_stay()
    {
        await using var journey = await Journey.StartAsync();
        await journey.AddAsync(journey.Outlet.Titles[0]);
        await journey.RoundAsync();
        var catalogue = journey.Archive.Reader.Catalogue;

        journey.Outlet.Edit(SampleOutletServer.EditedSlug);
        journey.Outlet.Delete(SampleOutletServer.DeletedSlug);
        await journey.RoundAsync();
        await journey.RecheckAsync();

        var edited = catalogue.Article(journey.Outlet.UrlOf(SampleOutletServer.EditedSlug).ToString())!;
        edited.VersionCount.ShouldBe(2);
        catalogue.Body(edited.Current.Id).Text.ShouldContain("更正");
        catalogue.Body(catalogue.Versions(edited.Id)[0].Id).Text.ShouldNotContain("更正");
        var deleted = catalogue.Article(journey.Outlet.UrlOf(SampleOutletServer.DeletedSlug).ToString())!;
        deleted.State.ShouldBe(ArticleState.Gone);
        catalogue.Body(deleted.Current.Id).Text.Length.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("trap/empty.xml")]
    [InlineData("trap/entity-bomb.xml")]
    [InlineData("trap/huge.xml")]
    [InlineData("trap/loop")]
    [InlineData("trap/to-metadata")]
    public async Task What_is_no_feed_is_said_to_be_none_in_words(string path)
    {
        await using var journey = await Journey.StartAsync();

        var finding = await journey.Archive.Capture.Finder.FindAsync(new Uri(journey.Outlet.BaseUrl, path).ToString(), Cancel);

        finding.ShouldBeOfType<SourceFinding.NotFound>().Message.Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task A_feed_in_GBK_that_claims_UTF_8_is_read()
    {
        await using var journey = await Journey.StartAsync();
        var finding = await journey.Archive.Capture.Finder.FindAsync(new Uri(journey.Outlet.BaseUrl, "trap/gbk-as-utf8.xml").ToString(), Cancel);
        finding.ShouldBeOfType<SourceFinding.Found>().Title.ShouldBe("澜水两岸的天气");
    }

    [Fact]
    public async Task A_page_in_the_place_of_a_feed_leads_to_its_sites_sitemap()
    {
        await using var journey = await Journey.StartAsync();
        var finding = await journey.Archive.Capture.Finder.FindAsync(new Uri(journey.Outlet.BaseUrl, "trap/page-as-feed.xml").ToString(), Cancel);
        finding.ShouldBeOfType<SourceFinding.Found>().Best.Kind.ShouldBe(SourceKind.Sitemap);
    }

    [Fact]
    public async Task The_outlet_is_out_of_reach_unless_its_address_is_allowed_by_name()
    {
        await using var journey = await Journey.StartAsync(allow: false);
        var finding = await journey.Archive.Capture.Finder.FindAsync(journey.Outlet.Feeds[0].ToString(), Cancel);
        finding.ShouldBeOfType<SourceFinding.NotFound>().Message.ShouldContain("DIBAO_CAPTURE_ALLOW_HOSTS");
    }

    private sealed class Journey(SampleOutletServer outlet, Archive archive, string folder) : IAsyncDisposable
    {
        public SampleOutletServer Outlet => outlet;
        public Archive Archive => archive;

        public static async Task<Journey> StartAsync(bool allow = true)
        {
            var outlet = await SampleOutletServer.StartAsync(cancel: Cancel);
            var folder = Directory.CreateTempSubdirectory("dibao-journey-").FullName;
            var options = new CaptureOptions { AllowHosts = allow ? [outlet.BaseUrl.Authority] : [] };
            return new(outlet, Archive.Open(folder, options, TimeProvider.System, cancel: Cancel), folder);
        }

        public Task<bool> AddAsync(SampleTitle title) => archive.Capture.Book.AddAsync(
            new Uri(outlet.BaseUrl, title.FeedPath).ToString(), title.Name, new(title.Path, title.Name, null, title.Language), archive.KeepAsync, Cancel);

        public Task<RoundReport> RoundAsync() => archive.Capture.Round.RunAsync(archive.Capture.Book.Active(), archive.KeepAsync, null, Cancel);

        // As if every article's time had come.
        public Task<IReadOnlyList<RecheckReport>> RecheckAsync() => archive.Capture.Round.RecheckAsync(
            archive.Rechecks with { Due = (now, limit) => archive.Rechecks.Due(now.AddDays(400), limit) }, 500, archive.KeepAsync, Cancel);

        public IReadOnlyList<SearchHit> Find(string words) => archive.Reader.Search.Search(
            SearchQuery.Parse(words).ShouldBeOfType<QueryReading.Parsed>().Query, new()).Hits;

        public async ValueTask DisposeAsync()
        {
            await archive.DisposeAsync();
            await outlet.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
