using Dibao.Keep;

namespace Dibao.Server.Jobs;

/// <summary>Once a day, takes down what is kept for a time only. This loop catches any exception: what failed is logged and tried again the next day.</summary>
internal sealed partial class RetentionJob(Retention retention, IReadOnlyDictionary<string, TimeSpan> periods, TimeProvider time, ILogger<RetentionJob> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var removed = await retention.RunAsync(periods, time.GetUtcNow(), stoppingToken);
                if (removed > 0) Expired(removed);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { break; }
#pragma warning disable CA1031 // the job loop: see the class
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Broke(failure);
            }
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(3101, LogLevel.Information, "{Articles} articles were taken down, since their time of keeping is over.")]
    private partial void Expired(int articles);

    [LoggerMessage(3102, LogLevel.Error, "Taking down what is kept for a time only failed; it is tried again tomorrow.")]
    private partial void Broke(Exception failure);
}
