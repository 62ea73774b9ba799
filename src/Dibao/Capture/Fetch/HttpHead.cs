using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;

namespace Dibao.Capture.Fetch;

/// <summary>Heads of requests and responses as they are kept: as on the wire, but for what no record may hold.</summary>
/// <remarks>Source: RFC 9112 §2.1. Header bytes travel through Latin-1 strings, which loses none of them.</remarks>
internal static class HttpHead
{
    private static readonly FrozenSet<string> Credentials = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Authorization", "Proxy-Authorization", "Cookie", "Cookie2");
    private static readonly FrozenSet<string> Answered = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Set-Cookie", "Set-Cookie2");

    /// <summary>A request without its credentials, and without the headers of <paramref name="profile"/>, which count as such.</summary>
    public static byte[] Kept(ReadOnlySpan<byte> request, FetchProfile profile) =>
        Lines(request, name => Credentials.Contains(name) || profile.Headers.Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ? Fate.Drop : Fate.Keep);

    /// <summary>A response whose body is kept dechunked: a reader that believed the header would look for chunks.</summary>
    /// <param name="entrusted">The request carried secrets, so what is set in return is one.</param>
    public static byte[] Kept(ReadOnlySpan<byte> response, bool entrusted) =>
        Lines(response, name => name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) ? Fate.Rename : entrusted && Answered.Contains(name) ? Fate.Drop : Fate.Keep);

    /// <summary>HTTP/2 has no lines: the request written as HTTP/1.1 would have it.</summary>
    public static byte[] Written(HttpRequestMessage request, Uri uri)
    {
        var head = new StringBuilder();
        head.Append(request.Method.Method).Append(' ').Append(uri.PathAndQuery).Append(" HTTP/1.1\r\nHost: ").Append(HostHeader(uri)).Append("\r\n");
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            if (!name.Equals("Host", StringComparison.OrdinalIgnoreCase)) Append(head, name, values);
        }
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    /// <inheritdoc cref="Written(HttpRequestMessage,Uri)"/>
    public static byte[] Written(HttpResponseMessage response)
    {
        var head = new StringBuilder();
        head.Append("HTTP/1.1 ").Append((int)response.StatusCode).Append(' ').Append(response.ReasonPhrase).Append("\r\n");
        foreach (var (name, values) in response.Headers.NonValidated) Append(head, name, values);
        foreach (var (name, values) in response.Content.Headers.NonValidated) Append(head, name, values);
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    /// <summary>First value of a header, unparsed; null when the response has none.</summary>
    public static string? Value(HttpResponseMessage response, string name)
    {
        if (response.Headers.NonValidated.TryGetValues(name, out var values)
            || response.Content.Headers.NonValidated.TryGetValues(name, out values))
        {
            foreach (var value in values) return value;
        }
        return null;
    }

    // A head whose lines end in LF alone is written with CRLF: otherwise no reader of WARC files would find its end.
    private static byte[] Lines(ReadOnlySpan<byte> head, Func<string, Fate> fateOf)
    {
        using var kept = new MemoryStream(head.Length + 8);
        var dropping = false;
        while (!head.IsEmpty)
        {
            var end = head.IndexOf((byte)'\n');
            var line = (end < 0 ? head : head[..end]).TrimEnd((byte)'\r');
            head = end < 0 ? default : head[(end + 1)..];
            var folded = line.Length > 0 && line[0] is (byte)' ' or (byte)'\t';
            var colon = folded ? -1 : line.IndexOf((byte)':');
            var fate = colon > 0 ? fateOf(Encoding.Latin1.GetString(line[..colon]).Trim()) : Fate.Keep;
            dropping = folded ? dropping : fate is Fate.Drop;
            if (dropping) continue;
            if (fate is Fate.Rename)
            {
                kept.Write("x-orig-transfer-encoding"u8);
                line = line[colon..];
            }
            kept.Write(line);
            kept.Write("\r\n"u8);
        }
        return kept.ToArray();
    }

    private static void Append(StringBuilder head, string name, HeaderStringValues values)
    {
        foreach (var value in values) head.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    private static string HostHeader(Uri uri)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return uri.IsDefaultPort ? host : $"{host}:{uri.Port}";
    }

    private enum Fate
    {
        Keep,
        Drop,
        Rename,
    }
}
