using Dibao.Log;
using Dibao.Prove.Stamps;
using Dibao.Prove.Witnesses;

namespace Dibao.Prove;

/// <summary>A copy of a log, in a folder or behind an address, to be checked by a stranger.</summary>
public abstract class LogMirror : IDisposable
{
    private LogMirror() { }

    private protected abstract byte[]? Read(string path);

    // Everything that lies there; null where that cannot be known.
    private protected abstract IReadOnlyList<string>? Paths();

    /// <summary>Checks everything: see <see cref="LogAudit"/>. In a folder also every file that the newest checkpoint does not speak of.</summary>
    /// <param name="keys">The log's keys, the newest first.</param>
    /// <exception cref="IOException">It does not answer.</exception>
    public AuditReport Check(IReadOnlyList<VerifierKey> keys, SignedCheckpoint? since, Action<LogFault> report, CancellationToken cancel)
    {
        var paths = Paths();
        var more = 0L;
        var audit = new LogAudit(Read, keys[0]) { FormerKeys = [.. keys.Skip(1)] };
        var seen = audit.Run(since, paths?.Where(IsKept) ?? [], report, cancel);
        foreach (var path in paths ?? [])
        {
            cancel.ThrowIfCancellationRequested();
            if (Fault(path, seen.Checkpoint?.Checkpoint.Size ?? 0) is not { } reason) continue;
            more++;
            report(new(path, reason));
        }
        return seen with { Faults = seen.Faults + more };
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    private static bool IsKept(string path) => path.StartsWith(LogFolder.HistoryPath + "/", StringComparison.Ordinal) && Path.GetExtension(path).Length == 0;

    // What the audit did not look at by itself.
    private string? Fault(string path, long size)
    {
        if (path == LogFolder.CheckpointPath || IsKept(path)) return null;
        if (Path.GetExtension(path) is ".tsr" or ".ots") return StampFault(path);
        if (path.EndsWith(".tmp", StringComparison.Ordinal)) return null;
        if (!Tile.TryParse(path, out var tile)) return "no log has such a file";
        if (Tile.Of(size, tile.Level, tile.Index) is not { } now || tile.Width > now.Width) return null;
        return tile.IsFull || tile == now ? null : BeginningFault(tile, now);
    }

    // Left by an earlier checkpoint: it must be how the tile of today begins.
    private string? BeginningFault(Tile tile, Tile now) => Read(tile.Path) is { } old && Read(now.Path) is { } today
        ? today.AsSpan().StartsWith(old) && (tile.Level == Tile.Entries || old.Length == tile.Width * TreeHash.Size) && !IsCut(tile, old) ? null : $"it is not how {now.Path} begins"
        : null;

    private static bool IsCut(Tile tile, ReadOnlyMemory<byte> bytes)
    {
        if (tile.Level != Tile.Entries) return false;
        try { return EntryBundle.Read(bytes, tile).Count != tile.Width; }
        catch (InvalidDataException) { return true; }
    }

    private string? StampFault(string path)
    {
        if (Read(Path.ChangeExtension(path, null)) is not { } stamped) return "the checkpoint that it stamps is missing";
        try
        {
            var bytes = Read(path) ?? [];
            if (path.EndsWith(".tsr", StringComparison.Ordinal)) Rfc3161.Verify(bytes, stamped);
            else if (!OtsProof.Parse(bytes).IsOver(stamped)) return "it stamps something else";
            return null;
        }
        catch (InvalidDataException bad)
        {
            return bad.Message;
        }
    }

    /// <summary>A folder, as a mirror's web server has it.</summary>
    public sealed class Folder : LogMirror
    {
        private readonly string root;

        /// <exception cref="DirectoryNotFoundException">There is none.</exception>
        public Folder(string root)
        {
            this.root = Path.GetFullPath(root);
            if (!Directory.Exists(this.root)) throw new DirectoryNotFoundException($"There is no folder {this.root}: name the folder of a log, which has a file named checkpoint in it.");
        }

        private protected override byte[]? Read(string path)
        {
            try { return File.ReadAllBytes(Path.Combine(root, path)); }
            catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException) { return null; }
        }

        private protected override IReadOnlyList<string>? Paths() =>
            [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
    }

    /// <summary>A log behind an address, asked for one file after another.</summary>
    public sealed class Served(HttpClient http, Uri address, CancellationToken cancel) : LogMirror
    {
        private const int MaxFileBytes = 32 << 20;
        private readonly Dictionary<string, byte[]?> remembered = [];

        // An audit reads a tile, then its parent, again and again: the last few are enough.
        private const int MaxRemembered = 64;

        private protected override IReadOnlyList<string>? Paths() => null;

        private protected override byte[]? Read(string path)
        {
            if (remembered.TryGetValue(path, out var known)) return known;
            if (remembered.Count >= MaxRemembered) remembered.Clear();
            return remembered[path] = Ask(path);
        }

        private byte[]? Ask(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address.ToString().TrimEnd('/') + "/" + path));
            // An audit is one thread's work from end to end, and this is a command's only thread.
            var (status, bytes) = http.AnswerAsync(request, MaxFileBytes, cancel).GetAwaiter().GetResult();
            return status switch
            {
                200 => bytes,
                404 or 410 => null,
                _ => throw new IOException($"{request.RequestUri} answered {status}."),
            };
        }
    }
}
