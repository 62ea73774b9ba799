using Microsoft.Win32.SafeHandles;

namespace Dibao.Keep;

/// <summary>A sealed segment with some of its members replaced by others of the same length.</summary>
/// <remarks>Beside the old one, synced, then in its place: a crash leaves the one or the other, never half of each.</remarks>
internal sealed class SegmentRewrite(Disk disk, SegmentFile segment)
{
    private const int Chunk = 1 << 20;

    /// <param name="members">Where each goes, and its bytes.</param>
    public void Run(IReadOnlyList<(long Offset, byte[] Member)> members, CancellationToken cancel)
    {
        var temporary = segment.Path + ".tmp";
        var rows = SegmentIndex.Read(segment.IndexPath).ToList();
        var length = new FileInfo(segment.Path).Length;
        disk.Delete(temporary);
        using (var target = disk.Create(temporary))
        {
            Copy(target, members, length, cancel);
            disk.Sync(target, temporary);
        }
        disk.SetReadOnly(temporary);
        // In between there is no index, and none is better than one that is no longer true.
        disk.Delete(segment.IndexPath);
        disk.Replace(temporary, segment.Path);
        disk.SyncDirectory(Path.GetDirectoryName(segment.Path)!);
        if (rows is [.., var last] && last.Offset + last.Length == length) SegmentIndex.Write(disk, segment.IndexPath, Renewed(rows, members));
    }

    private void Copy(SafeFileHandle target, IReadOnlyList<(long Offset, byte[] Member)> members, long length, CancellationToken cancel)
    {
        using var source = File.OpenHandle(segment.Path, share: FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[Chunk];
        var read = 0;
        for (var offset = 0L; offset < length; offset += read)
        {
            cancel.ThrowIfCancellationRequested();
            read = RandomAccess.Read(source, buffer, offset);
            if (read == 0) throw new IOException($"{segment.Path} ended at {offset} while it was copied, {length} bytes were there before");
            foreach (var (at, member) in members) Overlay(buffer.AsSpan(0, read), offset, member, at);
            disk.Write(target, [buffer.AsMemory(0, read)], offset);
        }
    }

    private static void Overlay(Span<byte> chunk, long chunkAt, ReadOnlySpan<byte> member, long memberAt)
    {
        var from = Math.Max(chunkAt, memberAt);
        var to = Math.Min(chunkAt + chunk.Length, memberAt + member.Length);
        if (from < to) member[(int)(from - memberAt)..(int)(to - memberAt)].CopyTo(chunk[(int)(from - chunkAt)..]);
    }

    private static IEnumerable<MemberRow> Renewed(List<MemberRow> rows, IReadOnlyList<(long Offset, byte[] Member)> members)
    {
        var replaced = members.ToDictionary(member => member.Offset, member => member.Member);
        return rows.Select(row => replaced.TryGetValue(row.Offset, out var member) ? SegmentIndex.RowOf(row.Offset, member) : row);
    }
}
