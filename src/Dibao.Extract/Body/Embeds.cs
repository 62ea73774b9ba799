using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Body;

/// <summary>Takes films and recordings between an article's paragraphs back in, when what they stand in was dropped by its name.</summary>
internal static class Embeds
{
    // Of a player with its title and controls; what holds more is a box about something else.
    private const int MaxWeight = 300;

    public static void Keep(PageTree tree, PageWeights weights, int container)
    {
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        if (blocks.Count == 0) return;
        var dropped = 0; // the end of the outermost dropped node that is passed through
        var box = -1;
        for (var i = container + 1; i < blocks[^1]; i++)
        {
            if (i >= dropped && tree.Dropped[i]) (box, dropped) = (i, tree.End(i));
            if (tree.Role(i) != TagRole.Embed || i >= dropped || EmbedSource.Of(tree.Element(i)!, null) is null) continue;
            if (i > blocks[0] && TextWeight.Of(tree, box) <= MaxWeight) KeepOnly(tree, box, i);
            i = dropped - 1; // one of a box, and each box is looked at once
        }
    }

    private static void KeepOnly(PageTree tree, int box, int embed)
    {
        tree.Dropped[embed] = false;
        for (var at = embed; at != box; at = tree.Parent(at))
        {
            var parent = tree.Parent(at);
            for (var child = parent + 1; child < tree.End(parent); child = tree.End(child)) tree.Dropped[child] = child != at;
            tree.Dropped[parent] = false;
        }
    }
}
