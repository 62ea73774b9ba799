using System.Collections.Concurrent;
using Dibao.Capture.Fetch;

namespace Dibao.Capture.Robots;

/// <summary>Whether a page may be asked for.</summary>
/// <param name="Refusal">Why not, in words; null when it may.</param>
/// <param name="CrawlDelay">Between two requests to its host; null when robots.txt asks for nothing.</param>
/// <param name="RetryAfter">When robots.txt itself may be readable again; null where it was read.</param>
public readonly record struct RobotsVerdict(string? Refusal, TimeSpan? CrawlDelay, TimeSpan? RetryAfter);

/// <summary>The robots.txt of every host that was asked for a page, each for a day. Held in memory: it is a manner, not an article. Thread-safe.</summary>
/// <remarks>Source: RFC 9309 §2.3 and §2.4.</remarks>
public sealed class RobotsBook(TimeProvider time)
{
    /// <summary>As in robots.txt; the User-Agent begins with it.</summary>
    public const string ProductToken = "Dibao";

    /// <summary>The longest crawl-delay that is honoured; more would mean never.</summary>
    public static readonly TimeSpan LongestCrawlDelay = TimeSpan.FromMinutes(2);

    private const int MaxHosts = 20_000;
    private const int MaxDecodedBytes = 4 << 20;

    private static readonly TimeSpan Holds = TimeSpan.FromHours(24);
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromMinutes(5);

    // After so long without an answer a host is taken to have no robots.txt (RFC 9309 §2.3.1.4).
    private static readonly TimeSpan GivesUp = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, Origin> origins = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="fetch">Asks for robots.txt, redirects and all.</param>
    public async Task<RobotsVerdict> AskAsync(Uri page, Func<string, CancellationToken, Task<FetchOutcome>> fetch, CancellationToken cancel)
    {
        if (origins.Count >= MaxHosts) Sweep();
        var origin = origins.GetOrAdd(page.GetLeftPart(UriPartial.Authority), name => new(name));
        var (rules, problem, until) = await RulesAsync(origin, fetch, cancel);
        if (problem is not null) return new(problem, null, until - time.GetUtcNow());
        var delay = rules.CrawlDelay > LongestCrawlDelay ? LongestCrawlDelay : rules.CrawlDelay;
        return new(rules.Allows(page) ? null : $"{origin.Name}/robots.txt forbids {page.PathAndQuery} to {ProductToken}: its pages are not asked for", delay, null);
    }

    // Whoever comes first asks, and the others wait for what it brings.
    private async Task<State> RulesAsync(Origin origin, Func<string, CancellationToken, Task<FetchOutcome>> fetch, CancellationToken cancel)
    {
        if (origin.State.Until > time.GetUtcNow()) return origin.State;
        await origin.Asking.WaitAsync(cancel);
        try
        {
            if (origin.State.Until > time.GetUtcNow()) return origin.State;
            return origin.State = Judge(origin, await fetch(origin.Name + "/robots.txt", cancel));
        }
        finally { origin.Asking.Release(); }
    }

    private State Judge(Origin origin, FetchOutcome outcome)
    {
        var now = time.GetUtcNow();
        switch (outcome)
        {
            case FetchOutcome.Fetched fetched:
                origin.Failures = 0;
                (origin.ReadAt, origin.FailingSince) = (now, null);
                return new(Read(fetched.Final), null, now + Holds);
            case FetchOutcome.Refused { Status: < 500 and not 429 }:
            case FetchOutcome.Failed { Cause: FailureCause.Redirects }:
                origin.Failures = 0;
                (origin.ReadAt, origin.FailingSince) = (null, null);
                return new(RobotsRules.AllowAll, null, now + Holds);
            default: return Unreachable(origin, outcome, now);
        }
    }

    // What cannot be read forbids everything, unless it was read before.
    private static State Unreachable(Origin origin, FetchOutcome outcome, DateTimeOffset now)
    {
        origin.FailingSince ??= now;
        var pause = ShortestRetry * (1 << Math.Min(origin.Failures++, 8));
        if (pause > Holds) pause = Holds;
        if (origin.ReadAt is not null || now - origin.FailingSince >= GivesUp) return origin.State with { Problem = null, Until = now + pause };
        var why = outcome switch
        {
            FetchOutcome.Refused refused => $"it answered {refused.Status}",
            FetchOutcome.Failed failed => failed.Reason,
            _ => "it did not answer",
        };
        return new(RobotsRules.AllowAll, $"{origin.Name}/robots.txt cannot be read, and until it can, its pages are not asked for (RFC 9309): {why}", now + pause);
    }

    private static RobotsRules Read(Exchange answer) =>
        Payload.Decode(answer.Body, answer.ContentEncoding, MaxDecodedBytes) is Payload.Decoded plain
            ? RobotsRules.Parse(plain.Bytes.Span, ProductToken)
            : RobotsRules.AllowAll;

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (name, origin) in origins)
        {
            if (origin.State.Until <= now || origins.Count > MaxHosts * 2) origins.TryRemove(name, out _);
        }
    }

    private sealed record State(RobotsRules Rules, string? Problem, DateTimeOffset Until);

    private sealed class Origin(string name)
    {
        public string Name => name;
        public SemaphoreSlim Asking { get; } = new(1);
        public State State { get; set; } = new(RobotsRules.AllowAll, null, DateTimeOffset.MinValue);
        public DateTimeOffset? ReadAt { get; set; }
        public DateTimeOffset? FailingSince { get; set; }
        public int Failures { get; set; }
    }
}
