namespace Dibao.Extract.Dates;

/// <summary>Whether a line begins with one of many labels, looked up by its first letter.</summary>
internal sealed class LineStarts
{
    private const string Opening = " (（[|•-–";

    private readonly Dictionary<char, string[]> _byFirst;

    public LineStarts(IEnumerable<string> labels) =>
        _byFirst = labels.GroupBy(label => char.ToLowerInvariant(label[0])).ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Whether a text that begins with this may begin with a label.</summary>
    public bool MayBegin(char first) => Opening.Contains(first, StringComparison.Ordinal) || _byFirst.ContainsKey(char.ToLowerInvariant(first));

    public bool Begin(ReadOnlySpan<char> text)
    {
        var start = text.TrimStart(Opening);
        if (start.Length == 0 || !_byFirst.TryGetValue(char.ToLowerInvariant(start[0]), out var labels)) return false;
        foreach (var label in labels)
            if (start.StartsWith(label, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
