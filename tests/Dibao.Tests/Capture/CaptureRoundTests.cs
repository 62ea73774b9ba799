using System.Text;
using Dibao.Capture;
using Dibao.Capture.Sources;
using Dibao.Tests.Capture.Fetch;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture;

public sealed class CaptureRoundTests : IAsyncLifetime
{
    private TestSite site = null!;
    private TestStage archive = null!;

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync();
        archive = new(site.Authority);
    }

    public async ValueTask DisposeAsync()
    {
        archive.Dispose();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task New_entries_are_kept_oldest_first_with_feed_page_and_sighting()
    {
        site.On("/feed", TestFeed.Of(
                new("2", "/2", "二", Published: "Sun, 01 Mar 2026 07:00:00 GMT"),
                new("1", "/1", "一", Published: "Sun, 01 Mar 2026 06:00:00 GMT")), TestFeed.Type)
            .On("/1", "<p>one</p>").On("/2", "<p>two</p>");
        var target = await archive.WatchAsync(site.Url("/feed"));
        var report = (await archive.RoundAsync()).Sources.ShouldHaveSingleItem();

        report.End.ShouldBe(PollEnd.Read);
        report.Words.ShouldBe("2 entries, 2 new, 0 changed");
        archive.Kept.Select(bundle => (bundle.Kind, bundle.Url)).ShouldBe(
        [
            (CaptureKind.Source, site.Url("/feed")), (CaptureKind.Feed, site.Url("/feed")),
            (CaptureKind.Article, site.Url("/1")), (CaptureKind.Article, site.Url("/2")),
        ]);
        var article = archive.Articles.First();
        article.Entry!.Title.ShouldBe("一");
        article.SourceUrl.ShouldBe(site.Url("/feed"));
        article.PageError.ShouldBeNull();
        Encoding.UTF8.GetString(article.Exchanges.ShouldHaveSingleItem().Body.Span).ShouldBe("<p>one</p>");
        archive.Book.NewsOf(target, article.Entry).ShouldBe(EntryNews.Known);
    }

    [Fact]
    public async Task Nothing_is_fetched_twice_and_a_304_is_kept_as_the_answer_it_is()
    {
        site.On("/feed", async http =>
        {
            http.Response.Headers.ETag = "\"v1\"";
            if (http.Request.Headers.IfNoneMatch == "\"v1\"") http.Response.StatusCode = 304;
            else await http.Response.WriteAsync(TestFeed.Of(new TestFeed.Item("1", "/1")));
        }).On("/1", "one");
        await archive.WatchAsync(site.Url("/feed"));
        await archive.RoundAsync();
        var kept = archive.Kept.Count;
        var second = (await archive.RoundAsync()).Sources.ShouldHaveSingleItem();
        second.End.ShouldBe(PollEnd.Unchanged);
        archive.Kept.Count.ShouldBe(kept + 1);
        archive.Kept[^1].Exchanges.ShouldHaveSingleItem().Status.ShouldBe(304);
        site.TimesAsked("/1").ShouldBe(1);
    }

    [Fact]
    public async Task The_same_bytes_without_an_ETag_are_unchanged_too()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/1", "one");
        await archive.WatchAsync(site.Url("/feed"));
        await archive.RoundAsync();
        (await archive.RoundAsync()).Sources.ShouldHaveSingleItem().End.ShouldBe(PollEnd.Unchanged);
    }

    [Fact]
    public async Task An_entry_in_other_words_is_fetched_again()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1", "before")), TestFeed.Type).On("/1", "one");
        await archive.WatchAsync(site.Url("/feed"));
        await archive.RoundAsync();
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1", "after")), TestFeed.Type).On("/1", "one, corrected");
        var report = (await archive.RoundAsync()).Sources.ShouldHaveSingleItem();
        (report.New, report.Changed).ShouldBe((0, 1));
        archive.Articles.Select(bundle => bundle.Entry!.Title).ShouldBe(["before", "after"]);
    }

    [Theory]
    [InlineData(403, "refuses readers")]
    [InlineData(404, "(404)")]
    [InlineData(503, "(503)")]
    public async Task The_feeds_own_text_is_kept_when_the_page_fails(int status, string words)
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1", Text: "<p>全文</p>")), TestFeed.Type).On("/1", status);
        await archive.WatchAsync(site.Url("/feed"));
        var report = (await archive.RoundAsync()).Sources.ShouldHaveSingleItem();
        report.New.ShouldBe(1);
        report.PageErrors.ShouldHaveSingleItem().ShouldContain(words);
        var article = archive.Articles.ShouldHaveSingleItem();
        (article.Entry!.Content ?? article.Entry.Summary).ShouldBe("<p>全文</p>");
        article.PageError.ShouldNotBeNull().ShouldContain(words);
        article.Exchanges.ShouldHaveSingleItem().Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_page_that_unpacks_without_end_leaves_the_feeds_text()
    {
        archive.Dispose();
        archive = new(new CaptureOptions { AllowHosts = [site.Authority], MaxDecodedBytes = 1 << 20 });
        var bomb = PayloadTests.Packed(new byte[32 << 20], "gzip");
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1", Text: "text")), TestFeed.Type).On("/1", async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await http.Response.Body.WriteAsync(bomb);
        });
        await archive.WatchAsync(site.Url("/feed"));
        await archive.RoundAsync();
        archive.Articles.ShouldHaveSingleItem().PageError.ShouldNotBeNull().ShouldContain("unpacks to more than 1,048,576 bytes");
    }

    [Fact]
    public async Task Without_page_and_text_an_entry_waits_for_the_next_round()
    {
        site.On("/feed", async http =>
        {
            http.Response.Headers.ETag = "\"v1\"";
            if (http.Request.Headers.IfNoneMatch == "\"v1\"") http.Response.StatusCode = 304;
            else await http.Response.WriteAsync(TestFeed.Of(new TestFeed.Item("1", "/1")));
        }).On("/1", 503);
        await archive.WatchAsync(site.Url("/feed"));
        var report = (await archive.RoundAsync()).Sources.ShouldHaveSingleItem();
        (report.New, report.Left).ShouldBe((0, 1));
        var answer = archive.Articles.ShouldHaveSingleItem("the answer itself is evidence");
        answer.Entry.ShouldBeNull();
        answer.Exchanges[^1].Status.ShouldBe(503);

        site.On("/1", "there now");
        (await archive.RoundAsync()).Sources.ShouldHaveSingleItem().New.ShouldBe(1);
    }

    [Fact]
    public async Task An_entry_that_will_never_have_a_page_does_not_wait()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/film")), TestFeed.Type).On("/film", "...", "video/mp4");
        await archive.WatchAsync(site.Url("/feed"));
        (await archive.RoundAsync()).Sources.ShouldHaveSingleItem().Left.ShouldBe(0);
        archive.Articles.ShouldHaveSingleItem().PageError.ShouldNotBeNull().ShouldContain("video/mp4");
    }

    [Fact]
    public async Task A_site_that_is_down_is_not_asked_for_every_article()
    {
        site.On("/feed", TestFeed.Of(Enumerable.Range(0, 10).Select(i => new TestFeed.Item($"{i}", $"/{i}", Text: "text"))), TestFeed.Type);
        for (var i = 0; i < 10; i++) site.On($"/{i}", 502);
        await archive.WatchAsync(site.Url("/feed"));
        await archive.RoundAsync();
        site.Requests.Count(request => request.Path is not ("/feed" or "/robots.txt")).ShouldBe(3);
        archive.Articles.Count().ShouldBe(10);
        archive.Articles.Last().PageError.ShouldNotBeNull().ShouldContain("did not answer");
    }

    [Fact]
    public async Task More_entries_than_a_round_takes_come_in_the_next()
    {
        archive.Dispose();
        archive = new(new CaptureOptions { AllowHosts = [site.Authority], MaxEntriesPerPoll = 3 });
        site.On("/feed", TestFeed.Of(Enumerable.Range(0, 5).Select(i => new TestFeed.Item($"{i}", $"/{i}"))), TestFeed.Type);
        for (var i = 0; i < 5; i++) site.On($"/{i}", "page");
        await archive.WatchAsync(site.Url("/feed"));
        (await archive.RoundAsync()).Sources.ShouldHaveSingleItem().Left.ShouldBe(2);
        (await archive.RoundAsync()).Sources.ShouldHaveSingleItem().Left.ShouldBe(0);
        archive.Articles.Select(bundle => bundle.Entry!.Id).ShouldBe(["4", "3", "2", "1", "0"]);
    }

    [Fact]
    public async Task An_article_in_two_feeds_of_an_outlet_is_fetched_once()
    {
        site.On("/a", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/b", TestFeed.Of(new TestFeed.Item("x", "/1")), TestFeed.Type).On("/1", "page");
        await archive.WatchAsync(site.Url("/a"));
        await archive.RoundAsync();
        await archive.WatchAsync(site.Url("/b"));
        await archive.RoundAsync();
        site.TimesAsked("/1").ShouldBe(1);
        archive.Articles.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_permanent_redirect_is_followed_each_time_and_moves_the_source_at_the_third()
    {
        site.On("/old", 301, "/new").On("/new", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/1", "page");
        await archive.WatchAsync(site.Url("/old"));
        var first = (await archive.RoundAsync()).Sources.ShouldHaveSingleItem();
        (first.New, first.MovedTo).ShouldBe((1, null));
        (await archive.RoundAsync()).Sources.ShouldHaveSingleItem().MovedTo.ShouldBeNull();
        (await archive.RoundAsync()).Sources.ShouldHaveSingleItem().MovedTo.ShouldBe(site.Url("/new"));
        archive.Kept[^1].Source.ShouldBe(new SourceChange("试验报", SourceState.Active, site.Url("/old")));

        var asked = site.TimesAsked("/old");
        (await archive.RoundAsync()).Sources.ShouldHaveSingleItem().New.ShouldBe(0);
        site.TimesAsked("/old").ShouldBe(asked);
        site.TimesAsked("/1").ShouldBe(1);
    }

    [Fact]
    public async Task A_temporary_redirect_never_moves_a_source()
    {
        site.On("/old", 302, "/new").On("/new", TestFeed.Of(), TestFeed.Type);
        await archive.WatchAsync(site.Url("/old"));
        for (var i = 0; i < 5; i++) (await archive.RoundAsync()).Sources.ShouldHaveSingleItem().MovedTo.ShouldBeNull();
    }

    [Fact]
    public async Task A_feed_that_is_gone_is_retired_and_asked_no_more()
    {
        site.On("/feed", 410);
        await archive.WatchAsync(site.Url("/feed"));
        var report = (await archive.RoundAsync()).Sources.ShouldHaveSingleItem();
        report.End.ShouldBe(PollEnd.Retired);
        report.NextPoll.ShouldBeNull();
        archive.Kept[^1].Source!.State.ShouldBe(SourceState.Retired);
        var health = archive.Health(site.Url("/feed"));
        health.LastError.ShouldNotBeNull().ShouldContain("gone for good");
        health.NextPoll.ShouldBeNull();
        (await archive.RoundAsync()).Sources.ShouldBeEmpty();
        site.TimesAsked("/feed").ShouldBe(1);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_feed_that_fails_is_left_alone_longer_each_time(int status)
    {
        site.On("/feed", status);
        await archive.WatchAsync(site.Url("/feed"));
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 4; i++) pauses.Add((await archive.RoundAsync()).Sources.ShouldHaveSingleItem().NextPoll!.Value - archive.Time.GetUtcNow());
        pauses.Zip(pauses.Skip(1)).ShouldAllBe(pair => pair.Second > pair.First * 1.5);
        archive.Health(site.Url("/feed")).LastError.ShouldNotBeNull().ShouldContain($"({status})");
    }

    [Fact]
    public async Task A_server_that_asks_for_time_gets_it()
    {
        site.On("/feed", 429, retryAfter: "7200");
        await archive.WatchAsync(site.Url("/feed"));
        (await archive.RoundAsync()).Sources.ShouldHaveSingleItem().NextPoll.ShouldBe(archive.Time.GetUtcNow().AddHours(2));
    }

    [Fact]
    public async Task A_feed_of_fifty_megabytes_is_refused_in_words()
    {
        site.On("/feed", async http =>
        {
            http.Response.ContentType = TestFeed.Type;
            var blank = new byte[1 << 20];
            Array.Fill(blank, (byte)' ');
            for (var i = 0; i < 50 && !http.RequestAborted.IsCancellationRequested; i++) await http.Response.Body.WriteAsync(blank);
        });
        await archive.WatchAsync(site.Url("/feed"));
        var report = (await archive.RoundAsync()).Sources.ShouldHaveSingleItem();
        report.End.ShouldBe(PollEnd.Failed);
        report.Words.ShouldContain("larger than 16,777,216 bytes");
        archive.Health(site.Url("/feed")).LastError.ShouldBe(report.Words);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>welcome</body></html>", "text/html")]
    [InlineData("", "application/rss+xml")]
    [InlineData("{\"hello\": 1}", "application/json")]
    public async Task What_is_no_feed_says_so(string body, string type)
    {
        site.On("/feed", body, type);
        await archive.WatchAsync(site.Url("/feed"));
        var report = (await archive.RoundAsync()).Sources.ShouldHaveSingleItem();
        report.End.ShouldBe(PollEnd.Failed);
        report.Words.ShouldStartWith($"{site.Url("/feed")} is no feed: ");
    }

    [Fact]
    public async Task An_entry_that_links_into_the_house_is_not_fetched()
    {
        await using var inside = await TestSite.StartAsync();
        inside.On("/secret", "secret");
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", inside.Url("/secret"), Text: "bait")), TestFeed.Type);
        await archive.WatchAsync(site.Url("/feed"));
        await archive.RoundAsync();
        inside.Requests.ShouldBeEmpty();
        archive.Articles.ShouldHaveSingleItem().PageError.ShouldNotBeNull().ShouldContain("loopback");
    }

    [Fact]
    public async Task An_outlet_that_hangs_delays_no_other()
    {
        await using var slow = await TestSite.StartAsync();
        archive.Dispose();
        archive = new(site.Authority, slow.Authority);
        var gate = new TaskCompletionSource();
        slow.On("/feed", async http =>
        {
            await gate.Task;
            await http.Response.WriteAsync(TestFeed.Of());
        });
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/1", "page");
        await archive.WatchAsync(slow.Url("/feed"), "slow");
        await archive.WatchAsync(site.Url("/feed"), "quick");

        var quickDone = new TaskCompletionSource<SourceReport>();
        var progress = new Told(report => { if (report.Target.Outlet.Slug == "quick") quickDone.SetResult(report); });
        var round = archive.Stage.Round.RunAsync(archive.Book.Active(), archive.KeepAsync, progress, default);
        (await quickDone.Task).New.ShouldBe(1);
        round.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        (await round).Sources.ShouldAllBe(report => report.End == PollEnd.Read);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_an_exception_and_leaves_the_entry_unseen()
    {
        site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/1", "page");
        await archive.WatchAsync(site.Url("/feed"));
        archive.BeforeKeeping = bundle => bundle.Kind == CaptureKind.Article ? throw new IOException("No space left on device") : Task.CompletedTask;
        await Should.ThrowAsync<IOException>(archive.RoundAsync());
        archive.BeforeKeeping = null;
        (await archive.RoundAsync()).New.ShouldBe(1);
    }
}

/// <summary>Progress told on the reporting thread.</summary>
internal sealed class Told(Action<SourceReport> tell) : IProgress<SourceReport>
{
    public void Report(SourceReport value) => tell(value);
}
