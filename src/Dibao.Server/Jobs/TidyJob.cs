namespace Dibao.Server.Jobs;

/// <summary>Does what can wait while the process does nothing else. This loop catches any exception: what failed is logged and tried again an hour later.</summary>
internal sealed partial class TidyJob(Archive archive, TimeProvider time, ILogger<TidyJob> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Spell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    // Of one processor, while it is looked at.
    private const double IdleShare = 0.05;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var before = Environment.CpuUsage.TotalTime;
            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Environment.CpuUsage.TotalTime - before > Look * IdleShare || TidiesOn(stoppingToken)) continue;
            await Task.Delay(Later, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // False where nothing is left to do for now.
    private bool TidiesOn(CancellationToken stop)
    {
        try
        {
            var started = time.GetTimestamp();
            while (!stop.IsCancellationRequested && time.GetElapsedTime(started) < Spell)
                if (!archive.Tidy()) return false;
            return true;
        }
#pragma warning disable CA1031 // the job loop: see the class
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Broke(failure);
            return false;
        }
    }

    [LoggerMessage(3201, LogLevel.Error, "Tidying the catalogue failed; it is tried again in an hour.")]
    private partial void Broke(Exception failure);
}
