using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Body;

/// <summary>Takes films, recordings and posts of others among an article's paragraphs back in, when what they stand in was dropped by its name or for its links.</summary>
internal static class Embeds
{
    // Of a player with its title and controls; what holds more is a box about something else.
    private const int MaxWeight = 300;

    /// <param name="headline">The h1 that is the article's title; -1 for none.</param>
    public static void Keep(PageTree tree, PageWeights weights, int container, int headline)
    {
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        if (blocks.Count == 0) return;
        var dropped = 0; // the end of the outermost dropped node that is passed through
        var box = -1;
        for (var i = container + 1; i < tree.End(container); i++)
        {
            if (i >= dropped && tree.Dropped[i]) (box, dropped) = (i, tree.End(i));
            var (post, boxed) = (IsPost(tree, i), i < dropped);
            if (!post && !(boxed && IsPlayer(tree, i))) continue;
            if (boxed && IsOfText(tree, box, blocks, headline) && TextWeight.Of(tree, box) - (post ? TextWeight.Of(tree, i) : 0) <= MaxWeight) tree.KeepAlone(box, i);
            if (post && !tree.Dropped[i]) Array.Clear(tree.Dropped, i, tree.End(i) - i);
            i = (boxed ? dropped : tree.End(i)) - 1; // one of a box, and each box is looked at once
        }
    }

    // Between the paragraphs; between the headline and the first of them; right behind the last, and beside it.
    private static bool IsOfText(PageTree tree, int box, List<int> blocks, int headline)
    {
        if (box > blocks[^1]) return tree.Parent(box) == tree.Parent(blocks[^1]);
        return box > blocks[0] || (headline >= 0 && box > headline && headline < blocks[0] && tree.IsInside(blocks[0], tree.Parent(box)));
    }

    private static bool IsPlayer(PageTree tree, int i) => tree.Role(i) == TagRole.Embed && EmbedSource.Of(tree.Element(i)!, null) is not null;

    // One with a text, which stays whole: half of a tweet is links.
    private static bool IsPost(PageTree tree, int i) => tree.Role(i) == TagRole.Block && tree.Name(i) == "blockquote" && EmbeddedPosts.IsPost(tree.Element(i)!);
}
