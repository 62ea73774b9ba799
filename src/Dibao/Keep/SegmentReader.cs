using Dibao.Warc;

namespace Dibao.Keep;

/// <summary>Reads single records out of the segments.</summary>
public sealed class SegmentReader(StoreFolder store)
{
    private readonly Lock finding = new();
    private Dictionary<string, string> paths = [];

    /// <summary>The record at a place; every digest and checksum is checked.</summary>
    /// <exception cref="InvalidDataException">What lies there is not the record that was kept.</exception>
    public WarcRecord Read(KeptRecord place) => Check(place, Load(place));

    /// <summary>The gzip member at a place as it lies there, after the same checks as <see cref="Read"/>.</summary>
    /// <inheritdoc cref="Read"/>
    public byte[] ReadMember(KeptRecord place) => ReadWithMember(place).Member;

    /// <summary>The record and its gzip member as it lies there.</summary>
    /// <inheritdoc cref="Read"/>
    public (WarcRecord Record, byte[] Member) ReadWithMember(KeptRecord place)
    {
        var member = Load(place);
        return (Check(place, member), member);
    }

    private byte[] Load(KeptRecord place)
    {
        var member = new byte[place.Length];
        // Opened for each read: a segment is renamed when it is sealed, and a takedown replaces it.
        using (var file = File.OpenHandle(Find(place.Segment), share: FileShare.ReadWrite | FileShare.Delete))
        {
            var read = RandomAccess.Read(file, member, place.Offset);
            if (read < member.Length) throw Damaged(place, "the segment ends inside it");
        }
        return member;
    }

    private static WarcRecord Check(KeptRecord place, byte[] member)
    {
        if (GzipMember.Read(member, int.MaxValue / 2) is not GzipReading.Complete whole) throw Damaged(place, "its gzip member is damaged");
        if (WarcRecord.Read(whole.Content) is not WarcReading.Complete { Record: var record }) throw Damaged(place, "it is no WARC record");
        return record.Fault() is { } fault ? throw Damaged(place, fault) : record;
    }

    private static InvalidDataException Damaged(KeptRecord place, string why) =>
        new($"{place.Segment} at {place.Offset}: {why}. Run `dibao verify`, and restore the segment from a backup.");

    private string Find(string segment)
    {
        lock (finding)
        {
            if (paths.TryGetValue(segment, out var path) && File.Exists(path)) return path;
            paths = store.Segments().ToDictionary(file => file.Name, file => file.Path);
            return paths.TryGetValue(segment, out path) ? path
                : throw new InvalidDataException($"{segment} is missing from {store.Root}: restore it from a backup.");
        }
    }
}
