namespace Dibao.Extract.Page;

/// <summary>
/// Inline elements that stand alone between blocks: a browser gives each a line of its own, as an anonymous block
/// (CSS 2.2 §9.2.1.1), so a link, a label or a copyright line there is a line, and no part of what is around it.
/// </summary>
internal static class LoneLines
{
    /// <summary>From here on they count as blocks.</summary>
    public static void Mark(PageTree tree)
    {
        for (var i = 0; i < tree.Count; i++)
            if (tree.Role(i) == TagRole.Block && i + 1 < tree.End(i)) MarkChildren(tree, i);
    }

    private static void MarkChildren(PageTree tree, int parent)
    {
        var (lone, alone, blocks) = (-1, true, false); // the line's only element so far; whether a block stands before it
        for (var i = parent + 1; i < tree.End(parent); i = tree.End(i))
        {
            switch (tree.Role(i))
            {
                case TagRole.Block or TagRole.Heading:
                    if (lone > 0 && alone) tree.MakeBlock(lone);
                    (lone, alone, blocks) = (-1, true, true);
                    break;
                case TagRole.Inline when lone < 0 && alone && IsLine(tree, i): lone = i; break;
                case TagRole.Text when string.IsNullOrWhiteSpace(tree.TextOf(i)): break;
                default: alone = false; break;
            }
        }

        if (lone > 0 && alone && blocks) tree.MakeBlock(lone);
    }

    private static bool IsLine(PageTree tree, int i)
    {
        for (var at = i + 1; at < tree.End(i); at++)
            if (tree.Role(at) is TagRole.Block or TagRole.Heading) return false;
        return true;
    }
}
