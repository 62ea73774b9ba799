using Dapper;

namespace Dibao.Capture.Push;

/// <summary>How far a subscription is.</summary>
public enum SubscriptionState
{
    /// <summary>The hub was asked, or will be.</summary>
    Asked = 0,

    /// <summary>The hub asked back, and was told that it is meant.</summary>
    Confirmed = 1,

    /// <summary>The hub does not want to.</summary>
    Denied = 2,

    /// <summary>The source is watched no more; the hub is being told.</summary>
    Leaving = 3,
}

/// <summary>One source at one hub.</summary>
public sealed record Subscription
{
    public required long SourceId { get; init; }

    /// <summary>Of the source, as it is polled.</summary>
    public required string SourceUrl { get; init; }

    public required string Token { get; init; }
    public required string Topic { get; init; }
    public required string Hub { get; init; }
    public required string Secret { get; init; }
    public required SubscriptionState State { get; init; }

    /// <summary>Attempts in a row that were not confirmed.</summary>
    public int Attempts { get; init; }

    // Records print their members: a log line must not.
    public override string ToString() => $"{SourceUrl} at {Hub}: {State}";
}

/// <summary>The subscriptions in the catalogue. Thread-safe.</summary>
internal sealed class SubscriptionBook(Database database)
{
    private const string Columns = """
        SELECT g.source_id AS SourceId, s.url AS SourceUrl, g.token, g.topic, g.hub, g.secret, g.state, g.attempts
        FROM subscriptions g JOIN sources s ON s.id = g.source_id
        """;

    public Subscription? OfSource(long source) => Select("WHERE g.source_id = @source", new { source }).SingleOrDefault();

    public Subscription? ByToken(string token) => Select("WHERE g.token = @token", new { token }).SingleOrDefault();

    /// <summary>Whose hub is to be asked, the longest overdue first.</summary>
    public IReadOnlyList<Subscription> Due(DateTimeOffset now, int limit) =>
        Select("WHERE g.next_ask <= @now AND s.state = 0 ORDER BY g.next_ask LIMIT @limit", new { now = now.ToUnixTimeMilliseconds(), limit });

    /// <summary>Those whose source is watched no more.</summary>
    public IReadOnlyList<Subscription> Orphans(int limit) => Select("WHERE s.state <> 0 AND g.state <> 3 ORDER BY g.source_id LIMIT @limit", new { limit });

    /// <summary>Wanted from now on, in the place of what was there.</summary>
    public void Put(Subscription wanted, DateTimeOffset nextAsk) => Execute(
        """
        INSERT INTO subscriptions (source_id, token, topic, hub, secret, next_ask) VALUES (@SourceId, @Token, @Topic, @Hub, @Secret, @next)
        ON CONFLICT (source_id) DO UPDATE SET token = @Token, topic = @Topic, hub = @Hub, secret = @Secret, next_ask = @next,
            state = 0, lease_until = NULL, attempts = 0, pushed = 0, missed = 0
        """,
        new { wanted.SourceId, wanted.Token, wanted.Topic, wanted.Hub, wanted.Secret, next = nextAsk.ToUnixTimeMilliseconds() });

    public void Confirm(long source, DateTimeOffset leaseUntil, DateTimeOffset renew) => Execute(
        "UPDATE subscriptions SET state = 1, attempts = 0, lease_until = @until, next_ask = @renew WHERE source_id = @source",
        new { source, until = leaseUntil.ToUnixTimeMilliseconds(), renew = renew.ToUnixTimeMilliseconds() });

    /// <summary>Asked once more, or to be asked once more: the lease that still runs stays.</summary>
    public void AskAgain(long source, SubscriptionState state, DateTimeOffset nextAsk) => Execute(
        "UPDATE subscriptions SET state = @state, attempts = attempts + 1, next_ask = @next WHERE source_id = @source",
        new { source, state = (long)state, next = nextAsk.ToUnixTimeMilliseconds() });

    public void Delete(long source) => Execute("DELETE FROM subscriptions WHERE source_id = @source", new { source });

    public void Pushed(long source) => Execute("UPDATE subscriptions SET pushed = 1, missed = 0 WHERE source_id = @source", new { source });

    /// <summary>A poll is over: news without a push before it counts against the hub.</summary>
    public void Polled(long source, bool news) => Execute(
        "UPDATE subscriptions SET missed = CASE WHEN pushed = 1 THEN 0 WHEN @news THEN missed + 1 ELSE missed END, pushed = 0 WHERE source_id = @source AND state = 1",
        new { source, news });

    private List<Subscription> Select(string where, object parameters) =>
        database.Read(connection => connection.Query<Row>(Columns + "\n" + where, parameters).Select(row => row.ToSubscription()).ToList());

    private void Execute(string sql, object parameters) => database.Write(transaction => transaction.Connection!.Execute(sql, parameters, transaction));

    private sealed class Row
    {
        public long SourceId { get; init; }
        public string SourceUrl { get; init; } = "";
        public string Token { get; init; } = "";
        public string Topic { get; init; } = "";
        public string Hub { get; init; } = "";
        public string Secret { get; init; } = "";
        public long State { get; init; }
        public long Attempts { get; init; }

        public Subscription ToSubscription() => new()
        {
            SourceId = SourceId,
            SourceUrl = SourceUrl,
            Token = Token,
            Topic = Topic,
            Hub = Hub,
            Secret = Secret,
            State = (SubscriptionState)State,
            Attempts = (int)Attempts,
        };
    }
}
