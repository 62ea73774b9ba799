using Dibao.Capture;

namespace Dibao.Server.Jobs;

/// <summary>The scheduler that runs now. A new one is made after each failure, since it forgets what it had under way.</summary>
internal sealed class Capturing(Archive archive, CaptureTally tally, TimeProvider time)
{
    private volatile CaptureScheduler? current;

    /// <summary>Captures, and shows life while it does: what falls between two runs is the archive's own gap.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        current = new(archive.Capture.Book, archive.Capture.Round, archive.Rechecks, archive.KeepAsync, time) { Progress = tally };
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var alive = archive.Capture.Uptime.RunAsync(life.Token);
        try { await current.RunAsync(cancel); }
        finally
        {
            await life.CancelAsync();
            await alive;
        }
    }

    /// <summary>A source was added: it is polled now.</summary>
    public void Wake() => current?.Wake();
}
