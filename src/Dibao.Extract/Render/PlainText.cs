using System.Text;
using Dibao.Extract.Page;

namespace Dibao.Extract.Render;

/// <summary>The running text: no captions, no markup; paragraphs divided by one empty line, lines of a poem by a line end.</summary>
internal static class PlainText
{
    public static string Write(SafeNode top)
    {
        var text = new StringBuilder();
        Blocks(top, text);
        var running = text.ToString();
        return Captions(top, running) ?? running;
    }

    // Where the pictures say more than what stands beside them, they are the story: a gallery, or a photograph with a line.
    private static string? Captions(SafeNode top, string running)
    {
        var captions = top.Children.Where(block => block.Name == "figure" && !IsEmbed(block)).SelectMany(figure => figure.Children).Where(part => part.Name == "figcaption").Sum(WeightOf);
        if (captions == 0 || captions <= TextWeight.Of(running).Weight) return null;
        var text = new StringBuilder();
        foreach (var block in top.Children)
        {
            if (block.Name != "figure" || IsEmbed(block)) { Blocks(Wrap(block), text); continue; }
            foreach (var part in block.Children)
            {
                if (part.Name == "figcaption") Block(part, text);
                else Blocks(Wrap(part), text);
            }
        }

        return text.ToString();
    }

    private static int WeightOf(SafeNode caption)
    {
        var text = new StringBuilder();
        Block(caption, text);
        return TextWeight.Of(text.ToString()).Weight;
    }

    // A figure with nothing but a link: a film that is seen elsewhere.
    private static bool IsEmbed(SafeNode node) =>
        node.Name == "figure" && node.Children.TrueForAll(part => part is { Name: "p", Children: [{ Name: "a" }] } or { Name: "figcaption" });

    private static void Blocks(SafeNode node, StringBuilder text)
    {
        foreach (var child in node.Children)
        {
            if (child.Name is "figcaption" or "caption" or "img" or "hr" || IsEmbed(child)) continue;
            if (child.Name == "tr") Row(child, text);
            else if (SafeTags.TextBlocks.Contains(child.Name)) Block(child, text);
            else if (SafeTags.Blocks.Contains(child.Name)) Blocks(child, text);
            else Block(child, text);
        }
    }

    // A list item or a cell may hold both a line and blocks.
    private static void Block(SafeNode node, StringBuilder text)
    {
        var line = new StringBuilder();
        if (node.IsText) line.Append(node.Text);
        foreach (var child in node.Children)
        {
            if (!SafeTags.Blocks.Contains(child.Name)) { Inline(child, line); continue; }
            Add(line, text);
            line.Clear();
            Blocks(Wrap(child), text);
        }

        Add(line, text);
    }

    private static SafeNode Wrap(SafeNode block)
    {
        var wrapper = SafeNode.Element("div");
        wrapper.Children.Add(block);
        return wrapper;
    }

    private static void Row(SafeNode row, StringBuilder text)
    {
        var cells = new List<string>();
        foreach (var cell in row.Children)
        {
            var inside = new StringBuilder();
            Block(cell, inside);
            if (inside.Length > 0) cells.Add(inside.ToString());
        }

        Add(new StringBuilder(string.Join(cells.Exists(c => c.Contains('\n', StringComparison.Ordinal)) ? "\n\n" : "\t", cells)), text);
    }

    public static void Inline(SafeNode node, StringBuilder line)
    {
        if (node.IsText) line.Append(node.Text);
        else if (node.Name == "br") line.Append('\n');
        else if (node.Name is not ("rt" or "rp" or "img"))
            foreach (var child in node.Children) Inline(child, line);
    }

    private static void Add(StringBuilder line, StringBuilder text)
    {
        var (start, end) = (0, line.Length);
        while (start < end && char.IsWhiteSpace(line[start])) start++;
        while (end > start && char.IsWhiteSpace(line[end - 1])) end--;
        if (start == end) return;
        if (text.Length > 0) text.Append("\n\n");
        text.Append(line, start, end - start);
    }
}
