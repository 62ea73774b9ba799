using System.Text;
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

    /// <summary>A declared entity, used or not, would expand beyond the budget, or the document's uses of them did.</summary>
    public bool IsBomb { get; private set; } = WouldExplode(declared, budget);

    public string Replace(string text)
    {
        if (declared.Count == 0 || text.IndexOf('&', StringComparison.Ordinal) < 0)
            return HtmlEntities.Decode(text);
        var replaced = new StringBuilder(text.Length);
        for (var from = 0; from < text.Length;)
        {
            var at = text.IndexOf('&', from);
            if (at < 0)
                at = text.Length;
            replaced.Append(text, from, at - from);
            from = at == text.Length ? at : at + AppendReference(text.AsSpan(at), replaced);
        }

        return replaced.ToString();
    }

    /// <returns>Characters of <paramref name="text"/> used up.</returns>
    private int AppendReference(ReadOnlySpan<char> text, StringBuilder replaced)
    {
        var end = text[..Math.Min(text.Length, 200)].IndexOf(';');
        if (end > 1 && declared.TryGetValue(text[1..end].ToString(), out var value))
        {
            left -= value.Length;
            IsBomb |= left < 0;
            replaced.Append(IsBomb ? "" : HtmlEntities.Decode(value));
            return end + 1;
        }

        if (HtmlEntities.TryReference(text, out var character, out var length))
        {
            replaced.Append(character);
            return length;
        }

        replaced.Append('&');
        return 1;
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
