using System.Text;

namespace Dibao.Extract.Metadata;

/// <summary>Makes JSON of what templates write for JSON: one pass, whatever the input.</summary>
/// <remarks>
/// Repaired: raw line breaks and tabs in strings; quotes inside of strings; <c>\'</c> and other escapes that JSON does not know; comments and CDATA
/// marks around the block; a semicolon after it; brackets left open by a cut. What follows the first whole value is left out.
/// </remarks>
internal static class JsonRepair
{
    private const int MaxOpen = 64;

    public static string Apply(string text)
    {
        var start = text.AsSpan().IndexOfAny('{', '[');
        if (start < 0) return "null";
        var json = new StringBuilder(text.Length - start + 8);
        var open = new Stack<char>();
        for (var i = start; i < text.Length && open.Count < MaxOpen; i++)
        {
            var c = text[i];
            if (c == '"') { i = String(text, i, json); continue; }
            if (c < ' ' || c == '\u00a0') { json.Append(' '); continue; }
            json.Append(c);
            if (c is '{' or '[') open.Push(c == '{' ? '}' : ']');
            if (c is '}' or ']' && open.Count > 0 && open.Peek() == c) open.Pop();
            if (open.Count == 0) return json.ToString();
        }

        TrimTail(json);
        while (open.TryPop(out var close)) json.Append(close);
        return json.ToString();
    }

    /// <summary>Escapes of half a surrogate pair (an emoji that was cut) as U+FFFD: the parser takes them, and then cannot give their string.</summary>
    public static string PairSurrogates(string text)
    {
        StringBuilder? paired = null;
        var from = 0;
        for (var at = text.IndexOf("\\u", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\\u", at + 2, StringComparison.Ordinal))
        {
            if (!IsHalf(text, at, "dD", "89abAB") && !IsHalf(text, at, "dD", "cdefCDEF")) continue;
            if (IsHalf(text, at, "dD", "89abAB") && IsHalf(text, at + 6, "dD", "cdefCDEF")) { at += 6; continue; }
            paired ??= new StringBuilder(text.Length);
            paired.Append(text, from, at - from).Append("\\ufffd");
            from = at + 6;
        }

        return paired is null ? text : paired.Append(text, from, text.Length - from).ToString();
    }

    private static bool IsHalf(string text, int at, string first, string second) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u' && first.Contains(text[at + 2], StringComparison.Ordinal)
        && second.Contains(text[at + 3], StringComparison.Ordinal) && IsHex(text, at + 2);

    // Returns the place of the closing quote.
    private static int String(string text, int open, StringBuilder json)
    {
        json.Append('"');
        var i = open + 1;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length) { Escape(text, ref i, json); continue; }
            if (c == '"' && Closes(text, i)) break;
            if (c == '"') json.Append("\\\"");
            else if (c < ' ') json.Append(' ');
            else json.Append(c);
        }

        json.Append('"');
        return i;
    }

    private static void Escape(string text, ref int i, StringBuilder json)
    {
        var next = text[++i];
        if (next is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't') json.Append('\\').Append(next);
        else if (next == 'u' && IsHex(text, i + 1)) json.Append("\\u");
        else if (next is '\n' or '\r') json.Append(' ');
        else json.Append(next);
    }

    private static bool IsHex(string text, int at)
    {
        if (at + 4 > text.Length) return false;
        for (var i = at; i < at + 4; i++)
            if (!char.IsAsciiHexDigit(text[i])) return false;
        return true;
    }

    // A quote closes its string when what may follow a string follows: a colon, a closing bracket, the end, or a comma and a new string.
    private static bool Closes(string text, int quote)
    {
        var at = Next(text, quote + 1);
        if (at >= text.Length) return true;
        if (text[at] is ':' or '}' or ']' or ';') return true;
        if (text[at] != ',') return false;
        at = Next(text, at + 1);
        return at >= text.Length || text[at] is '"' or '{' or '[' or '}' or ']' or '-' or 't' or 'f' or 'n' || char.IsAsciiDigit(text[at]);
    }

    private static int Next(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at;
    }

    // {"a":1,"b": — the cut may leave a name without its value.
    private static void TrimTail(StringBuilder json)
    {
        while (json.Length > 0 && (char.IsWhiteSpace(json[^1]) || json[^1] == ',')) json.Length--;
        if (json.Length > 0 && json[^1] == ':') json.Append("null");
    }
}
