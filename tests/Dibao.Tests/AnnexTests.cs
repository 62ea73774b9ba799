using Dibao.Capture;
using Dibao.Capture.Backfill;
using Dibao.Capture.Coverage;
using Dibao.Capture.Discovery;
using Dibao.Capture.FullText;
using Dibao.Capture.Media;
using Dibao.Keep;
using Dibao.SampleOutlet;
using Shouldly;
using Xunit;

namespace Dibao.Tests;

/// <summary>What the sample outlet keeps beside its feeds, captured over real HTTP into a real archive: list page, pages, AMP, pictures, agency text.</summary>
public sealed class AnnexTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("dibao-annex-").FullName;
    private SampleOutletServer outlet = null!;
    private Archive archive = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        outlet = await SampleOutletServer.StartAsync(cancel: Cancel);
        archive = Archive.Open(folder, Options, TimeProvider.System, cancel: Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await archive.DisposeAsync();
        await outlet.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private CaptureOptions Options => new() { AllowHosts = [outlet.BaseUrl.Authority] };

    [Fact]
    public async Task A_page_without_a_feed_is_watched_as_a_list_of_its_articles()
    {
        var found = (await archive.Capture.Finder.FindListAsync(Url(Annex.ListPath), null, Cancel)).ShouldBeOfType<SourceFinding.Found>();
        found.Best.Kind.ShouldBe(SourceKind.ListPage);
        found.Best.Entries.ShouldBe(Annex.Notices.Count);
        await archive.Capture.Book.WatchAsync(found.Url, found.Best.ToChange(), new("estuary", "The Estuary Post"), archive.KeepAsync, Cancel);

        var report = (await RoundAsync()).Sources.ShouldHaveSingleItem();

        report.New.ShouldBe(Annex.Notices.Count, report.Words);
        archive.Reader.Catalogue.Newest("estuary", null, 50).Articles.Select(article => article.Current.Title)
            .ShouldBe(Annex.Notices.Select(notice => notice.Title), ignoreOrder: true);
        archive.Reader.Sources().ShouldHaveSingleItem().Source.Kind.ShouldBe(SourceKind.ListPage);
        (await RoundAsync()).New.ShouldBe(0);
    }

    [Fact]
    public async Task An_article_on_three_pages_is_one_text_and_a_teaser_has_the_text_of_its_amp_form()
    {
        await WatchAsync(Annex.FeedPath, "estuary");
        await RoundAsync();
        var whole = Article(Annex.LongPath);
        var text = Text(whole);
        foreach (var piece in (string[])["hay barge", "the Patience, had one", "turns a full circle at midnight"]) text.ShouldContain(piece);
        outlet.RequestsTo(Annex.LongPath).ShouldBe(3);
        var brief = Text(Article(Annex.BriefPath));
        brief.ShouldContain("the Patience, had one");
        var capture = archive.Reader.Catalogue.Capture(whole.Current.CaptureId)!;
        capture.Records.Count(record => record.Type == "response").ShouldBe(3);
        System.Text.Encoding.UTF8.GetString(archive.Reader.Original(capture)!.Bytes.Span).ShouldContain("hay barge");
    }

    [Fact]
    public async Task A_recheck_of_an_article_on_three_pages_finds_nothing_changed()
    {
        await WatchAsync(Annex.FeedPath, "estuary");
        await RoundAsync();
        var due = archive.Rechecks with { Due = (now, limit) => archive.Rechecks.Due(now.AddDays(400), limit) };
        var rechecks = await archive.Capture.Round.RecheckAsync(due, 10, archive.KeepAsync, Cancel);
        rechecks.Count.ShouldBe(2);
        Article(Annex.LongPath).VersionCount.ShouldBe(1);
        Article(Annex.BriefPath).VersionCount.ShouldBe(1);
    }

    [Fact]
    public async Task The_pictures_of_an_article_are_kept_with_it_and_come_back_byte_for_byte()
    {
        await WatchAsync("/hewan/rss.xml", "hewan");
        await RoundAsync();
        var pictured = outlet.Titles[0].Articles.First(article => article.Image is not null);
        var article = archive.Reader.Catalogue.Article(outlet.UrlOf(pictured.Slug).ToString())!;
        var urls = ArticleImages.Of(article.Current.LeadImage, archive.Reader.Catalogue.Body(article.Current.Id).Html);
        urls.ShouldContain(Url("/images/" + pictured.Image));
        var kept = archive.Reader.Media.At(urls, article.Current.CaptureId)[Url("/images/" + pictured.Image)];
        kept.Type.ShouldBe("image/png");
        var picture = archive.Reader.Picture(kept.Payload).ShouldNotBeNull();
        picture.ContentType.ShouldBe("image/png");
        using var http = new HttpClient();
        picture.Bytes.ToArray().ShouldBe(await http.GetByteArrayAsync(kept.Url, Cancel));
        outlet.RequestsTo("/images/" + pictured.Image).ShouldBe(2, "once by the archive, once by this test");
    }

    [Fact]
    public async Task An_agency_text_in_two_outlets_stays_two_articles_that_know_of_each_other_also_after_a_rebuild()
    {
        await WatchAsync(Annex.HewanWirePath, "hewan");
        await WatchAsync(Annex.GangpanWirePath, "gangpan");
        await RoundAsync();
        CheckKin();
        await archive.DisposeAsync();
        archive = Archive.Rebuild(folder, Options, TimeProvider.System, null, Cancel);
        CheckKin();
    }

    [Fact]
    public async Task Everything_a_rebuild_reads_is_as_it_was_read_live()
    {
        await WatchAsync(Annex.FeedPath, "estuary");
        await WatchAsync("/hewan/rss.xml", "hewan");
        await RoundAsync();
        var before = Everything();
        await archive.DisposeAsync();
        archive = Archive.Rebuild(folder, Options, TimeProvider.System, null, Cancel);
        Everything().ShouldBe(before);
        Everything().Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_site_without_a_feed_offers_its_sitemap_and_a_sitemap_index_is_read_for_what_is_new()
    {
        var found = (await archive.Capture.Finder.FindAsync(Url(Annex.SitemapPath), Cancel)).ShouldBeOfType<SourceFinding.Found>();
        found.Best.Kind.ShouldBe(SourceKind.Sitemap);
        (await archive.Capture.Finder.SitemapsAsync(Url("/estuary/"), Cancel)).ShouldBe([Url(Annex.SitemapPath)]);
        await archive.Capture.Book.WatchAsync(found.Url, found.Best.ToChange(), new("all", "All titles"), archive.KeepAsync, Cancel);
        var report = (await RoundAsync()).Sources.ShouldHaveSingleItem();
        report.End.ShouldBe(PollEnd.Read, report.Words);
        report.Entries.ShouldBe(outlet.Titles.Sum(title => title.Articles.Count(article => article.Published >= TimeProvider.System.GetUtcNow().AddDays(-3))));
    }

    [Fact]
    public async Task Past_articles_come_from_the_sitemaps_so_many_a_day_and_a_restart_goes_on()
    {
        await WatchAsync(Annex.FeedPath, "estuary");
        var source = archive.Capture.Book.Active().ShouldHaveSingleItem();
        archive.Capture.Backfills.Start(source.Source.Id, new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), perDay: 5);
        while (await archive.Capture.Backfill.StepAsync(source, archive.KeepAsync, Cancel)) { }
        var all = outlet.Titles.Sum(title => title.Articles.Count) + 2;
        var progress = archive.Capture.Backfills.Of(source.Source.Id)!;
        progress.Words.ShouldBeNull();
        progress.All.ShouldBe(all);
        (progress.Of(BackfillState.Waiting), progress.Ended).ShouldBe((all - 5, null));
        archive.Reader.Catalogue.All().Count().ShouldBe(progress.Of(BackfillState.Kept), string.Join(", ", progress.Counts));

        archive.Capture.Backfills.Start(source.Source.Id, new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), perDay: 1000);
        while (await archive.Capture.Backfill.StepAsync(source, archive.KeepAsync, Cancel)) { }
        progress = archive.Capture.Backfills.Of(source.Source.Id)!;
        progress.Ended.ShouldNotBeNull();
        (progress.Of(BackfillState.Kept), progress.Of(BackfillState.Failed)).ShouldBe((all - 1, 1), "one page always answers 500");
        archive.Reader.Coverage.Missed(source.Source.Id, 10).ShouldBeEmpty("nobody announces what is past");
        outlet.RequestsTo(Annex.SitemapPath).ShouldBe(1, "the list is made once");
    }

    [Fact]
    public async Task The_ledger_counts_what_was_announced_and_tells_why_something_is_missing()
    {
        await WatchAsync("/estuary/feed.json", "estuary");
        await RoundAsync();
        var source = archive.Reader.Sources().ShouldHaveSingleItem();
        var today = archive.Reader.Coverage.Days(source.Source.Id, 1, TimeProvider.System.GetUtcNow()).ShouldHaveSingleItem();
        var articles = outlet.Titles.Single(title => title.Path == "estuary").Articles.Count;
        today.Seen.ShouldBe(articles);
        today.Of(CoverageState.Captured).ShouldBe(articles - 1);
        today.Of(CoverageState.FeedOnly).ShouldBe(1);
        var missed = archive.Reader.Coverage.Missed(source.Source.Id, 10).ShouldHaveSingleItem();
        missed.Failure.ShouldBe(FailureKind.ServerTrouble);
        missed.Url.ShouldBe(outlet.UrlOf(SampleOutletServer.FailingSlug).ToString());
        missed.Why!.ShouldContain("500");
    }

    [Fact]
    public async Task What_no_bundle_says_of_the_ledger_outlives_a_rebuild()
    {
        var began = archive.Capture.Uptime.Begin();
        await WatchAsync("/nowhere.xml", "nowhere");
        await RoundAsync();
        var trouble = archive.Reader.Coverage.Troubles(10).ShouldHaveSingleItem();
        await archive.DisposeAsync();
        archive = Archive.Rebuild(folder, Options, TimeProvider.System, null, Cancel);
        archive.Reader.Coverage.Troubles(10).ShouldHaveSingleItem().Began.ShouldBe(trouble.Began);
        archive.Reader.Coverage.Gaps(began, began.AddDays(1)).ShouldHaveSingleItem();
    }

    private void CheckKin()
    {
        var articles = archive.Reader.Catalogue.All().ToList();
        articles.Count.ShouldBe(2);
        archive.Reader.Kin(articles[0].Id).ShouldHaveSingleItem().Article.Id.ShouldBe(articles[1].Id);
        var back = archive.Reader.Kin(articles[1].Id).ShouldHaveSingleItem();
        back.Article.Id.ShouldBe(articles[0].Id);
        back.Percent.ShouldBeInRange(60, 100);
    }

    private List<string> Everything() =>
    [
        .. archive.Reader.Catalogue.All().Select(article =>
            $"{article.Id} {article.Url} {article.VersionCount} {article.Current.Wording} {article.Current.Origin} "
            + string.Join(' ', archive.Reader.Media.At(ArticleImages.Of(article.Current.LeadImage, archive.Reader.Catalogue.Body(article.Current.Id).Html), article.Current.CaptureId)
                .Values.Select(media => media.Payload.ToHex()).Order(StringComparer.Ordinal))),
    ];

    private string Url(string path) => new Uri(outlet.BaseUrl, path).ToString();

    private Article Article(string path) => archive.Reader.Catalogue.Article(Url(path)).ShouldNotBeNull(path);

    private string Text(Article article) => archive.Reader.Catalogue.Body(article.Current.Id).Text;

    private Task<bool> WatchAsync(string path, string slug) => archive.Capture.Book.AddAsync(Url(path), null, new(slug, slug), archive.KeepAsync, Cancel);

    private Task<RoundReport> RoundAsync() => archive.Capture.Round.RunAsync(archive.Capture.Book.Active(), archive.KeepAsync, null, Cancel);
}
