using Dibao.Publish;
using Dibao.Publish.Git;
using Dibao.Server.Configuration;

namespace Dibao.Server.Jobs;

/// <summary>
/// Publishes for as long as dibao serves, whenever something was captured since the last time. This loop catches any exception:
/// what failed is said in words and tried again after the next interval, while the archive stays readable.
/// </summary>
internal sealed partial class PublishJob(ArchiveReader archive, PublishJob.Plan plan, TimeProvider time, ILogger<PublishJob> log) : BackgroundService
{
    /// <param name="Git">Each publication is a commit.</param>
    /// <param name="Remote">Where it is pushed; null pushes nowhere.</param>
    internal sealed record Plan(string Folder, TimeSpan Interval, bool Git, string? Remote);

    // Captures at the last publication that succeeded.
    private long? published;

    /// <returns>Null where nothing is to be published.</returns>
    public static PublishJob? Of(Settings settings, ArchiveReader archive, IServiceProvider services) => settings.PublishFolder is { } folder
        ? new(archive, new(folder, settings.PublishInterval, settings.PublishGit, settings.PublishRemote),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<PublishJob>>())
        : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Publishing takes no part in starting: it begins when all else listens.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PublishAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { break; }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Failed(failure.Message, plan.Interval);
            }
#pragma warning disable CA1031 // the job loop: see the class
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Broke(failure, plan.Folder, plan.Interval);
            }
            await Task.Delay(plan.Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PublishAsync(CancellationToken cancel)
    {
        var captures = archive.Catalogue.CaptureCount();
        if (captures == published) return;
        var report = new PublishRun(archive, plan.Folder).Run(null, cancel);
        var git = plan.Git ? await new GitTarget(plan.Folder, time).CommitAsync(report.Files, plan.Remote, cancel) : null;
        published = captures;
        Published(plan.Folder, report.Written, report.Unchanged, report.Removed, git?.Message ?? "none");
    }

    [LoggerMessage(4001, LogLevel.Information, "Published to {Folder}: {Written} files written, {Unchanged} unchanged, {Removed} removed; commit: {Commit}.")]
    private partial void Published(string folder, long written, long unchanged, long removed, string commit);

    [LoggerMessage(4002, LogLevel.Error, "Publishing failed; it is tried again in {Interval}. {Words}")]
    private partial void Failed(string words, TimeSpan interval);

    [LoggerMessage(4003, LogLevel.Error, "Publishing to {Folder} failed; it is tried again in {Interval}.")]
    private partial void Broke(Exception failure, string folder, TimeSpan interval);
}
