namespace Dibao.Keep;

/// <summary>Level 0: what can be seen of the segments without opening them.</summary>
internal sealed class SealCheck(IReadOnlyDictionary<string, long> applied)
{
    public IEnumerable<Fault> Of(IReadOnlyList<SegmentFile> segments)
    {
        foreach (var (segment, place) in segments.Select((segment, i) => (segment, i)))
        {
            foreach (var fault in Of(segment, place == 0 ? 0 : segments[place - 1].Number, isLast: place == segments.Count - 1)) yield return fault;
        }
        foreach (var (name, _) in applied.Where(known => segments.All(segment => segment.Name != known.Key)))
        {
            yield return new(name, null, "the catalogue refers to it, and it is missing: restore it from a backup");
        }
    }

    private IEnumerable<Fault> Of(SegmentFile segment, long before, bool isLast)
    {
        if (segment.Number != before + 1) yield return new(segment.Name, null, $"segment {before + 1} should come before it, and is missing: restore it from a backup");
        if (segment.IsOpen && !isLast) yield return new(segment.Name, null, "it is not sealed, and others follow it: start dibao, which seals it");
        var length = new FileInfo(segment.Path).Length;
        if (applied.GetValueOrDefault(segment.Name) is var end && length < end)
        {
            yield return new(segment.Name, length, $"it ends here, and the catalogue knows {end} bytes: acknowledged captures are missing; restore it from a backup");
        }
        if (segment.IsOpen) yield break;
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(segment.Path).HasFlag(UnixFileMode.UserWrite))
        {
            yield return new(segment.Name, null, "it is sealed and may be written: chmod 444") { Derived = true };
        }
        // One that is not there is no fault: the records are read without it.
        if (!File.Exists(segment.IndexPath)) yield break;
        var known = SegmentIndex.Read(segment.IndexPath).LastOrDefault();
        if (known.Offset + known.Length != length)
        {
            yield return new(Path.GetFileName(segment.IndexPath), null, $"it knows {known.Offset + known.Length} bytes of {segment.Name}, which has {length}: run `dibao rebuild`") { Derived = true };
        }
    }
}
