using System.Text;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.Push;
using Dibao.Capture.Sources;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Push;

public sealed class PushSubscriptionsTests : IAsyncLifetime
{
    private TestHub hub = null!;
    private TestSite site = null!;
    private TestStage archive = null!;

    private PushSubscriptions Push => archive.Stage.Push;

    public async ValueTask InitializeAsync()
    {
        hub = await TestHub.StartAsync();
        site = await TestSite.StartAsync();
        archive = new(new CaptureOptions { AllowHosts = [hub.Authority, site.Authority], CallbackUrl = "https://archive.example/websub" });
        Offer($"<{hub.Url}>; rel=\"hub\", </feed>; rel=self");
    }

    public async ValueTask DisposeAsync()
    {
        archive.Dispose();
        await site.DisposeAsync();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task The_hub_that_a_feed_names_is_asked_once()
    {
        await PollAsync();
        var asked = hub.Requests.ShouldHaveSingleItem();
        asked.Mode.ShouldBe("subscribe");
        asked.Topic.ShouldBe(site.Url("/feed"));
        asked.Callback.ShouldStartWith("https://archive.example/websub/");
        asked.Secret.Length.ShouldBe(64);
        long.Parse(asked.LeaseSeconds).ShouldBe(10 * 24 * 3600);
        site.On("/feed", TestFeed.Of(new TestFeed.Item("2", "/2")), TestFeed.Type);
        Offer($"<{hub.Url}>; rel=\"hub\", </feed>; rel=self", "3");
        await PollAsync();
        hub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_confirmed()
    {
        var asked = await SubscribeAsync();
        Push.Answer(Token(asked), new("subscribe", "http://other.example/", "c", 1000)).ShouldBeNull();
        Push.Answer("ffff", new("subscribe", asked.Topic, "c", 1000)).ShouldBeNull();
        Push.Answer(Token(asked), new("unsubscribe", asked.Topic, "c", 1000)).ShouldBeNull();
        Push.Answer(Token(asked), new("subscribe", asked.Topic, null, 1000)).ShouldBeNull();
        State().ShouldBe(SubscriptionState.Asked);
        Push.Answer(Token(asked), new("subscribe", asked.Topic, "c<>", 1000)).ShouldBe("c<>");
        State().ShouldBe(SubscriptionState.Confirmed);
    }

    [Theory]
    [InlineData("sha1", true)]
    [InlineData("sha256", true)]
    [InlineData("sha384", true)]
    [InlineData("sha512", true)]
    [InlineData("SHA256", true)]
    [InlineData("md5", false)]
    [InlineData("", false)]
    public async Task A_push_counts_when_its_signature_holds(string method, bool counts)
    {
        var asked = await SubscribeAsync(confirm: true);
        var signature = $"{method}={TestHub.Sign(method.ToLowerInvariant(), asked.Secret, "news")}";
        Push.TryReceive(Token(asked), signature, "news"u8, out var source).ShouldBeTrue();
        source.HasValue.ShouldBe(counts);
        if (counts) source.ShouldBe(Source().Id);
    }

    [Fact]
    public async Task A_forged_push_is_passed_over_without_a_word()
    {
        var asked = await SubscribeAsync(confirm: true);
        var good = "sha256=" + TestHub.Sign("sha256", asked.Secret, "news");
        foreach (var forged in new[] { null, "", "sha256", "sha256=", "sha256=zz", good[..^1], good[..^2] + "00", good + "00", "sha256=" + TestHub.Sign("sha256", "guess", "news") })
        {
            Push.TryReceive(Token(asked), forged, "news"u8, out var source).ShouldBeTrue();
            source.ShouldBeNull();
        }
        Push.TryReceive(Token(asked), good, "other news"u8, out var another).ShouldBeTrue();
        another.ShouldBeNull();
        Push.TryReceive("unknown", good, "news"u8, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task With_a_hub_polling_slows_down_and_without_pushes_it_quickens_again()
    {
        archive.Time.Advance(TimeSpan.FromDays(1));
        var asked = await SubscribeAsync(confirm: true);
        await NewsAsync("2", pushed: asked);
        var slow = archive.Health(site.Url("/feed")).NextPoll!.Value - archive.Time.GetUtcNow();
        for (var i = 3; i < 7; i++) await NewsAsync($"{i}", pushed: null);
        var quick = archive.Health(site.Url("/feed")).NextPoll!.Value - archive.Time.GetUtcNow();
        slow.ShouldBeGreaterThanOrEqualTo(PollRhythm.LeastBesidePush);
        quick.ShouldBeLessThan(slow / 3);
        await NewsAsync("9", pushed: asked);
        (archive.Health(site.Url("/feed")).NextPoll!.Value - archive.Time.GetUtcNow()).ShouldBeGreaterThanOrEqualTo(PollRhythm.LeastBesidePush);
    }

    [Fact]
    public async Task A_lease_is_renewed_before_it_ends_with_the_same_address_and_secret()
    {
        hub.LeaseSeconds = 10_000;
        var asked = await SubscribeAsync(confirm: true);
        archive.Time.Advance(TimeSpan.FromSeconds(7_999));
        await Push.RenewAsync(default);
        hub.Requests.Count.ShouldBe(1);
        archive.Time.Advance(TimeSpan.FromSeconds(1));
        await Push.RenewAsync(default);
        hub.Requests[1].ShouldBe(asked);
        State().ShouldBe(SubscriptionState.Confirmed);
    }

    [Fact]
    public async Task A_hub_that_never_asks_back_is_asked_ever_more_rarely()
    {
        await SubscribeAsync();
        await AdvanceAndRenewAsync(TimeSpan.FromMinutes(59), expected: 1);
        await AdvanceAndRenewAsync(TimeSpan.FromMinutes(1), expected: 2);
        await AdvanceAndRenewAsync(TimeSpan.FromMinutes(119), expected: 2);
        await AdvanceAndRenewAsync(TimeSpan.FromMinutes(1), expected: 3);
        State().ShouldBe(SubscriptionState.Asked);
    }

    [Fact]
    public async Task A_hub_that_denies_is_left_alone()
    {
        var asked = await SubscribeAsync();
        Push.Answer(Token(asked), new("denied", asked.Topic, null, null)).ShouldBe("");
        await AdvanceAndRenewAsync(TimeSpan.FromDays(6), expected: 1);
        State().ShouldBe(SubscriptionState.Denied);
    }

    [Fact]
    public async Task A_source_that_is_removed_is_unsubscribed_and_its_callback_gone()
    {
        var asked = await SubscribeAsync(confirm: true);
        var id = Source().Id;
        await archive.Book.RemoveAsync(site.Url("/feed"), archive.KeepAsync, default);
        await Push.RenewAsync(default);
        hub.Requests[^1].Mode.ShouldBe("unsubscribe");
        Push.TryReceive(Token(asked), "sha256=" + TestHub.Sign("sha256", asked.Secret, "x"), "x"u8, out _).ShouldBeFalse();
        Push.Answer(Token(asked), new("unsubscribe", asked.Topic, "bye", null)).ShouldBe("bye");
        Push.OfSource(id).ShouldBeNull();
    }

    [Fact]
    public async Task A_hub_inside_of_the_house_is_not_asked()
    {
        Offer("<http://169.254.169.254/hub>; rel=hub");
        await PollAsync();
        hub.Requests.ShouldBeEmpty();
        State().ShouldBe(SubscriptionState.Asked);
    }

    [Fact]
    public async Task Without_an_address_of_our_own_no_hub_is_asked()
    {
        archive.Dispose();
        archive = new(hub.Authority, site.Authority);
        await PollAsync();
        hub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_behind_a_proxy_tells_no_hub_who_we_are()
    {
        var target = await archive.WatchAsync(site.Url("/feed"));
        var report = new SourceReport { Target = target, End = PollEnd.Read, Words = "", Hub = new(hub.Url, site.Url("/feed")) };
        archive.Stage.Profiles.Set(site.Url("/feed"), new() { Proxy = "socks5h://127.0.0.1:9050" });
        await Push.AfterPollAsync(report, default);
        hub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_push_brings_the_next_poll_forward_though_not_within_a_minute()
    {
        await SubscribeAsync(confirm: true);
        var now = archive.Time.GetUtcNow();
        archive.Book.BringForward(Source().Id).ShouldBe(now.AddMinutes(1));
        archive.Time.Advance(TimeSpan.FromMinutes(2));
        archive.Book.BringForward(Source().Id).ShouldBe(now.AddMinutes(1));
    }

    [Theory]
    [InlineData("<https://hub.example/>; rel=\"hub\", <https://paper.example/f>; rel=\"self\"", "https://hub.example/", "https://paper.example/f")]
    [InlineData("</hub>; rel=hub", "https://paper.example/hub", "https://paper.example/feed")]
    [InlineData("<https://hub.example/>; title=\"a,b;c\"; rel=\"alternate HUB\"", "https://hub.example/", "https://paper.example/feed")]
    [InlineData("<ftp://hub.example/>; rel=hub", null, null)]
    [InlineData("<https://x.example/>; rel=next", null, null)]
    [InlineData("<broken; rel=hub", null, null)]
    public void Hubs_are_read_from_the_Link_header(string header, string? expected, string? topic)
    {
        var answer = KeptHead.ToExchange("https://paper.example/feed", default, default, Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nLink: {header}\r\n\r\n"), default);
        var offer = HubOffer.Of(answer, [], null);
        (offer?.Hub).ShouldBe(expected);
        (offer?.Topic).ShouldBe(topic);
    }

    [Fact]
    public void Hubs_are_read_from_the_feed_too()
    {
        var answer = KeptHead.ToExchange("https://paper.example/feed", default, default, "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), default);
        HubOffer.Of(answer, ["https://hub.example/"], "https://paper.example/self").ShouldBe(new HubOffer("https://hub.example/", "https://paper.example/self"));
    }

    private void Offer(string link, string item = "1") => site.On("/feed", http =>
    {
        http.Response.Headers.Link = link;
        return http.Response.WriteAsync(TestFeed.Of(new TestFeed.Item(item, "/" + item, Text: "text")));
    });

    private async Task PollAsync()
    {
        var target = archive.Book.Find(site.Url("/feed")) ?? await archive.WatchAsync(site.Url("/feed"));
        await Push.AfterPollAsync(await archive.Stage.Round.PollAsync(target, archive.KeepAsync, null, default), default);
    }

    private async Task<TestHub.Request> SubscribeAsync(bool confirm = false)
    {
        await PollAsync();
        var asked = hub.Requests.ShouldHaveSingleItem();
        if (confirm) Push.Answer(Token(asked), new("subscribe", asked.Topic, "c", hub.LeaseSeconds)).ShouldBe("c");
        return asked;
    }

    private async Task NewsAsync(string item, TestHub.Request? pushed)
    {
        Offer($"<{hub.Url}>; rel=\"hub\", </feed>; rel=self", item);
        if (pushed is not null) Push.TryReceive(Token(pushed), "sha256=" + TestHub.Sign("sha256", pushed.Secret, item), Encoding.UTF8.GetBytes(item), out _);
        archive.Time.Advance(TimeSpan.FromMinutes(1));
        await PollAsync();
        // What counts for the pause is how a poll was told of when it was recorded, and the next one shows it.
        await archive.Stage.Round.PollAsync(archive.Book.Find(site.Url("/feed"))!, archive.KeepAsync, null, default);
    }

    private async Task AdvanceAndRenewAsync(TimeSpan by, int expected)
    {
        archive.Time.Advance(by);
        await Push.RenewAsync(default);
        hub.Requests.Count.ShouldBe(expected);
    }

    private Source Source() => archive.Book.Find(site.Url("/feed"))!.Source;

    private SubscriptionState State() => Push.OfSource(Source().Id)!.State;

    private static string Token(TestHub.Request asked) => asked.Callback[(asked.Callback.LastIndexOf('/') + 1)..];
}
