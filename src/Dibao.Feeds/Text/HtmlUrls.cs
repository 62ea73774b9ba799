using System.Buffers;
using System.Collections.Frozen;

namespace Dibao.Feeds.Text;

/// <summary>Relative URLs in HTML, made absolute; nothing else in it is touched.</summary>
/// <remarks>The attributes that hold URLs: HTML, index of attributes; of <c>srcset</c> each candidate.</remarks>
internal static class HtmlUrls
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UrlAttributes =
        "href src srcset poster cite action background longdesc data codebase classid usemap formaction profile".Split(' ')
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> NameEnd = SearchValues.Create(" \t\r\n\f=>/<");
    private static readonly SearchValues<char> UnquotedEnd = SearchValues.Create(" \t\r\n\f>");

    /// <summary>The same string when nothing in it is relative. Linear in the text.</summary>
    public static string MakeAbsolute(string html, string? baseUrl)
    {
        if (!Urls.IsHttp(baseUrl) || !html.Contains('<', StringComparison.Ordinal))
            return html;
        var rewriting = new Rewriting(html, baseUrl!);
        rewriting.Run();
        return rewriting.Result;
    }

    private ref struct Rewriting(string html, string baseUrl)
    {
        private TextBuffer? changed;
        private int copied;
        private int at;

        public readonly string Result => changed is null ? html : changed.Append(html.AsSpan(copied)).ToString();

        public void Run()
        {
            for (var tag = html.IndexOf('<', StringComparison.Ordinal); tag >= 0; tag = at < html.Length ? html.IndexOf('<', at) : -1)
            {
                at = tag + 1;
                if (at == html.Length || !char.IsAsciiLetter(html[at]))
                    continue;
                at = EndOf(NameEnd);
                while (TryAttribute()) { }
            }
        }

        private readonly int EndOf(SearchValues<char> ends) =>
            html.AsSpan(at).IndexOfAny(ends) is >= 0 and var length ? at + length : html.Length;

        /// <returns>False at the end of the tag.</returns>
        private bool TryAttribute()
        {
            while (at < html.Length && (IsSpace(html[at]) || html[at] == '/'))
                at++;
            if (at >= html.Length || html[at] is '>' or '<')
                return false;
            var nameStart = at;
            at = EndOf(NameEnd);
            if (at == nameStart)
                at++;
            var name = html.AsSpan(nameStart, at - nameStart);
            SkipSpace();
            if (at >= html.Length || html[at] != '=')
                return true;
            at++;
            SkipSpace();
            TakeValue(name);
            return true;
        }

        private void TakeValue(ReadOnlySpan<char> name)
        {
            if (at >= html.Length)
                return;
            var quote = html[at];
            var isQuoted = quote is '"' or '\'';
            var start = isQuoted ? at + 1 : at;
            var end = isQuoted ? html.IndexOf(quote, start) : EndOf(UnquotedEnd);
            if (end < 0)
                end = html.Length;
            at = isQuoted && end < html.Length ? end + 1 : end;
            if (end > start && UrlAttributes.Contains(name))
                Rewrite(html.AsSpan(start, end - start), start, isSet: name.Equals("srcset", StringComparison.OrdinalIgnoreCase));
        }

        private void Rewrite(ReadOnlySpan<char> value, int start, bool isSet)
        {
            var absolute = isSet ? AbsoluteSet(value) : Absolute(value);
            if (absolute is null)
                return;
            changed ??= new();
            changed.Append(html.AsSpan(copied, start - copied)).Append(absolute);
            copied = start + value.Length;
        }

        // A fragment alone stays: it points into the text itself, as footnotes do.
        private readonly string? Absolute(ReadOnlySpan<char> value)
        {
            var url = value.Trim();
            return url.IsEmpty || url[0] == '#' || Urls.HasScheme(url) ? null : Urls.Join(url.ToString(), baseUrl);
        }

        private readonly string? AbsoluteSet(ReadOnlySpan<char> value)
        {
            var candidates = value.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var isChanged = false;
            for (var i = 0; i < candidates.Length; i++)
            {
                var space = candidates[i].IndexOf(' ', StringComparison.Ordinal);
                var url = space < 0 ? candidates[i] : candidates[i][..space];
                if (Absolute(url) is not { } absolute)
                    continue;
                candidates[i] = absolute + candidates[i][url.Length..];
                isChanged = true;
            }

            return isChanged ? string.Join(", ", candidates) : null;
        }

        private void SkipSpace()
        {
            while (at < html.Length && IsSpace(html[at]))
                at++;
        }

        private static bool IsSpace(char character) => character is ' ' or '\t' or '\r' or '\n' or '\f';
    }
}
