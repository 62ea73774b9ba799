using System.Text;
using Dibao.Capture;
using Dibao.Capture.Sources;
using Dibao.Tests.Capture.Fetch;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture;

public sealed class CaptureRoundTests : StageTest
{
    [Fact]
    public async Task New_entries_are_kept_oldest_first_with_feed_page_and_sighting()
    {
        Site.On("/feed", TestFeed.Of(
                new("2", "/2", "二", Published: "Sun, 01 Mar 2026 07:00:00 GMT"),
                new("1", "/1", "一", Published: "Sun, 01 Mar 2026 06:00:00 GMT")), TestFeed.Type)
            .On("/1", "<p>one</p>").On("/2", "<p>two</p>");
        var target = await Stage.WatchAsync(Site.Url("/feed"));
        var report = (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem();

        report.End.ShouldBe(PollEnd.Read);
        report.Words.ShouldBe("2 entries, 2 new, 0 changed");
        Stage.Kept.Select(bundle => (bundle.Kind, bundle.Url)).ShouldBe(
        [
            (CaptureKind.Source, Site.Url("/feed")), (CaptureKind.Feed, Site.Url("/feed")),
            (CaptureKind.Article, Site.Url("/1")), (CaptureKind.Article, Site.Url("/2")),
        ]);
        var article = Stage.Articles.First();
        article.Entry!.Title.ShouldBe("一");
        article.SourceUrl.ShouldBe(Site.Url("/feed"));
        article.PageError.ShouldBeNull();
        Encoding.UTF8.GetString(article.Exchanges.ShouldHaveSingleItem().Body.Span).ShouldBe("<p>one</p>");
        Stage.Book.NewsOf(target, article.Entry).ShouldBe(EntryNews.Known);
    }

    [Fact]
    public async Task Nothing_is_fetched_twice_and_a_304_is_kept_as_the_answer_it_is()
    {
        Site.On("/feed", async http =>
        {
            http.Response.Headers.ETag = "\"v1\"";
            if (http.Request.Headers.IfNoneMatch == "\"v1\"") http.Response.StatusCode = 304;
            else await http.Response.WriteAsync(TestFeed.Of(new TestFeed.Item("1", "/1")));
        }).On("/1", "one");
        await Stage.WatchAsync(Site.Url("/feed"));
        await Stage.RoundAsync();
        var kept = Stage.Kept.Count;
        var second = (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem();
        second.End.ShouldBe(PollEnd.Unchanged);
        Stage.Kept.Count.ShouldBe(kept + 1);
        Stage.Kept[^1].Exchanges.ShouldHaveSingleItem().Status.ShouldBe(304);
        Site.TimesAsked("/1").ShouldBe(1);
    }

    [Fact]
    public async Task The_same_bytes_without_an_ETag_are_unchanged_too()
    {
        Site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/1", "one");
        await Stage.WatchAsync(Site.Url("/feed"));
        await Stage.RoundAsync();
        (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().End.ShouldBe(PollEnd.Unchanged);
    }

    [Fact]
    public async Task An_entry_in_other_words_is_fetched_again()
    {
        Site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1", "before")), TestFeed.Type).On("/1", "one");
        await Stage.WatchAsync(Site.Url("/feed"));
        await Stage.RoundAsync();
        Site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1", "after")), TestFeed.Type).On("/1", "one, corrected");
        var report = (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem();
        (report.New, report.Changed).ShouldBe((0, 1));
        Stage.Articles.Select(bundle => bundle.Entry!.Title).ShouldBe(["before", "after"]);
    }

    [Theory]
    [InlineData(403, "refuses readers")]
    [InlineData(404, "(404)")]
    [InlineData(503, "(503)")]
    public async Task The_feeds_own_text_is_kept_when_the_page_fails(int status, string words)
    {
        Site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1", Text: "<p>全文</p>")), TestFeed.Type).On("/1", status);
        await Stage.WatchAsync(Site.Url("/feed"));
        var report = (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem();
        report.New.ShouldBe(1);
        report.PageErrors.ShouldHaveSingleItem().ShouldContain(words);
        var article = Stage.Articles.ShouldHaveSingleItem();
        (article.Entry!.Content ?? article.Entry.Summary).ShouldBe("<p>全文</p>");
        article.PageError.ShouldNotBeNull().ShouldContain(words);
        article.Exchanges.ShouldHaveSingleItem().Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_page_that_unpacks_without_end_leaves_the_feeds_text()
    {
        Stage.Dispose();
        Stage = new(new CaptureOptions { AllowHosts = [Site.Authority], MaxDecodedBytes = 1 << 20 });
        var bomb = PayloadTests.Packed(new byte[32 << 20], "gzip");
        Site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1", Text: "text")), TestFeed.Type).On("/1", async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await http.Response.Body.WriteAsync(bomb);
        });
        await Stage.WatchAsync(Site.Url("/feed"));
        await Stage.RoundAsync();
        Stage.Articles.ShouldHaveSingleItem().PageError.ShouldNotBeNull().ShouldContain("unpacks to more than 1,048,576 bytes");
    }

    [Fact]
    public async Task Without_page_and_text_an_entry_waits_for_the_next_round()
    {
        Site.On("/feed", async http =>
        {
            http.Response.Headers.ETag = "\"v1\"";
            if (http.Request.Headers.IfNoneMatch == "\"v1\"") http.Response.StatusCode = 304;
            else await http.Response.WriteAsync(TestFeed.Of(new TestFeed.Item("1", "/1")));
        }).On("/1", 503);
        await Stage.WatchAsync(Site.Url("/feed"));
        var report = (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem();
        (report.New, report.Left).ShouldBe((0, 1));
        var answer = Stage.Articles.ShouldHaveSingleItem("the answer itself is evidence");
        answer.Entry.ShouldBeNull();
        answer.Exchanges[^1].Status.ShouldBe(503);

        Site.On("/1", "there now");
        (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().New.ShouldBe(1);
    }

    [Fact]
    public async Task An_entry_that_will_never_have_a_page_does_not_wait()
    {
        Site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/film")), TestFeed.Type).On("/film", "...", "video/mp4");
        await Stage.WatchAsync(Site.Url("/feed"));
        (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().Left.ShouldBe(0);
        Stage.Articles.ShouldHaveSingleItem().PageError.ShouldNotBeNull().ShouldContain("video/mp4");
    }

    [Fact]
    public async Task A_site_that_is_down_is_not_asked_for_every_article()
    {
        Site.On("/feed", TestFeed.Of(Enumerable.Range(0, 10).Select(i => new TestFeed.Item($"{i}", $"/{i}", Text: "text"))), TestFeed.Type);
        for (var i = 0; i < 10; i++) Site.On($"/{i}", 502);
        await Stage.WatchAsync(Site.Url("/feed"));
        await Stage.RoundAsync();
        Site.Requests.Count(request => request.Path is not ("/feed" or "/robots.txt")).ShouldBe(3);
        Stage.Articles.Count().ShouldBe(10);
        Stage.Articles.Last().PageError.ShouldNotBeNull().ShouldContain("did not answer");
    }

    [Fact]
    public async Task More_entries_than_a_round_takes_come_in_the_next()
    {
        Stage.Dispose();
        Stage = new(new CaptureOptions { AllowHosts = [Site.Authority], MaxEntriesPerPoll = 3 });
        Site.On("/feed", TestFeed.Of(Enumerable.Range(0, 5).Select(i => new TestFeed.Item($"{i}", $"/{i}"))), TestFeed.Type);
        for (var i = 0; i < 5; i++) Site.On($"/{i}", "page");
        await Stage.WatchAsync(Site.Url("/feed"));
        (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().Left.ShouldBe(2);
        (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().Left.ShouldBe(0);
        Stage.Articles.Select(bundle => bundle.Entry!.Id).ShouldBe(["4", "3", "2", "1", "0"]);
    }

    [Fact]
    public async Task An_article_in_two_feeds_of_an_outlet_is_fetched_once()
    {
        Site.On("/a", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/b", TestFeed.Of(new TestFeed.Item("x", "/1")), TestFeed.Type).On("/1", "page");
        await Stage.WatchAsync(Site.Url("/a"));
        await Stage.RoundAsync();
        await Stage.WatchAsync(Site.Url("/b"));
        await Stage.RoundAsync();
        Site.TimesAsked("/1").ShouldBe(1);
        Stage.Articles.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_permanent_redirect_is_followed_each_time_and_moves_the_source_at_the_third()
    {
        Site.On("/old", 301, "/new").On("/new", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/1", "page");
        await Stage.WatchAsync(Site.Url("/old"));
        var first = (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem();
        (first.New, first.MovedTo).ShouldBe((1, null));
        (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().MovedTo.ShouldBeNull();
        (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().MovedTo.ShouldBe(Site.Url("/new"));
        Stage.Kept[^1].Source.ShouldBe(new SourceChange("试验报", SourceState.Active, Site.Url("/old")));

        var asked = Site.TimesAsked("/old");
        (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().New.ShouldBe(0);
        Site.TimesAsked("/old").ShouldBe(asked);
        Site.TimesAsked("/1").ShouldBe(1);
    }

    [Fact]
    public async Task A_temporary_redirect_never_moves_a_source()
    {
        Site.On("/old", 302, "/new").On("/new", TestFeed.Of(), TestFeed.Type);
        await Stage.WatchAsync(Site.Url("/old"));
        for (var i = 0; i < 5; i++) (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().MovedTo.ShouldBeNull();
    }

    [Fact]
    public async Task A_feed_that_is_gone_is_retired_and_asked_no_more()
    {
        Site.On("/feed", 410);
        await Stage.WatchAsync(Site.Url("/feed"));
        var report = (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem();
        report.End.ShouldBe(PollEnd.Retired);
        report.NextPoll.ShouldBeNull();
        Stage.Kept[^1].Source!.State.ShouldBe(SourceState.Retired);
        var health = Stage.Health(Site.Url("/feed"));
        health.LastError.ShouldNotBeNull().ShouldContain("gone for good");
        health.NextPoll.ShouldBeNull();
        (await Stage.RoundAsync()).Sources.ShouldBeEmpty();
        Site.TimesAsked("/feed").ShouldBe(1);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_feed_that_fails_is_left_alone_longer_each_time(int status)
    {
        Site.On("/feed", status);
        await Stage.WatchAsync(Site.Url("/feed"));
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 4; i++) pauses.Add((await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().NextPoll!.Value - Stage.Time.GetUtcNow());
        pauses.Zip(pauses.Skip(1)).ShouldAllBe(pair => pair.Second > pair.First * 1.5);
        Stage.Health(Site.Url("/feed")).LastError.ShouldNotBeNull().ShouldContain($"({status})");
    }

    [Fact]
    public async Task A_server_that_asks_for_time_gets_it()
    {
        Site.On("/feed", 429, retryAfter: "7200");
        await Stage.WatchAsync(Site.Url("/feed"));
        (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem().NextPoll.ShouldBe(Stage.Time.GetUtcNow().AddHours(2));
    }

    [Fact]
    public async Task A_feed_of_fifty_megabytes_is_refused_in_words()
    {
        Site.On("/feed", async http =>
        {
            http.Response.ContentType = TestFeed.Type;
            var blank = new byte[1 << 20];
            Array.Fill(blank, (byte)' ');
            for (var i = 0; i < 50 && !http.RequestAborted.IsCancellationRequested; i++) await http.Response.Body.WriteAsync(blank);
        });
        await Stage.WatchAsync(Site.Url("/feed"));
        var report = (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem();
        report.End.ShouldBe(PollEnd.Failed);
        report.Words.ShouldContain("larger than 16,777,216 bytes");
        Stage.Health(Site.Url("/feed")).LastError.ShouldBe(report.Words);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>welcome</body></html>", "text/html")]
    [InlineData("", "application/rss+xml")]
    [InlineData("{\"hello\": 1}", "application/json")]
    public async Task What_is_no_feed_says_so(string body, string type)
    {
        Site.On("/feed", body, type);
        await Stage.WatchAsync(Site.Url("/feed"));
        var report = (await Stage.RoundAsync()).Sources.ShouldHaveSingleItem();
        report.End.ShouldBe(PollEnd.Failed);
        report.Words.ShouldStartWith($"{Site.Url("/feed")} is no feed: ");
    }

    [Fact]
    public async Task An_entry_that_links_into_the_house_is_not_fetched()
    {
        await using var inside = await TestSite.StartAsync();
        inside.On("/secret", "secret");
        Site.On("/feed", TestFeed.Of(new TestFeed.Item("1", inside.Url("/secret"), Text: "bait")), TestFeed.Type);
        await Stage.WatchAsync(Site.Url("/feed"));
        await Stage.RoundAsync();
        inside.Requests.ShouldBeEmpty();
        Stage.Articles.ShouldHaveSingleItem().PageError.ShouldNotBeNull().ShouldContain("loopback");
    }

    [Fact]
    public async Task An_outlet_that_hangs_delays_no_other()
    {
        await using var slow = await TestSite.StartAsync();
        Stage.Dispose();
        Stage = new(Site.Authority, slow.Authority);
        var gate = new TaskCompletionSource();
        slow.On("/feed", async http =>
        {
            await gate.Task;
            await http.Response.WriteAsync(TestFeed.Of());
        });
        Site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/1", "page");
        await Stage.WatchAsync(slow.Url("/feed"), "slow");
        await Stage.WatchAsync(Site.Url("/feed"), "quick");

        var quickDone = new TaskCompletionSource<SourceReport>();
        var progress = new Told(report => { if (report.Target.Outlet.Slug == "quick") quickDone.SetResult(report); });
        var round = Stage.Stage.Round.RunAsync(Stage.Book.Active(), Stage.KeepAsync, progress, default);
        (await quickDone.Task).New.ShouldBe(1);
        round.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        (await round).Sources.ShouldAllBe(report => report.End == PollEnd.Read);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_an_exception_and_leaves_the_entry_unseen()
    {
        Site.On("/feed", TestFeed.Of(new TestFeed.Item("1", "/1")), TestFeed.Type).On("/1", "page");
        await Stage.WatchAsync(Site.Url("/feed"));
        Stage.BeforeKeeping = bundle => bundle.Kind == CaptureKind.Article ? throw new IOException("No space left on device") : Task.CompletedTask;
        await Should.ThrowAsync<IOException>(Stage.RoundAsync());
        Stage.BeforeKeeping = null;
        (await Stage.RoundAsync()).New.ShouldBe(1);
    }
}

/// <summary>Progress told on the reporting thread.</summary>
internal sealed class Told(Action<SourceReport> tell) : IProgress<SourceReport>
{
    public void Report(SourceReport value) => tell(value);
}
