using System.Globalization;
using System.Text;
using Dibao.Keep;
using Dibao.Log;
using Dibao.Warc;

namespace Dibao.Prove;

/// <summary>One file of a proof bundle.</summary>
/// <param name="Path">Below the bundle's folder.</param>
public sealed record ProofFile(string Path, ReadOnlyMemory<byte> Bytes);

/// <summary>Gathers what a stranger needs to check one capture. <see cref="ProofBundle"/> is the other side of it.</summary>
/// <remarks>The records go in uncompressed, as the manifest hashes them: who checks needs no gzip.</remarks>
public sealed class ProofFolder(Catalogue catalogue, SegmentReader segments, LogReader log)
{
    /// <summary>The files that prove a capture, in the order to read them.</summary>
    /// <exception cref="LogException">No checkpoint covers it yet, or the tiles are damaged.</exception>
    /// <exception cref="InvalidDataException">A segment is damaged.</exception>
    public IReadOnlyList<ProofFile> Of(KeptCapture capture)
    {
        var checkpoint = CheckpointOver(capture.Leaf);
        var proof = log.Prove(capture.Leaf, checkpoint);
        var records = capture.Records.Select(Raw).ToList();
        List<ProofFile> files =
        [
            new(ProofBundle.ProofFile, proof.ToBytes()),
            new(ProofBundle.CheckpointFile, checkpoint.Note.ToBytes()),
            new(ProofBundle.ManifestFile, records[^1]),
            .. records.SkipLast(1).Select((record, n) => new ProofFile(ProofBundle.RecordName(n), record)),
            .. Payloads(capture),
            .. Stamps(checkpoint.Checkpoint.Size),
        ];
        return [new("README.txt", Encoding.UTF8.GetBytes(Readme(capture, proof))), .. files];
    }

    /// <summary>Writes the bundle of a capture into a folder of its own.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public void Write(KeptCapture capture, string folder)
    {
        foreach (var file in Of(capture))
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Bytes.Span);
        }
    }

    // The first kept checkpoint says most about time; before it there is only the newest.
    private SignedCheckpoint CheckpointOver(long leaf)
    {
        if (log.History().FirstOrDefault(size => size > leaf) is > 0 and var size && log.Checkpoint(size) is { } kept) return kept;
        return log.Checkpoint() is { } newest && newest.Checkpoint.Size > leaf
            ? newest
            : throw new LogException($"No checkpoint covers leaf {leaf} yet: one is signed some seconds after a capture, while dibao serves or when a command ends. If none comes, `dibao doctor` says why.");
    }

    private ReadOnlyMemory<byte> Raw(KeptRecord place) =>
        GzipMember.Read(segments.ReadMember(place), int.MaxValue / 2) is GzipReading.Complete whole
            ? whole.Content
            : throw new InvalidDataException($"{place.Segment} at {place.Offset}: its gzip member is damaged. Run `dibao verify`.");

    // What a revisit refers to lies in another capture.
    private IEnumerable<ProofFile> Payloads(KeptCapture capture)
    {
        foreach (var record in capture.Records.Where(record => record.Type == "revisit"))
        {
            if (record.Payload is not { } digest || catalogue.Payload(digest) is not { } first) continue;
            yield return new(ProofBundle.PayloadPrefix + digest.ToHex(), segments.Read(first).Payload);
        }
    }

    private IEnumerable<ProofFile> Stamps(long size)
    {
        foreach (var suffix in new[] { ".tsr", ".ots" })
        {
            if (log.Bytes(LogFolder.HistoryOf(size) + suffix) is { } stamp) yield return new(ProofBundle.CheckpointFile + suffix, stamp);
        }
    }

    private static string Readme(KeptCapture capture, TlogProof proof) => string.Create(CultureInfo.InvariantCulture, $"""
        This folder proves that an archive recorded one capture, and that the record was not changed since.

          archive's log   {proof.Checkpoint.Checkpoint.Origin}
          leaf            {proof.Index} of {proof.Checkpoint.Checkpoint.Size}
          address         {capture.Url}
          recorded at     {capture.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, by the archive's own clock

        What it proves: the archive that holds the log's key recorded these very bytes for this address, at this place in its
        order of captures, and cannot have put anything before or between since the checkpoint was seen by others.

        What it does not prove: that the outlet published them. Whoever runs the archive could have recorded something else in
        the first place. Nor does the log alone prove the time: it proves the order. Signatures of witnesses under the checkpoint,
        checkpoint.tsr (RFC 3161) and checkpoint.ots (OpenTimestamps), where they are here, say when the checkpoint existed.

        To check it, get the log's key from somewhere else than this folder (the archive's operator, a mirror, an old letter), and
        run Node with the script from Dibao's source, which needs nothing else:

          node verify.mjs THIS-FOLDER KEY

        By hand: each file in {ProofBundle.RecordFolder}/ hashes (SHA-256) to its entry in {ProofBundle.ManifestFile}; {ProofBundle.ManifestFile} hashes to bytes 10 to 41
        of the leaf in the line "extra" of {ProofBundle.ProofFile}; the leaf is in the tree of the checkpoint by RFC 6962; and the checkpoint
        is a signed note. All of it is described in docs/proofs.md of Dibao's source.

        """).ReplaceLineEndings("\n");
}
