using System.Buffers;
using System.Text;

namespace Dibao.Extract.Render;

/// <summary>Writes what stands in a line: text, emphasis, links, pictures, code, line breaks.</summary>
internal static class MarkdownInlines
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\`*_[]<~|&\n");

    /// <summary>What ends a line inside of a paragraph.</summary>
    public const string Break = "\\\n";

    // Stands for the ! of a picture, until it is known which ! stands before a link by chance.
    private const char PictureMark = (char)(EmphasisMarks.Last + 1);

    public static string Write(SafeNode node) => Line(node).Replace("![", "\\![", StringComparison.Ordinal).Replace(PictureMark, '!');

    private static string Line(SafeNode node)
    {
        var line = new StringBuilder();
        foreach (var child in node.Children) Inline(child, line, 0);
        var text = EmphasisMarks.Write(line);
        var (start, end) = Inside(text);
        return text[start..end];
    }

    /// <summary>The same for a heading or a cell, which have but one line.</summary>
    public static string WriteOneLine(SafeNode node) => Write(node).Replace(Break, " ", StringComparison.Ordinal);

    /// <summary>As many backticks as no run inside has.</summary>
    public static string Fence(string code, int least)
    {
        var (longest, run) = (0, 0);
        foreach (var c in code) longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        return new string('`', Math.Max(least, longest + 1));
    }

    // open: the kinds of emphasis around, a bit each.
    private static void Inline(SafeNode node, StringBuilder line, int open)
    {
        switch (node.Name)
        {
            case "": Escape(Bare(node.Text), line); break;
            case "br": line.Append(Break); break;
            case "strong" or "b": Around(EmphasisMarks.Strong, node, line, open); break;
            case "em" or "i" or "cite": Around(EmphasisMarks.Emphasis, node, line, open); break;
            case "s" or "del": Around(EmphasisMarks.Deleted, node, line, open); break;
            case "code" or "kbd" or "samp": Code(node, line); break;
            case "a": Link(node, line); break;
            case "img":
                line.Append(PictureMark).Append('[');
                Escape(Bare(node.Attribute("alt") ?? ""), line);
                line.Append("](").Append(Url(node.Attribute("src"))).Append(')');
                break;
            case "rt" or "rp": break;
            default:
                var apart = SafeTags.Blocks.Contains(node.Name); // in a cell
                if (apart) Space(line);
                foreach (var child in node.Children) Inline(child, line, open);
                if (apart) Space(line);
                break;
        }
    }

    // Marks must touch the words: spaces and line breaks go outside. Two of a kind side by side are one, and one inside of its kind is none.
    private static void Around(int kind, SafeNode node, StringBuilder line, int open)
    {
        var isOpen = (open & (1 << kind)) != 0;
        var inside = isOpen ? line : new StringBuilder();
        foreach (var child in node.Children) Inline(child, inside, open | (1 << kind));
        if (isOpen) return;
        var text = inside.ToString();
        var (start, end) = Inside(text);
        line.Append(text, 0, start);
        if (start < end)
        {
            if (line.Length > 0 && line[^1] == EmphasisMarks.Close(kind) && text[start] != '`') line.Length--;
            else line.Append(EmphasisMarks.Open(kind));
            line.Append(text, start, end - start).Append(EmphasisMarks.Close(kind));
        }

        line.Append(text, end, text.Length - end);
    }

    // Without spaces and line breaks at its ends.
    private static (int Start, int End) Inside(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && (char.IsWhiteSpace(text[start]) || text.AsSpan(start).StartsWith(Break))) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end -= text.AsSpan(start, end - start).EndsWith(Break) ? Break.Length : 1;
        return (start, end);
    }

    private static void Link(SafeNode link, StringBuilder line)
    {
        var text = Line(link);
        if (text.Length > 0) line.Append('[').Append(text).Append("](").Append(Url(link.Attribute("href"))).Append(')');
    }

    private static void Code(SafeNode node, StringBuilder line)
    {
        var text = new StringBuilder();
        PlainText.Inline(node, text);
        var code = Bare(text.Replace('\n', ' ').ToString());
        if (string.IsNullOrWhiteSpace(code)) { line.Append(code); return; }
        if (line.Length > 0 && line[^1] == '`')
        {
            line.Append("<code>");
            Escape(code, line);
            line.Append("</code>"); // two side by side would share their backticks
            return;
        }

        var fence = Fence(code, least: 1);
        var pad = code[0] == '`' || code[^1] == '`' ? " " : "";
        line.Append(fence).Append(pad).Append(code).Append(pad).Append(fence);
    }

    private static void Space(StringBuilder line)
    {
        if (line.Length > 0 && !char.IsWhiteSpace(line[^1])) line.Append(' ');
    }

    private static string Url(string? url) =>
        Bare(url ?? "").Replace("\\", "%5C", StringComparison.Ordinal).Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal);

    // Whatever a page writes, none of the marks that a line is made with.
    private static string Bare(string text) =>
        text.AsSpan().ContainsAnyInRange(EmphasisMarks.First, PictureMark) ? string.Concat(text.Where(c => c is < EmphasisMarks.First or > PictureMark)) : text;

    private static void Escape(string text, StringBuilder line)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var plain = text.AsSpan(at).IndexOfAny(Special);
            if (plain < 0) plain = text.Length - at;
            line.Append(text, at, plain);
            at += plain;
            if (at == text.Length) return;
            var c = text[at];
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '~' or '|') line.Append('\\');
            if (c == '&' && (at + 1 == text.Length || char.IsAsciiLetter(text[at + 1]) || text[at + 1] == '#')) line.Append("&amp;");
            else line.Append(c == '\n' ? ' ' : c);
        }
    }
}
