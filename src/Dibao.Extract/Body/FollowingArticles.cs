using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Drops further articles that stand on the page behind the one that was asked for, as where readers scroll without end.</summary>
/// <remarks>Known by make: an element like the one that holds the headline, or a headline like it, with a text of its own.</remarks>
internal static class FollowingArticles
{
    private const int LeastText = 400;

    /// <param name="headline">The h1 that is the article's title; -1 for none.</param>
    public static void Drop(PageTree tree, PageWeights weights, int headline)
    {
        if (headline < 0) return;
        var own = headline;
        while (own > 0 && tree.Name(own) != "article") own = tree.Parent(own);
        var dropped = own > 0 && DropBrothers(tree, weights, own);
        if (tree.Element(headline)?.GetAttribute("class") is { Length: > 0 } make) dropped |= DropBehind(tree, weights, headline, make);
        if (dropped) weights.Measure();
    }

    private static bool DropBrothers(PageTree tree, PageWeights weights, int own)
    {
        if (weights.Prose[own] < LeastText) return false;
        var dropped = false;
        for (var i = tree.End(own); i < tree.End(tree.Parent(own)); i = tree.End(i))
        {
            if (tree.Dropped[i] || weights.Prose[i] < LeastText || tree.Name(i) != "article" || !IsOfMake(tree, i, tree.Element(own)!.GetAttribute("class"))) continue;
            dropped = tree.Dropped[i] = true;
        }

        return dropped;
    }

    private static bool DropBehind(PageTree tree, PageWeights weights, int headline, string make)
    {
        for (var i = tree.End(headline); i < tree.Count; i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (tree.Name(i) != "h1" || !IsOfMake(tree, i, make) || tree.FoldedText(i, 400) == tree.FoldedText(headline, 400)) continue;
            var branch = i;
            while (!tree.IsInside(headline, tree.Parent(branch))) branch = tree.Parent(branch);
            return DropFrom(tree, weights, headline, branch);
        }

        return false;
    }

    // The branch and all behind it, if both sides hold a text.
    private static bool DropFrom(PageTree tree, PageWeights weights, int headline, int branch)
    {
        var (parent, before, behind) = (tree.Parent(branch), 0, 0);
        for (var i = parent + 1; i < tree.End(parent); i = tree.End(i))
        {
            if (tree.Dropped[i]) continue;
            if (i >= branch) behind += weights.Prose[i];
            else if (tree.End(i) > headline) before += weights.Prose[i];
        }

        if (before < LeastText || behind < LeastText) return false;
        for (var i = branch; i < tree.End(parent); i = tree.End(i)) tree.Dropped[i] = true;
        return true;
    }

    private static bool IsOfMake(PageTree tree, int i, string? make) => tree.Element(i)?.GetAttribute("class") == make;
}
