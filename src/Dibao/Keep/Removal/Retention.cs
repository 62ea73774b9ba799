using Dapper;

namespace Dibao.Keep;

/// <summary>Takes down what an outlet's time of keeping is over for. Outlets that are not named are kept for ever.</summary>
public sealed class Retention(Database database, Takedowns takedowns)
{
    private const int Batch = 200;

    private readonly Catalogue catalogue = new(database);

    /// <param name="periods">How long each outlet's articles are kept from their first capture, by the outlet's slug.</param>
    /// <returns>Articles that were taken down.</returns>
    public async Task<int> RunAsync(IReadOnlyDictionary<string, TimeSpan> periods, DateTimeOffset now, CancellationToken cancel)
    {
        var removed = 0;
        foreach (var (outlet, period) in periods)
        {
            while (!cancel.IsCancellationRequested && Expired(outlet, now - period) is { Count: > 0 } articles)
            {
                var reason = $"Kept for {period.TotalDays:0} days, as this archive does with this outlet.";
                await takedowns.OverwriteAsync([.. articles.Select(takedowns.Planner.Plan)], TakedownCause.Retention, reason, now, cancel);
                removed += articles.Count;
            }
        }
        if (removed > 0) await takedowns.EraseAsync();
        return removed;
    }

    private List<Article> Expired(string outlet, DateTimeOffset before) => database.Read(connection => connection.Query<long>(
            """
            SELECT a.id FROM articles a JOIN outlets o ON o.id = a.outlet_id
            WHERE o.slug = @outlet AND a.first_captured < @before AND a.takedown_id IS NULL ORDER BY a.id LIMIT @Batch
            """, new { outlet, before = before.ToUnixTimeMilliseconds(), Batch }).ToList())
        .Select(catalogue.Article).OfType<Article>().ToList();
}
