using System.Text;

namespace Dibao.Server.Replay;

/// <summary>Points <c>url()</c> and <c>@import</c> of a style sheet elsewhere. Linear in its length.</summary>
/// <remarks>Source: CSS Syntax 3 §4.3. Escapes inside of addresses, which nobody writes, are not undone; the policy holds what that leaves.</remarks>
internal static class CssRewriter
{
    /// <param name="point">The new address; null for what leads nowhere.</param>
    public static string Rewrite(string css, Func<string, string?> point)
    {
        var output = new StringBuilder(css.Length + 256);
        var at = 0;
        while (at < css.Length)
        {
            var next = css.AsSpan(at).IndexOfAny("/uU@");
            if (next < 0) break;
            output.Append(css, at, next);
            at += next;
            if (Starts(css, at, "/*")) at = Copy(css, at, css.IndexOf("*/", at + 2, StringComparison.Ordinal), 2, output);
            else if (Starts(css, at, "url(")) at = Url(css, at + 4, point, output);
            else if (Starts(css, at, "@import")) at = Import(css, at + 7, point, output);
            else output.Append(css[at++]);
        }
        return output.Append(css, at, css.Length - at).ToString();
    }

    private static bool Starts(string css, int at, string token) => css.AsSpan(at).StartsWith(token, StringComparison.OrdinalIgnoreCase);

    private static int Copy(string css, int from, int end, int length, StringBuilder output)
    {
        var to = end < 0 ? css.Length : end + length;
        output.Append(css, from, to - from);
        return to;
    }

    private static int Url(string css, int start, Func<string, string?> point, StringBuilder output)
    {
        var at = SkipSpace(css, start);
        if (at < css.Length && css[at] is '"' or '\'')
        {
            output.Append("url(");
            return Quoted(css, at, point, output);
        }
        var end = css.IndexOf(')', at);
        if (end < 0) end = css.Length;
        output.Append("url(").Append(Pointed(css[at..end].Trim(), point));
        return end;
    }

    private static int Import(string css, int start, Func<string, string?> point, StringBuilder output)
    {
        output.Append("@import ");
        var at = SkipSpace(css, start);
        // @import url(…) is an url() like any other.
        return at < css.Length && css[at] is '"' or '\'' ? Quoted(css, at, point, output) : at;
    }

    private static int Quoted(string css, int at, Func<string, string?> point, StringBuilder output)
    {
        var end = css.IndexOf(css[at], at + 1);
        if (end < 0) end = css.Length;
        output.Append(Pointed(css[(at + 1)..end], point));
        return Math.Min(end + 1, css.Length);
    }

    private static string Pointed(string link, Func<string, string?> point) =>
        $"\"{(point(link) ?? "about:invalid").Replace("\\", "%5C", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal)}\"";

    private static int SkipSpace(string css, int at)
    {
        while (at < css.Length && css[at] is ' ' or '\t' or '\r' or '\n' or '\f') at++;
        return at;
    }
}
