using System.Buffers;
using System.Text;

namespace Dibao.Feeds.Text;

/// <summary>What HTTP and the document say about their encoding.</summary>
internal static class DeclaredEncoding
{
    private const int Head = 4096;

    private static readonly SearchValues<char> LabelEnd = SearchValues.Create(" \t\r\n\"';,/>?");

    /// <summary>HTTP first, then the document; labels that nobody knows are left out.</summary>
    public static List<KnownEncoding> Find(ReadOnlySpan<byte> bytes, string? contentType)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(Head, bytes.Length)]);
        var isXml = head.AsSpan().TrimStart("\u00EF\u00BB\u00BF\0 \t\r\n").StartsWith("<?xml");
        string?[] labels = [After(contentType ?? "", "charset"), InXml(head), isXml ? null : InMeta(head)];
        return [.. labels.Where(label => label is not null).Select(label => KnownEncoding.Find(label!)).OfType<KnownEncoding>().Distinct()];
    }

    private static string? InXml(string head)
    {
        var start = head.IndexOf("<?xml", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : head.IndexOf("?>", start, StringComparison.Ordinal);
        return end < 0 ? null : After(head[start..end], "encoding");
    }

    private static string? InMeta(string head)
    {
        for (var at = Next(head, 0); at >= 0; at = Next(head, at + 5))
        {
            var end = head.IndexOf('>', at);
            if (After(head[at..(end < 0 ? head.Length : end)], "charset") is { } label)
                return label;
        }

        return null;
    }

    private static int Next(string head, int from) => head.IndexOf("<meta", from, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value after <c>name =</c>, quoted or not.</summary>
    private static string? After(string text, string name)
    {
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var rest = text.AsSpan(at + name.Length).TrimStart();
        if (rest.IsEmpty || rest[0] != '=')
            return null;
        rest = rest[1..].TrimStart(" \t\r\n\"'");
        var end = rest.IndexOfAny(LabelEnd);
        rest = end < 0 ? rest : rest[..end];
        return rest.IsEmpty || rest.Length > 40 ? null : rest.ToString();
    }
}
