using System.Net.Http.Headers;
using System.Text;

namespace Dibao.Capture.Fetch;

/// <summary>Heads of requests and responses as bytes, the way they went over the wire.</summary>
/// <remarks>Source: RFC 9112 §2.1. Header bytes travel through Latin-1 strings, which loses none of them.</remarks>
internal static class HttpHead
{
    public static byte[] Of(HttpRequestMessage request, Uri uri)
    {
        var head = new StringBuilder();
        head.Append(request.Method.Method).Append(' ').Append(uri.PathAndQuery).Append(" HTTP/1.1\r\nHost: ").Append(HostHeader(uri)).Append("\r\n");
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            if (IsCredential(name)) continue;
            Append(head, name, values);
        }
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    public static byte[] Of(HttpResponseMessage response)
    {
        var head = new StringBuilder();
        head.Append("HTTP/").Append(response.Version.ToString(2)).Append(' ').Append((int)response.StatusCode)
            .Append(' ').Append(response.ReasonPhrase).Append("\r\n");
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            // The body is kept dechunked; a reader that believed the header would look for chunks.
            Append(head, name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) ? "x-orig-transfer-encoding" : name, values);
        }
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

    private static void Append(StringBuilder head, string name, HeaderStringValues values)
    {
        foreach (var value in values) head.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    private static string HostHeader(Uri uri)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return uri.IsDefaultPort ? host : $"{host}:{uri.Port}";
    }

    private static bool IsCredential(string name) =>
        name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Proxy-Authorization", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Host", StringComparison.OrdinalIgnoreCase);
}
