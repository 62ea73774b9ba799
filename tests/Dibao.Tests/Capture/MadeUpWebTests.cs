using System.Diagnostics;
using Dibao.Capture;
using Dibao.SampleOutlet.Web;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture;

/// <summary>Many outlets at once, through the whole archive.</summary>
public class MadeUpWebTests
{
    [Fact]
    public async Task Every_outlet_of_a_web_is_asked_politely()
    {
        var delay = TimeSpan.FromMilliseconds(30);
        await using var web = await MadeUpWeb.StartAsync(new() { Outlets = 12, Articles = 8, LongestDelay = TimeSpan.FromMilliseconds(10), Faults = true, Remembers = true }, default);
        await CaptureAsync(web, new() { AllowHosts = web.Authorities, AllowedHostDelay = delay, MaxConcurrentRequests = 64 });
        web.Visits.Count.ShouldBeGreaterThan(12 * 9);
        foreach (var host in web.Visits.GroupBy(visit => visit.Host))
        {
            var visits = host.OrderBy(visit => visit.From).ToList();
            foreach (var (before, after) in visits.Zip(visits.Skip(1))) Stopwatch.GetElapsedTime(before.To, after.From).ShouldBeGreaterThanOrEqualTo(delay, host.Key);
        }
    }

    [Fact]
    public async Task Every_article_of_a_web_is_captured_though_pages_fail()
    {
        await using var web = await MadeUpWeb.StartAsync(new() { Outlets = 8, Articles = 25, Faults = true }, default);
        (await CaptureAsync(web, new() { AllowHosts = web.Authorities, MaxConcurrentRequests = 64 })).ShouldBe(8 * 25);
    }

    private static async Task<long> CaptureAsync(MadeUpWeb web, CaptureOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("dibao-web-");
        try
        {
            await using var archive = Archive.Open(folder.FullName, options, TimeProvider.System);
            foreach (var feed in web.Feeds) await archive.Capture.Book.AddAsync(feed, null, new(ArticleUrl.Host(feed), ArticleUrl.Host(feed)), archive.KeepAsync, default);
            await archive.Capture.Round.RunAsync(archive.Capture.Book.Active(), archive.KeepAsync, null, default);
            return archive.Reader.Catalogue.Counts().Articles;
        }
        finally { folder.Delete(recursive: true); }
    }
}
