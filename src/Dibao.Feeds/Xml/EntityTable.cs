using Dibao.Feeds.Text;

namespace Dibao.Feeds.Xml;

/// <summary>
/// Replaces references in XML text: numeric ones, HTML's names, and entities declared in the document with a literal value.
/// A declared value is inserted once and never read again, so nothing expands recursively.
/// </summary>
/// <param name="budget">Characters that declared entities may add in all.</param>
internal sealed class EntityTable(Dictionary<string, string> declared, int budget)
{
    private int left = budget;

    public static EntityTable None { get; } = new([], 0);

    /// <summary>A declared entity, used or not, would expand beyond the budget, or the document's uses of them did.</summary>
    public bool IsBomb { get; private set; } = WouldExplode(declared, budget);

    /// <param name="text">Begins at <c>&amp;</c>.</param>
    /// <returns>Characters of it used up.</returns>
    public int AppendReference(ReadOnlySpan<char> text, TextBuffer replaced)
    {
        if (declared.Count > 0 && TryDeclared(text, replaced, out var used))
            return used;
        if (HtmlEntities.TryAppend(text, replaced, out var length))
            return length;
        replaced.Append('&');
        return 1;
    }

    private bool TryDeclared(ReadOnlySpan<char> text, TextBuffer replaced, out int used)
    {
        used = text[..Math.Min(text.Length, 200)].IndexOf(';') + 1;
        if (used < 3 || !declared.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[1..(used - 1)], out var value))
            return false;
        left -= value.Length;
        IsBomb |= left < 0;
        if (!IsBomb)
            replaced.Append(HtmlEntities.Decode(value));
        return true;
    }

    // The size each entity would have if its references were followed: computed, not expanded. A cycle is endless.
    private static bool WouldExplode(Dictionary<string, string> declared, int budget)
    {
        var sizes = new Dictionary<string, long>();
        return declared.Keys.Any(name => Size(name, declared, sizes, depth: 0) > budget);
    }

    private static long Size(string name, Dictionary<string, string> declared, Dictionary<string, long> sizes, int depth)
    {
        if (sizes.TryGetValue(name, out var known))
            return known;
        if (depth > 64)
            return int.MaxValue;
        sizes[name] = int.MaxValue;
        var value = declared[name];
        long size = value.Length;
        for (var at = value.IndexOf('&', StringComparison.Ordinal); at >= 0; at = value.IndexOf('&', at + 1))
        {
            var end = value.AsSpan(at, Math.Min(200, value.Length - at)).IndexOf(';');
            if (end > 1 && value.Substring(at + 1, end - 1) is var child && declared.ContainsKey(child))
                size += Size(child, declared, sizes, depth + 1);
        }

        return sizes[name] = Math.Min(size, int.MaxValue);
    }
}
