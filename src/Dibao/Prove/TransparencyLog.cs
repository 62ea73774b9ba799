using Dibao.Keep;
using Dibao.Log;
using Microsoft.Data.Sqlite;

namespace Dibao.Prove;

/// <summary>Turns acknowledged captures into a log that anybody can check. Thread-safe.</summary>
/// <remarks><list type="number">
/// <item>Leaves are taken from the catalogue, in the order of their manifests in the segments: what is not acknowledged has none.</item>
/// <item>Full tiles first, then the partial ones at the right edge. A crash here leaves tiles that no checkpoint speaks of; the next run writes the same again.</item>
/// <item>The checkpoint over them is signed, checked, and put in the place of the one before. From here on it binds: the log never goes back behind it.</item>
/// <item>Partial tiles that full ones stand for are removed. A crash before that leaves files that nobody asks for.</item>
/// </list></remarks>
public sealed class TransparencyLog
{
    private const int Batch = 4096;

    private readonly Lock writing = new();
    private readonly StoreFolder store;
    private readonly LogFolder folder;
    private readonly LogOptions options;
    private readonly Catalogue catalogue;
    private SigningKey? key;

    // The right edge of the tree; null after a failure, and then read again from the tiles.
    private TileWriter? writer;
    private volatile string? fault;
    private volatile SignedCheckpoint? latest;

    private TransparencyLog(StoreFolder store, Catalogue catalogue, LogOptions options)
    {
        this.store = store;
        this.catalogue = catalogue;
        this.options = options;
        folder = new(store);
        Reader = new(store);
    }

    public LogReader Reader { get; }

    /// <summary>The newest checkpoint that was signed; null before the first.</summary>
    public SignedCheckpoint? Latest => latest;

    /// <summary>Why no checkpoint is signed; null while all is well. Captures are kept all the same.</summary>
    public string? Fault => fault;

    /// <summary>Opens the log of an archive, makes it when there is none, and brings it up to what the segments hold.</summary>
    /// <remarks>Never throws for what is wrong with the log alone: see <see cref="Fault"/>.</remarks>
    internal static TransparencyLog Open(StoreFolder store, Catalogue catalogue, LogOptions options)
    {
        var log = new TransparencyLog(store, catalogue, options);
        log.Publish();
        return log;
    }

    /// <summary>Signs a checkpoint over everything that was acknowledged, unless the newest is already.</summary>
    /// <returns>The newest checkpoint; null when there is none, or when it cannot be signed.</returns>
    public SignedCheckpoint? Publish()
    {
        lock (writing)
        {
            try
            {
                key ??= LogKey.Open(store, folder, options);
                writer ??= Resume();
                if (writer.Size < catalogue.LeafCount()) Extend(writer, key);
                fault = null;
                return latest;
            }
            catch (Exception failed) when (failed is LogException or SigningUnavailableException or IOException or UnauthorizedAccessException or FormatException or InvalidDataException or SqliteException)
            {
                // Whatever the memory holds may be ahead of the disk.
                writer = null;
                fault = failed is LogException or SigningUnavailableException ? failed.Message : $"The log in {folder.Root} could not be written: {failed.Message}. Captures are kept; the checkpoint waits.";
                return null;
            }
        }
    }

    /// <summary>Makes a new signing key, names it in FORMAT, and signs the newest checkpoint with it: and with the old one, where that is still there.</summary>
    /// <returns>The new public key.</returns>
    /// <exception cref="LogException">The archive has no log yet.</exception>
    public VerifierKey Rotate(DateTimeOffset now)
    {
        lock (writing)
        {
            var identity = store.LogIdentity;
            if (identity.Count == 0) throw new LogException("There is no log yet, and so no key to replace.");
            var before = key;
            key = LogKey.Renew(store, options, $"{now:yyyyMMddHHmmss}");
            store.LogIdentity = [identity[0], key.Verifier.ToString(), .. identity.Skip(1)];
            if (Reader.Checkpoint() is { } head)
            {
                var text = head.Checkpoint.ToText();
                var note = SignedNote.Sign(text, key);
                latest = new(head.Checkpoint, before is null ? note : note.With(SignedNote.Sign(text, before).Signatures));
                folder.Write(LogFolder.CheckpointPath, latest.Note.ToBytes());
            }
            writer = null;
            return key.Verifier;
        }
    }

    /// <summary>Keeps a checkpoint in the history, with every signature under it.</summary>
    internal void Keep(SignedCheckpoint checkpoint)
    {
        lock (writing)
        {
            folder.Write(LogFolder.HistoryOf(checkpoint.Checkpoint.Size), checkpoint.Note.ToBytes());
            if (latest?.Checkpoint != checkpoint.Checkpoint) return;
            // Nothing newer came meanwhile: whoever asks for the newest sees the witnesses, too.
            folder.Write(LogFolder.CheckpointPath, checkpoint.Note.ToBytes());
            latest = checkpoint;
        }
    }

