namespace Dibao.Feeds.Xml;

/// <summary>The document type declaration: measured, and read for general entities. Nothing outside the document is fetched.</summary>
/// <remarks>XML 1.0 §2.8, §4.2.</remarks>
internal static class DocumentType
{
    private const int MaxEntities = 5_000;

    /// <summary>Characters from <c>&lt;!DOCTYPE</c> to its closing bracket, internal subset included.</summary>
    public static bool TryMeasure(string text, int start, out int length)
    {
        length = 0;
        if (string.Compare(text, start, "<!DOCTYPE", 0, 9, StringComparison.OrdinalIgnoreCase) != 0)
            return false;
        var end = text.AsSpan(start).IndexOfAny('>', '[');
        if (end < 0)
            return false;
        if (text[start + end] == '[')
            end = EndOfSubset(text.AsSpan(start), end);
        length = end + 1;
        return end > 0;
    }

    private static int EndOfSubset(ReadOnlySpan<char> text, int open)
    {
        var quote = '\0';
        for (var i = open + 1; i < text.Length; i++)
        {
            if (quote == '\0' && text[i..].StartsWith("<!--") && text[i..].IndexOf("-->") is > 0 and var comment)
                i += comment + 2;
            else if (quote != '\0')
                quote = text[i] == quote ? '\0' : quote;
            else if (text[i] is '"' or '\'')
                quote = text[i];
            else if (text[i] == ']')
                return text[i..].IndexOf('>') is >= 0 and var close ? i + close : -1;
        }

        return -1;
    }

    /// <summary>Entities declared with a literal value, the first of a name winning. External and parameter entities are left out.</summary>
    public static Dictionary<string, string> ReadEntities(string text)
    {
        var declared = new Dictionary<string, string>();
        var start = text.AsSpan(0, Math.Min(text.Length, 64 << 10)).IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return declared;
        var subset = TryMeasure(text, start, out var length) ? text.AsSpan(start, length) : text.AsSpan(start);
        for (var at = subset.IndexOf("<!ENTITY"); at >= 0 && declared.Count < MaxEntities; at = subset.IndexOf("<!ENTITY"))
        {
            subset = subset[(at + "<!ENTITY".Length)..];
            if (TryReadEntity(subset, out var name, out var value))
                declared.TryAdd(name, value);
        }

        return declared;
    }

    private static bool TryReadEntity(ReadOnlySpan<char> text, out string name, out string value)
    {
        name = value = "";
        text = text.TrimStart();
        var space = text[..Math.Min(text.Length, 200)].IndexOfAny(" \t\r\n");
        if (space <= 0)
            return false;
        var rest = text[space..].TrimStart();
        if (rest.IsEmpty || rest[0] is not ('"' or '\''))
            return false;
        var end = rest[1..].IndexOf(rest[0]);
        if (end < 0)
            return false;
        (name, value) = (text[..space].ToString(), rest.Slice(1, end).ToString());
        return true;
    }
}
