using Dibao.Capture;

namespace Dibao.Server.Jobs;

/// <summary>
/// Keeps capturing for as long as dibao serves. This loop is the one place where any exception is caught: what failed is
/// logged and counted, and tried again, ever more slowly, while the archive stays readable.
/// </summary>
/// <param name="run">Captures until it is cancelled, everything it was keeping kept; or throws.</param>
internal sealed partial class CaptureJob(Func<CancellationToken, Task> run, CaptureTally tally, TimeProvider time, ILogger<CaptureJob> log) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    // Ran this long: the next failure is a new one, and is answered quickly again.
    private static readonly TimeSpan CountsAsWell = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = ShortestPause;
        Started();
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                await run(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { break; }
#pragma warning disable CA1031 // the job loop: see the class
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (time.GetElapsedTime(began) > CountsAsWell) pause = ShortestPause;
                tally.CountRestart();
                Restarting(failure, pause.TotalSeconds);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
            }
        }
        Stopped();
    }

    [LoggerMessage(1001, LogLevel.Information, "Capturing.")]
    private partial void Started();

    [LoggerMessage(1002, LogLevel.Information, "Capturing has ended; what was being kept is kept.")]
    private partial void Stopped();

    [LoggerMessage(1003, LogLevel.Error, "Capturing failed; it starts again in {Seconds} s.")]
    private partial void Restarting(Exception failure, double seconds);
}
