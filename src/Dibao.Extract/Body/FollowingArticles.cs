using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Drops further articles that stand on the page behind the one that was asked for, as where readers scroll without end.</summary>
/// <remarks>Known by make: an element like the one that holds the headline, or a headline like it, with a text of its own.</remarks>
internal static class FollowingArticles
{
    private const int LeastText = 400;

    // Of a class. No template writes as much, and each element is held against the one that holds the headline.
    private const int MaxNames = 2000;

    /// <param name="headline">The h1 that is the article's title; -1 for none.</param>
    public static void Drop(PageTree tree, PageWeights weights, int headline)
    {
        if (headline < 0) return;
        var own = tree.Around(headline, "article", 0);
        var dropped = own > 0 && DropBrothers(tree, weights, own);
        dropped |= DropLinked(tree, weights, headline);
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

    // Elements of the make of one that holds the headline, whose own headline is a link: each is an article of another address.
    private static bool DropLinked(PageTree tree, PageWeights weights, int headline)
    {
        var dropped = false;
        for (var own = tree.Parent(headline); own > 0 && tree.Name(own) is not ("body" or "main"); own = tree.Parent(own))
        {
            if (weights.Prose[own] < LeastText) continue;
            for (var i = tree.End(own); i < tree.End(tree.Parent(own)); i = tree.End(i))
            {
                if (tree.Dropped[i] || weights.Prose[i] < LeastText || tree.Name(i) != tree.Name(own) || !IsOfMake(tree, i, tree.Element(own)!.GetAttribute("class")) || !IsTitledByLink(tree, weights, i)) continue;
                dropped = tree.Dropped[i] = true;
            }
        }

        return dropped;
    }

    // By its first line of text, or the first but a label.
    private static bool IsTitledByLink(PageTree tree, PageWeights weights, int i)
    {
        var lines = 0;
        for (var at = i; at < tree.End(i) && lines < 3; at++)
        {
            if (tree.Dropped[at]) { at = tree.End(at) - 1; continue; }
            if (weights.Text[at] == 0) continue;
            if (tree.Name(at) is "h1" or "h2") return weights.Link[at] * 10 > weights.Text[at] * 9;
            lines++;
        }

        return false;
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

    private static bool IsOfMake(PageTree tree, int i, string? make)
    {
        var names = tree.Element(i)?.GetAttribute("class");
        if (names == make) return true;
        if (names is null || make is null) return false;

        // "post-12 post tag-rivers", "post-14 post tag-boats": numbers and topics are of one article each.
        var (one, other) = (Words(names), Words(make));
        return one.Intersect(other, StringComparer.Ordinal).Count() * 2 > Math.Max(one.Count, other.Count);
    }

    private static List<string> Words(string names) =>
        [.. names[..Math.Min(names.Length, MaxNames)].Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(name => !name.Any(char.IsAsciiDigit)).Distinct(StringComparer.Ordinal).Take(32)];
}
