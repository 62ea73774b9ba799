using System.Globalization;
using System.Text;
using Dibao.Extract.Markup;
using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract;

/// <summary>Writes an article's body as CommonMark, with GFM tables.</summary>
public static class MarkdownWriter
{
    // Of quotations and lists inside each other; what stands deeper is written at this depth. Each indents every line, and is a copy of all that is inside.
    private const int MaxIndents = 8;

    // The same for emphasis.
    private const int MaxMarks = 8;

    /// <summary>Passes through the sanitizer's allow-list on its way.</summary>
    public static string Write(string html)
    {
        using var document = MarkupParser.Parse(html, out _);
        return document.Body is >= 0 and var body ? Write(SafeTreeBuilder.Build(PageTree.Build(document, body), 0, null)) : "";
    }

    internal static string Write(SafeNode top)
    {
        var markdown = new StringBuilder();
        Blocks(top, markdown, "", 0);
        return markdown.ToString().TrimEnd('\n');
    }

    // indent: what every line of these blocks begins with ("> ", four spaces).
    private static void Blocks(SafeNode node, StringBuilder to, string indent, int level)
    {
        foreach (var child in Paragraphs(node))
        {
            switch (child.Name)
            {
                case "ul" or "ol" when level < MaxIndents: List(child, to, indent, level + 1); break;
                case "blockquote" when level < MaxIndents: Blocks(child, to, indent + "> ", level + 1); break;
                case "table": MarkdownTable.Write(child, text => Line(text, indent, to), Inlines); break;
                case "pre": Pre(child, to, indent); break;
                case "hr": Line("---", indent, to); break;
                case "h2" or "h3" or "h4" or "h5" or "h6":
                    Line(new string('#', child.Name[1] - '0') + " " + Inlines(child).Replace('\n', ' '), indent, to);
                    break;
                case "dl" or "details" or "figure" or "dd" or "ul" or "ol" or "li" or "blockquote": Blocks(child, to, indent, level); break;
                default: Line(EscapeStart(Inlines(child)), indent, to); break;
            }
        }
    }

    // Lines that stand beside blocks (in a list item) count as paragraphs.
    private static IEnumerable<SafeNode> Paragraphs(SafeNode node)
    {
        SafeNode? line = null;
        foreach (var child in node.Children)
        {
            if (SafeTags.Blocks.Contains(child.Name) || child.Name is "hr")
            {
                if (line is not null) yield return line;
                line = null;
                yield return child;
                continue;
            }

            line ??= SafeNode.Element("p");
            line.Children.Add(child);
        }

        if (line is not null) yield return line;
    }

    private static void List(SafeNode list, StringBuilder to, string indent, int level)
    {
        var number = int.TryParse(list.Attribute("start"), out var start) ? start : 1;
        foreach (var item in list.Children)
        {
            var mark = list.Name == "ol" ? (number++).ToString(CultureInfo.InvariantCulture) + ". " : "- ";
            var inside = new StringBuilder();
            Blocks(item, inside, "", level);
            var text = inside.ToString().TrimEnd('\n').Replace("\n", "\n" + new string(' ', mark.Length), StringComparison.Ordinal)
                .Replace("\n" + new string(' ', mark.Length) + "\n", "\n\n", StringComparison.Ordinal);
            if (text.Length > 0) Line(mark + text, indent, to, tight: item != list.Children[^1]);
        }
    }

    private static void Pre(SafeNode pre, StringBuilder to, string indent)
    {
        var text = new StringBuilder();
        PlainText.Inline(pre, text);
        var fence = text.ToString().Contains("```", StringComparison.Ordinal) ? "~~~~" : "```";
        Line(fence + "\n" + text.ToString().Trim('\n') + "\n" + fence, indent, to);
    }

    private static void Line(string text, string indent, StringBuilder to, bool tight = false)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        foreach (var line in text.Split('\n')) to.Append((indent + line).TrimEnd(' ')).Append(line.EndsWith("  ", StringComparison.Ordinal) ? "  \n" : "\n");
        if (!tight) to.Append(indent.TrimEnd()).Append('\n');
    }

    private static string Inlines(SafeNode node)
    {
        var line = new StringBuilder();
        foreach (var child in node.Children) Inline(child, line);
        return line.ToString().Trim();
    }

    // marks: how many are open.
    private static void Inline(SafeNode node, StringBuilder line, int marks = 0)
    {
        switch (node.Name)
        {
            case "": Escape(node.Text, line); break;
            case "br": line.Append("\\\n"); break;
            case "strong" or "b" when marks < MaxMarks: Around("**", node, line, marks + 1); break;
            case "em" or "i" or "cite" when marks < MaxMarks: Around("*", node, line, marks + 1); break;
            case "s" or "del" when marks < MaxMarks: Around("~~", node, line, marks + 1); break;
            case "code" or "kbd" or "samp": Code(node, line); break;
            case "a": line.Append('[').Append(Inlines(node)).Append("](").Append(Url(node.Attribute("href"))).Append(')'); break;
            case "img":
                line.Append("![");
                Escape(node.Attribute("alt") ?? "", line);
                line.Append("](").Append(Url(node.Attribute("src"))).Append(')');
                break;
            case "rt" or "rp": break;
            default:
                foreach (var child in node.Children) Inline(child, line, marks);
                break;
        }
    }

    // Marks must touch the words: spaces go outside.
    private static void Around(string mark, SafeNode node, StringBuilder line, int marks)
    {
        var inside = new StringBuilder();
        foreach (var child in node.Children) Inline(child, inside, marks);
        var text = inside.ToString();
        var trimmed = text.Trim();
        if (trimmed.Length == 0) { line.Append(text); return; }
        if (char.IsWhiteSpace(text[0])) line.Append(' ');
        line.Append(mark).Append(trimmed).Append(mark);
        if (char.IsWhiteSpace(text[^1])) line.Append(' ');
    }

    private static void Code(SafeNode node, StringBuilder line)
    {
        var text = new StringBuilder();
        PlainText.Inline(node, text);
        var code = text.ToString();
        var fence = code.Contains('`', StringComparison.Ordinal) ? "``" : "`";
        line.Append(fence).Append(fence.Length > 1 ? " " + code + " " : code).Append(fence);
    }

    private static string Url(string? url) =>
        (url ?? "").Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal);

    private static void Escape(string text, StringBuilder line)
    {
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '~' or '|') line.Append('\\');
            if (c == '&') line.Append("&amp;");
            else line.Append(c == '\n' ? ' ' : c);
        }
    }

    // What would make a paragraph a heading, a quotation or a list.
    private static string EscapeStart(string line)
    {
        if (line.Length == 0) return line;
        if (line[0] is '#' or '>' or '+' or '-' or '=') return "\\" + line;
        var digits = 0;
        while (digits < line.Length && char.IsAsciiDigit(line[digits])) digits++;
        return digits is > 0 and < 10 && digits < line.Length && line[digits] is '.' or ')' ? line.Insert(digits, "\\") : line;
    }
}
