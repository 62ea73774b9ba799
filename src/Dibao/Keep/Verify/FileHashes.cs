namespace Dibao.Keep;

/// <summary>The SHA-256 of sealed segments, taken ahead of their reading, a file a processor.</summary>
/// <param name="files">Paths, in the order in which they are asked for.</param>
internal sealed class FileHashes(IReadOnlyList<string> files, CancellationToken cancel)
{
    private readonly Queue<Task<Digest>> ahead = [];
    private int begun;

    /// <summary>Of the next file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Digest Next()
    {
        while (begun < files.Count && ahead.Count < Environment.ProcessorCount)
        {
            var file = files[begun++];
            ahead.Enqueue(Task.Run(() => SegmentFile.Sha256(file, cancel), cancel));
        }
        return ahead.Dequeue().GetAwaiter().GetResult();
    }
}
