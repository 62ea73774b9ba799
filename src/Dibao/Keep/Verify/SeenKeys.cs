using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dibao.Keep;

/// <summary>What a verification remembers of a record, to hold it against all others.</summary>
internal enum KeyKind : byte
{
    /// <summary>A record has this id.</summary>
    Id = 0,

    /// <summary>A record holds this payload.</summary>
    Payload = 1,

    /// <summary>A revisit refers to this payload.</summary>
    Revisit = 2,
}

/// <summary>Finds ids that come twice and payloads that are referred to and nowhere, among any number of records, in bounded memory: what does not fit goes to files by its first byte.</summary>
/// <remarks>Keys are the first 16 bytes of a SHA-256: two of a thousand million records fall together with a chance of 10⁻²¹.</remarks>
internal sealed class SeenKeys : IDisposable
{
    private const int Buckets = 256;
    private const int MostInMemory = 1 << 20;
    private const int RowBytes = 25;

    private readonly List<Row> rows = [];
    private FileStream[]? files;

    public void Add(string id, KeyKind kind, long segment, long offset) => Add(SHA256.HashData(Encoding.UTF8.GetBytes(id)), kind, segment, offset);

    public void Add(ReadOnlySpan<byte> hash, KeyKind kind, long segment, long offset)
    {
        rows.Add(new(BinaryPrimitives.ReadUInt128BigEndian(hash), kind, (segment << 32) | offset));
        if (rows.Count >= MostInMemory) Spill();
    }

    /// <summary>Ids that another record has too, by the later one; and revisits whose payload nobody holds.</summary>
    public IEnumerable<(KeyKind Kind, long Segment, long Offset)> Faults()
    {
        if (files is null) return Faults(rows);
        Spill();
        return files.SelectMany(file => Faults(Load(file)));
    }

    public void Dispose()
    {
        foreach (var file in files ?? []) file.Dispose();
    }

    private static IEnumerable<(KeyKind Kind, long Segment, long Offset)> Faults(List<Row> rows)
    {
        rows.Sort(Row.Compare);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var follows = i > 0 && rows[i - 1].Key == row.Key;
            var bad = row.Kind switch
            {
                KeyKind.Id => follows && rows[i - 1].Kind == KeyKind.Id,
                KeyKind.Revisit => !Holds(rows, i),
                _ => false,
            };
            if (bad) yield return (row.Kind, row.Place >> 32, row.Place & uint.MaxValue);
        }
    }

    // Payloads stand before the revisits of the same key.
    private static bool Holds(List<Row> rows, int at)
    {
        for (var i = at - 1; i >= 0 && rows[i].Key == rows[at].Key; i--)
        {
            if (rows[i].Kind == KeyKind.Payload) return true;
        }
        return false;
    }

    private void Spill()
    {
        files ??= [.. Enumerable.Range(0, Buckets).Select(_ => new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose))];
        Span<byte> bytes = stackalloc byte[RowBytes];
        foreach (var row in rows)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, row.Key);
            bytes[16] = (byte)row.Kind;
            BinaryPrimitives.WriteInt64BigEndian(bytes[17..], row.Place);
            files[bytes[0]].Write(bytes);
        }
        rows.Clear();
    }

    private static List<Row> Load(FileStream file)
    {
        file.Position = 0;
        var loaded = new List<Row>((int)(file.Length / RowBytes));
        var bytes = new byte[RowBytes];
        while (file.ReadAtLeast(bytes, RowBytes, throwOnEndOfStream: false) == RowBytes)
        {
            loaded.Add(new(BinaryPrimitives.ReadUInt128BigEndian(bytes), (KeyKind)bytes[16], BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(17))));
        }
        return loaded;
    }

    private readonly record struct Row(UInt128 Key, KeyKind Kind, long Place)
    {
        public static int Compare(Row one, Row other) =>
            one.Key != other.Key ? one.Key.CompareTo(other.Key)
            : one.Kind != other.Kind ? ((byte)one.Kind).CompareTo((byte)other.Kind)
            : one.Place.CompareTo(other.Place);
    }
}
