using System.Text;

namespace Dibao.Extract.Render;

/// <summary>A table in GFM: the first row is its head, for the form has none without.</summary>
internal static class MarkdownTable
{
    /// <summary>Whether it has no head, and cells with what no line can hold: headings, lists, other tables.</summary>
    public static bool IsLayout(SafeNode table)
    {
        var cells = Rows(table).SelectMany(row => row.Children).ToList();
        return !cells.Exists(cell => cell.Name == "th") && cells.Exists(cell => cell.Children.Exists(part => part.Name is "h2" or "h3" or "h4" or "h5" or "h6" or "ul" or "ol" or "table" or "pre" or "blockquote" or "figure"));
    }

    public static void Write(SafeNode table, Action<string> line)
    {
        var rows = Rows(table).Select(row => row.Children.Select(MarkdownInlines.WriteOneLine).ToList()).Where(row => row.Count > 0).ToList();
        foreach (var caption in table.Children.Where(part => part.Name == "caption")) line(MarkdownInlines.WriteOneLine(caption));
        if (rows.Count == 0) return;
        var width = rows.Max(r => r.Count);
        rows[0].AddRange(Enumerable.Repeat("", width - rows[0].Count)); // a head of fewer cells makes no table
        if (width == 1)
        {
            foreach (var row in rows) line(row[0]);
            return;
        }

        var text = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append("| ").AppendJoin(" | ", rows[i]).Append(" |\n");
            if (i == 0) text.Append('|').Insert(text.Length, " --- |", width).Append('\n');
        }

        line(text.ToString().TrimEnd('\n'));
    }

    public static IEnumerable<SafeNode> Rows(SafeNode table) =>
        table.Children.SelectMany(c => c.Name == "tr" ? [c] : c.Name is "thead" or "tbody" or "tfoot" ? c.Children.Where(r => r.Name == "tr") : []);
}
