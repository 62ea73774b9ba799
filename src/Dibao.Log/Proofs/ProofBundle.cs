using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dibao.Log;

/// <summary>What a bundle was found to prove.</summary>
/// <param name="Index">The leaf's place in the log.</param>
/// <param name="Records">Records whose every byte is covered.</param>
public sealed record ProvenBundle(Leaf Leaf, long Index, Checkpoint Checkpoint, int Records);

/// <summary>A bundle does not prove what it should; the message says which step failed.</summary>
public sealed class ProofException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Checks the folder that `dibao prove` writes, with nothing but this package.</summary>
/// <remarks><list type="number">
/// <item>Each record hashes to what the manifest lists, in order.</item>
/// <item>The manifest record hashes to what the leaf holds.</item>
/// <item>The leaf stands in the tree that the checkpoint has the root of.</item>
/// <item>The checkpoint is signed by the key that was had from elsewhere.</item>
/// </list></remarks>
public static class ProofBundle
{
    public const string ProofFile = "proof" + TlogProof.Extension;
    public const string CheckpointFile = "checkpoint";
    public const string ManifestFile = "manifest.warc";
    public const string RecordFolder = "records";

    /// <summary>Where the bytes lie that a revisit record refers to: this and their SHA-256.</summary>
    public const string PayloadPrefix = "payload-";

    /// <param name="key">The log's key: never one that the bundle itself names.</param>
    /// <exception cref="ProofException">With the step that failed.</exception>
    public static ProvenBundle Verify(string folder, VerifierKey key)
    {
        var manifest = Read(folder, ManifestFile);
        var listed = Listed(manifest);
        var records = CheckRecords(folder, listed);
        CheckPayloads(folder, records);
        var proof = ParseProof(Read(folder, ProofFile));
        if (!Leaf.TryRead(proof.Extra.Span, out var leaf)) throw new ProofException($"{ProofFile} holds no leaf in its extra line");
        if (!leaf.Manifest.SequenceEqual(SHA256.HashData(manifest))) throw new ProofException($"{ManifestFile} does not hash to what the leaf holds");
        if (!proof.Proves(leaf.ToBytes())) throw new ProofException($"the hashes of {ProofFile} do not lead from the leaf to the checkpoint's root");
        try { proof.Checkpoint.RequireFrom(key); }
        catch (FormatException bad) { throw new ProofException($"the checkpoint does not count: {bad.Message}", bad); }
        CheckSameCheckpoint(folder, proof);
        return new(leaf, proof.Index, proof.Checkpoint.Checkpoint, records.Count);
    }

    // The JSON is the record's block: what comes after the empty line.
    private static List<string> Listed(byte[] manifest)
    {
        var head = manifest.AsSpan().IndexOf("\r\n\r\n"u8);
        if (head < 0) throw new ProofException($"{ManifestFile} is no WARC record");
        try
        {
            using var json = JsonDocument.Parse(manifest.AsMemory(head + 4));
            return [.. json.RootElement.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("sha256").GetString() ?? "")];
        }
        catch (Exception bad) when (bad is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ProofException($"{ManifestFile} holds no manifest: {bad.Message}", bad);
        }
    }

    private static List<byte[]> CheckRecords(string folder, List<string> listed)
    {
        var there = Directory.Exists(Path.Combine(folder, RecordFolder)) ? Directory.GetFiles(Path.Combine(folder, RecordFolder)) : [];
        if (there.Length != listed.Count) throw new ProofException($"{RecordFolder} has {there.Length} files, and the manifest lists {listed.Count} records");
        var records = new List<byte[]>();
        for (var i = 0; i < listed.Count; i++)
        {
            var name = RecordName(i);
            records.Add(Read(folder, name));
            if (Hex(records[i]) != listed[i]) throw new ProofException($"{name} does not hash to what the manifest lists");
        }
        return records;
    }

    /// <summary>Path of the n-th record in a bundle, from 0.</summary>
    public static string RecordName(int n) => $"{RecordFolder}/{n + 1:D3}.warc";

    private static void CheckPayloads(string folder, List<byte[]> records)
    {
        foreach (var path in Directory.GetFiles(folder, PayloadPrefix + "*"))
        {
            var name = Path.GetFileName(path);
            var digest = name[PayloadPrefix.Length..];
            if (Hex(Read(folder, name)) != digest) throw new ProofException($"{name} does not hash to its name");
            var line = Encoding.ASCII.GetBytes($"\r\nWARC-Payload-Digest: sha256:{digest}\r\n");
            if (!records.Any(record => record.AsSpan().IndexOf(line) >= 0)) throw new ProofException($"no record has {name} as its payload");
        }
    }

    private static TlogProof ParseProof(byte[] bytes)
    {
        try { return TlogProof.Parse(bytes); }
        catch (FormatException bad) { throw new ProofException($"{ProofFile} is no proof: {bad.Message}", bad); }
    }

    private static void CheckSameCheckpoint(string folder, TlogProof proof)
    {
        if (!Read(folder, CheckpointFile).AsSpan().SequenceEqual(proof.Checkpoint.Note.ToBytes()))
        {
            throw new ProofException($"{CheckpointFile} is not the one in {ProofFile}");
        }
    }

    private static byte[] Read(string folder, string name)
    {
        try { return File.ReadAllBytes(Path.Combine(folder, name)); }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException) { throw new ProofException($"{name} is missing from {folder}", missing); }
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
