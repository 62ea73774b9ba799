using System.Buffers;
using System.Text;
using Dibao.Extract.Markup;
using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract;

/// <summary>Rebuilds HTML from an allow-list, so that it may be shown among the archive's own pages.</summary>
/// <remarks>
/// Out: text elements without attributes but the harmless; links (http, https, mailto) with <c>rel="nofollow noopener noreferrer"</c>;
/// images (http, https) with alt and size. Nothing of the input is copied as markup: names come from a table, text and values are escaped.
/// </remarks>
public static class HtmlSanitizer
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"\u00a0\0");

    /// <summary>Any input has a result; the longer than 8 million characters is cut there.</summary>
    /// <param name="baseUrl">What relative URLs are resolved against; without it they are left out.</param>
    public static string Sanitize(string html, string? baseUrl)
    {
        using var document = MarkupParser.Parse(html, out _);
        return document.Body is >= 0 and var body ? Write(SafeTreeBuilder.Build(PageTree.Build(document, body), 0, baseUrl)) : "";
    }

    internal static string Write(SafeNode top)
    {
        var html = new StringBuilder();
        foreach (var block in top.Children)
        {
            if (html.Length > 0) html.Append('\n');
            Write(block, html);
        }

        return html.ToString();
    }

    private static void Write(SafeNode node, StringBuilder html)
    {
        if (node.IsText) { Escape(node.Text, html, quotes: false); return; }
        html.Append('<').Append(node.Name);
        foreach (var (name, value) in node.Attributes)
        {
            html.Append(' ').Append(name).Append("=\"");
            Escape(value, html, quotes: true);
            html.Append('"');
        }

        html.Append('>');
        if (node.Name is "br" or "hr" or "img") return;
        if (node.Name == "pre" && node.Children is [{ IsText: true, Text: ['\n', ..] }, ..]) html.Append('\n'); // a parser drops the first
        foreach (var child in node.Children) Write(child, html);
        html.Append("</").Append(node.Name).Append('>');
    }

    private static void Escape(string text, StringBuilder html, bool quotes)
    {
        if (!text.AsSpan().ContainsAny(Special)) { html.Append(text); return; }
        foreach (var c in text)
        {
            switch (c)
            {
                case '&': html.Append("&amp;"); break;
                case '<': html.Append("&lt;"); break;
                case '>': html.Append("&gt;"); break;
                case '"' when quotes: html.Append("&quot;"); break;
                case '\u00a0': html.Append("&nbsp;"); break;
                case '\0': break;
                default: html.Append(c); break;
            }
        }
    }
}
