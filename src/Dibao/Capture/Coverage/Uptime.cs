using Dapper;

namespace Dibao.Capture.Coverage;

/// <summary>A stretch of time in which the archive itself was not capturing.</summary>
public readonly record struct ArchiveGap(DateTimeOffset Began, DateTimeOffset Ended);

/// <summary>
/// Signs of life: a row for each run, whose end moves on every minute. What lies between two rows is the archive's own gap,
/// and is shown as such, so that nobody takes it for silence of the outlets. Thread-safe.
/// </summary>
public sealed class Uptime(Database database, TimeProvider time)
{
    /// <summary>A shorter pause is no gap: a restart, or the next call of <c>dibao capture --once</c>; feeds hold more than that.</summary>
    public static readonly TimeSpan LeastGap = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>Shows life until <paramref name="cancel"/> fires.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var began = Begin();
        while (!cancel.IsCancellationRequested)
        {
            await Task.Delay(Beat, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Show(began);
        }
    }

    /// <summary>A run begins. One that follows the last without a gap goes on with its row.</summary>
    /// <returns>The row's beginning, for <see cref="Show"/>.</returns>
    public DateTimeOffset Begin()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(database.Write(transaction =>
        {
            var connection = transaction.Connection!;
            var goesOn = connection.QuerySingleOrDefault<long?>(
                "UPDATE uptime SET last = MAX(last, @now) WHERE began = (SELECT MAX(began) FROM uptime) AND last >= @since RETURNING began",
                new { now, since = now - (long)LeastGap.TotalMilliseconds }, transaction);
            if (goesOn is { } began) return began;
            connection.Execute("INSERT OR IGNORE INTO uptime (began, last) VALUES (@now, @now)", new { now }, transaction);
            return now;
        }));
    }

    /// <summary>The run is alive now.</summary>
    public void Show(DateTimeOffset began) => database.Write(transaction => transaction.Connection!.Execute(
        "UPDATE uptime SET last = MAX(last, @now) WHERE began = @began",
        new { now = time.GetUtcNow().ToUnixTimeMilliseconds(), began = began.ToUnixTimeMilliseconds() }, transaction));
}
