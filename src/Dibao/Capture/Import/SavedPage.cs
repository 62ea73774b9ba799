using System.Buffers;

namespace Dibao.Capture.Import;

/// <summary>A page that a browser saved, and the address it came from.</summary>
internal static class SavedPage
{
    private const int HeadLength = 64 << 10;

    // One pass for all of them: with invariant globalization, IndexOf that ignores case goes letter by letter.
    private static readonly SearchValues<string> TemplateMarks = SearchValues.Create(
        ["<html", "<body", "<nav", "<header", "<footer", "<main", "<article", "<aside", "role=\"main\"", "id=\"content\"", "class=\"sidebar"],
        StringComparison.OrdinalIgnoreCase);

    public static ArticleFileReading Read(string html)
    {
        var head = html[..Math.Min(html.Length, HeadLength)];
        var address = SavedFrom(head) ?? Attribute(head, "rel=\"canonical\"", "href") ?? Attribute(head, "property=\"og:url\"", "content");
        if (!ArticleUrl.TryNormalize(address, out var url))
        {
            return new ArticleFileReading.Refused(1, "the page does not say where it is from (no \"saved from url\" comment, canonical link or og:url)");
        }
        return new ArticleFileReading.Parsed { Dialect = FileDialect.Html, Title = "", Url = url, Html = html, WholePage = true };
    }

    /// <summary>True when there is a page's template around the article.</summary>
    public static bool HasTemplate(string html) => html.AsSpan().ContainsAny(TemplateMarks);

    // <!-- saved from url=(0042)https://hewan.example/news/1 -->: the number is the address's length.
    private static string? SavedFrom(string head)
    {
        const string Mark = "saved from url=(";
        var start = head.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        if (start < 0) return null;
        var close = head.IndexOf(')', start);
        if (close < 0) return null;
        var end = head.AsSpan(close + 1).IndexOfAny(" \t\r\n>");
        return end < 0 ? null : head.Substring(close + 1, end);
    }

    private static string? Attribute(string head, string mark, string attribute)
    {
        var at = head.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var open = head.LastIndexOf('<', at);
        var close = head.IndexOf('>', at);
        if (open < 0 || close < 0) return null;
        var tag = head[open..close];
        var name = tag.IndexOf(attribute + "=\"", StringComparison.OrdinalIgnoreCase);
        if (name < 0) return null;
        var value = tag[(name + attribute.Length + 2)..];
        var end = value.IndexOf('"', StringComparison.Ordinal);
        return end < 0 ? null : System.Net.WebUtility.HtmlDecode(value[..end]);
    }
}
