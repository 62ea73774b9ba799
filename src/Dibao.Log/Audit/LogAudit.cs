namespace Dibao.Log;

/// <summary>One thing in a log that is not as its checkpoint says.</summary>
/// <param name="File">Path below the log's address.</param>
/// <param name="Reason">A clause.</param>
public sealed record LogFault(string File, string Reason);

/// <summary>What an audit saw.</summary>
/// <param name="Checkpoint">The log's newest; null when there is none that counts.</param>
/// <param name="Tiles">Hash tiles and entry bundles that were read.</param>
/// <param name="History">Earlier checkpoints that were checked.</param>
public sealed record AuditReport(SignedCheckpoint? Checkpoint, long Tiles, long History, long Faults);

/// <summary>
/// Reads a whole log and believes nothing: who signed the checkpoint, whether every tile leads to its root, every entry to its
/// hash, and whether every earlier checkpoint is a beginning of it. Memory: a few tiles, whatever the size.
/// </summary>
/// <param name="read">The bytes at a path below the log's address; null when nothing is there.</param>
/// <param name="key">The log's key, had from elsewhere.</param>
public sealed class LogAudit(Func<string, byte[]?> read, VerifierKey key)
{
    private Action<LogFault> found = _ => { };
    private long faults;
    private long tiles;
    private long history;

    /// <summary>Keys that the log had before: they may have signed what lies in its history.</summary>
    public IReadOnlyList<VerifierKey> FormerKeys { get; init; } = [];

    /// <param name="since">A checkpoint of this log that was kept elsewhere; null when there is none.</param>
    /// <param name="earlier">Paths of further checkpoints to check.</param>
    /// <param name="report">Told of each fault as it is found.</param>
    public AuditReport Run(SignedCheckpoint? since, IEnumerable<string> earlier, Action<LogFault> report, CancellationToken cancel)
    {
        found = report;
        if (Checkpoint() is not { } head) return new(null, tiles, history, faults);
        var tree = new TiledTree(head.Checkpoint.Size, Tile);
        CheckRoot(tree, head.Checkpoint);
        CheckTiles(head.Checkpoint.Size, cancel);
        if (since is not null) CheckBeginning("the checkpoint that was kept elsewhere", since.Checkpoint, head.Checkpoint.Size);
        foreach (var path in earlier)
        {
            cancel.ThrowIfCancellationRequested();
            CheckEarlier(path, head.Checkpoint.Size);
        }
        return new(head, tiles, history, faults);
    }

    private SignedCheckpoint? Checkpoint()
    {
        const string Path = "checkpoint";
        if (read(Path) is not { } bytes) { Report(Path, "it is missing"); return null; }
        try { return SignedCheckpoint.Open(bytes, key); }
        catch (FormatException bad) { Report(Path, bad.Message); return null; }
    }

    private void CheckRoot(TiledTree tree, Checkpoint head)
    {
        try
        {
            if (tree.Root() != head.Root) Report("checkpoint", $"the tiles at the tree's right edge lead to {tree.Root()}, and it says {head.Root}");
        }
        catch (InvalidDataException bad)
        {
            Report("checkpoint", $"its root cannot be computed: {bad.Message}");
        }
    }

    private void CheckTiles(long size, CancellationToken cancel)
    {
        foreach (var tile in Log.Tile.All(size))
        {
            cancel.ThrowIfCancellationRequested();
            tiles++;
            try
            {
                if (tile.Level == Log.Tile.Entries) CheckEntries(tile);
                else CheckParent(tile, size);
            }
            catch (InvalidDataException bad)
            {
                Report(tile.Path, bad.Message);
            }
        }
    }

