using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Dibao.Warc;

/// <summary>The named fields of a record, in the order they were written; names compare without case.</summary>
/// <remarks>Source: WARC 1.1 §4, §5.</remarks>
public sealed class WarcHeaders
{
    // WARC 1.1 §5: only these may stand more than once.
    private static readonly string[] Repeatable = ["WARC-Concurrent-To", "WARC-Protocol"];

    private readonly List<KeyValuePair<string, string>> fields = [];

    public IReadOnlyList<KeyValuePair<string, string>> Fields => fields;

    /// <summary>The first field of that name; null when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var field in fields)
            {
                if (string.Equals(field.Key, name, StringComparison.OrdinalIgnoreCase)) return field.Value;
            }
            return null;
        }
    }

    /// <summary>True when the block is an HTTP message.</summary>
    internal bool IsHttp => this["Content-Type"]?.StartsWith("application/http", StringComparison.OrdinalIgnoreCase) == true;

    /// <exception cref="ArgumentException">A name or value that would break the header's lines.</exception>
    public WarcHeaders Add(string name, string? value)
    {
        if (value is null) return this;
        if (name.AsSpan().IndexOfAny("\r\n:") >= 0 || value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
        {
            throw new ArgumentException($"The field {name} has a line break in it.", nameof(value));
        }
        fields.Add(new(name, value));
        return this;
    }

    /// <summary>A field that was written over several lines; null when none was.</summary>
    internal string? Folded { get; private set; }

    /// <summary>A field of WARC's own that stands more than once and may not; null when there is none.</summary>
    internal string? Repeated()
    {
        for (var i = 1; i < fields.Count; i++)
        {
            var name = fields[i].Key;
            if (!name.StartsWith("WARC-", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) continue;
            if (Repeatable.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            for (var j = 0; j < i; j++)
            {
                if (name.Equals(fields[j].Key, StringComparison.OrdinalIgnoreCase)) return name;
            }
        }
        return null;
    }

    internal void WriteTo(StringBuilder header)
    {
        foreach (var field in fields) header.Append(field.Key).Append(": ").Append(field.Value).Append("\r\n");
    }

    /// <param name="text">The lines between the version line and the empty line.</param>
    internal static bool TryParse(string text, [NotNullWhen(true)] out WarcHeaders? headers, out string error)
    {
        headers = new();
        error = "";
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.TrimEnd('\r');
            if (trimmed.Length == 0) continue;
            if (trimmed[0] is ' ' or '\t' && headers.fields.Count > 0) { headers.Continue(trimmed.Trim()); continue; }
            var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                error = $"a header line without a name: {trimmed[..Math.Min(trimmed.Length, 60)]}";
                return false;
            }
            headers.fields.Add(new(trimmed[..colon].Trim(), trimmed[(colon + 1)..].Trim()));
        }
        return true;
    }

    private void Continue(string more)
    {
        Folded = fields[^1].Key;
        fields[^1] = new(Folded, fields[^1].Value + " " + more);
    }
}
