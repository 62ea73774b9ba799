using System.Runtime.InteropServices;

namespace Dibao.Server.Commands;

/// <summary>SIGTERM and Ctrl-C ask for an orderly end; a second one takes it at once.</summary>
internal sealed class Termination : IDisposable
{
    private readonly CancellationTokenSource asked = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public Termination()
    {
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    public CancellationToken Token => asked.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        asked.Dispose();
    }

    // Not cancelling the signal the second time leaves it to its default: the process ends. What was acknowledged is on disk.
    private void OnSignal(PosixSignalContext context)
    {
        if (asked.IsCancellationRequested) return;
        context.Cancel = true;
        asked.Cancel();
    }
}
