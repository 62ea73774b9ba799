using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Boxes between an article's paragraphs that lead elsewhere: a link, and at most a few lines about it.</summary>
internal static class Cards
{
    private const int MaxCard = 600;

    // Of one make: so many are the entries of what the article lists.
    private const int MostAlike = 6;

    /// <param name="first">The article's first own paragraph; between it and the last, boxes are looked for.</param>
    public static void Drop(PageTree tree, PageWeights weights, int container, Spine spine, int first, int last)
    {
        var cards = new List<int>();
        for (var i = first; i < last; i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (tree.End(i) > last || tree.Role(i) != TagRole.Block || !spine.IsBox(i) || !IsCard(tree, weights, container, i)) continue;
            cards.Add(i);
            i = tree.End(i) - 1;
        }

        foreach (var alike in cards.GroupBy(i => tree.Element(i)?.GetAttribute("class")))
        {
            if (alike.Key is not null && alike.Count() > MostAlike) continue;
            foreach (var card in alike) tree.Dropped[card] = true;
        }
    }

    private static bool IsCard(PageTree tree, PageWeights weights, int container, int box)
    {
        if (weights.TextInside[box] is 0 or > MaxCard || weights.Prose[box] * 10 > weights.Prose[container]) return false;
        var (links, announced) = (false, weights.LinkInside[box] * 3 > weights.TextInside[box]);
        for (var i = box + 1; i < tree.End(box); i++)
        {
            if (tree.Name(i) is "blockquote" or "table" or "pre" or "figure" or "ol" or "dl" or "details") return false;
            links |= tree.Name(i) == "a";
            announced |= tree.Role(i) == TagRole.Heading || tree.Dropped[i];
        }

        return links && announced;
    }
}
