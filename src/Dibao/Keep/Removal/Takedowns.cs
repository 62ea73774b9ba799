using Dibao.Capture;

namespace Dibao.Keep;

/// <summary>Takes articles down, so that nothing of them is left and the log stays provable.</summary>
/// <remarks><list type="number">
/// <item>The order is kept as a capture, with a leaf of its own. From here on nobody is shown the articles, and a crash is finished by the next opening.</item>
/// <item>The open segment is sealed, so that all members to be replaced lie in segments that nobody writes.</item>
/// <item>Each member is replaced by a tombstone of the same length (<see cref="TombstoneWriter"/>): offsets, leaves and proofs of all others hold.</item>
/// <item>The search index is written anew without their words, and the catalogue's log emptied.</item>
/// </list></remarks>
public sealed class Takedowns : IDisposable
{
    private readonly Keeper keeper;
    private readonly TombstoneWriter tombstones;

    // An operator's order and the time of keeping may come together: one segment is rewritten by one of them at a time.
    private readonly SemaphoreSlim turn = new(1, 1);

    internal Takedowns(StoreFolder store, Database database, Keeper keeper, TombstoneWriter tombstones)
    {
        this.tombstones = tombstones;
        this.keeper = keeper;
        Planner = new(database, new(store));
        Retention = new(database, this);
    }

    /// <summary>Says what a takedown would remove.</summary>
    public TakedownPlanner Planner { get; }

    /// <summary>Takes down what is kept for a time only.</summary>
    public Retention Retention { get; }

    /// <summary>Once this returns, the bytes are overwritten too.</summary>
    /// <exception cref="IOException">The disk failed. Where the order was kept, the articles are hidden and the next opening goes on.</exception>
    public async Task RunAsync(IReadOnlyList<TakedownPlan> plans, TakedownCause cause, string reason, DateTimeOffset at, CancellationToken cancel)
    {
        await OverwriteAsync(plans, cause, reason, at, cancel);
        await EraseAsync();
    }

    /// <summary>All but <see cref="EraseAsync"/>, which costs the same for one article and for thousands.</summary>
    internal async Task OverwriteAsync(IReadOnlyList<TakedownPlan> plans, TakedownCause cause, string reason, DateTimeOffset at, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            await Task.WhenAll(plans.Select(plan => keeper.KeepAsync(Order(plan, cause, reason, at), cancel)));
            await keeper.SealAsync(cancel);
            tombstones.Finish(CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }

    internal async Task EraseAsync()
    {
        await turn.WaitAsync(CancellationToken.None);
        try { tombstones.Erase(CancellationToken.None); }
        finally { turn.Release(); }
    }

    public void Dispose() => turn.Dispose();

    private static CaptureBundle Order(TakedownPlan plan, TakedownCause cause, string reason, DateTimeOffset at)
    {
        var article = plan.Articles[0];
        return new()
        {
            Kind = CaptureKind.Takedown,
            Url = article.Url,
            At = at,
            Outlet = new(article.Outlet.Slug, article.Outlet.Name),
            Takedown = new() { Cause = cause, Reason = reason, Captures = plan.Captures },
        };
    }
}
