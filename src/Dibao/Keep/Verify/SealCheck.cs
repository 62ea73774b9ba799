namespace Dibao.Keep;

/// <summary>Level 0: what can be seen of the segments by their names, their lengths and how they begin.</summary>
internal sealed class SealCheck
{
    private const string Restore = "restore it from a backup";

    private readonly IReadOnlyList<SegmentFile> segments;
    private readonly IReadOnlyDictionary<string, long> applied;
    private readonly SegmentHead[] heads;

    /// <param name="segments">All of them, in order.</param>
    /// <param name="applied">How far the catalogue knows each, by name.</param>
    public SealCheck(IReadOnlyList<SegmentFile> segments, IReadOnlyDictionary<string, long> applied)
    {
        this.segments = segments;
        this.applied = applied;
        heads = [.. segments.Select(segment => SegmentHead.Read(segment))];
        Seals = heads.Select(head => head.Seal).OfType<FoundSeal>().GroupBy(found => found.Seal.Segment).ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>What each segment was when it was sealed, by its name, as the next one says.</summary>
    public IReadOnlyDictionary<string, FoundSeal> Seals { get; }

    /// <summary>Segments whose next one says nothing of them: they were sealed before dibao wrote seals.</summary>
    /// <remarks>One that holds no capture yet will say it with its first.</remarks>
    public int Unsealed => heads.Skip(1).Zip(segments.Skip(1)).Count(next => next.First.Seal is null && next.Second.Length > next.First.EndOfInfo);

    public IEnumerable<Fault> Faults()
    {
        for (var place = 0; place < segments.Count; place++)
        {
            foreach (var fault in Named(place).Concat(BySeal(place)).Concat(OfFile(segments[place], isLast: place == segments.Count - 1))) yield return fault;
        }
        foreach (var (name, _) in applied.Where(known => segments.All(segment => segment.Name != known.Key) && !Seals.ContainsKey(known.Key)))
        {
            yield return new(name, null, $"the catalogue refers to it, and it is missing: {Restore}");
        }
    }

    private IEnumerable<Fault> Named(int place)
    {
        var (segment, head, before) = (segments[place], heads[place], place == 0 ? 0 : segments[place - 1].Number);
        if (head.Name is { } own && own != segment.Name) yield return new(segment.Name, 0, $"its first record says that it is {own}: another file stands in its place; {Restore}");
        // The one that is named by its seal is reported by its own name.
        var until = segment.Number - (head.Seal is null ? 1 : 2);
        if (until > before) yield return new(segment.Name, null, $"{(until == before + 1 ? $"segment {until}" : $"segments {before + 1} to {until}")} should come before it, and {(until == before + 1 ? "is" : "are")} missing: restore from a backup");
    }

    private IEnumerable<Fault> BySeal(int place)
    {
        if (heads[place].Seal is not { Seal: var seal } found) yield break;
        if (segments.FirstOrDefault(segment => segment.Name == seal.Segment) is not { } sealedOne)
        {
            yield return new(seal.Segment, null, $"{found.In} says that it was sealed with {seal.Bytes} bytes, and it is missing: {Restore}");
            yield break;
        }
        if (place == 0 || segments[place - 1] != sealedOne) yield return new(found.In, found.Offset, $"it says that it follows {seal.Segment}, and does not: {Restore}");
        if (sealedOne.Length is var length && length != seal.Bytes)
        {
            yield return new(seal.Segment, Math.Min(length, seal.Bytes), $"it has {length} bytes, and {found.In} says that it was sealed with {seal.Bytes}: {Restore}");
        }
    }

    private IEnumerable<Fault> OfFile(SegmentFile segment, bool isLast)
    {
        if (segment.IsOpen && !isLast) yield return new(segment.Name, null, "it is not sealed, and others follow it: start dibao, which seals it");
        var length = segment.Length;
        if (applied.GetValueOrDefault(segment.Name) is var end && length < end)
        {
            yield return new(segment.Name, length, $"it ends here, and the catalogue knows {end} bytes: acknowledged captures are missing; {Restore}");
        }
        if (segment.IsOpen) yield break;
        // The last one may be between its new name and its mode: both are there before another begins.
        if (!isLast && !OperatingSystem.IsWindows() && File.GetUnixFileMode(segment.Path).HasFlag(UnixFileMode.UserWrite))
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