    private void CheckEntries(Tile tile)
    {
        var hashes = Tile(new(0, tile.Index, tile.Width));
        var entries = EntryBundle.Read(Tile(tile), tile);
        for (var i = 0; i < entries.Count; i++)
        {
            if (TreeHash.OfLeaf(entries[i].Span) != TreeHash.FromBytes(hashes.Span.Slice(i * TreeHash.Size, TreeHash.Size)))
            {
                Report(tile.Path, $"entry {(tile.Index * Log.Tile.FullWidth) + i} does not hash to what {new Tile(0, tile.Index, tile.Width).Path} has for it");
            }
            else if (!Leaf.TryRead(entries[i].Span, out _))
            {
                Report(tile.Path, $"entry {(tile.Index * Log.Tile.FullWidth) + i} is no leaf of an archive");
            }
        }
    }

    // A full tile is one hash of the tile above it; what is not full is held by the root.
    private void CheckParent(Tile tile, long size)
    {
        var bytes = Tile(tile);
        if (!tile.IsFull) return;
        var parent = Log.Tile.Of(size, tile.Level + 1, tile.Index / Log.Tile.FullWidth)!.Value;
        var claimed = TreeHash.FromBytes(Tile(parent).Span.Slice((int)(tile.Index % Log.Tile.FullWidth) * TreeHash.Size, TreeHash.Size));
        if (TiledTree.Fold(bytes.Span) != claimed) Report(tile.Path, $"it does not hash to what {parent.Path} has for it");
    }

    private void CheckEarlier(string path, long size)
    {
        history++;
        if (read(path) is not { } bytes) { Report(path, "it is missing"); return; }
        try
        {
            var earlier = SignedCheckpoint.Parse(bytes);
            var signer = FormerKeys.Prepend(key).FirstOrDefault(earlier.Note.IsSignedBy) ?? key;
            earlier.RequireFrom(signer);
            CheckBeginning(path, earlier.Checkpoint, size);
        }
        catch (FormatException bad)
        {
            Report(path, bad.Message);
        }
    }

    private void CheckBeginning(string name, Checkpoint earlier, long size)
    {
        if (earlier.Size > size) { Report(name, $"it has {earlier.Size} leaves, and the log now says {size}: leaves were taken away"); return; }
        try
        {
            var root = new TiledTree(earlier.Size, tile => Beginning(tile, size)).Root();
            if (root != earlier.Root) Report(name, $"the log's first {earlier.Size} leaves lead to {root}, and it says {earlier.Root}: the log was changed");
        }
        catch (InvalidDataException bad)
        {
            Report(name, $"whether the log begins with it cannot be said: {bad.Message}");
        }
    }

    // An earlier tree's tile is how the one of today begins; of its own time it may be gone, or be another's.
    private ReadOnlyMemory<byte> Beginning(Tile tile, long size)
    {
        var now = Log.Tile.Of(size, tile.Level, tile.Index)!.Value;
        return Tile(now) is var bytes && now == tile ? bytes : bytes[..Length(tile, bytes, now)];
    }

    // A partial tile may have been replaced by the full one.
    private ReadOnlyMemory<byte> Tile(Tile tile)
    {
        if (read(tile.Path) is { } exact) return Whole(tile, exact);
        if (!tile.IsFull && read(tile.Full.Path) is { } full) return Whole(tile.Full, full).AsMemory(0, Length(tile, full, tile.Full));
        throw new InvalidDataException($"{tile.Path} is missing");
    }

    private static byte[] Whole(Tile tile, byte[] bytes) =>
        tile.Level == Log.Tile.Entries || bytes.Length == tile.Width * TreeHash.Size
            ? bytes
            : throw new InvalidDataException($"{tile.Path} has {bytes.Length} bytes, and {tile.Width * TreeHash.Size} belong there");

    private static int Length(Tile tile, ReadOnlyMemory<byte> wider, Tile wide) => tile.Level == Log.Tile.Entries
        ? EntryBundle.Read(wider, wide).Take(tile.Width).Sum(entry => 2 + entry.Length)
        : tile.Width * TreeHash.Size;

    private void Report(string file, string reason)
    {
        faults++;
        found(new(file, reason));
    }
}
