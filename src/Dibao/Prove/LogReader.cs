using Dibao.Keep;
using Dibao.Log;

namespace Dibao.Prove;

/// <summary>The log as everybody may read it, beside the process that writes it. Thread-safe.</summary>
public sealed class LogReader
{
    private readonly StoreFolder store;
    private readonly LogFolder folder;

    internal LogReader(StoreFolder store)
    {
        this.store = store;
        folder = new(store);
    }

    /// <summary>Where the log's files lie: a web server may serve the folder as it is.</summary>
    public string Folder => folder.Root;

    /// <summary>The log's name; null before there is a log.</summary>
    public string? Origin => store.LogIdentity is [var origin, ..] ? origin : null;

    /// <summary>The public keys, the newest first.</summary>
    /// <exception cref="FormatException">FORMAT holds something else.</exception>
    public IReadOnlyList<VerifierKey> Keys => [.. store.LogIdentity.Skip(1).Select(VerifierKey.Parse)];

    /// <summary>The newest signed checkpoint; null before the first.</summary>
    /// <exception cref="LogException">It cannot be read.</exception>
    public SignedCheckpoint? Checkpoint() => Read(LogFolder.CheckpointPath);

    /// <summary>A checkpoint that was kept; null when none of that size was.</summary>
    public SignedCheckpoint? Checkpoint(long size) => Read(LogFolder.HistoryOf(size));

    /// <summary>Sizes of the checkpoints that were kept, the smallest first.</summary>
    public IReadOnlyList<long> History() => folder.History();

    /// <summary>What lies at a path below the log's address; null when nothing does.</summary>
    public byte[]? Bytes(string path) => folder.Read(path);

    /// <summary>The tree that a checkpoint is over.</summary>
    public TiledTree Tree(Checkpoint checkpoint) => new(checkpoint.Size, folder.Read);

    /// <summary>That a leaf is in the tree that a checkpoint is over.</summary>
    /// <exception cref="LogException">The tiles do not lead to the checkpoint: nothing that is not proved is handed out.</exception>
    public TlogProof Prove(long leaf, SignedCheckpoint checkpoint)
    {
        try
        {
            var tree = Tree(checkpoint.Checkpoint);
            var entry = tree.Entry(leaf).ToArray();
            var proof = new TlogProof { Index = leaf, Hashes = tree.Inclusion(leaf), Checkpoint = checkpoint, Extra = entry };
            if (proof.Proves(entry)) return proof;
            throw new LogException($"The tiles in {folder.Root} do not lead from leaf {leaf} to the checkpoint of {checkpoint.Checkpoint.Size}: run `dibao verify`.");
        }
        catch (InvalidDataException damaged)
        {
            throw new LogException($"Leaf {leaf} cannot be proved: {damaged.Message}. Run `dibao verify`; starting dibao makes the tiles again from the segments.", damaged);
        }
    }

    private SignedCheckpoint? Read(string path)
    {
        if (folder.Read(path) is not { } bytes) return null;
        try { return SignedCheckpoint.Parse(bytes); }
        catch (FormatException bad) { throw new LogException($"{folder.PathOf(path)} is no checkpoint: {bad.Message}. Restore it from a backup or from a mirror.", bad); }
    }
}
