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
        var (before, other) = ("", false);
        foreach (var child in Paragraphs(node))
        {
            switch (child.Name)
            {
                case "ul" or "ol" when level < MaxIndents:
                    other = !other && before == child.Name;
                    List(child, to, indent, level + 1, other);
                    break;
                case "blockquote" when level < MaxIndents: Quote(child, to, indent, level + 1); break;
                case "table" when MarkdownTable.IsLayout(child): Cells(child, to, indent, level); break;
                case "table": MarkdownTable.Write(child, text => Line(text, indent, to)); break;
                case "pre": Pre(child, to, indent); break;
                case "hr": Line("---", indent, to); break;
                case "h2" or "h3" or "h4" or "h5" or "h6":
                    Line(Heading(child), indent, to);
                    break;
                case "dl" or "details" or "figure" or "dd" or "ul" or "ol" or "li" or "blockquote": Blocks(child, to, indent, level); break;
                default: Line(Paragraph(child), indent, to); break;
            }

            before = child.Name;
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

    // The empty line behind a quotation is outside of it, or the next one would be its second paragraph.
    private static void Quote(SafeNode quote, StringBuilder to, string indent, int level)
    {
        Blocks(quote, to, indent + "> ", level);
        var end = indent + ">\n";
        if (to.Length < end.Length || !to.ToString(to.Length - end.Length, end.Length).Equals(end, StringComparison.Ordinal)) return;
        to.Length -= end.Length;
        to.Append(indent.TrimEnd()).Append('\n');
    }

    // A table that only lays out a page: one cell after the other.
    private static void Cells(SafeNode table, StringBuilder to, string indent, int level)
    {
        foreach (var row in MarkdownTable.Rows(table))
            foreach (var cell in row.Children) Blocks(cell, to, indent, level);
    }

    // other: right behind a list of its kind, which other marks tell it from.
    private static void List(SafeNode list, StringBuilder to, string indent, int level, bool other)
    {
        var number = int.TryParse(list.Attribute("start"), out var start) && start >= 0 ? start : 1;
        foreach (var item in list.Children)
        {
            var mark = list.Name == "ol" ? (number++).ToString(CultureInfo.InvariantCulture) + (other ? ") " : ". ") : other ? "* " : "- ";
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
        var fence = MarkdownInlines.Fence(text.ToString(), least: 3);
        Line(fence + "\n" + text.ToString().Trim('\n') + "\n" + fence, indent, to);
    }

    private static void Line(string text, string indent, StringBuilder to, bool tight = false)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        foreach (var line in text.Split('\n')) to.Append((indent + line).TrimEnd(' ')).Append('\n');
        if (!tight) to.Append(indent.TrimEnd()).Append('\n');
    }

    // A paragraph, each of whose lines could be taken for something else.
    private static string Paragraph(SafeNode node) =>
        string.Join('\n', MarkdownInlines.Write(node).Split('\n').Select(EscapeStart));

    // "## C #" would lose its last sign.
    private static string Heading(SafeNode node)
    {
        var text = MarkdownInlines.WriteOneLine(node);
        return new string('#', node.Name[1] - '0') + " " + (text.EndsWith('#') ? text[..^1] + "\\#" : text);
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
