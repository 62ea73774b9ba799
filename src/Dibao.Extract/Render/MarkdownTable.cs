using System.Text;

namespace Dibao.Extract.Render;

/// <summary>A table in GFM: the first row is its head, for the form has none without.</summary>
internal static class MarkdownTable
{
    public static void Write(SafeNode table, Action<string> line, Func<SafeNode, string> inlines)
    {
        var rows = Rows(table).Select(row => row.Children.Select(cell => Cell(cell, inlines)).ToList()).ToList();
        if (rows.Count == 0) return;
        var width = rows.Max(r => r.Count);
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

    private static IEnumerable<SafeNode> Rows(SafeNode table) =>
        table.Children.SelectMany(c => c.Name == "tr" ? [c] : c.Name is "thead" or "tbody" or "tfoot" ? c.Children.Where(r => r.Name == "tr") : []);

    private static string Cell(SafeNode cell, Func<SafeNode, string> inlines) =>
        inlines(cell).Replace("\\\n", " ", StringComparison.Ordinal).Replace('\n', ' ');
}
