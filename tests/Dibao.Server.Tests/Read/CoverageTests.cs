using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Dibao.Capture;
using Dibao.Server.Api;
using Dibao.Server.Read;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

/// <summary>The coverage ledger as people, programs and feed readers see it, over a real archive of a sample outlet with a failure, a loss and a gap.</summary>
public sealed class CoverageTests(CoverageHost host, Browser browser) : IClassFixture<CoverageHost>, IClassFixture<Browser>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sources_page_says_what_is_missing_and_why_and_when_the_archive_was_down()
    {
        var page = await GetAsync($"/sources/{host.Estuary}?ui=en");
        page.ShouldContain("trouble of its own (500)");
        page.ShouldContain("Feed&#x27;s text only", Case.Insensitive);
        page.ShouldContain("When the archive itself was not running");
        page.ShouldContain("5 h 0 min");
        page.ShouldContain("<svg class=\"coverage\"");
        (await GetAsync($"/sources/{host.Broken}?ui=zh-Hans")).ShouldContain("该地址已无内容");
        (await GetAsync($"/sources/{host.Broken}?ui=zh-Hant")).ShouldContain("該網址已無內容");
    }

    [Theory]
    [InlineData("/sources/99999")]
    [InlineData("/api/v1/sources/99999")]
    public async Task A_source_that_is_not_there_is_not_found(string path)
    {
        using var http = ReaderHost.Client(host.Root);
        (await http.GetAsync(path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_api_gives_days_troubles_and_remedies()
    {
        var json = JsonDocument.Parse(await GetAsync($"/api/v1/sources/{host.Estuary}?days=2")).RootElement;
        var today = json.GetProperty("days")[0];
        today.GetProperty("seen").GetInt32().ShouldBe(today.GetProperty("captured").GetInt32() + 1);
        today.GetProperty("feedOnly").GetInt32().ShouldBe(1);
        json.GetProperty("gaps").GetArrayLength().ShouldBe(1);
        var broken = JsonDocument.Parse(await GetAsync("/api/v1/problems")).RootElement.GetProperty("failing")[0];
        broken.GetProperty("failure").GetString().ShouldBe("notThere");
        broken.GetProperty("remedy").GetString()!.ShouldContain("new address");
        using var http = ReaderHost.Client(host.Root);
        (await http.GetAsync($"/api/v1/sources/{host.Estuary}?days=0", Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Problems_are_a_feed_whose_entries_keep_their_identifiers()
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse(await GetAsync("/sources/problems.atom?ui=en"));
        var titles = feed.Descendants(atom + "entry").Select(entry => (string)entry.Element(atom + "title")!).ToList();
        titles.ShouldContain(title => title.Contains("cannot be read", StringComparison.Ordinal));
        titles.ShouldContain(title => title.Contains("not running for 5 h 0 min", StringComparison.Ordinal));
        feed.Descendants(atom + "id").Select(id => id.Value).ShouldBeUnique();
        var again = XDocument.Parse(await GetAsync("/sources/problems.atom?ui=zh-Hans"));
        again.Descendants(atom + "entry").Select(entry => (string)entry.Element(atom + "id")!).ShouldBe(
            feed.Descendants(atom + "entry").Select(entry => (string)entry.Element(atom + "id")!));
    }

    [Fact]
    public async Task An_articles_pictures_come_from_the_archive_and_those_not_kept_are_named()
    {
        var article = host.Archive.Reader.Catalogue.All("hewan").First(article => article.Current.LeadImage is not null);
        var page = await GetAsync($"/a/{article.Id}");
        page.ShouldNotContain($"src=\"{article.Current.LeadImage}\"");
        page.ShouldContain($"<figcaption>{article.Current.LeadCaption.ShouldNotBeNull()}</figcaption>");
        var path = page[page.IndexOf("/images/", StringComparison.Ordinal)..][..72];
        using var http = ReaderHost.Client(host.Root);
        using var picture = await http.GetAsync(path, Cancel);
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        picture.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        picture.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
        (await picture.Content.ReadAsByteArrayAsync(Cancel))[..4].ShouldBe([0x89, 0x50, 0x4E, 0x47]);
        (await http.GetAsync("/images/" + new string('0', 64), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var body = new ArticleBody("<p>x</p><img src=\"https://gone.example/a.png\" alt=\"a &lt; b > c\"><p>y</p>", "");
        Pictures.Of(article.Current, body, host.Archive.Reader).Show(body.Html, Words.Of(UiLanguage.En))
            .ShouldBe("<p>x</p><span class=\"nopicture\"><span lang=\"en\">Picture not kept</span> a &lt; b > c</span><p>y</p>");
    }

    [Fact]
    public async Task A_page_that_is_kept_as_a_payload_is_no_picture()
    {
        var capture = host.Archive.Reader.Catalogue.Capture(host.Archive.Reader.Catalogue.All("hewan").First().Current.CaptureId)!;
        var page = capture.Records.Last(record => record.Type == "response").Payload!.Value;
        using var http = ReaderHost.Client(host.Root);
        (await http.GetAsync($"/images/{page.ToHex()}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_agency_text_names_the_other_outlet_that_printed_it()
    {
        var article = host.Archive.Reader.Catalogue.All("wire-a").ShouldHaveSingleItem();
        var page = await GetAsync($"/a/{article.Id}?ui=en");
        page.ShouldContain("Also in");
        page.ShouldContain("周末天文大潮，水位或高出一米二");
        var json = JsonDocument.Parse(await GetAsync($"/api/v1/articles/{article.Id}")).RootElement;
        json.GetProperty("alsoIn")[0].GetProperty("outlet").GetString().ShouldBe("wire-b");
        json.GetProperty("sightings").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("sources-live", "/sources")]
    [InlineData("source", "/sources/{estuary}")]
    [InlineData("source-broken", "/sources/{broken}")]
    [InlineData("article-pictured", "/a/{pictured}")]
    public async Task Axe_finds_nothing_to_complain_about_and_nothing_scrolls_sideways(string name, string path)
    {
        var url = new Uri(host.Root, path.Replace("{estuary}", $"{host.Estuary}", StringComparison.Ordinal).Replace("{broken}", $"{host.Broken}", StringComparison.Ordinal)
            .Replace("{pictured}", $"{host.Archive.Reader.Catalogue.All("hewan").First(article => article.Current.LeadImage is not null).Id}", StringComparison.Ordinal)).ToString();
        foreach (var dark in new[] { false, true })
        {
            var axe = await browser.OpenAsync(new(Dark: dark, WithAxe: true));
            await axe.GotoAsync(url);
            var result = await axe.RunAxe();
            result.Violations.Select(v => $"{v.Id}: {string.Join(", ", v.Nodes.Select(n => n.Html))}").ShouldBeEmpty($"{name}, dark: {dark}");
            await axe.Context.CloseAsync();
        }
        foreach (var width in new[] { 1200, 390, 320 })
        {
            var complaints = new List<string>();
            var page = await browser.OpenAsync(new(Width: width), complaints);
            await page.GotoAsync(url);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, $"{name} at {width}");
            complaints.ShouldBeEmpty(name);
            await Browser.PictureAsync(page, $"{name}-{width}", whole: true);
            await page.Context.CloseAsync();
        }
    }

    private async Task<string> GetAsync(string path)
    {
        using var http = ReaderHost.Client(host.Root);
        return await http.GetStringAsync(path, Cancel);
    }
}

/// <summary>The reader over an archive that really captured the sample outlet, with its clock moved to make a gap.</summary>
public sealed class CoverageHost : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("dibao-coverage-").FullName;
    private SampleOutlet.SampleOutletServer outlet = null!;
    private WebApplication app = null!;

    public Archive Archive { get; private set; } = null!;
    public Uri Root { get; private set; } = null!;

    /// <summary>A source one of whose pages always fails.</summary>
    public long Estuary { get; private set; }

    /// <summary>A source that is not there.</summary>
    public long Broken { get; private set; }

    public async ValueTask InitializeAsync()
    {
        outlet = await SampleOutlet.SampleOutletServer.StartAsync();
        var clock = new MovedTime();
        Archive = Archive.Open(folder, new CaptureOptions { AllowHosts = [outlet.BaseUrl.Authority] }, clock);
        var began = Archive.Capture.Uptime.Begin();
        clock.Moved += TimeSpan.FromHours(2);
        Archive.Capture.Uptime.Show(began);
        clock.Moved += TimeSpan.FromHours(5);
        Archive.Capture.Uptime.Begin();
        await WatchAsync("/hewan/rss.xml", "hewan", "河湾日报");
        await WatchAsync("/estuary/feed.json", "estuary", "The Estuary Post");
        await WatchAsync("/not/there.xml", "broken", "Nowhere Gazette");
        await WatchAsync(SampleOutlet.Annex.HewanWirePath, "wire-a", "潮讯甲");
        await WatchAsync(SampleOutlet.Annex.GangpanWirePath, "wire-b", "潮訊乙");
        await Archive.Capture.Round.RunAsync(Archive.Capture.Book.Active(), Archive.KeepAsync, null, CancellationToken.None);
        Estuary = IdOf("/estuary/feed.json");
        Broken = IdOf("/not/there.xml");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Archive.Reader);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddReader(new());
        app = builder.Build();
        app.MapReader();
        app.MapApi();
        await app.StartAsync();
        Root = new Uri(app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Archive.DisposeAsync();
        await outlet.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Task<bool> WatchAsync(string path, string slug, string name) =>
        Archive.Capture.Book.AddAsync(new Uri(outlet.BaseUrl, path).ToString(), name, new OutletName(slug, name), Archive.KeepAsync, CancellationToken.None);

    private long IdOf(string path) => Archive.Capture.Book.Find(new Uri(outlet.BaseUrl, path).ToString())!.Source.Id;

    // It stands still on no day's border, whenever the tests run.
    private sealed class MovedTime : TimeProvider
    {
        private static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 30, 0, TimeSpan.Zero);
        private readonly long began = System.GetTimestamp();

        public TimeSpan Moved { get; set; }

        public override DateTimeOffset GetUtcNow() => Start + System.GetElapsedTime(began) + Moved;
    }
}
