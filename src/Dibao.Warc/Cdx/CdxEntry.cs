using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dibao.Warc;

/// <summary>One line of a CDXJ index: where the record of a URL at a time lies.</summary>
/// <remarks>Source: the CDXJ of pywb, warcio.js and WACZ 1.1.1 §5.1.2: <c>key timestamp {json}</c>, numbers written as strings.</remarks>
public sealed record CdxEntry
{
    private const int MaxDigits = 19;

    /// <summary>As <see cref="Surt.Of"/> gives it.</summary>
    public required string Key { get; init; }

    /// <summary>14 digits, UTC: 20261122060000.</summary>
    public required string Timestamp { get; init; }

    public required string Url { get; init; }

    /// <summary>Media type without parameters; <c>warc/revisit</c> for revisits.</summary>
    public string? Mime { get; init; }

    /// <summary>HTTP status, where the record has one.</summary>
    public string? Status { get; init; }

    /// <summary>Of the payload, as the record gives it, without the algorithm's name.</summary>
    public string? Digest { get; init; }

    /// <summary>Of the record in its file, bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Of the record in its file, bytes.</summary>
    public required long Offset { get; init; }

    /// <summary>The WARC file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>The line without its end.</summary>
    public override string ToString()
    {
        var line = new StringBuilder(Key.Length + Url.Length + 240).Append(Key).Append(' ').Append(Timestamp).Append(" {");
        Add(line, "url", Url);
        Add(line, "mime", Mime);
        Add(line, "status", Status);
        Add(line, "digest", Digest);
        Add(line, "length", Length.ToString(CultureInfo.InvariantCulture));
        Add(line, "offset", Offset.ToString(CultureInfo.InvariantCulture));
        Add(line, "filename", FileName);
        return line.Append('}').ToString();
    }

    /// <param name="line">Without its end.</param>
    /// <param name="why">What is wrong with it.</param>
    public static bool TryParse(string line, [NotNullWhen(true)] out CdxEntry? entry, out string why)
    {
        entry = null;
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0) { why = "it has no key before a space"; return false; }
        if (line.Length < space + 17 || line[space + 15] != ' ' || line.AsSpan(space + 1, 14).ContainsAnyExceptInRange('0', '9'))
        {
            why = "its timestamp is not 14 digits";
            return false;
        }
        return TryParse(line[..space], line.Substring(space + 1, 14), line.AsMemory(space + 16), out entry, out why);
    }

    private static bool TryParse(string key, string timestamp, ReadOnlyMemory<char> json, [NotNullWhen(true)] out CdxEntry? entry, out string why)
    {
        (entry, why) = (null, "its JSON is no object");
        try
        {
            using var fields = JsonDocument.Parse(json, new() { MaxDepth = 8 });
            if (fields.RootElement.ValueKind != JsonValueKind.Object) return false;
            why = "its JSON has no url, offset, length or filename";
            if (Text(fields, "url") is not { } url || Text(fields, "filename") is not { } file) return false;
            if (Number(fields, "offset") is not { } offset || Number(fields, "length") is not { } length) return false;
            entry = new()
            {
                Key = key,
                Timestamp = timestamp,
                Url = url,
                Mime = Text(fields, "mime"),
                Status = Text(fields, "status"),
                Digest = Text(fields, "digest"),
                Length = length,
                Offset = offset,
                FileName = file,
            };
            why = "";
            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string whose escapes are half a character.
            why = "its JSON is broken";
            return false;
        }
    }

    private static string? Text(JsonDocument fields, string name) => !fields.RootElement.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static long? Number(JsonDocument fields, string name) => Text(fields, name) is { Length: > 0 and <= MaxDigits } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // As JSON.stringify writes it: what need not be escaped is not.
    private static void Add(StringBuilder line, string name, string? value)
    {
        if (value is null) return;
        if (line[^1] != '{') line.Append(',');
        line.Append('"').Append(name).Append("\":\"");
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is '"' or '\\') line.Append('\\').Append(c);
            else if (c == '\n') line.Append("\\n");
            else if (c == '\r') line.Append("\\r");
            else if (c == '\t') line.Append("\\t");
            else if (c < ' ' || IsHalf(value, i)) line.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else line.Append(c);
        }
        line.Append('"');
    }

    private static bool IsHalf(string text, int at) => char.IsSurrogate(text[at])
        && !(char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        && !(char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1]));
}
