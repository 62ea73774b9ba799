using Dibao.Warc;
using Microsoft.Win32.SafeHandles;

namespace Dibao.Keep;

/// <summary>What lies behind the last whole capture of the open segment: a writing that was cut off, or damage with whole captures behind it.</summary>
internal sealed class TornTail(StoreFolder store, Catalogue catalogue, TimeProvider time)
{
    private readonly Disk disk = store.Disk;

    /// <summary>Copies the tail to quarantine, cuts it off, and writes again the captures in it that are whole.</summary>
    /// <remarks>A crash before the copy is durable changes nothing. One after it leaves a segment without them, or with some: the copy has them all.</remarks>
    /// <returns>Where the tail lies now, and how many captures were written again.</returns>
    public (string Path, long Salvaged) SetAside(SegmentFile segment, long wholeEnd, CancellationToken cancel)
    {
        disk.CreateDurableDirectory(store.Quarantine, store.Root);
        var tail = Unused(Path.Combine(store.Quarantine, $"{segment.Name}.{wholeEnd}.{time.GetUtcNow():yyyyMMddHHmmss}"));
        using var file = disk.Open(segment.Path);
        using (var copy = disk.Create(tail))
        {
            var length = RandomAccess.GetLength(file);
            Copy(file, wholeEnd, length, copy, 0);
            disk.Sync(copy, tail);
        }
        disk.SyncDirectory(store.Quarantine);
        var whole = Whole(segment.Name, tail, cancel).ToList();
        // Its index knows other members behind the cut; without one it is made again.
        if (whole.Count > 0) disk.Delete(segment.IndexPath);
        disk.SetLength(file, wholeEnd);
        WriteAgain(whole, tail, file, wholeEnd);
        disk.Sync(file, segment.Path);
        return (tail, whole.Count);
    }

    private void WriteAgain(List<(long From, long Until)> whole, string tail, SafeFileHandle file, long end)
    {
        using var source = File.OpenHandle(tail);
        foreach (var (from, until) in whole)
        {
            Copy(source, from, until, file, end);
            end += until - from;
        }
    }

    // Captures whose manifest and records agree, and whose revisits refer to what is there.
    private IEnumerable<(long From, long Until)> Whole(string name, string tail, CancellationToken cancel)
    {
        using var file = new FileStream(tail, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var found = new HashSet<Digest>();
        var assembler = Assembler();
        long? begun = null;
        foreach (var entry in new WarcReader(file).ReadAll(0, cancel))
        {
            if (entry.Record is not { } record) { (assembler, begun) = (Assembler(), null); continue; }
            if (record.Type == "warcinfo") continue;
            begun ??= entry.Offset;
            switch (Add(entry))
            {
                case null: continue;
                case true:
                    yield return (begun.Value, entry.Offset + entry.Length);
                    break;
                case false:
                    assembler = Assembler();
                    break;
            }
            begun = null;
        }
        cancel.ThrowIfCancellationRequested();

        // Whether it is there is all that counts here. Not in a conditional: null would become an empty memory.
        UnitAssembler Assembler() => new(name, digest =>
        {
            if (catalogue.Payload(digest) is null && !found.Contains(digest)) return null;
            return ReadOnlyMemory<byte>.Empty;
        });

        bool? Add(WarcEntry entry)
        {
            try
            {
                if (assembler.Add(entry) is not { } unit) return null;
                found.UnionWith(unit.Records.Where(record => record.Type != "revisit").Select(record => record.Payload).OfType<Digest>());
                return true;
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }
    }

    private void Copy(SafeFileHandle from, long start, long until, SafeFileHandle to, long at)
    {
        var buffer = new byte[1 << 20];
        while (start < until && RandomAccess.Read(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, until - start)), start) is > 0 and var read)
        {
            disk.Write(to, [buffer.AsMemory(0, read)], at);
            (start, at) = (start + read, at + read);
        }
    }

    private static string Unused(string path)
    {
        var name = path;
        for (var n = 2; File.Exists(name); n++) name = $"{path}-{n}";
        return name;
    }
}
