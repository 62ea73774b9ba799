using Dapper;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.Sources;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Sources;

public sealed class SourceBookTests : IDisposable
{
    private const string Url = "https://outlet.example/feed";
    private readonly TestStage archive = new(new CaptureOptions());

    public void Dispose() => archive.Dispose();

    [Fact]
    public async Task Adding_a_source_twice_keeps_one_bundle()
    {
        (await archive.Book.AddAsync(Url, "Feed", new("outlet", "Outlet"), archive.KeepAsync, default)).ShouldBeTrue();
        (await archive.Book.AddAsync(Url, "Feed", new("outlet", "Outlet"), archive.KeepAsync, default)).ShouldBeFalse();
        archive.Kept.ShouldHaveSingleItem().Source.ShouldBe(new SourceChange("Feed", SourceState.Active));
        var health = archive.Book.List().ShouldHaveSingleItem();
        health.Source.Url.ShouldBe(Url);
        health.Outlet.Name.ShouldBe("Outlet");
    }

    [Fact]
    public async Task A_new_source_is_due_at_once_and_after_a_poll_when_its_time_comes()
    {
        var target = await archive.WatchAsync(Url);
        archive.Book.Due(archive.Time.GetUtcNow()).ShouldHaveSingleItem();
        var next = archive.Book.Record(target, new PollResult.Succeeded(new PollConditions("\"e\"", null, null))).NextPoll;
        archive.Book.Due(archive.Time.GetUtcNow()).ShouldBeEmpty();
        archive.Book.NextDue(archive.Time.GetUtcNow()).ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(next.ToUnixTimeMilliseconds()));
        archive.Book.Due(next).ShouldHaveSingleItem().ETag.ShouldBe("\"e\"");
    }

    [Fact]
    public async Task Failures_are_told_in_words_and_double_the_pause_until_a_success()
    {
        var target = await archive.WatchAsync(Url);
        var start = archive.Time.GetUtcNow();
        var first = archive.Book.Record(target, new PollResult.Failed("no")).NextPoll - start;
        for (var i = 0; i < 4; i++) archive.Book.Record(target, new PollResult.Failed("still no"));
        var health = archive.Health(Url);
        health.Failures.ShouldBe(5);
        health.LastError.ShouldBe("still no");
        health.LastSuccess.ShouldBeNull();
        (health.NextPoll!.Value - start).ShouldBeGreaterThan(first * 10);

        archive.Book.Record(target, new PollResult.Succeeded(null));
        health = archive.Health(Url);
        health.Failures.ShouldBe(0);
        health.LastError.ShouldBeNull();
        health.LastSuccess.ShouldBe(start);
    }

    [Fact]
    public async Task A_failure_keeps_the_conditions_of_the_last_success()
    {
        var target = await archive.WatchAsync(Url);
        archive.Book.Record(target, new PollResult.Succeeded(new PollConditions("\"e\"", "then", Digest.OfText("x"))));
        archive.Book.Record(target, new PollResult.Failed("no"));
        var found = archive.Book.Find(Url)!;
        (found.ETag, found.LastModified, found.Payload).ShouldBe(("\"e\"", "then", Digest.OfText("x")));
    }

    [Fact]
    public async Task Three_agreeing_answers_in_a_row_move_a_source()
    {
        var target = await archive.WatchAsync(Url);
        archive.Book.Record(target, Moved("https://a.example/")).MoveTo.ShouldBeNull();
        archive.Book.Record(target, Moved("https://b.example/")).MoveTo.ShouldBeNull();
        archive.Book.Record(target, Moved("https://b.example/")).MoveTo.ShouldBeNull();
        archive.Book.Record(target, new PollResult.Succeeded(null)).MoveTo.ShouldBeNull();
        archive.Book.Record(target, Moved("https://b.example/")).MoveTo.ShouldBeNull();
        archive.Book.Record(target, Moved("https://b.example/")).MoveTo.ShouldBeNull();
        archive.Book.Record(target, Moved("https://b.example/")).MoveTo.ShouldBe("https://b.example/");
    }

    [Fact]
    public async Task Moving_onto_another_source_leaves_one_with_the_sightings_of_both()
    {
        var old = await archive.WatchAsync(Url);
        var other = await archive.WatchAsync("https://outlet.example/new");
        archive.Book.Saw(old, Entry("1"));
        archive.Book.Saw(other, Entry("2"));
        await archive.Book.MoveAsync(old, other.Source.Url, archive.KeepAsync, default);
        archive.Book.List().ShouldHaveSingleItem().Source.Url.ShouldBe(other.Source.Url);
        archive.Book.NewsOf(other, Entry("1")).ShouldBe(EntryNews.Known);
        archive.Book.NewsOf(other, Entry("2")).ShouldBe(EntryNews.Known);
    }

    [Fact]
    public async Task A_removed_source_is_gone_from_the_list_and_can_be_added_anew()
    {
        await archive.WatchAsync(Url);
        (await archive.Book.RemoveAsync(Url, archive.KeepAsync, default)).ShouldBeTrue();
        (await archive.Book.RemoveAsync(Url, archive.KeepAsync, default)).ShouldBeFalse();
        archive.Book.List().ShouldBeEmpty();
        archive.Book.Due(DateTimeOffset.MaxValue).ShouldBeEmpty();
        (await archive.Book.AddAsync(Url, null, new("test", "test"), archive.KeepAsync, default)).ShouldBeTrue();
        archive.Book.Due(archive.Time.GetUtcNow()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_kept_bundles_make_the_same_sources_again()
    {
        var target = await archive.WatchAsync(Url, "one");
        await archive.WatchAsync("https://other.example/rss", "two");
        await archive.Book.RetireAsync(archive.Book.Find("https://other.example/rss")!, archive.KeepAsync, default);
        await archive.Book.MoveAsync(target, "https://outlet.example/new", archive.KeepAsync, default);

        using var rebuilt = new TestStage(new CaptureOptions());
        foreach (var bundle in archive.Kept) rebuilt.Database.Write(transaction => SourceLedger.Apply(transaction, bundle));
        rebuilt.Book.List().ShouldBe(archive.Book.List());
    }

    [Fact]
    public async Task An_entry_is_new_then_known_then_changed()
    {
        var target = await archive.WatchAsync(Url);
        archive.Book.NewsOf(target, Entry("1")).ShouldBe(EntryNews.New);
        archive.Book.Saw(target, Entry("1"));
        archive.Book.Saw(target, Entry("1"));
        archive.Book.NewsOf(target, Entry("1")).ShouldBe(EntryNews.Known);
        archive.Book.NewsOf(target, Entry("1") with { Title = "other" }).ShouldBe(EntryNews.Changed);
        archive.Database.Read(connection => connection.QuerySingle<long>("SELECT COUNT(*) FROM sightings")).ShouldBe(1);
    }

    [Fact]
    public void A_sighting_of_a_source_that_is_not_known_is_passed_over() =>
        archive.Database.Write(transaction => SourceLedger.Saw(transaction, "https://nobody.example/", Entry("1"), archive.Time.GetUtcNow()));

    [Fact]
    public void An_outlet_keeps_its_name_and_learns_what_was_unknown()
    {
        var (first, second) = archive.Database.Write(transaction => (
            SourceLedger.EnsureOutlet(transaction, new("a", "甲报")),
            SourceLedger.EnsureOutlet(transaction, new("a", "other", "https://a.example/", "zh"))));
        second.ShouldBe(first);
        var row = archive.Database.Read(connection => connection.QuerySingle<(string, string, string)>("SELECT name, home_url, language FROM outlets"));
        row.ShouldBe(("甲报", "https://a.example/", "zh"));
    }

    private static PollResult.Succeeded Moved(string url) => new PollResult.Succeeded(null) { MovedTo = url };

    private static Entry Entry(string id) => new() { Id = id, Link = $"https://outlet.example/{id}", Title = id };
}
