using System.Text;

namespace Dibao.Warc;

/// <summary>
/// The key under which an index sorts a URL: host turned around, path, sorted query; scheme, <c>www.</c>, case and fragment left out.
/// <c>https://www.Hewan.example/a?z=1&amp;b=2#top</c> is <c>example,hewan)/a?b=2&amp;z=1</c>.
/// </summary>
/// <remarks>Source: the Sort-friendly URI Reordering Transform as warcio.js and its readers write it, over the WHATWG URL
/// standard's parser. What is no http or https URL is its own key.</remarks>
public static class Surt
{
    private const string PathEncoded = " \"#<>?`{}";
    private const string QueryEncoded = " \"#<>'";

    public static string Of(string url)
    {
        var text = Stripped(url).ToLowerInvariant();
        var scheme = text.StartsWith("https:", StringComparison.Ordinal) ? "https" : text.StartsWith("http:", StringComparison.Ordinal) ? "http" : null;
        if (scheme is null) return url;
        var rest = WithoutWww(text.AsSpan(scheme.Length + 1).TrimStart("/\\"));
        var end = rest.IndexOfAny("/\\?#");
        var authority = end < 0 ? rest : rest[..end];
        if (!Uri.TryCreate($"{scheme}://{authority}/", UriKind.Absolute, out var root) || root.Host.Length == 0) return url;
        var key = new StringBuilder(text.Length + 8);
        AddHost(root, key);
        AddPathAndQuery(end < 0 ? [] : rest[end..], key);
        return key.ToString();
    }

    // WHATWG URL §4.4: tabs and line ends mean nothing anywhere, spaces and controls nothing at the ends.
    private static string Stripped(string url)
    {
        var text = url.AsSpan().Trim(" \0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\v\f\r\u000e\u000f");
        return text.IndexOfAny('\t', '\r', '\n') < 0 ? text.ToString()
            : string.Concat(text.ToString().Where(c => c is not ('\t' or '\r' or '\n')));
    }

    private static ReadOnlySpan<char> WithoutWww(ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith("www", StringComparison.Ordinal)) return rest;
        var digits = 3;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits])) digits++;
        return digits < rest.Length && rest[digits] == '.' ? rest[(digits + 1)..] : rest;
    }

    private static void AddHost(Uri root, StringBuilder key)
    {
        var host = root.HostNameType == UriHostNameType.IPv6 ? root.Host : root.IdnHost;
        key.AppendJoin(',', host.Split('.').Reverse());
        if (!root.IsDefaultPort) key.Append(':').Append(root.Port);
        key.Append(')');
    }

    private static void AddPathAndQuery(ReadOnlySpan<char> rest, StringBuilder key)
    {
        var fragment = rest.IndexOf('#');
        if (fragment >= 0) rest = rest[..fragment];
        var mark = rest.IndexOf('?');
        AddPath(mark < 0 ? rest : rest[..mark], key);
        if (mark < 0 || mark == rest.Length - 1) return;
        var query = new StringBuilder();
        Encode(rest[(mark + 1)..], QueryEncoded, query);
        var parts = query.ToString().Split('&');
        Array.Sort(parts, StringComparer.Ordinal);
        key.Append('?').AppendJoin('&', parts);
    }

    private static void AddPath(ReadOnlySpan<char> path, StringBuilder key)
    {
        var segments = new List<string>();
        var parts = path.ToString().Replace('\\', '/').Split('/');
        for (var i = 1; i < parts.Length; i++)
        {
            var last = i == parts.Length - 1;
            switch (parts[i].Replace("%2e", ".", StringComparison.Ordinal))
            {
                case "..":
                    if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
                    if (last) segments.Add("");
                    break;
                case ".":
                    if (last) segments.Add("");
                    break;
                default: segments.Add(parts[i]); break;
            }
        }
        if (segments.Count == 0) key.Append('/');
        foreach (var segment in segments) Encode(segment, PathEncoded, key.Append('/'));
    }

    private static void Encode(ReadOnlySpan<char> text, string encoded, StringBuilder key)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is > 0x1f and < 0x7f && !encoded.Contains((char)rune.Value, StringComparison.Ordinal)) { key.Append((char)rune.Value); continue; }
            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)]) key.Append('%').Append(octet.ToString("X2", null));
        }
    }
}
