using Dibao.Extract.Body;
using Dibao.Extract.Markup;
using Dibao.Extract.Page;

namespace Dibao.Extract.Sites;

/// <summary>Learns from several pages of one outlet what their template says on each of them. Deterministic: the same pages give the same template.</summary>
public static class TemplateLearner
{
    /// <summary>From fewer nothing is learned: two articles may quote each other.</summary>
    public const int MinPages = 3;

    private const int MaxBlocks = 400;
    private const int MaxShown = 80;
    private const int MinPrint = 6;

    // Of the pages: a banner may be missing on some, an article's sentence is on one or two.
    private const double LeastShare = 0.5;

    /// <param name="pages">Of one outlet, articles of different stories; the same address counts once.</param>
    public static SiteTemplate Learn(IEnumerable<(string Html, string? Url)> pages)
    {
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        return Learn(pages.Where(page => page.Url is null || addresses.Add(page.Url)).Select(page => BlocksOf(page.Html)));
    }

    /// <summary>The same from the blocks of pages as <see cref="BlocksOf"/> gives them, so that pages need not be kept. Texts may be left empty.</summary>
    public static SiteTemplate Learn(IEnumerable<IEnumerable<RecurringBlock>> pages)
    {
        var seen = new Dictionary<ulong, (int Pages, string Text)>();
        var count = 0;
        foreach (var page in pages)
        {
            count++;
            foreach (var (print, _, text) in page)
                seen[print] = seen.TryGetValue(print, out var known) ? (known.Pages + 1, known.Text.Length > 0 ? known.Text : text) : (1, text);
        }

        if (count < MinPages) return new SiteTemplate(count, []);
        var least = Math.Max(MinPages, (int)Math.Ceiling(count * LeastShare));
        var recurring = seen.Where(block => block.Value.Pages >= least).Select(block => new RecurringBlock(block.Key, block.Value.Pages, block.Value.Text));
        return new SiteTemplate(count, recurring.OrderByDescending(block => block.Seen).ThenBy(block => block.Text, StringComparer.Ordinal).ThenBy(block => block.Print).Take(MaxBlocks));
    }

    /// <summary>Drops a page's blocks that are the template's. Headings stay: a short one may head every article ("What happened?").</summary>
    internal static void Drop(SiteTemplate template, PageTree tree, PageWeights weights)
    {
        if (template.Pages < MinPages) return;
        foreach (var block in TextBlocks.In(tree, weights, 0, tree.Count))
            if (tree.Role(block) != TagRole.Heading && template.Holds(PrintOf(TextBlocks.OwnText(tree, block)))) TextBlocks.DropOwn(tree, weights, block);
        weights.Measure();
    }

    /// <summary>The blocks of one page that could recur, each once.</summary>
    public static IReadOnlyList<RecurringBlock> BlocksOf(string html)
    {
        using var document = MarkupParser.Parse(html, out _);
        var blocks = new Dictionary<ulong, string>();
        if (document.Body is not (>= 0 and var body)) return [];
        var tree = PageTree.Build(document, body);
        foreach (var block in TextBlocks.In(tree, new PageWeights(tree), 0, tree.Count))
        {
            var text = TextBlocks.OwnText(tree, block);
            if (tree.Role(block) != TagRole.Heading && MarkupText.Fingerprint(text).Length >= MinPrint) blocks.TryAdd(PrintOf(text), text[..Math.Min(text.Length, MaxShown)]);
        }

        return [.. blocks.Select(block => new RecurringBlock(block.Key, 1, block.Value))];
    }

    private static ulong PrintOf(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in MarkupText.Fingerprint(text)) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}
