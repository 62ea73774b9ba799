using Dibao.Log;
using Dibao.Prove.Stamps;
using Dibao.Prove.Witnesses;

namespace Dibao.Prove;

/// <summary>Who is asked to say when a checkpoint existed.</summary>
public sealed record CheckpointOptions
{
    /// <summary>From one kept checkpoint to the next.</summary>
    public TimeSpan KeepInterval { get; init; } = TimeSpan.FromDays(1);

    public IReadOnlyList<Witness> Witnesses { get; init; } = [];

    /// <summary>An RFC 3161 authority; null asks none.</summary>
    public Uri? StampAuthority { get; init; }

    /// <summary>OpenTimestamps calendars.</summary>
    public IReadOnlyList<Uri> Calendars { get; init; } = [];
}

/// <summary>What keeping did.</summary>
/// <param name="Kept">The checkpoint that was kept this time; null when it was not due, or nothing is new.</param>
/// <param name="Failures">Who did not answer as they should, in words.</param>
public sealed record KeepingReport(SignedCheckpoint? Kept, IReadOnlyList<string> Failures);

/// <summary>Keeps a checkpoint now and then, and has others say when they saw it.</summary>
/// <remarks><list type="number">
/// <item>Witnesses cosign it; who does not answer is left out.</item>
/// <item>It is kept in <c>log/history</c>, and never changed from then on.</item>
/// <item>Its file is stamped; what fails is tried again the next time.</item>
/// </list></remarks>
public sealed class CheckpointKeeping(TransparencyLog log, CheckpointOptions options, HttpClient http, TimeProvider time)
{
    // Promises of calendars are looked after for as long; older ones will not be kept any more.
    private const int Followed = 30;

    private readonly WitnessClient witnesses = new(http, log.Reader);
    private readonly OtsCalendar calendars = new(http, options.Calendars);
    private readonly List<string> failures = [];

    /// <summary>Does what is due.</summary>
    public async Task<KeepingReport> RunAsync(CancellationToken cancel)
    {
        failures.Clear();
        SignedCheckpoint? kept = null;
        if (log.Latest is { Checkpoint.Size: > 0 } latest && IsDue(latest.Checkpoint.Size))
        {
            kept = await CosignAsync(latest, cancel);
            log.Keep(kept);
        }
        foreach (var size in log.Reader.History().TakeLast(Followed)) await StampAsync(size, cancel);
        return new(kept, [.. failures]);
    }

    // A clock that was set back makes one come early, and never late.
    private bool IsDue(long size)
    {
        if (log.Reader.History() is not [.., var last]) return true;
        if (last == size) return false;
        var since = time.GetUtcNow() - log.KeptAt(last);
        return since >= options.KeepInterval || since < TimeSpan.Zero;
    }

    private async Task<SignedCheckpoint> CosignAsync(SignedCheckpoint checkpoint, CancellationToken cancel)
    {
        var cosigned = checkpoint;
        foreach (var witness in options.Witnesses)
        {
            try
            {
                cosigned = cosigned with { Note = cosigned.Note.With(await witnesses.CosignAsync(witness, checkpoint, cancel)) };
            }
            catch (IOException failed)
            {
                failures.Add(failed.Message);
            }
        }
        return cosigned;
    }

    private async Task StampAsync(long size, CancellationToken cancel)
    {
        var name = LogFolder.HistoryOf(size);
        if (log.Reader.Bytes(name) is not { } bytes) return;
        try
        {
            if (options.StampAuthority is { } authority && log.Reader.Bytes(name + ".tsr") is null)
            {
                log.KeepStamp(size, ".tsr", await Rfc3161.RequestAsync(http, authority, bytes, cancel));
            }
            if (options.Calendars.Count > 0) await CalendarsAsync(size, bytes, cancel);
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException)
        {
            failures.Add(failed.Message);
        }
    }

    private async Task CalendarsAsync(long size, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        if (log.Reader.Bytes(LogFolder.HistoryOf(size) + ".ots") is not { } known)
        {
            if (await calendars.SubmitAsync(content, failures.Add, cancel) is { } promised) log.KeepStamp(size, ".ots", promised.ToBytes());
            return;
        }
        var proof = OtsProof.Parse(known);
        if (!proof.Attestations().Any(attestation => attestation is TimeAttestation.Pending)) return;
        var completed = await calendars.CompleteAsync(proof, failures.Add, cancel);
        if (completed != proof) log.KeepStamp(size, ".ots", completed.ToBytes());
    }
}
