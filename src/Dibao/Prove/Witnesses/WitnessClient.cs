using System.Globalization;
using System.Text;
using Dibao.Log;

namespace Dibao.Prove.Witnesses;

/// <summary>Asks witnesses to cosign checkpoints.</summary>
/// <remarks>Source: C2SP tlog-witness, add-checkpoint.</remarks>
internal sealed class WitnessClient(HttpClient http, LogReader log)
{
    private const int MaxAnswerBytes = 64 << 10;
    private const int Conflict = 409;

    // What each one is known to have seen; asked for again after a restart.
    private readonly Dictionary<Uri, long> seen = [];

    /// <returns>The witness's own signatures over the checkpoint, every one of them right.</returns>
    /// <exception cref="IOException">It did not sign; the message names it and says why.</exception>
    public async Task<IReadOnlyList<NoteSignature>> CosignAsync(Witness witness, SignedCheckpoint checkpoint, CancellationToken cancel)
    {
        var (status, answer) = await AskAsync(witness, checkpoint, seen.GetValueOrDefault(witness.Address), cancel);
        if (status == Conflict)
        {
            seen[witness.Address] = SizeOf(witness, answer, checkpoint.Checkpoint.Size);
            (status, answer) = await AskAsync(witness, checkpoint, seen[witness.Address], cancel);
        }
        if (status != 200) throw new IOException($"The witness {witness.Key.Name} at {witness.Address} answered {status}{Meaning(status)}.");
        var signatures = Own(witness, checkpoint, answer);
        seen[witness.Address] = checkpoint.Checkpoint.Size;
        return signatures;
    }

    private async Task<(int Status, string Answer)> AskAsync(Witness witness, SignedCheckpoint checkpoint, long old, CancellationToken cancel)
    {
        var body = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"old {old}\n"));
        foreach (var hash in log.Tree(checkpoint.Checkpoint).Consistency(old)) body.Append(hash).Append('\n');
        body.Append('\n').Append(checkpoint.Note);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(witness.Address.ToString().TrimEnd('/') + "/add-checkpoint"))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToString())),
        };
        var (status, answer) = await http.AnswerAsync(request, MaxAnswerBytes, cancel);
        return (status, Encoding.UTF8.GetString(answer));
    }

    private static long SizeOf(Witness witness, string answer, long most)
    {
        if (!long.TryParse(answer.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size)) throw new IOException($"The witness {witness.Key.Name} at {witness.Address} refused the checkpoint, and did not say what it has seen.");
        return size <= most ? size
            : throw new IOException($"The witness {witness.Key.Name} has seen this log with {size} leaves, and it has {most} now: this archive was set back. Restore its newest backup.");
    }

    private static List<NoteSignature> Own(Witness witness, SignedCheckpoint checkpoint, string answer)
    {
        try
        {
            var own = SignedNote.ParseSignatures(answer).Where(signature => signature.Name == witness.Key.Name && signature.KeyId == witness.Key.Id).ToList();
            return new SignedNote(checkpoint.Note.Text, own).CosignedAt(witness.Key) is not null ? own
                : throw new IOException($"The witness {witness.Key.Name} at {witness.Address} answered without a right signature of its key {witness.Key}.");
        }
        catch (FormatException bad)
        {
            throw new IOException($"The witness {witness.Key.Name} at {witness.Address} answered no signature: {bad.Message}.", bad);
        }
    }

    private static string Meaning(int status) => status switch
    {
        403 => ": it does not know the log's key; tell its operator (dibao log key)",
        404 => ": it does not know the log; tell its operator (dibao log key)",
        422 => ": it found the consistency proof wrong; run `dibao verify`",
        _ => "",
    };
}
