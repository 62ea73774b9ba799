namespace Dibao.Feeds.Xml;

/// <summary>The document type declaration: measured, and read for general entities. Nothing outside the document is fetched.</summary>
/// <remarks>XML 1.0 §2.8, §4.2.</remarks>
internal static class DocumentType
{
    private const int MaxEntities = 5_000;

    public static bool Begins(ReadOnlySpan<char> text) => text.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);

    /// <summary>Characters from <c>&lt;!DOCTYPE</c> to its closing bracket, internal subset included; false when it never closes.</summary>
    public static bool TryMeasure(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        var end = text.IndexOfAny('>', '[');
        if (end < 0)
            return false;
        if (text[end] == '[')
            end = EndOfSubset(text, end);
        length = end + 1;
        return end > 0;
    }

    private static int EndOfSubset(ReadOnlySpan<char> text, int open)
    {
        var quote = '\0';
        var comments = true;
        for (var i = open + 1; i < text.Length; i++)
        {
            if (quote == '\0' && comments && text[i..].StartsWith("<!--"))
            {
                var comment = text[i..].IndexOf("-->");
                comments = comment > 0;
                i += Math.Max(0, comment) + 2;
            }
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
    /// <param name="subset">From <c>&lt;!DOCTYPE</c> on.</param>
    public static Dictionary<string, string> ReadEntities(ReadOnlySpan<char> subset)
    {
        var declared = new Dictionary<string, string>();
        for (var at = subset.IndexOf("<!ENTITY"); at >= 0 && declared.Count < MaxEntities; at = subset.IndexOf("<!ENTITY"))
        {
            subset = subset[(at + "<!ENTITY".Length)..];
            if (!TryReadEntity(subset, out var name, out var value, out var isOpen))
                continue;
            if (isOpen)
                break;
            declared.TryAdd(name, value);
        }

        return declared;
    }

    /// <param name="isOpen">The value's closing quote is missing, so that nothing more can be read.</param>
    private static bool TryReadEntity(ReadOnlySpan<char> text, out string name, out string value, out bool isOpen)
    {
        name = value = "";
        isOpen = false;
        text = text.TrimStart();
        var space = text[..Math.Min(text.Length, 200)].IndexOfAny(" \t\r\n");
        if (space <= 0)
            return false;
        var rest = text[space..].TrimStart();
        if (rest.IsEmpty || rest[0] is not ('"' or '\''))
            return false;
        var end = rest[1..].IndexOf(rest[0]);
        isOpen = end < 0;
        if (!isOpen)
            (name, value) = (text[..space].ToString(), rest.Slice(1, end).ToString());
        return true;
    }
}