    internal void KeepStamp(long size, string suffix, byte[] stamp)
    {
        lock (writing) folder.Write(LogFolder.HistoryOf(size) + suffix, stamp);
    }

    internal DateTimeOffset KeptAt(long size) => new(File.GetLastWriteTimeUtc(folder.PathOf(LogFolder.HistoryOf(size))));

    private void Extend(TileWriter tiles, SigningKey signer)
    {
        var signed = latest?.Checkpoint.Size ?? 0;
        List<Tile> full = [];
        Append(tiles, catalogue.LeafCount(), files => { folder.WriteTiles(files, signed); full.AddRange(files.Where(file => file.Tile.IsFull).Select(file => file.Tile)); });
        folder.WriteTiles(tiles.Take(), signed);
        Sign(new(signer.Verifier.Name, tiles.Size, tiles.Root()), signer);
        foreach (var tile in full) folder.DropPartial(tile);
    }

    private void Append(TileWriter tiles, long until, Action<IReadOnlyList<TileFile>> write)
    {
        while (tiles.Size < until)
        {
            var leaves = catalogue.Leaves(tiles.Size, (int)Math.Min(Batch, until - tiles.Size));
            if (leaves.Count == 0) throw new LogException($"The catalogue knows {until} leaves and lacks the one at {tiles.Size}: run `dibao rebuild`.");
            foreach (var leaf in leaves) tiles.Append(leaf.ToBytes());
            write(tiles.TakeFull());
        }
    }

    private void Sign(Checkpoint checkpoint, SigningKey signer)
    {
        var signedCheckpoint = SignedCheckpoint.Sign(checkpoint, signer);
        // A signature that does not verify must never be shown: one bit that fell over, and the key may be told by it.
        if (!signedCheckpoint.Note.IsSignedBy(signer.Verifier)) throw new LogException("The checkpoint's signature is wrong as it was made: this machine's memory or its libcrypto is not sound. Nothing was published.");
        folder.Write(LogFolder.CheckpointPath, signedCheckpoint.Note.ToBytes());
        latest = signedCheckpoint;
    }

    // Goes on at the last checkpoint, and holds it against what the segments say now.
    private TileWriter Resume()
    {
        latest = Newest();
        if (latest is not { Checkpoint: var head }) return new();
        var leaves = catalogue.LeafCount();
        if (leaves < head.Size)
        {
            throw new LogException($"The log's checkpoint has {head.Size} leaves, and the segments hold {leaves}: what was acknowledged is missing. No checkpoint is signed. Restore the segments from a backup, then run `dibao rebuild`.");
        }
        var captures = catalogue.CaptureCount();
        if (captures < leaves)
        {
            throw new LogException($"The log has {leaves} leaves, and {leaves - captures} of their captures are missing from the segments. No checkpoint is signed. Restore the segments from a backup, then run `dibao rebuild`.");
        }
        return FromTiles(head) ?? Again(head);
    }

    private SignedCheckpoint? Newest()
    {
        if (Reader.Checkpoint() is not { } newest) return null;
        if (newest.Checkpoint.Origin != key!.Verifier.Name)
        {
            throw new LogException($"{folder.PathOf(LogFolder.CheckpointPath)} is a checkpoint of the log {newest.Checkpoint.Origin}, and this archive's log is {key.Verifier.Name}: put its own log folder back.");
        }
        return Reader.Keys.Any(newest.Note.IsSignedBy) ? newest
            : throw new LogException($"{folder.PathOf(LogFolder.CheckpointPath)} is not signed by the key of {key.Verifier.Name}: restore it from a backup or from a mirror.");
    }

    // The quick way: the tiles at the right edge lead to the root, and their last entries are the segments' own.
    private TileWriter? FromTiles(Checkpoint head)
    {
        try
        {
            var resumed = TileWriter.Resume(head.Size, folder.Read);
            if (resumed.Root() != head.Root) return null;
            var from = Math.Max(0, head.Size - Tile.FullWidth);
            var tree = Reader.Tree(head);
            return catalogue.Leaves(from, (int)(head.Size - from)).Select((leaf, i) => tree.Entry(from + i).Span.SequenceEqual(leaf.ToBytes())).All(same => same) ? resumed : null;
        }
        catch (InvalidDataException)
        {
            // Torn or missing tiles: they are made again.
            return null;
        }
    }

    // The long way: every tile again from the leaves. The checkpoint decides whether they are the ones that were signed.
    private TileWriter Again(Checkpoint head)
    {
        var first = new TileWriter();
        Append(first, head.Size, _ => { });
        if (first.Root() != head.Root)
        {
            throw new LogException($"The segments' first {head.Size} captures do not give the root that was signed over them: they were changed, or the checkpoint is another archive's. No checkpoint is signed. Run `dibao verify`, and restore what is damaged from a backup.");
        }
        var tiles = new TileWriter();
        // Nothing counts as signed: what differs on disk is what is damaged.
        Append(tiles, head.Size, files => folder.WriteTiles(files, signedSize: 0));
        folder.WriteTiles(tiles.Take(), signedSize: 0);
        return tiles;
    }
}
