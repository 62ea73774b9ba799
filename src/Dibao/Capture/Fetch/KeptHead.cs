using System.Text;

namespace Dibao.Capture.Fetch;

/// <summary>Reads fields out of a kept request or response head.</summary>
/// <remarks>Source: RFC 9112 §2. The bytes are Latin-1: every byte stays what it was.</remarks>
public static class KeptHead
{
    /// <summary>Status code of a response head; 0 when its first line is no status line.</summary>
    public static int Status(ReadOnlySpan<byte> head)
    {
        var space = head.IndexOf((byte)' ');
        return space > 0 && head.Length >= space + 4 && int.TryParse(head.Slice(space + 1, 3), null, out var status) ? status : 0;
    }

    /// <summary>The first field of that name, trimmed; null when there is none.</summary>
    public static string? Field(ReadOnlySpan<byte> head, string name)
    {
        foreach (var range in head.Split((byte)'\n'))
        {
            if (IsField(head[range], name)) return Value(head[range], name);
        }
        return null;
    }

    /// <summary>All fields of that name, in order.</summary>
    public static IReadOnlyList<string> Fields(ReadOnlySpan<byte> head, string name)
    {
        List<string>? found = null;
        foreach (var range in head.Split((byte)'\n'))
        {
            if (IsField(head[range], name)) (found ??= []).Add(Value(head[range], name));
        }
        return found ?? [];
    }

    private static bool IsField(ReadOnlySpan<byte> line, string name) =>
        line.Length > name.Length && line[name.Length] == (byte)':' && Ascii.EqualsIgnoreCase(line[..name.Length], name);

    private static string Value(ReadOnlySpan<byte> line, string name) => Encoding.Latin1.GetString(line[(name.Length + 1)..]).Trim();

    /// <summary>An exchange from its kept parts.</summary>
    public static Exchange ToExchange(string url, DateTimeOffset at, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> response, ReadOnlyMemory<byte> body)
    {
        var head = response.Span;
        return new()
        {
            Url = url,
            At = at,
            RequestHead = request,
            ResponseHead = response,
            Body = body,
            Status = Status(head),
            ContentType = Field(head, "Content-Type"),
            ContentEncoding = Field(head, "Content-Encoding"),
            ETag = Field(head, "ETag"),
            LastModified = Field(head, "Last-Modified"),
            Location = Target(url, head),
        };
    }

    // Servers write redirects in UTF-8, whatever the header's own encoding.
    private static string? Target(string url, ReadOnlySpan<byte> head) =>
        Field(head, "Location") is { } raw && ArticleUrl.TryResolve(url, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(raw)), out var target)
            ? target
            : null;
}
