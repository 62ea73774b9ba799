using Dibao.Prove;
using Dibao.Prove.Witnesses;
using Dibao.Server.Configuration;

namespace Dibao.Server.Jobs;

/// <summary>
/// Signs a checkpoint whenever something was captured, and keeps one now and then for witnesses and stamps. This loop catches any
/// exception: what failed is logged and tried again, while the archive stays readable and captures go on.
/// </summary>
internal sealed partial class CheckpointJob(TransparencyLog log, Settings settings, TimeProvider time, ILogger<CheckpointJob> logger) : BackgroundService
{
    // Others are asked again after this, when they did not answer, or promised a block.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(30);

    private string? saidLast;
    private DateTimeOffset nextKeeping;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Signing takes no part in starting.
        await Task.Yield();
        using var http = BoundedHttp.Client();
        var keeping = new CheckpointKeeping(log, settings.Checkpoints, http, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Sign();
                await KeepAsync(keeping, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { break; }
#pragma warning disable CA1031 // the job loop: see the class
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Broke(failure);
            }
            await Task.Delay(settings.ProofInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Said once, and again when it is something else: the loop comes by every few seconds.
    private void Sign()
    {
        log.Publish();
        if (log.Fault is { } fault && fault != saidLast) NotSigned(fault);
        saidLast = log.Fault;
    }

    private async Task KeepAsync(CheckpointKeeping keeping, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // A clock that was set back does not put it off.
        if (now < nextKeeping && nextKeeping - now <= AskAgain) return;
        var report = await keeping.RunAsync(cancel);
        nextKeeping = now + (settings.Checkpoints.KeepInterval < AskAgain ? settings.Checkpoints.KeepInterval : AskAgain);
        if (report.Kept is { } kept) Kept(kept.Checkpoint.Size, kept.Note.Signatures.Count - 1);
        foreach (var words in report.Failures) NotAttested(words);
    }

    [LoggerMessage(3001, LogLevel.Error, "No checkpoint is signed: {Fault}")]
    private partial void NotSigned(string fault);

    [LoggerMessage(3002, LogLevel.Information, "Kept the checkpoint of {Size} leaves, with {Cosignatures} cosignatures.")]
    private partial void Kept(long size, int cosignatures);

    [LoggerMessage(3003, LogLevel.Warning, "{Words} It is asked again.")]
    private partial void NotAttested(string words);

    [LoggerMessage(3004, LogLevel.Error, "The checkpoint job failed; it goes on.")]
    private partial void Broke(Exception failure);
}
