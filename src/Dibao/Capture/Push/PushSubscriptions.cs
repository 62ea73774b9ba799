using System.Security.Cryptography;
using Dibao.Capture.Fetch;

namespace Dibao.Capture.Push;

/// <summary>A hub's question back: did we ask?</summary>
/// <param name="Mode">subscribe, unsubscribe or denied.</param>
/// <param name="LeaseSeconds">As the hub grants it; null when it says nothing.</param>
public readonly record struct HubQuestion(string? Mode, string? Topic, string? Challenge, long? LeaseSeconds);

/// <summary>
/// Asks hubs to tell when a source has news, so that it need not be asked so often. A push is a knock at the door: it brings the next poll
/// forward, and what is kept is what the outlet's own server answers. Polling goes on, more slowly, whatever hubs promise. Thread-safe.
/// </summary>
/// <remarks>Source: W3C WebSub (Recommendation, 2018).</remarks>
public sealed class PushSubscriptions(Database database, PageFetcher fetcher, FetchProfiles profiles, CaptureOptions options, TimeProvider time)
{
    /// <summary>Bytes of a push; larger ones are refused.</summary>
    public const int MaxPushBytes = 8 << 20;

    private const int HubsAskedAtOnce = 16;
    private const int AskedLeaseSeconds = 10 * 24 * 3600;

    private static readonly TimeSpan WaitsForQuestion = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);
    private static readonly TimeSpan ShortestLease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(30);

    private readonly SubscriptionBook book = new(database);

    /// <summary>The subscription of a source; null when it has none.</summary>
    public Subscription? OfSource(long source) => book.OfSource(source);

    /// <summary>Takes note of what a poll found, and asks the hub that its feed names, where that was not done yet.</summary>
    public async Task AfterPollAsync(SourceReport report, CancellationToken cancel)
    {
        var source = report.Target.Source;
        if (report.End is PollEnd.Read) book.Polled(source.Id, report.New > 0);
        if (options.CallbackUrl is null || report.Hub is not { } offer) return;
        // Through a proxy an outlet does not learn who we are, and a callback's address would tell it.
        if (profiles.Of(source.Url).Proxy is not null) return;
        if (book.OfSource(source.Id) is { } known && known.Hub == offer.Hub && known.Topic == offer.Topic) return;
        var wanted = new Subscription
        {
            SourceId = source.Id,
            SourceUrl = source.Url,
            Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Topic = offer.Topic,
            Hub = offer.Hub,
            Secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            State = SubscriptionState.Asked,
        };
        book.Put(wanted, time.GetUtcNow() + WaitsForQuestion);
        await AskAsync(wanted, "subscribe", cancel);
    }

    /// <summary>Asks the hubs whose lease runs out or who never asked back, and takes leave for sources that are watched no more.</summary>
    public async Task RenewAsync(CancellationToken cancel)
    {
        if (options.CallbackUrl is null) return;
        var orphans = book.Orphans(HubsAskedAtOnce);
        var leaving = orphans.Select(async orphan =>
        {
            if (orphan.State is SubscriptionState.Confirmed && await AskAsync(orphan, "unsubscribe", cancel)) return;
            book.Delete(orphan.SourceId);
        });
        var renewing = book.Due(time.GetUtcNow(), HubsAskedAtOnce).Select(due => AskAsync(due, "subscribe", cancel));
        await Task.WhenAll([.. leaving, .. renewing]);
    }

    /// <summary>Answers a hub's question back.</summary>
    /// <returns>What to answer with status 200; null for 404: nobody asked for that.</returns>
    public string? Answer(string token, HubQuestion question)
    {
        if (book.ByToken(token) is not { } subscription || question.Topic != subscription.Topic) return null;
        switch (question.Mode)
        {
            case "subscribe" when subscription.State is SubscriptionState.Asked or SubscriptionState.Confirmed && question.Challenge is { Length: > 0 } challenge:
                Confirm(subscription, question.LeaseSeconds);
                return challenge;
            case "unsubscribe" when subscription.State is SubscriptionState.Leaving:
                book.Delete(subscription.SourceId);
                return question.Challenge ?? "";
            case "denied":
                book.AskAgain(subscription.SourceId, SubscriptionState.Denied, time.GetUtcNow() + LongestPause);
                return "";
            default: return null;
        }
    }

    /// <summary>Takes a push.</summary>
    /// <param name="source">To be polled now; null where the signature does not hold, and the push is passed over without a word (WebSub §7.1.2).</param>
    /// <returns>False when there is no such subscription: the hub may forget it.</returns>
    public bool TryReceive(string token, string? signature, ReadOnlySpan<byte> body, out long? source)
    {
        source = null;
        if (book.ByToken(token) is not { State: not SubscriptionState.Leaving } subscription) return false;
        if (!HubSignature.Holds(signature, subscription.Secret, body)) return true;
        book.Pushed(subscription.SourceId);
        source = subscription.SourceId;
        return true;
    }

    private void Confirm(Subscription subscription, long? leaseSeconds)
    {
        var lease = TimeSpan.FromSeconds(Math.Clamp(leaseSeconds ?? AskedLeaseSeconds, (long)ShortestLease.TotalSeconds, (long)LongestLease.TotalSeconds));
        var now = time.GetUtcNow();
        book.Confirm(subscription.SourceId, now + lease, now + lease * 0.8);
    }

    // True when the hub took the request; whether it is confirmed is for the hub to say.
    private async Task<bool> AskAsync(Subscription subscription, string mode, CancellationToken cancel)
    {
        // Written before asking, since hubs may ask back before they answer.
        var state = mode == "unsubscribe" ? SubscriptionState.Leaving : subscription.State is SubscriptionState.Confirmed ? SubscriptionState.Confirmed : SubscriptionState.Asked;
        book.AskAgain(subscription.SourceId, state, time.GetUtcNow() + Pause(subscription.Attempts));
        var outcome = await fetcher.FetchAsync(FetchRequest.Form(subscription.Hub,
            new("hub.callback", $"{options.CallbackUrl}/{subscription.Token}"),
            new("hub.mode", mode),
            new("hub.topic", subscription.Topic),
            new("hub.lease_seconds", AskedLeaseSeconds.ToString()),
            new("hub.secret", subscription.Secret)), cancel);
        return outcome is FetchOutcome.Fetched;
    }

    private static TimeSpan Pause(int attempts)
    {
        var pause = WaitsForQuestion * (1 << Math.Clamp(attempts, 0, 10));
        return pause > LongestPause ? LongestPause : pause;
    }
}
