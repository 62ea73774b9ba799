using System.Globalization;
using System.Text;

namespace Dibao.Extract.Sites;

/// <summary>What recurs on an outlet's pages: blocks that are the template's, not an article's.</summary>
/// <remarks>Its text form is one line a block: the print of what it says, on how many pages it was seen, and how it begins, for people.</remarks>
public sealed class SiteTemplate
{
    private const string Head = "dibao-template 1";

    private readonly Dictionary<ulong, RecurringBlock> _blocks;

    internal SiteTemplate(int pages, IEnumerable<RecurringBlock> blocks)
    {
        Pages = pages;
        _blocks = blocks.ToDictionary(block => block.Print);
    }

    /// <summary>How many pages it was learned from.</summary>
    public int Pages { get; }

    /// <summary>The most frequent first, then by their texts.</summary>
    public IReadOnlyList<RecurringBlock> Blocks =>
        [.. _blocks.Values.OrderByDescending(block => block.Seen).ThenBy(block => block.Text, StringComparer.Ordinal).ThenBy(block => block.Print)];

    /// <summary>A few lines to a few kilobytes of text; the same template gives the same.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Head).Append(' ').Append(Pages).Append('\n');
        foreach (var block in Blocks) text.Append(CultureInfo.InvariantCulture, $"{block.Print:x16} {block.Seen} {block.Text}\n");
        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else.</summary>
    public static bool TryParse(string text, out SiteTemplate template)
    {
        template = new SiteTemplate(0, []);
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || !lines[0].StartsWith(Head + " ", StringComparison.Ordinal)) return false;
        if (!int.TryParse(lines[0].AsSpan(Head.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var pages)) return false;
        var blocks = new List<RecurringBlock>();
        foreach (var line in lines.Skip(1))
        {
            var parts = line.Split(' ', 3);
            if (parts.Length < 2 || !ulong.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var print)) return false;
            if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) return false;
            if (!blocks.Exists(block => block.Print == print)) blocks.Add(new RecurringBlock(print, seen, parts.Length > 2 ? parts[2] : ""));
        }

        template = new SiteTemplate(pages, blocks);
        return true;
    }

    /// <summary>What of it stands on one page, without the texts: reading that page with it is the same, and it is small enough to be kept with the page.</summary>
    /// <param name="page">As <see cref="TemplateLearner.BlocksOf"/> gives them.</param>
    public SiteTemplate On(IEnumerable<RecurringBlock> page) =>
        new(Pages, page.Where(block => Holds(block.Print)).Select(block => _blocks[block.Print] with { Text = "" }));

    internal bool Holds(ulong print) => _blocks.ContainsKey(print);
}

/// <param name="Print">FNV-1a of the block's letters and digits, lower case.</param>
/// <param name="Seen">On how many of the pages.</param>
/// <param name="Text">How it begins, at most 80 characters, on one line.</param>
public sealed record RecurringBlock(ulong Print, int Seen, string Text);
