using System.Collections.Frozen;
using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Finds the figures that templates build out of plain boxes: a picture, and a few lines about it.</summary>
internal static class Captions
{
    private const int MaxWeight = 500;
    private const int MaxBlocks = 4;

    // Beside a figure that has its caption: a button, a counter.
    private const int MaxLabel = 24;

    private const int MaxLine = 240;

    private static readonly FrozenSet<string> Words = ("image images img picture pictures photo photos foto fotos bild bilder illustration gallery galerie slideshow " +
        "thumbnail media figure imgbox imgboxa photobox imagebox articleimage mainimage leadimage heroimage featuredimage tupian")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>From here on the boxes count as figure, their lines as figcaption.</summary>
    /// <param name="headline">The h1 that is the article's title, which no caption stands beside; -1 for none.</param>
    public static void Mark(PageTree tree, PageWeights weights, int container, int headline)
    {
        for (var i = container + 1; i < tree.End(container); i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            var figure = tree.Name(i) == "figure";
            if (figure ? IsBare(tree, weights, i) : (IsBox(tree, weights, i) && !tree.IsInside(headline, i)) || IsPictureLine(tree, weights, i)) Mark(tree, i, TextBlocks.In(tree, weights, i, tree.End(i)));
            else if (figure) DropControls(tree, weights, i);
            else continue;
            i = tree.End(i) - 1;
        }
    }

    // Beside the picture and its caption, a player's buttons and counters; but tables and quotations are figures, too.
    private static void DropControls(PageTree tree, PageWeights weights, int figure)
    {
        if (!HasPicture(tree, figure)) return;
        for (var i = figure; i < tree.End(figure); i++)
        {
            if (tree.Dropped[i] || (i > figure && IsContent(tree, i))) { i = tree.End(i) - 1; continue; }
            if (weights.Text[i] > 0 && !weights.IsParagraph(i)) DropLine(tree, i);
        }
    }

    private static void DropLine(PageTree tree, int block)
    {
        for (var i = block + 1; i < tree.End(block); i++)
        {
            if (tree.Dropped[i] || tree.Role(i) is TagRole.Block or TagRole.Heading) { i = tree.End(i) - 1; continue; }
            if (tree.Role(i) == TagRole.Text) tree.Dropped[i] = true;
        }
    }

    private static bool IsBox(PageTree tree, PageWeights weights, int i)
    {
        if (tree.Role(i) != TagRole.Block || tree.Name(i) is not ("div" or "section" or "aside" or "span") || weights.TextInside[i] is 0 or > MaxWeight) return false;
        var element = tree.Element(i)!;
        if (!ClutterWords.IsNamed(element, Words)) return false;
        return HasPicture(tree, i) && !(weights.TextInside[i] <= MaxLabel && HoldsCaption(tree, i)) && TextBlocks.In(tree, weights, i, tree.End(i)).Count <= MaxBlocks;
    }

    // A figure with text, and no figcaption.
    private static bool IsBare(PageTree tree, PageWeights weights, int figure)
    {
        if (weights.TextInside[figure] is 0 or > MaxWeight || !HasPicture(tree, figure)) return false;
        for (var i = figure + 1; i < tree.End(figure); i++)
            if (IsContent(tree, i) || tree.Role(i) == TagRole.Heading) return false;
        return TextBlocks.In(tree, weights, figure, tree.End(figure)).Count <= MaxBlocks;
    }

    // What a figure may hold that is no line about a picture, and the caption that it has.
    private static bool IsContent(PageTree tree, int i) => tree.Name(i) is "figcaption" or "table" or "blockquote" or "pre" or "ul" or "ol" or "dl";

    // <p><img><br><em>The council in May</em></p>
    private static bool IsPictureLine(PageTree tree, PageWeights weights, int block)
    {
        if (tree.Name(block) is not ("p" or "div" or "center") || weights.Text[block] is 0 or > MaxLine || weights.Text[block] != weights.TextInside[block]) return false;
        var (picture, emphasis) = (false, 0);
        for (var i = block + 1; i < tree.End(block); i++)
        {
            if (tree.Role(i) == TagRole.Image) picture = true;
            else if (tree.Name(i) is "em" or "i" or "small") emphasis = Math.Max(emphasis, tree.End(i));
            else if (tree.Role(i) == TagRole.Text && !string.IsNullOrWhiteSpace(tree.TextOf(i)) && (!picture || i >= emphasis)) return false;
        }

        return picture;
    }

    private static bool HasPicture(PageTree tree, int i)
    {
        for (var at = i + 1; at < tree.End(i); at++)
            if (!tree.Dropped[at] && tree.Role(at) == TagRole.Image) return true;
        return false;
    }

    private static bool HoldsCaption(PageTree tree, int box)
    {
        for (var i = box + 1; i < tree.End(box); i++)
            if (tree.Name(i) == "figcaption") return true;
        return false;
    }

    private static void Mark(PageTree tree, int box, List<int> lines)
    {
        tree.Rename(box, "figure");
        foreach (var line in lines)
        {
            if (line != box) { tree.Rename(line, "figcaption"); continue; }
            for (var i = box + 1; i < tree.End(box); i = tree.End(i))
            {
                if (tree.Role(i) == TagRole.Inline && !HasPicture(tree, i)) tree.Rename(i, "figcaption");
                else if (tree.Role(i) == TagRole.Text) tree.Dropped[i] = true;
            }
        }
    }
}
