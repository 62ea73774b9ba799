using Dibao.Capture;

namespace Dibao.Server.Jobs;

/// <summary>The scheduler that runs now. A new one is made after each failure, since it forgets what it had under way.</summary>
internal sealed class Capturing(Archive archive, CaptureTally tally, TimeProvider time)
{
    private volatile CaptureScheduler? current;

    public Task RunAsync(CancellationToken cancel)
    {
        current = new(archive.Capture.Book, archive.Capture.Round, archive.Rechecks, archive.KeepAsync, time) { Progress = tally, Push = archive.Capture.Push };
        return archive.Capture.RunAsync(current, archive.KeepAsync, cancel);
    }

    /// <summary>A hub says that a source has news.</summary>
    public void PollSoon(long source) => current?.PollSoon(source);

    /// <summary>A source was added: it is polled now.</summary>
    public void Wake() => current?.Wake();
}
