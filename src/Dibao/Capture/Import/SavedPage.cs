using System.Buffers;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;
using Dibao.Capture.Discovery;

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
        var address = SavedFrom(head) ?? OwnAddress(head);
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

    // The canonical link (RFC 6596), or else og:url; read from the tags, since minified pages leave the quotes out.
    private static string? OwnAddress(string head)
    {
        string? shared = null;
        using var source = new TextSource(head);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        while (tokens.Get() is { Type: not HtmlTokenType.EndOfFile } token)
        {
            if (token is not HtmlTagToken { Type: HtmlTokenType.StartTag } tag) continue;
            tokens.State = PageLinks.ModeAfter(tag.Name);
            if (tag.Name is "body") break;
            if (tag.Name is "link" && IsCanonical(tag) && PageLinks.Attribute(tag, "href") is { } href) return href;
            if (tag.Name is "meta" && (PageLinks.Attribute(tag, "property") ?? PageLinks.Attribute(tag, "name")) is "og:url")
            {
                shared ??= PageLinks.Attribute(tag, "content");
            }
        }
        return shared;
    }

    private static bool IsCanonical(HtmlTagToken link) => (PageLinks.Attribute(link, "rel") ?? "")
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Contains("canonical", StringComparer.OrdinalIgnoreCase);
}
