using System.Globalization;

namespace Dibao.Capture.Import;

/// <summary>Dialect D: the outlet's name, a rule, then <c>M-D [title](url)</c> a line.</summary>
internal static class ArticleList
{
    /// <returns>Null when fewer than half of the lines have the form.</returns>
    public static ArticleFileReading? Read(string text)
    {
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        // The outlet's name and the rule under it.
        if (lines.Count > 2 && lines[1].AsSpan().TrimStart('-').IsEmpty) lines.RemoveRange(0, 2);
        var rows = lines.Select(Row).OfType<ListRow>().ToList();
        return rows.Count > 0 && rows.Count * 2 >= lines.Count ? new ArticleFileReading.Listed(rows) : null;
    }

    private static ListRow? Row(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var dash = line.IndexOf('-', StringComparison.Ordinal);
        if (dash is < 1 or > 2 || space < dash || space > 5) return null;
        if (!int.TryParse(line.AsSpan(0, dash), NumberStyles.None, null, out var month) || month is < 1 or > 12) return null;
        if (!int.TryParse(line.AsSpan(dash + 1, space - dash - 1), NumberStyles.None, null, out var day) || day is < 1 or > 31) return null;
        if (!ArticleFile.TrySplitLink(line[(space + 1)..].TrimEnd(), out var title, out var address)) return null;
        return new(title, ArticleUrl.TryNormalize(address, out var url) ? url : null, month, day);
    }
}
