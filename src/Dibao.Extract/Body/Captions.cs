using System.Collections.Frozen;
using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Finds the figures that templates build out of plain boxes: a picture, and a few lines about it.</summary>
internal static class Captions
{
    private const int MaxWeight = 500;
    private const int MaxBlocks = 4;

    private static readonly FrozenSet<string> Words = ("image images img picture pictures photo photos foto fotos bild bilder illustration gallery galerie slideshow " +
        "thumbnail media figure imgbox imgboxa photobox imagebox articleimage mainimage leadimage heroimage featuredimage tupian")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>From here on the boxes count as figure, their lines as figcaption.</summary>
    public static void Mark(PageTree tree, PageWeights weights, int container)
    {
        for (var i = container + 1; i < tree.End(container); i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (tree.Name(i) == "figure") { i = tree.End(i) - 1; continue; }
            if (!IsBox(tree, weights, i)) continue;
            Mark(tree, i, TextBlocks.In(tree, weights, i, tree.End(i)));
            i = tree.End(i) - 1;
        }
    }

    private static bool IsBox(PageTree tree, PageWeights weights, int i)
    {
        if (tree.Role(i) != TagRole.Block || tree.Name(i) is not ("div" or "section" or "aside" or "span") || weights.TextInside[i] is 0 or > MaxWeight) return false;
        var element = tree.Element(i)!;
        if (!ClutterWords.IsNamed(element, Words)) return false;
        var pictures = 0;
        for (var at = i + 1; at < tree.End(i); at++)
            if (!tree.Dropped[at] && tree.Role(at) == TagRole.Image) pictures++;
        return pictures > 0 && TextBlocks.In(tree, weights, i, tree.End(i)).Count <= MaxBlocks;
    }

    private static void Mark(PageTree tree, int box, List<int> lines)
    {
        tree.Rename(box, "figure");
        foreach (var line in lines)
        {
            if (line != box) { tree.Rename(line, "figcaption"); continue; }
            for (var i = box + 1; i < tree.End(box); i = tree.End(i))
            {
                if (tree.Role(i) == TagRole.Inline) tree.Rename(i, "figcaption");
                else if (tree.Role(i) == TagRole.Text) tree.Dropped[i] = true;
            }
        }
    }
}
