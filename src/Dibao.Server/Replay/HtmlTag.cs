using System.Buffers;
using System.Net;
using System.Text;

namespace Dibao.Server.Replay;

/// <summary>One start tag with its attributes; what is not changed is written as it was read.</summary>
internal sealed class HtmlTag
{
    // More is no page but an attack; the rest of the tag is then copied unread.
    private const int MaxAttributes = 256;

    private static readonly SearchValues<char> UnquotedEnd = SearchValues.Create(" \t\r\n\f>");

    private readonly string source;
    private readonly int start;
    private readonly int end;
    private readonly List<Attribute> attributes;
    private readonly bool closes;
    private bool changed;

    private HtmlTag(string source, int start, int end, string name, List<Attribute> attributes, bool closes)
    {
        (this.source, this.start, this.end, Name) = (source, start, end, name);
        (this.attributes, this.closes) = (attributes, closes);
    }

    /// <summary>Lower case.</summary>
    public string Name { get; }

    /// <summary>The value with its character references undone; null when there is no such attribute.</summary>
    public string? this[string name]
    {
        get => attributes.Find(attribute => attribute.Name == name)?.Value;
        set
        {
            var index = attributes.FindIndex(attribute => attribute.Name == name);
            if (index >= 0) attributes[index] = new(name, value ?? "");
            else attributes.Add(new(name, value ?? ""));
            changed = true;
        }
    }

    /// <summary>Keeps the attribute under a name that means nothing.</summary>
    public void SetAside(string name)
    {
        var index = attributes.FindIndex(attribute => attribute.Name == name);
        if (index < 0) return;
        attributes[index] = attributes[index] with { Name = "data-archived-" + name.Replace(':', '-') };
        changed = true;
    }

    /// <returns>Null when the markup ends inside the tag.</returns>
    /// <param name="start">Of the <c>&lt;</c>, with a letter behind it.</param>
    public static HtmlTag? Read(string html, int start, out int end)
    {
        var at = start + 1;
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('/' or '>')) at++;
        var name = html[(start + 1)..at].ToLowerInvariant();
        var attributes = new List<Attribute>();
        while (true)
        {
            var closes = false;
            for (; at < html.Length && (IsSpace(html[at]) || html[at] == '/'); at++) closes = html[at] == '/';
            if (at >= html.Length) { end = html.Length; return null; }
            if (html[at] == '>') { end = at + 1; return new(html, start, end, name, attributes, closes); }
            var attribute = ReadAttribute(html, ref at);
            if (attributes.Count < MaxAttributes && !attributes.Exists(known => known.Name == attribute.Name)) attributes.Add(attribute);
        }
    }

    public void WriteTo(StringBuilder output)
    {
        if (!changed) { output.Append(source, start, end - start); return; }
        output.Append('<').Append(source, start + 1, Name.Length);
        foreach (var (name, value) in attributes)
        {
            output.Append(' ').Append(name);
            if (value is not null) output.Append("=\"").Append(value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
        }
        output.Append(closes ? "/>" : ">");
    }

    private static Attribute ReadAttribute(string html, ref int at)
    {
        var start = at++;
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('/' or '>' or '=')) at++;
        var name = html[start..at].ToLowerInvariant();
        var behind = at;
        while (behind < html.Length && IsSpace(html[behind])) behind++;
        if (behind >= html.Length || html[behind] != '=') return new(name, null);
        at = behind + 1;
        while (at < html.Length && IsSpace(html[at])) at++;
        return new(name, WebUtility.HtmlDecode(ReadValue(html, ref at)));
    }

    private static string ReadValue(string html, ref int at)
    {
        if (at >= html.Length) return "";
        var quote = html[at];
        var start = quote is '"' or '\'' ? at + 1 : at;
        var length = quote is '"' or '\'' ? html.AsSpan(start).IndexOf(quote) : html.AsSpan(start).IndexOfAny(UnquotedEnd);
        var end = length < 0 ? html.Length : start + length;
        at = quote is '"' or '\'' ? Math.Min(end + 1, html.Length) : end;
        return html[start..end];
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n' or '\f';

    private sealed record Attribute(string Name, string? Value);
}
