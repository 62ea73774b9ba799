using System.Buffers.Binary;
using System.Security.Cryptography;
using Dibao.Warc;
using Microsoft.Win32.SafeHandles;

namespace Dibao.Keep;

/// <summary>One gzip member of a segment.</summary>
/// <param name="Hash">SHA-256 of the member as it lies in the file.</param>
internal readonly record struct MemberRow(long Offset, int Length, Digest Hash);

/// <summary>The file beside a segment that knows where each member begins and what it hashes to: level 1 of a verification unpacks nothing.</summary>
/// <remarks>Derived: it may be deleted at any time, and <c>dibao rebuild</c> makes it again. After a line <c>dibao-idx 1</c>, 40 bytes a member:
/// its length (u32, big-endian), its SHA-256, and four bytes of the SHA-256 over those 36, since nothing here is synced before the seal.</remarks>
internal static class SegmentIndex
{
    public const int RowBytes = 4 + Digest.Size + CheckBytes;
    private const int CheckBytes = 4;

    public static ReadOnlyMemory<byte> Header { get; } = "dibao-idx 1\n"u8.ToArray();

    /// <summary>The rows in order, up to the first that is not one. Nothing where there is no such file.</summary>
    public static IEnumerable<MemberRow> Read(string path)
    {
        if (!File.Exists(path)) yield break;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        var header = new byte[Header.Length];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.AsSpan().SequenceEqual(Header.Span)) yield break;
        var row = new byte[RowBytes];
        for (var offset = 0L; file.ReadAtLeast(row, RowBytes, throwOnEndOfStream: false) == RowBytes;)
        {
            if (Parse(row, offset) is not { } member) yield break;
            yield return member;
            offset += member.Length;
        }
    }

    public static MemberRow RowOf(long offset, ReadOnlySpan<byte> member) => new(offset, member.Length, Digest.Of(member));

    public static byte[] Format(MemberRow row)
    {
        var bytes = new byte[RowBytes];
        BinaryPrimitives.WriteInt32BigEndian(bytes, row.Length);
        row.Hash.ToBytes().CopyTo(bytes, 4);
        Check(bytes).CopyTo(bytes.AsSpan(4 + Digest.Size));
        return bytes;
    }

    /// <summary>Reads the members between two offsets of a segment and makes their rows.</summary>
    /// <exception cref="InvalidDataException">There is something else.</exception>
    public static IEnumerable<MemberRow> Walk(string segment, long from, long to, CancellationToken cancel)
    {
        using var file = new FileStream(segment, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        using var again = File.OpenHandle(segment, share: FileShare.ReadWrite | FileShare.Delete);
        file.Position = from;
        foreach (var entry in new WarcReader(file).ReadAll(from, cancel))
        {
            if (entry.Offset >= to) yield break;
            if (entry.Damage is not null) throw new InvalidDataException($"{segment} at {entry.Offset}: {entry.Damage}");
            var member = new byte[entry.Length];
            RandomAccess.Read(again, member, entry.Offset);
            yield return RowOf(entry.Offset, member);
        }
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Makes the indexes of sealed segments that have none, or one that does not fit. A damaged segment gets none: it is read without.</summary>
    public static void Renew(StoreFolder store, CancellationToken cancel)
    {
        foreach (var segment in store.Segments().Where(segment => !segment.IsOpen))
        {
            var length = new FileInfo(segment.Path).Length;
            var known = Read(segment.IndexPath).LastOrDefault();
            if (known.Offset + known.Length != length) TryWrite(store.Disk, segment, length, cancel);
        }
    }

    private static void TryWrite(Disk disk, SegmentFile segment, long length, CancellationToken cancel)
    {
        try { Write(disk, segment.IndexPath, Walk(segment.Path, 0, length, cancel)); }
        catch (InvalidDataException) { disk.Delete(segment.IndexPath); }
    }

    /// <summary>Writes a whole index in the place of one that is missing or no longer true.</summary>
    public static void Write(Disk disk, string path, IEnumerable<MemberRow> rows)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Header.Span);
        foreach (var row in rows) bytes.Write(Format(row));
        disk.WriteWhole(path, bytes.ToArray());
    }

    private static MemberRow? Parse(ReadOnlySpan<byte> row, long offset)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(row);
        if (length <= 0 || !Check(row).SequenceEqual(row[(4 + Digest.Size)..])) return null;
        return new(offset, length, Digest.FromBytes(row.Slice(4, Digest.Size)));
    }

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> row) => SHA256.HashData(row[..(4 + Digest.Size)]).AsSpan(0, CheckBytes);
}

/// <summary>Writes the index of the open segment as it grows. What goes wrong here costs the index, never a capture.</summary>
internal sealed class SegmentIndexWriter : IDisposable
{
    private readonly Disk disk;
    private readonly SegmentFile segment;
    private readonly List<ReadOnlyMemory<byte>> waiting = [];
    private SafeFileHandle? file;
    private long end;
    private bool givenUp;

    private SegmentIndexWriter(Disk disk, SegmentFile segment)
    {
        this.disk = disk;
        this.segment = segment;
    }

    /// <param name="segment">Open, and whole up to <paramref name="length"/>.</param>
    public static SegmentIndexWriter Open(Disk disk, SegmentFile segment, long length)
    {
        var index = new SegmentIndexWriter(disk, segment);
        index.Try(() => index.Begin(length));
        return index;
    }

    public void Add(MemberRow row)
    {
        if (!givenUp) waiting.Add(SegmentIndex.Format(row));
    }

    /// <summary>Writes the rows of what was synced.</summary>
    public void Write() => Try(() =>
    {
        if (waiting.Count == 0) return;
        disk.Write(file!, waiting, end);
        end += waiting.Count * SegmentIndex.RowBytes;
        waiting.Clear();
    });

    public void TakeBack() => waiting.Clear();

    /// <summary>The segment is sealed: the index is whole.</summary>
    public void Seal() => Try(() =>
    {
        Write();
        disk.Sync(file!, segment.IndexPath);
        disk.Replace(segment.IndexPath, new SegmentFile(segment.SealedPath).IndexPath);
    });

    public void Dispose() => file?.Dispose();

    private void Begin(long length)
    {
        var rows = SegmentIndex.Read(segment.IndexPath).TakeWhile(row => row.Offset + row.Length <= length).ToList();
        var known = rows is [.., var last] ? last.Offset + last.Length : 0;
        if (known < length) rows.AddRange(SegmentIndex.Walk(segment.Path, known, length, CancellationToken.None));
        disk.Delete(segment.IndexPath);
        file = disk.Create(segment.IndexPath);
        disk.Write(file, [SegmentIndex.Header, .. rows.Select(row => (ReadOnlyMemory<byte>)SegmentIndex.Format(row))], 0);
        end = SegmentIndex.Header.Length + ((long)rows.Count * SegmentIndex.RowBytes);
    }

    // Without an index a verification reads the records instead, and `dibao rebuild` makes it again.
    private void Try(Action write)
    {
        if (givenUp) return;
        try
        {
            write();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            givenUp = true;
            waiting.Clear();
            file?.Dispose();
        }
    }
}
